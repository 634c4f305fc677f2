import { APIError } from 'better-auth/api';
import { RateLimiterPostgres, RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible';
import type { Pool } from 'pg';

/** Set by our own middleware from Express' `req.ip`, overwriting what a client sent. */
export const CLIENT_IP_HEADER = 'x-mailweave-client-ip';

/**
 * How often things may be tried that guess a password, fill the user table or send mail. Counted in PostgreSQL, so that the limit
 * holds over all processes. A correct password does not clear the counters: they are wide enough for people.
 */
export interface AttemptLimits {
  signInPerAccountAndAddress: RateLimiterAbstract;
  signInPerAddress: RateLimiterAbstract;
  signInPerAccount: RateLimiterAbstract;
  signUpPerAddress: RateLimiterAbstract;
  mailPerAccount: RateLimiterAbstract;
  mailPerAddress: RateLimiterAbstract;
}

interface Allowance {
  points: number;
  seconds: number;
}

const MINUTES = 60;
const HOURS = 3_600;

/** `scale` multiplies every allowance; tests that sign up hundreds of people raise it. */
export function attemptLimits(pool: Pool, scale = 1): AttemptLimits {
  const limiter = (keyPrefix: string, { points, seconds }: Allowance) =>
    new RateLimiterPostgres({
      storeClient: pool,
      storeType: 'client',
      tableName: 'rate_limits',
      tableCreated: true,
      clearExpiredByTimeout: false,
      keyPrefix,
      points: points * scale,
      duration: seconds,
      // A flood that is over its limit is refused without asking the database again.
      inMemoryBlockOnConsumed: points * scale,
    });
  return {
    signInPerAccountAndAddress: limiter('in-both', { points: 10, seconds: 15 * MINUTES }),
    signInPerAddress: limiter('in-ip', { points: 100, seconds: 15 * MINUTES }),
    signInPerAccount: limiter('in-account', { points: 100, seconds: 1 * HOURS }),
    signUpPerAddress: limiter('up-ip', { points: 100, seconds: 1 * HOURS }),
    mailPerAccount: limiter('mail-account', { points: 5, seconds: 1 * HOURS }),
    mailPerAddress: limiter('mail-ip', { points: 30, seconds: 1 * HOURS }),
  };
}

interface Attempt {
  path: string;
  body?: unknown;
  headers?: Headers | undefined;
}

/** Counts the attempt. @throws APIError 429 with Retry-After when one of its limits is reached. */
export async function limitAttempts(limits: AttemptLimits, attempt: Attempt): Promise<void> {
  const address = attempt.headers?.get(CLIENT_IP_HEADER) ?? 'unknown';
  const account = accountOf(attempt.body);
  switch (attempt.path) {
    case '/sign-in/email':
      await consume(limits.signInPerAddress, address);
      await consume(limits.signInPerAccountAndAddress, `${account}|${address}`);
      await consume(limits.signInPerAccount, account);
      return;
    case '/sign-up/email':
      await consume(limits.signUpPerAddress, address);
      return;
    case '/request-password-reset':
    case '/send-verification-email':
      await consume(limits.mailPerAddress, address);
      await consume(limits.mailPerAccount, account);
      return;
    case '/reset-password':
    case '/change-password':
      await consume(limits.signInPerAddress, address);
      return;
    default:
      return;
  }
}

function accountOf(body: unknown): string {
  if (typeof body !== 'object' || body === null || !('email' in body) || typeof body.email !== 'string') return '';
  return body.email.trim().toLowerCase().slice(0, 200);
}

async function consume(limiter: RateLimiterAbstract, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    const seconds = Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
    throw new APIError(
      'TOO_MANY_REQUESTS',
      {
        code: 'RATE_LIMITED',
        message: `Too many attempts. Try again in ${waitText(seconds)}.`,
        retryAfterMs: seconds * 1000,
      },
      { 'Retry-After': String(seconds) },
    );
  }
}

function waitText(seconds: number): string {
  if (seconds < 90) return `${seconds} seconds`;
  return `${Math.ceil(seconds / 60)} minutes`;
}
