/** From bound settings to the request that goes out; the same in the preview and in the run. */
import { AppError } from '../../errors.ts';
import type { HttpRequest } from '../contract.ts';
import { asRecord, asText, clip } from '../fields.ts';
import { headerProblem } from '../http-headers.ts';

interface Settings {
  method: string;
  url: string;
  query: readonly { name: string; value: string }[];
  headers: readonly { name: string; value: string }[];
  bodyType: 'none' | 'json' | 'form' | 'text';
  body: string;
  timeoutMs: number;
}

/** The client writes these itself; another value could make two readers of one request disagree about where it ends. */
const ownHeaders = new Set([
  'content-length',
  'transfer-encoding',
  'connection',
  'host',
  'upgrade',
  'te',
  'trailer',
  'expect',
  'keep-alive',
]);
const contentTypes = {
  json: 'application/json',
  form: 'application/x-www-form-urlencoded',
  text: 'text/plain; charset=utf-8',
};

/**
 * @param idempotencyKey sent as `idempotency-key` with methods that change something, unless it is empty or the settings have that header.
 * @throws AppError `bad_request` naming the field.
 */
export function composeRequest(settings: Settings, idempotencyKey: string): HttpRequest {
  const { method, timeoutMs } = settings;
  const url = withQuery(checkedUrl(settings.url), settings.query);
  const headers = readHeaders(settings.headers);
  const changes = method !== 'GET' && method !== 'HEAD';
  if (changes && idempotencyKey !== '' && headers['idempotency-key'] === undefined)
    headers['idempotency-key'] = idempotencyKey;
  if (!changes || settings.bodyType === 'none') return { method, url, headers, timeoutMs };
  headers['content-type'] ??= contentTypes[settings.bodyType];
  return { method, url, headers, timeoutMs, body: readBody(settings.bodyType, settings.body) };
}

/** The request that takes the effect back. @throws AppError `bad_request` naming the field. */
export function composeUndo(
  settings: Settings & { undoMethod: string; undoUrl: string; undoBody: string },
  idempotencyKey: string,
): HttpRequest {
  const { undoMethod: method, undoUrl: url, undoBody: body } = settings;
  const bodyType = body.trim() === '' || method === 'DELETE' ? 'none' : 'json';
  return composeRequest({ ...settings, method, url, body, bodyType, query: [] }, idempotencyKey);
}

function checkedUrl(text: string): string {
  const url = text.trim();
  if (!/^https?:\/\/[^\s/?#@\\]+(?:[/?#][^\s\\]*)?$/i.test(url)) {
    const message = `“${clip(url, 80)}” is not a web address. It starts with https:// or http:// and holds no spaces and no user name.`;
    throw new AppError('bad_request', message, { details: { field: 'url' } });
  }
  return url;
}

function withQuery(url: string, query: Settings['query']): string {
  const pairs = encodePairs(query.map(({ name, value }) => [name.trim(), value] as const));
  if (pairs === '') return url;
  const [before = '', ...fragment] = url.split('#');
  const hash = fragment.length > 0 ? `#${fragment.join('#')}` : '';
  const separator = !before.includes('?') ? '?' : /[?&]$/.test(before) ? '' : '&';
  return `${before}${separator}${pairs}${hash}`;
}

function encodePairs(pairs: readonly (readonly [string, string])[]): string {
  return pairs
    .filter(([name]) => name !== '')
    .map(([name, value]) => `${encodeURIComponent(name.toWellFormed())}=${encodeURIComponent(value.toWellFormed())}`)
    .join('&');
}

function readHeaders(list: Settings['headers']): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [index, { name, value }] of list.entries()) {
    const key = name.trim().toLowerCase();
    if (key === '') continue;
    const problem = ownHeaders.has(key) ? `The header “${key}” is set by Mailweave.` : headerProblem(key, value.trim());
    if (problem !== undefined) throw new AppError('bad_request', problem, { details: { field: `headers.${index}` } });
    headers[key] = value.trim();
  }
  return headers;
}

function readBody(type: 'json' | 'form' | 'text', text: string): string {
  if (type === 'text') return text;
  const parsed = tryJson(text);
  if (type === 'form') {
    const fields = asRecord(parsed);
    return fields === undefined
      ? text.trim()
      : encodePairs(Object.entries(fields).map(([name, value]) => [name, asText(value)] as const));
  }
  if (parsed === undefined) {
    const message = `The content is not valid JSON: ${clip(text, 80) || '(empty)'}. Put values in with “| json”, for example {{ input.name | json }}.`;
    throw new AppError('bad_request', message, { details: { field: 'body' } });
  }
  return text;
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
