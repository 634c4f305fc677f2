import { AppError } from '../../../shared/errors.ts';

/**
 * What a thrown error of undici, DNS or TLS means for the person. The URL's path and query stay out of the message: they can hold
 * secrets.
 * @param host `name:port`.
 */
export function httpError(error: unknown, host: string): AppError {
  const own = findOwn(error);
  if (own) return own;
  const code = codeOf(error);
  if (
    code === 'UND_ERR_CONNECT_TIMEOUT' ||
    code === 'UND_ERR_HEADERS_TIMEOUT' ||
    code === 'UND_ERR_BODY_TIMEOUT' ||
    code === 'ETIMEDOUT'
  ) {
    return new AppError('timeout', `${host} did not answer in time.`, { retryable: true, cause: error });
  }
  if (code === 'UND_ERR_INVALID_ARG')
    return new AppError('bad_request', `The request to ${host} cannot be sent.`, { cause: error });
  const retryable = !/^(?:ENOTFOUND|Z_|ERR_SSL|ERR_TLS|ERR_OSSL|CERT_|DEPTH_|SELF_|UNABLE_|HPE_)/.test(code);
  return new AppError('http_failed', `${host} cannot be called: ${plainCause(code)}.`, { retryable, cause: error });
}

/** Ours may come wrapped: fetch says "fetch failed" with the reason as its cause. */
function findOwn(error: unknown): AppError | undefined {
  for (let current = error, depth = 0; current instanceof Error && depth < 5; current = current.cause, depth++) {
    if (current instanceof AppError) return current;
  }
  return undefined;
}

function codeOf(error: unknown): string {
  for (let current = error, depth = 0; current instanceof Error && depth < 5; current = current.cause, depth++) {
    if (current.name === 'HTTPParserError') return 'HPE_INVALID';
    if ('code' in current && typeof current.code === 'string') return current.code;
    if (current instanceof AggregateError && current.errors.length > 0) return codeOf(current.errors[0]);
  }
  return '';
}

function plainCause(code: string): string {
  switch (code) {
    case 'ECONNREFUSED':
      return 'it refuses connections';
    case 'ENOTFOUND':
      return 'its name is not known';
    case 'EAI_AGAIN':
      return 'its name could not be looked up';
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return 'there is no network route to it';
    case 'ECONNRESET':
    case 'EPIPE':
    case 'UND_ERR_SOCKET':
      return 'it closed the connection';
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
    case 'ERR_SSL_PACKET_LENGTH_TOO_LONG':
      return 'it does not speak TLS on this port';
  }
  if (/CERT|SELF_SIGNED|ALTNAME|UNABLE_TO/.test(code)) return 'its TLS certificate is not trusted';
  if (/^(?:HPE_|UND_ERR_HEADERS_OVERFLOW|UND_ERR_RES)/.test(code)) return 'its answer is not valid HTTP';
  if (/^(?:Z_|ERR_|ZSTD)/.test(code)) return 'its answer is damaged';
  return 'the connection failed';
}
