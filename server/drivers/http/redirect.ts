import { AppError } from '../../../shared/errors.ts';
import { outboundUrl } from './url.ts';

export const maxRedirects = 5;

/** One request of a chain. Header names in lower case. */
export interface Hop {
  method: string;
  url: URL;
  headers: Readonly<Record<string, string>>;
  body: string | Buffer | undefined;
}

/** What another host may hear. Any other header can be a credential under a name of its own, such as `x-api-key`. */
const HARMLESS = new Set([
  'accept',
  'accept-encoding',
  'accept-language',
  'cache-control',
  'content-type',
  'user-agent',
]);

/**
 * The request that follows a redirect, or undefined when the answer is no redirect. Another origin (host, port or scheme) hears
 * none of the headers that could identify us.
 * @throws AppError bad_request when the new URL may not be called at all.
 */
export function nextHop(hop: Hop, status: number, location: string | undefined): Hop | undefined {
  if (location === undefined || ![301, 302, 303, 307, 308].includes(status)) return undefined;
  const url = outboundUrl(location, hop.url);
  const keepsMethod =
    status === 307 ||
    status === 308 ||
    hop.method === 'GET' ||
    hop.method === 'HEAD' ||
    (status !== 303 && hop.method !== 'POST');
  const sameOrigin = url.origin === hop.url.origin;
  const headers = Object.entries(hop.headers).filter(
    ([name]) => (sameOrigin || HARMLESS.has(name)) && (keepsMethod || !name.startsWith('content-')),
  );
  return {
    method: keepsMethod ? hop.method : 'GET',
    url,
    headers: Object.fromEntries(headers),
    body: keepsMethod ? hop.body : undefined,
  };
}

export function tooManyRedirects(url: URL): AppError {
  return new AppError('http_failed', `${url.host} redirects more than ${maxRedirects} times.`);
}
