import pg from 'pg';
import { expect, test } from 'vitest';
import { isOutage } from './outage.ts';

const coded = (code: string): Error => Object.assign(new Error('x'), { code });

test.each([
  [coded('ECONNREFUSED'), true],
  [coded('57P03'), true],
  [coded('08006'), true],
  [coded('23505'), false],
  [coded('40P01'), false],
  [new Error('Connection terminated unexpectedly'), true],
  [new Error('select "id" from "runs" - Connection terminated unexpectedly'), true],
  [new Error('outside', { cause: coded('ECONNRESET') }), true],
  [new Error('anything else'), false],
  ['no error', false],
])('%s: %s', (error, away) => expect(isOutage(error)).toBe(away));

test('a port on which nobody listens', async () => {
  const client = new pg.Client({ connectionString: 'postgres://a:b@localhost:1/x' });
  client.on('error', () => {});
  expect(isOutage(await client.connect().catch((error: unknown) => error))).toBe(true);
});
