import type { ErrorBody } from '../errors.ts';
import type { RetryPolicy } from '../workflow/graph.ts';

/** Exponential backoff never waits longer than this between attempts. */
const longestDelayMs = 6 * 3_600_000;

/**
 * Effects are at-least-once unless a node asks a person: where nobody knows whether a mail got through, it is sent again under the same key
 * and Message-ID, also by a node that retries nothing else. The last of these attempts is some two minutes after the first.
 */
const unknownOutcome: RetryPolicy = { attempts: 4, delayMs: 6_000, factor: 4 };

/**
 * The instant (milliseconds) of the next attempt, or null when there is none: the error cannot be mended by waiting, or the attempts are
 * used up. The delay is `delayMs × factor^(attempt-1)` with full jitter on its upper half, never less than what the other side asked for
 * (Retry-After). `random` is in [0, 1).
 */
export function nextAttemptAt(
  own: RetryPolicy | undefined,
  attempt: number,
  error: ErrorBody,
  now: number,
  random: number,
): number | null {
  const isUnknown = error.code === 'mail_uncertain';
  const policy = isUnknown && (own?.attempts ?? 1) < unknownOutcome.attempts ? unknownOutcome : own;
  if (!policy || !(error.retryable || isUnknown) || attempt >= policy.attempts) return null;
  const backoff = Math.min(policy.delayMs * policy.factor ** (attempt - 1), longestDelayMs);
  const jittered = backoff / 2 + (backoff / 2) * random;
  return now + Math.round(Math.max(jittered, error.retryAfterMs ?? 0));
}
