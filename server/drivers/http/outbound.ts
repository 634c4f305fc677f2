import { fetch as undiciFetch, request as undiciRequest, type Agent, type RequestInit as UndiciInit } from 'undici';
import { AppError } from '../../../shared/errors.ts';
import { allowList, systemLookup, type Lookup, type OpenTarget } from './address.ts';
import { acceptedEncodings, readBody, tooLarge } from './body.ts';
import { guardedAgent } from './connect.ts';
import { httpError } from './failure.ts';
import { requestHeaders, responseHeaders } from './headers.ts';
import { maxRedirects, nextHop, tooManyRedirects, type Hop } from './redirect.ts';
import { outboundUrl, portOf } from './url.ts';

export interface OutboundRequest {
  method: string;
  url: string;
  headers?: Readonly<Record<string, string>>;
  body?: string | Buffer;
  /** For everything: look-up, redirects and the body included; default 30 s. */
  timeoutMs?: number;
  signal?: AbortSignal;
  /** Of the answer's body, packed and unpacked; default 10 MB. */
  maxBytes?: number;
}

export interface OutboundResponse {
  status: number;
  /** Names in lower case. */
  headers: Record<string, string>;
  body: Buffer;
}

export interface Outbound {
  /**
   * Calls a URL that a user has given; follows up to five redirects. Any status is an answer.
   * @throws AppError outbound_blocked, bad_request (URL, method or header), http_failed, timeout, too_large, cancelled.
   */
  request(request: OutboundRequest): Promise<OutboundResponse>;
  /**
   * The same guard for SDKs that take a `fetch`. Redirects are answered, not followed; bodies may be strings, bytes or a Request's; the
   * answer may stream, up to `maxBytes` in all.
   */
  fetch: typeof globalThis.fetch;
  close(): Promise<void>;
}

export interface OutboundOptions {
  /** What may be private (OUTBOUND_ALLOW). */
  allow: readonly OpenTarget[];
  lookup?: Lookup;
  /** Limit of one answer through `fetch`; default 50 MB. */
  fetchMaxBytes?: number;
}

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);
const NO_BODY = new Set([101, 204, 205, 304]);
const DEFAULT_TIMEOUT_MS = 30_000;
const DEFAULT_MAX_BYTES = 10_000_000;

/** The guard in front of every connection whose target a user can steer. Make one and share it: it keeps connections. */
export function createOutbound({
  allow,
  lookup = systemLookup,
  fetchMaxBytes = 50_000_000,
}: OutboundOptions): Outbound {
  const agent = guardedAgent(allowList(allow), lookup);
  return {
    request: (request) => call(agent, request),
    fetch: (input, init) => guardedFetch(agent, new Request(input, init), fetchMaxBytes),
    close: () => agent.destroy(),
  };
}

async function call(agent: Agent, request: OutboundRequest): Promise<OutboundResponse> {
  const first = firstHop(request);
  const timeoutMs = request.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  const deadline = AbortSignal.timeout(timeoutMs);
  const signal = request.signal ? AbortSignal.any([request.signal, deadline]) : deadline;
  const place = { hop: first };
  try {
    // undici looks at the signal only once connected; the race ends a look-up or connection attempt in time, too.
    return await Promise.race([
      follow(agent, first, signal, request.maxBytes ?? DEFAULT_MAX_BYTES, place),
      aborted(signal),
    ]);
  } catch (error) {
    if (error instanceof AppError) throw error;
    const { url } = place.hop;
    const host = `${url.hostname}:${portOf(url)}`;
    if (request.signal?.aborted)
      throw new AppError('cancelled', `The call to ${host} was cancelled.`, { cause: error });
    if (deadline.aborted) {
      throw new AppError('timeout', `${host} did not answer within ${timeoutMs / 1000} s.`, {
        retryable: true,
        cause: error,
      });
    }
    throw httpError(error, host);
  }
}

