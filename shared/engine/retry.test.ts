import { expect, test } from 'vitest';
import { nextAttemptAt } from './retry.ts';

const policy = { attempts: 4, delayMs: 1_000, factor: 2 };
const unknown = { code: 'mail_uncertain' as const, message: 'cut', retryable: false };
const busy = { code: 'provider_unavailable' as const, message: 'busy', retryable: true };

test.each([
  ['no policy', undefined, 1, busy, null],
  ['an error that waiting cannot mend', policy, 1, { ...busy, retryable: false }, null],
  ['attempts used up', policy, 4, busy, null],
  ['the first delay, least jitter', policy, 1, busy, 500],
  ['the third delay', policy, 3, busy, 2_000],
  ['Retry-After counts when it is longer', policy, 1, { ...busy, retryAfterMs: 9_000 }, 9_000],
  ['an unknown outcome, also without a policy', undefined, 1, unknown, 3_000],
  ['an unknown outcome is not repeated for ever', undefined, 4, unknown, null],
  ['a policy of fewer attempts gives way to an unknown outcome', { ...policy, attempts: 2 }, 2, unknown, 12_000],
  ['a policy of more attempts stands', { ...policy, attempts: 6 }, 5, unknown, 8_000],
  ['never longer than six hours', { attempts: 20, delayMs: 3_600_000, factor: 10 }, 9, busy, 3 * 3_600_000],
])('%s', (_name, given, attempt, error, delay) => {
  expect(nextAttemptAt(given, attempt, error, 1_000_000, 0)).toBe(delay === null ? null : 1_000_000 + delay);
});

test('jitter stays within the upper half of the delay', () => {
  expect(nextAttemptAt(policy, 1, busy, 0, 0.999)).toBeLessThanOrEqual(1_000);
  expect(nextAttemptAt(policy, 1, busy, 0, 0.5)).toBe(750);
});
