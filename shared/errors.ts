/**
 * The one error type of the product. Every failure that a person or an API client can meet has a `code` of this list; `server/http` maps
 * codes to HTTP statuses, the client maps them to places on the screen. Anything thrown that is not an AppError is a defect and is shown as
 * `internal` without its message.
 */
export const errorCodes = [
  'bad_request', // the input is malformed; `details` names the fields
  'unauthorized', // no or bad session or API key
  'forbidden', // signed in, but the role does not allow it
  'not_found', // no such object in this workspace
  'conflict', // revision or state does not match (two tabs, double publish)
  'too_large', // over a documented limit
  'rate_limited', // retry after `details.retryAfterMs`
  'invalid_graph', // the workflow has problems; `details.problems` lists them
  'expression', // a Liquid parameter failed; `details.field`, `details.position`
  'insufficient_credits', // the hold could not be taken
  'provider_auth', // wrong or missing key of an AI provider
  'provider_unavailable', // provider answered 5xx/429 or cut the stream
  'provider_output', // the model's answer did not fit what was asked
  'needs_model', // the built-in engine cannot do this without a model
  'mail_unreachable', // SMTP host cannot be reached
  'mail_rejected', // SMTP server answered 5xx
  'mail_uncertain', // unknown whether the server took the message
  'http_failed', // HTTP step: network failure or refused status
  'outbound_blocked', // the address may not be called
  'timeout',
  'cancelled',
  'stopped', // a Stop step ended the run as failed
  'preview_mismatch', // what would be sent differs from what was confirmed
  'internal',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** What is stored in a journal, sent over the wire and shown: never a stack, never a secret. */
export interface ErrorBody {
  code: ErrorCode;
  message: string;
  /** True when trying again later can succeed. */
  retryable?: boolean;
  /** Milliseconds to wait before a retry, where the other side said so (Retry-After). */
  retryAfterMs?: number;
  details?: Record<string, unknown>;
}

export class AppError extends Error {
  readonly code: ErrorCode;
  readonly retryable: boolean;
  readonly retryAfterMs: number | undefined;
  readonly details: Record<string, unknown> | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    options: { retryable?: boolean; retryAfterMs?: number; details?: Record<string, unknown>; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.retryable = options.retryable ?? false;
    this.retryAfterMs = options.retryAfterMs;
    this.details = options.details;
  }

  toBody(): ErrorBody {
    const body: ErrorBody = { code: this.code, message: this.message, retryable: this.retryable };
    if (this.retryAfterMs !== undefined) body.retryAfterMs = this.retryAfterMs;
    if (this.details !== undefined) body.details = this.details;
    return body;
  }
}

/** Turns anything thrown into what may be stored and shown. Unknown errors lose their message: it could hold a secret. */
export function toErrorBody(error: unknown): ErrorBody {
  if (error instanceof AppError) return error.toBody();
  return { code: 'internal', message: 'Something went wrong inside Mailweave. The server log has the details.' };
}
