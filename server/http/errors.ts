import { ORPCError, ValidationError } from '@orpc/server';
import { AppError, type ErrorBody, type ErrorCode } from '../../shared/errors.ts';
import { isOutage } from '../outage.ts';

/** What every failing request of the API is answered with. */
export interface ErrorAnswer {
  error: { code: ErrorCode; message: string; details?: Record<string, unknown>; requestId: string };
}

const statuses: Record<ErrorCode, number> = {
  bad_request: 400,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_large: 413,
  rate_limited: 429,
  invalid_graph: 422,
  expression: 422,
  insufficient_credits: 402,
  provider_auth: 502,
  provider_unavailable: 503,
  provider_output: 502,
  needs_model: 422,
  mail_unreachable: 502,
  mail_rejected: 502,
  mail_uncertain: 502,
  http_failed: 502,
  outbound_blocked: 422,
  timeout: 504,
  cancelled: 409,
  stopped: 422,
  preview_mismatch: 409,
  internal: 500,
};

/** The HTTP status of an error. What will pass by itself (the database is away) is 503, so that whoever called tries again. */
export function statusOf({ code, retryable }: AppError): number {
  return code === 'internal' && retryable ? 503 : statuses[code];
}

/** Codes for statuses of errors that did not come from us: a malformed body, a method that is not there, the auth library. */
function codeOfStatus(status: number): ErrorCode {
  if (status === 401) return 'unauthorized';
  if (status === 403) return 'forbidden';
  if (status === 404 || status === 405) return 'not_found';
  if (status === 409) return 'conflict';
  if (status === 413) return 'too_large';
  if (status === 429) return 'rate_limited';
  return status < 500 ? 'bad_request' : 'internal';
}

/**
 * The one place that turns anything thrown under `server/http` into an AppError. What is not known becomes `internal`, whose message says
 * nothing of the cause; the caller logs the cause.
 */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof ORPCError) return fromOrpc(error);
  const auth = readAuthError(error);
  if (auth) return authError(auth.status, auth.code, auth.message);
  const http = readHttpError(error);
  if (http) return new AppError(codeOfStatus(http.status), http.message);
  if (isOutage(error)) {
    const message = 'The database cannot be reached right now. Try again in a moment.';
    return new AppError('internal', message, { retryable: true, retryAfterMs: 2_000, cause: error });
  }
  return new AppError('internal', 'Something went wrong inside Mailweave. The server log has the details.', {
    cause: error,
  });
}

function fromOrpc(error: ORPCError<string, unknown>): AppError {
  const { cause } = error;
  if (cause instanceof ValidationError && error.status === 400) return fromIssues(cause.issues);
  if (error.status >= 500) return toAppError(cause ?? new Error(error.message));
  if (error.status === 400) return new AppError('bad_request', 'The request is malformed: it is not valid JSON.');
  return new AppError(codeOfStatus(error.status), error.message);
}

interface Issue {
  message: string;
  path?: readonly (PropertyKey | { key: PropertyKey })[] | undefined;
}

/** "name: give the workflow a name", and in `details.fields` each field's path with what is wrong. */
function fromIssues(issues: readonly Issue[]): AppError {
  const fields: Record<string, string> = {};
  for (const issue of issues) {
    const path = (issue.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.');
    fields[path || 'body'] ??= issue.message;
  }
  const lines = Object.entries(fields).map(([field, message]) => `${field}: ${message}`);
  const shown = lines.slice(0, 3).join('; ') + (lines.length > 3 ? `; and ${lines.length - 3} more` : '');
  return new AppError('bad_request', shown, { details: { fields } });
}

/** better-auth's APIError, known by its name: two copies of the class exist. */
function readAuthError(error: unknown): { status: number; code: string; message: string } | null {
  if (!(error instanceof Error) || error.name !== 'APIError' || !('statusCode' in error)) return null;
  if (typeof error.statusCode !== 'number' || error.statusCode >= 500) return null;
  const body = 'body' in error && typeof error.body === 'object' && error.body !== null ? error.body : {};
  const code = 'code' in body && typeof body.code === 'string' ? body.code : '';
  const message = 'message' in body && typeof body.message === 'string' ? body.message : error.message;
  return { status: error.statusCode, code, message };
}

/** An error that the auth library answers with; `details.authCode` keeps its own, finer code. */
export function authError(status: number, authCode: string, message: string, retryAfterMs?: number): AppError {
  const fields = authFields(authCode, message);
  const lines = Object.entries(fields).map(([field, what]) => `${field}: ${what}`);
  return new AppError(codeOfStatus(status), lines.join('; ') || message || 'The request was refused.', {
    ...(retryAfterMs === undefined ? {} : { retryable: true, retryAfterMs }),
    details: { ...(authCode ? { authCode } : {}), ...(lines.length > 0 ? { fields } : {}) },
  });
}

const fieldsOfAuthCodes: Record<string, string> = {
  INVALID_EMAIL: 'email',
  USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL: 'email',
  PASSWORD_TOO_SHORT: 'password',
  PASSWORD_TOO_LONG: 'password',
};

/** The library names fields in its text: `[body.email] Invalid email address; [body.name] …`. */
function authFields(authCode: string, message: string): Record<string, string> {
  const field = fieldsOfAuthCodes[authCode];
  if (field) return { [field]: message };
  if (authCode !== 'VALIDATION_ERROR') return {};
  return Object.fromEntries(
    [...message.matchAll(/\[body\.(\w+)\] ([^;]+)/g)].map(([, name = '', what = '']) => [name, what]),
  );
}

/** Errors of Express' body parsers: their messages are meant for clients (`expose`). */
function readHttpError(error: unknown): { status: number; message: string } | null {
  if (!(error instanceof Error) || !('expose' in error) || error.expose !== true) return null;
  if (!('status' in error) || typeof error.status !== 'number') return null;
  const message = error.status === 413 ? 'The request is too large.' : 'The request is malformed.';
  return { status: error.status, message };
}

export function errorAnswer(error: AppError, requestId: string): ErrorAnswer {
  const body: ErrorBody = error.toBody();
  const details = {
    ...body.details,
    ...(body.retryAfterMs === undefined ? {} : { retryAfterMs: body.retryAfterMs }),
  };
  return {
    error: {
      code: body.code,
      message: body.message,
      ...(Object.keys(details).length > 0 ? { details } : {}),
      requestId,
    },
  };
}
