import { randomUUID } from 'node:crypto';
import type { IncomingMessage, OutgoingHttpHeaders, RequestListener, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { AppError } from '../../shared/errors.ts';
import { acceptsMethod, config as webhookConfig, hookOutput } from '../../shared/nodes/webhook/index.ts';
import type { Answer } from '../../shared/workflow/run.ts';
import { fireTrigger, openTrigger, type Fired, type HookDeps } from '../features/triggers/hook.ts';
import { sendAnswer } from './answer.ts';
import { errorAnswer, statusOf, toAppError } from './errors.ts';

/** The largest body a webhook takes, in bytes. */
const maxBody = 10_000_000;
const prefix = '/hooks/';

export function isHook(request: IncomingMessage): boolean {
  return request.url?.startsWith(prefix) ?? false;
}

/**
 * `/hooks/<token>`: public, authorised by the token, takes data only. It stands before Express, whose routing costs more than a small run
 * does (bench/README.md), and gives the same answers: our error shape, a request id, no sniffing.
 */
export function createHookListener(deps: HookDeps, logger: Logger): RequestListener {
  return (request, response) => {
    const requestId = randomUUID();
    const headers = {
      'x-request-id': requestId,
      'x-content-type-options': 'nosniff',
      'access-control-allow-origin': '*',
    };
    answerHook(deps, request, response, headers).catch((error: unknown) => {
      const known = toAppError(error);
      if (known.code === 'internal')
        logger.error({ requestId, path: `${prefix}…`, err: known.cause ?? error }, 'a webhook failed');
      if (response.headersSent) return void response.destroy();
      if (known.retryAfterMs !== undefined) response.setHeader('Retry-After', Math.ceil(known.retryAfterMs / 1_000));
      // What is left of the body is not read: a sender of too much is cut off after the answer.
      response.writeHead(statusOf(known), {
        ...headers,
        'content-type': 'application/json; charset=utf-8',
        connection: 'close',
      });
      response.end(JSON.stringify(errorAnswer(known, requestId)));
    });
  };
}

/** @param ours what every answer says besides its own. */
async function answerHook(
  deps: HookDeps,
  request: IncomingMessage,
  response: ServerResponse,
  ours: OutgoingHttpHeaders,
): Promise<void> {
  const { method = 'GET', url = '', headers } = request;
  if (method === 'OPTIONS') {
    const methods = 'GET, POST, PUT, PATCH, DELETE';
    const allowed = {
      'access-control-allow-methods': methods,
      'access-control-allow-headers': 'content-type, idempotency-key',
    };
    response.writeHead(204, { ...ours, ...allowed }).end();
    return;
  }
  const [path = '', query = ''] = url.split('?', 2);
  const trigger = await openTrigger(deps, 'webhook', path.slice(prefix.length));
  const config = configOf(trigger);
  if (!acceptsMethod(config, method))
    throw new AppError('bad_request', `This address takes ${config.method}, not ${method}.`);
  const body = parseBody(await readBody(request), headers['content-type'] ?? '');
  const output = hookOutput({ method, headers, query: formFields(query), body });
  const key = headers['idempotency-key'];
  const idempotencyKey = typeof key === 'string' && key !== '' ? key.slice(0, 150) : null;
  const fired = await fireTrigger(deps, trigger, output, { idempotencyKey, answer: config.answer });
  sendAnswer(response, answerFor(fired), ours);
}

const known = new WeakMap<object, ReturnType<typeof webhookConfig.parse>>();

/** Read once for as long as the look-up remembers the trigger, not once a call. */
function configOf({ config }: { config: object }): ReturnType<typeof webhookConfig.parse> {
  let read = known.get(config);
  if (!read) known.set(config, (read = webhookConfig.parse(config)));
  return read;
}

function answerFor(fired: Fired): Answer {
  const { runId } = fired;
  switch (fired.type) {
    case 'answered':
      return fired.answer;
    case 'accepted':
      return json(202, { runId });
    case 'done':
      return json(200, { runId, status: 'done', output: fired.output });
    case 'failed':
      return json(500, { error: { code: fired.error.code, message: fired.error.message }, runId });
  }
}

function json(status: number, body: unknown): Answer {
  return { status, headers: { 'content-type': 'application/json; charset=utf-8' }, body };
}

/** By events: a stream's iterator costs more than most bodies. @throws AppError too_large */
function readBody(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = Number(request.headers['content-length'] ?? 0);
    const refuse = (): void => {
      request.pause();
      reject(
        new AppError('too_large', `The body is larger than ${maxBody / 1_000_000} MB.`, {
          details: { limit: maxBody },
        }),
      );
    };
    if (size > maxBody) return refuse();
    size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxBody) refuse();
      else chunks.push(chunk);
    });
    request.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
    // The sender has gone: nobody is there for an answer, but what waits here has to end.
    const brokeOff = (): void =>
      reject(new AppError('bad_request', 'The request broke off before its body was there.'));
    request.on('error', brokeOff);
    request.on('close', () => request.complete || brokeOff());
  });
}

/** By its declared type: JSON, a form, else text. Nothing in it is taken for more than data. @throws AppError bad_request for broken JSON */
function parseBody(text: string, contentType: string): unknown {
  if (text === '') return null;
  const [type = ''] = contentType.toLowerCase().split(';', 1);
  if (/[/+]json$/.test(type.trim())) {
    try {
      return JSON.parse(text);
    } catch {
      throw new AppError('bad_request', 'The body says that it is JSON, but it cannot be read as JSON.', {
        details: { field: 'body' },
      });
    }
  }
  return type.trim() === 'application/x-www-form-urlencoded' ? formFields(text) : text;
}

/** A field that comes several times becomes a list. */
export function formFields(text: string): Record<string, string | string[]> {
  if (text === '') return {};
  const fields = new Map<string, string | string[]>();
  for (const [name, value] of new URLSearchParams(text)) {
    const known = fields.get(name);
    fields.set(name, known === undefined ? value : [known, value].flat());
  }
  return Object.fromEntries(fields);
}
