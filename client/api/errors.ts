import type { ORPCError } from '@orpc/client';
import { errorCodes } from '../../shared/errors.ts';
import type { ErrorBody, ErrorCode } from '../../shared/errors.ts';
import { t, translate } from '../i18n/t.ts';

/** What went wrong, as the screen shows it. `offline`: no answer came at all. */
export interface Failure {
  code: ErrorCode | 'offline';
  message: string;
  retryable: boolean;
  details: Record<string, unknown>;
}

const known: ReadonlySet<string> = new Set(errorCodes);

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function codeOf(error: { code: string; status: number }): ErrorCode {
  const code = error.code.toLowerCase();
  if (known.has(code)) return code as ErrorCode;
  if (error.status === 401) return 'unauthorized';
  if (error.status === 404) return 'not_found';
  if (error.status === 429) return 'rate_limited';
  return error.status >= 500 ? 'internal' : 'bad_request';
}

/** An error that a fetch of our own server answered with (the auth routes and plain downloads). */
export class ApiError extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.message);
    this.name = 'ApiError';
    this.failure = failure;
  }
}

/** Known by its shape: the class would bring the whole API client into the pages before signing in. */
function isRpcError(error: unknown): error is ORPCError<string, unknown> {
  return error instanceof Error && 'code' in error && 'status' in error && typeof error.status === 'number';
}

function fromRpc(error: ORPCError<string, unknown>): Failure {
  const data = isRecord(error.data) ? error.data : {};
  const details = isRecord(data['details']) ? data['details'] : data;
  return {
    code: codeOf(error),
    message: translate(error.message),
    retryable: data['retryable'] === true || error.status >= 502,
    details,
  };
}

/** Turns anything a request can throw into what the screen shows. */
export function failureOf(error: unknown): Failure {
  if (error instanceof ApiError) return error.failure;
  if (isRpcError(error)) return fromRpc(error);
  if (error instanceof TypeError) {
    return { code: 'offline', message: t('The server cannot be reached.'), retryable: true, details: {} };
  }
  return { code: 'internal', message: t('Something went wrong in this page.'), retryable: false, details: {} };
}

/** The error body of the REST routes: `{ error: { code, message, details?, requestId } }`. */
export function failureFromBody(status: number, body: unknown): Failure {
  const error = isRecord(body) && isRecord(body['error']) ? (body['error'] as Partial<ErrorBody>) : {};
  return {
    code: codeOf({ code: error.code ?? '', status }),
    message: error.message === undefined ? t('The server answered with an error.') : translate(error.message),
    retryable: error.retryable === true || status >= 502,
    details: error.details ?? {},
  };
}
