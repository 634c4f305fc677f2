import type { Response } from 'express';
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

/**
 * Sends what a workflow answers. Its author decides the body, so a browser gets it without our origin's rights: sandboxed, no scripts, and
 * never sniffed into another type.
 */
export function sendAnswer(response: Response, answer: Answer): void {
  response.status(answer.status);
  for (const [name, value] of Object.entries(answer.headers)) {
    const key = name.toLowerCase();
    if (allowedHeaders.has(key) || key.startsWith('x-')) response.setHeader(key, value);
  }
  response.setHeader(
    'Content-Security-Policy',
    "sandbox allow-forms allow-popups; default-src 'none'; img-src https: data:; style-src 'unsafe-inline'",
  );
  if (!response.hasHeader('cache-control')) response.setHeader('Cache-Control', 'no-store');
  const isJson = String(response.getHeader('content-type') ?? '').includes('json');
  if (typeof answer.body === 'string' && !isJson) {
    if (!response.hasHeader('content-type')) response.setHeader('content-type', 'text/plain; charset=utf-8');
    response.end(answer.body);
  } else response.json(answer.body ?? null);
}
