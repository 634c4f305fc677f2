import { ORPCError } from '@orpc/client';
import { expect, it } from 'vitest';
import { failureFromBody, failureOf } from './errors.ts';

it('reads what the typed client throws', () => {
  const error = new ORPCError('conflict', {
    status: 409,
    message: 'Somebody saved',
    data: { details: { revision: 7 }, retryable: false },
  });
  expect(failureOf(error)).toEqual({
    code: 'conflict',
    message: 'Somebody saved',
    retryable: false,
    details: { revision: 7 },
  });
});

it.each([
  [401, 'unauthorized'],
  [404, 'not_found'],
  [429, 'rate_limited'],
  [422, 'bad_request'],
  [500, 'internal'],
])('takes the status %d where the code is not ours', (status, code) => {
  expect(failureOf(new ORPCError('WHATEVER', { status })).code).toBe(code);
});

it('tells a lost connection from a defect, and hides what a defect says', () => {
  expect(failureOf(new TypeError('Failed to fetch')).code).toBe('offline');
  expect(failureOf(new Error('secret'))).toMatchObject({
    code: 'internal',
    message: expect.not.stringContaining('secret'),
  });
});

it('reads the error body of the REST routes, also when there is none', () => {
  const body = {
    error: { code: 'rate_limited', message: 'Slow down', details: { retryAfterMs: 900 }, requestId: 'r' },
  };
  expect(failureFromBody(429, body)).toMatchObject({
    code: 'rate_limited',
    message: 'Slow down',
    details: { retryAfterMs: 900 },
  });
  expect(failureFromBody(502, null)).toMatchObject({ code: 'internal', retryable: true });
});
