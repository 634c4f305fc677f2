import type { ServerResponse } from 'node:http';
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
 */
export function sendAnswer(response: ServerResponse, answer: Answer): void {
  for (const [name, value] of Object.entries(answer.headers)) {
    const key = name.toLowerCase();
    if (allowedHeaders.has(key) || ownHeader.test(key)) response.setHeader(key, value);
  }
  const type = response.getHeader('content-type');
  const isText = typeof answer.body === 'string' && !String(type ?? '').includes('json');
  if (type === undefined)
    response.setHeader('content-type', isText ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8');
  if (!response.hasHeader('cache-control')) response.setHeader('Cache-Control', 'no-store');
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('Content-Security-Policy', sandbox);
  response.statusCode = answer.status;
  response.end(isText ? answer.body : JSON.stringify(answer.body ?? null));
}
