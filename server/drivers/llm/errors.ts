import { AppError } from '../../../shared/errors.ts';
import type { ErrorCode } from '../../../shared/errors.ts';
import type { ProviderInfo } from './provider.ts';

/** How an operator sets a provider up; names variables, never values. */
const keyVariables: Record<ProviderInfo['id'], string> = {
  openai: 'OPENAI_API_KEY',
  claude: 'ANTHROPIC_API_KEY',
  inhouse: 'INHOUSE_API_KEY',
  builtin: '',
};

/** The part that both SDKs' API errors share. */
interface ApiFailure {
  status?: number;
  headers?: Headers;
  message: string;
  code?: string | null;
  type?: string | null;
  param?: string | null;
}

type Who = Pick<ProviderInfo, 'id' | 'label'>;

/**
 * Turns whatever an SDK throws into an AppError. Nothing the provider said is repeated for wrong keys (it quotes parts of the key).
 * `stalled`: our own deadline ended the call.
 */
export function toProviderError(error: unknown, who: Who, signal: AbortSignal, stalled = false): AppError {
  // First of all: the SDKs end an aborted stream quietly, which then looks like one that was cut.
  if (signal.aborted) return cancelled(signal);
  if (stalled) return unavailable(who, `${who.label} stopped answering.`, error);
  if (error instanceof AppError) return error;
  const failure = error as ApiFailure;
  const kind = kindOf(failure);
  switch (kind) {
    case 'auth':
      return new AppError(
        'provider_auth',
        `${who.label} refused the API key. Check ${keyVariables[who.id]} in the server's environment.`,
        { details: { provider: who.id } },
      );
    case 'quota':
      return failed('provider_unavailable', who, 'the account of this key has no credit left', failure);
    case 'rate':
      return unavailable(who, `${who.label} is limiting requests right now.`, error, retryAfterMs(failure.headers));
    case 'too_large':
      return failed('too_large', who, 'the prompt is longer than this model can read', failure);
    case 'request':
      return failed('bad_request', who, `it did not accept the request (${redact(failure.message)})`, failure);
    case 'down':
      return unavailable(who, `${who.label} is not available right now.`, error, retryAfterMs(failure.headers));
    case 'network':
      return unavailable(who, `The connection to ${who.label} failed or broke off.`, error);
  }
}

/** The stream ended before the model had finished. */
export function cutStream(who: Who): AppError {
  return unavailable(who, `The connection to ${who.label} broke off in the middle of the answer.`, undefined);
}

export function notConfigured(info: ProviderInfo): AppError {
  return new AppError('provider_auth', `${info.label} is not set up. ${info.remedy ?? ''}`.trim(), {
    details: { provider: info.id },
  });
}

/** The abort's own reason, where whoever aborted gave one (such as a step's timeout). */
export function cancelled(signal: AbortSignal): AppError {
  return signal.reason instanceof AppError ? signal.reason : new AppError('cancelled', 'The call was cancelled.');
}

type Kind = 'auth' | 'quota' | 'rate' | 'too_large' | 'request' | 'down' | 'network';

/** Errors inside a stream carry no status, only a type. */
const kindOfType: Record<string, Kind> = {
  authentication_error: 'auth',
  permission_error: 'auth',
  billing_error: 'quota',
  insufficient_quota: 'quota',
  rate_limit_error: 'rate',
  rate_limit_exceeded: 'rate',
  request_too_large: 'too_large',
  invalid_request_error: 'request',
  not_found_error: 'request',
  overloaded_error: 'down',
  api_error: 'down',
  server_error: 'down',
  timeout_error: 'down',
};

function kindOf(failure: ApiFailure): Kind {
  const { status } = failure;
  const typed = kindOfType[failure.code ?? ''] ?? kindOfType[failure.type ?? ''];
  if (failure.code === 'insufficient_quota' || status === 402) return 'quota';
  if (status === undefined) return typed ?? 'network';
  if (status === 401 || status === 403) return 'auth';
  if (status === 429) return 'rate';
  if (status === 408 || status === 409 || status >= 500) return 'down';
  if (status === 413 || failure.code === 'context_length_exceeded') return 'too_large';
  if (/prompt is too long|context length|context window/i.test(failure.message ?? '')) return 'too_large';
  return 'request';
}

function unavailable(who: Who, message: string, cause: unknown, retryAfterMs?: number): AppError {
  return new AppError('provider_unavailable', message, {
    retryable: true,
    details: { provider: who.id },
    cause,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
}

function failed(code: ErrorCode, who: Who, reason: string, failure: ApiFailure): AppError {
  const status = failure.status === undefined ? {} : { status: failure.status };
  return new AppError(code, `${who.label}: ${reason}.`, { details: { provider: who.id, ...status }, cause: failure });
}

/** A provider's own words, short and without anything that looks like a key. */
function redact(message: string): string {
  return (message ?? '')
    .replace(/\b(sk|key|mw|pk)[-_][\w*-]{6,}/gi, '…')
    .replace(/\s+/g, ' ')
    .slice(0, 300)
    .replace(/\.$/, '');
}

const longestWaitMs = 3_600_000;

/** Reads `retry-after-ms`, or `retry-after` as seconds or HTTP date; at most an hour. Absent or unreadable: undefined. */
export function retryAfterMs(headers: Headers | undefined, now = Date.now()): number | undefined {
  const exact = Number.parseFloat(headers?.get('retry-after-ms') ?? '');
  if (Number.isFinite(exact)) return clamp(exact);
  const value = headers?.get('retry-after')?.trim();
  if (!value) return undefined;
  if (/^\d+(\.\d+)?$/.test(value)) return clamp(Number(value) * 1_000);
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : clamp(at - now);
}

function clamp(ms: number): number {
  return Math.round(Math.min(Math.max(ms, 0), longestWaitMs));
}
