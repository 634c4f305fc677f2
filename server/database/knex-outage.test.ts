import { afterAll, beforeEach, expect, test } from 'vitest';
import { createKnex } from './knex.ts';
import { startDatabaseProxy } from './testing-proxy.ts';
import { testDatabase } from './testing.ts';

/** A line that breaks under a query or a transaction is an error for whoever waits for it, and not a wait without end. */
const db = await testDatabase();
const proxy = await startDatabaseProxy(db.url);
const knex = createKnex({ url: proxy.url, name: 'behind-proxy', max: 2 });
await db.pool.query('CREATE TABLE things (n int)');
afterAll(async () => {
  await knex.destroy();
  await proxy.close();
});
beforeEach(() => proxy.cut(() => undefined));

const inTime = <T>(work: Promise<T>): Promise<T | 'hangs'> =>
  Promise.race([work, new Promise<'hangs'>((resolve) => setTimeout(resolve, 3_000, 'hangs'))]);

const cuts = (['BEGIN', 'insert', 'COMMIT'] as const).flatMap((at) =>
  (['before', 'after'] as const).map((when) => [when, at] as const),
);
test.each(cuts)('a transaction that is cut off %s its %s fails', async (when, at) => {
  let done = false;
  proxy.cut((sent) => {
    if (done || !sent.includes(at)) return undefined;
    done = true;
    return when;
  });
  const work = knex.transaction(async (trx) => {
    await trx('things').insert({ n: 1 });
    return 'committed';
  });
  expect(await inTime(work.catch(() => 'failed'))).toBe('failed');
  expect(done).toBe(true);
  expect(await inTime(knex('things').select())).not.toBe('hangs');
});

test('a query that is cut off fails, and those after it get new connections', async () => {
  proxy.away(true);
  expect(
    await inTime(
      knex('things')
        .select()
        .catch(() => 'failed'),
    ),
  ).toBe('failed');
  proxy.away(false);
  for (let i = 0; i < 5; i++) expect(await inTime(knex('things').select())).not.toBe('hangs');
});
