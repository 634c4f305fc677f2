import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { Answer } from '../../shared/workflow/run.ts';

/** Headers that a workflow may set on an answer from our origin. Cookies, policies and framing stay ours. */
const allowedHeaders = new Set([
  'content-type',
  'content-language',
  'content-disposition',
  'cache-control',
  'expires',
  'etag',
  'last-modified',
  'location',
  'retry-after',
  'vary',
]);
/** Besides those, headers of one's own (`x-…`), but none that browsers or the proxies before us act on: `X-Accel-Redirect` opens files. */
const ownHeader =
  /^x-(?!accel-|sendfile|lighttpd-|litespeed-|frame-options|xss-|content-|permitted-|dns-|powered-by|request-id|forwarded-|real-ip)/;

const sandbox = "sandbox allow-forms allow-popups; default-src 'none'; img-src https: data:; style-src 'unsafe-inline'";

/**
 * Sends what a workflow answers. Its author decides the body, so a browser gets it without our origin's rights: sandboxed, no scripts, and
 * never sniffed into another type.
 *
 * @param ours headers of this server; they stand over the workflow's.
 */
export function sendAnswer(response: ServerResponse, answer: Answer, ours: OutgoingHttpHeaders = {}): void {
  const headers: OutgoingHttpHeaders = { 'cache-control': 'no-store' };
  for (const [name, value] of Object.entries(answer.headers)) {
    const key = name.toLowerCase();
    if (allowedHeaders.has(key) || ownHeader.test(key)) headers[key] = value;
  }
  const isText = typeof answer.body === 'string' && !String(headers['content-type'] ?? '').includes('json');
  headers['content-type'] ??= isText ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8';
  headers['x-content-type-options'] = 'nosniff';
  headers['content-security-policy'] = sandbox;
  const body = isText ? String(answer.body) : JSON.stringify(answer.body ?? null);
  // An answer without content has no length either (RFC 9110, 8.6).
  if (answer.status !== 204 && answer.status !== 304) headers['content-length'] = Buffer.byteLength(body);
  // All at once: set one by one, Node keeps a second record of them.
  response.writeHead(answer.status, Object.assign(headers, ours));
  response.end(body);
}
