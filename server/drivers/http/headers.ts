import { AppError } from '../../../shared/errors.ts';

const NAME = /^[!#$%&'*+.^_`|~0-9a-z-]+$/;
const VALUE = /^[^\p{Cc}]*$/u;

/** Set by the connection itself; a second opinion about them is how requests are smuggled past checks. */
const OWN = new Set([
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/**
 * Header names in lower case, each once.
 * @throws AppError bad_request that names the header.
 */
export function requestHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  const clean = new Map<string, string>();
  for (const [given, value] of Object.entries(headers)) {
    const name = given.trim().toLowerCase();
    const shown = given.slice(0, 60);
    if (!NAME.test(name)) throw new AppError('bad_request', `“${shown}” is not a header name.`);
    if (OWN.has(name) || name.startsWith('proxy-'))
      throw new AppError('bad_request', `The header “${shown}” cannot be set.`);
    if (clean.has(name)) throw new AppError('bad_request', `The header “${shown}” is there twice.`);
    if (!VALUE.test(value))
      throw new AppError('bad_request', `The header “${shown}” holds a line break or control character.`);
    // Header bytes are Latin-1; anything else goes as UTF-8, which is what servers expect today.
    clean.set(name, Buffer.from(value.trim(), 'utf8').toString('latin1'));
  }
  return Object.fromEntries(clean);
}

/** Names in lower case; a header that came several times is joined, as HTTP defines. */
export function responseHeaders(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): Record<string, string> {
  const entries = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name.toLowerCase(), Array.isArray(value) ? value.join(', ') : value] as const],
  );
  return Object.fromEntries(entries);
}
