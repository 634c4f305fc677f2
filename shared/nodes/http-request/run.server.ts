import { AppError } from '../../errors.ts';
import { defineRunner, type HttpResponse, output } from '../contract.ts';
import { clip } from '../fields.ts';
import { readFeed } from './feed.ts';
import { config } from './index.ts';
import { composeRequest, composeUndo } from './request.ts';
import { parseXml, xmlData } from './xml.ts';

export const runner = defineRunner(config, {
  async run(bound, context) {
    const request = composeRequest(bound, context.idempotencyKey);
    const response = await context.ports.http.request(request);
    context.log(`${request.method} ${withoutQuery(request.url)} answered ${response.status}`);
    if (bound.failOnStatus && response.status >= 400) throw refusal(response, context.now());
    return output({ status: response.status, headers: response.headers, body: readAnswer(response, bound.answer) });
  },
  async compensate(bound, _output, context) {
    const response = await context.ports.http.request(composeUndo(bound, context.idempotencyKey));
    // What is not there any more needs no undoing: an undoing that repeats after a crash may find that.
    if (response.status === 404 || response.status === 410) return;
    if (response.status >= 400) throw refusal(response, context.now());
  },
});

/** An answer that says it failed is mostly not what was asked for, so it is handed on as it came. */
function readAnswer({ status, body }: HttpResponse, as: 'auto' | 'json' | 'xml' | 'feed'): unknown {
  if (as === 'auto' || status >= 400 || typeof body !== 'string') return body;
  switch (as) {
    case 'json':
      return readJson(body);
    case 'xml':
      return xmlData(parseXml(body));
    case 'feed':
      return readFeed(parseXml(body));
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new AppError('bad_request', `The answer cannot be read as JSON: ${clip(text, 80) || '(empty)'}`, {
      details: { field: 'answer' },
    });
  }
}

/** Query strings often hold keys; logs do not. */
function withoutQuery(url: string): string {
  return url.replace(/[?#].*$/, '');
}

function refusal(response: HttpResponse, now: Date): AppError {
  const { status } = response;
  const retryable = status >= 500 || status === 408 || status === 425 || status === 429;
  const retryAfterMs = retryable ? retryAfter(response.headers['retry-after'], now) : undefined;
  const excerpt = clip(typeof response.body === 'string' ? response.body : (JSON.stringify(response.body) ?? ''), 200);
  return new AppError('http_failed', `The server answered ${status}${excerpt === '' ? '.' : `: ${excerpt}`}`, {
    retryable,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    details: { status },
  });
}

/** Retry-After in milliseconds, from seconds or an HTTP date. */
function retryAfter(header: string | undefined, now: Date): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d{1,7}$/.test(header.trim())) return Number(header) * 1_000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now.getTime());
}