/** Rejects when the signal aborts. Nothing stays behind when it never does: both end with the signal. */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    if (signal.aborted) reject(signal.reason as Error);
    else signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
}

function firstHop(request: OutboundRequest): Hop {
  const method = request.method.toUpperCase();
  if (!METHODS.has(method)) throw new AppError('bad_request', `The method ${method.slice(0, 20)} cannot be used.`);
  const headers = {
    'accept-encoding': acceptedEncodings,
    'user-agent': 'Mailweave',
    accept: '*/*',
    ...requestHeaders(request.headers ?? {}),
  };
  return { method, url: outboundUrl(request.url), headers, body: request.body };
}

/** @param place is kept at the request under way, so that a failure can name its host. */
async function follow(
  agent: Agent,
  first: Hop,
  signal: AbortSignal,
  maxBytes: number,
  place: { hop: Hop },
): Promise<OutboundResponse> {
  for (let redirects = 0; ; redirects++) {
    const { hop } = place;
    const answer = await undiciRequest(hop.url, {
      dispatcher: agent,
      method: hop.method,
      headers: hop.headers,
      body: hop.body ?? null,
      signal,
    });
    const headers = responseHeaders(answer.headers);
    const next = nextHopOf(answer.body, hop, answer.statusCode, headers['location']);
    if (!next) return { status: answer.statusCode, headers, body: await readAnswer(answer, hop, headers, maxBytes) };
    await answer.body.dump({ limit: 100_000 });
    if (redirects === maxRedirects) throw tooManyRedirects(first.url);
    place.hop = next;
  }
}

type Answer = Awaited<ReturnType<typeof undiciRequest>>;

/** A body that nobody reads would keep its connection. */
function nextHopOf(body: Answer['body'], hop: Hop, status: number, location: string | undefined): Hop | undefined {
  try {
    return nextHop(hop, status, location);
  } catch (error) {
    body.on('error', () => {}).destroy();
    throw error;
  }
}

async function readAnswer(
  answer: Answer,
  hop: Hop,
  headers: Record<string, string>,
  maxBytes: number,
): Promise<Buffer> {
  if (Number(headers['content-length'] ?? 0) > maxBytes && hop.method !== 'HEAD') {
    answer.body.on('error', () => {}).destroy();
    throw tooLarge(maxBytes);
  }
  const empty = hop.method === 'HEAD' || answer.statusCode === 204 || answer.statusCode === 304;
  return readBody(answer.body, empty ? '' : (headers['content-encoding'] ?? ''), maxBytes);
}

async function guardedFetch(agent: Agent, request: Request, maxBytes: number): Promise<Response> {
  const url = outboundUrl(request.url);
  const init: UndiciInit = {
    dispatcher: agent,
    method: request.method,
    headers: [...request.headers],
    body: request.body === null ? null : new Uint8Array(await request.arrayBuffer()),
    signal: request.signal,
    redirect: 'manual',
  };
  const answer = await undiciFetch(url, init).catch((error: unknown) => {
    // SDKs tell an abort of their own by its name; it must reach them as it is.
    if (request.signal.aborted) throw error;
    throw httpError(error, `${url.hostname}:${portOf(url)}`);
  });
  const headers = [...answer.headers].filter(([name]) => name !== 'content-encoding' && name !== 'content-length');
  const stream = NO_BODY.has(answer.status) ? null : (answer.body as ReadableStream<Uint8Array> | null);
  const body = stream?.pipeThrough(limit(maxBytes)) ?? null;
  return new Response(body, { status: answer.status, statusText: answer.statusText, headers });
}

function limit(maxBytes: number): TransformStream<Uint8Array, Uint8Array> {
  let size = 0;
  return new TransformStream({
    transform(chunk, controller) {
      size += chunk.length;
      if (size > maxBytes) controller.error(tooLarge(maxBytes));
      else controller.enqueue(chunk);
    },
  });
}
