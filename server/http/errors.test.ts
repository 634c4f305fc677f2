import { expect, test } from 'vitest';
import { AppError } from '../../shared/errors.ts';
import { statusOf, toAppError } from './errors.ts';

const away = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });

test.each<[string, unknown, number]>([
  ['the database is away: come again', away, 503],
  ['nobody knows what happened', new Error('x is not a function'), 500],
  ['what the caller can mend', new AppError('bad_request', 'No.'), 400],
  ['the other side is slow', new AppError('rate_limited', 'Later.', { retryable: true }), 429],
])('%s', (_what, error, status) => expect(statusOf(toAppError(error))).toBe(status));

test('an outage says when to come again, and nothing of the cause', () => {
  const known = toAppError(away);
  expect(known).toMatchObject({ code: 'internal', retryable: true, retryAfterMs: 2_000 });
  expect(known.message).not.toContain('ECONNREFUSED');
});
