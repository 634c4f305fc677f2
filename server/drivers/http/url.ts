import { AppError } from '../../../shared/errors.ts';

/**
 * Reads a URL that may be called: http or https, with a host, without user and password in it. Everything after works on the result,
 * never on the text again.
 * @param base for `Location` headers.
 * @throws AppError bad_request.
 */
export function outboundUrl(text: string, base?: URL): URL {
  if (!URL.canParse(text, base)) throw new AppError('bad_request', `“${text.slice(0, 200)}” is not a URL.`);
  const url = new URL(text, base);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new AppError('bad_request', `Only http:// and https:// can be called, not ${url.protocol.slice(0, 40)}`);
  }
  if (url.username !== '' || url.password !== '') {
    throw new AppError('bad_request', 'A URL may not hold a user or password. Put them into a header.');
  }
  if (url.port === '0') throw new AppError('bad_request', 'Port 0 cannot be called.');
  return url;
}

export function portOf(url: URL): number {
  return Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
}
