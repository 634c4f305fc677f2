import express, { type Express, type Request } from 'express';
import { AppError } from '../../shared/errors.ts';
import { acceptsMethod, config as webhookConfig, hookOutput } from '../../shared/nodes/webhook/index.ts';
import { fireTrigger, openTrigger, type HookDeps } from '../features/triggers/hook.ts';
import { sendAnswer } from './answer.ts';

/** The largest body a webhook takes. */
const maxBody = '10mb';

/** `/hooks/<token>`: public, authorised by the token, takes data only. */
export function mountHooks(app: Express, deps: HookDeps): void {
  app.all('/hooks/:token', express.raw({ type: () => true, limit: maxBody }), async (request, response) => {
    response.setHeader('Access-Control-Allow-Origin', '*');
    if (request.method === 'OPTIONS') {
      response.setHeader('Access-Control-Allow-Methods', 'GET, POST, PUT, PATCH, DELETE');
      response.setHeader('Access-Control-Allow-Headers', 'content-type, idempotency-key');
      return void response.status(204).end();
    }
    const trigger = await openTrigger(deps, 'webhook', String(request.params.token));
    const config = webhookConfig.parse(trigger.config);
    if (!acceptsMethod(config, request.method)) {
      throw new AppError('bad_request', `This address takes ${config.method}, not ${request.method}.`);
    }
    const output = hookOutput({
      method: request.method,
      headers: request.headers,
      query: request.query,
      body: parseBody(request),
    });
    const key = request.get('idempotency-key');
    sendAnswer(
      response,
      await fireTrigger(deps, trigger, output, { idempotencyKey: key?.slice(0, 150) || null, answer: config.answer }),
    );
  });
}

/** By its declared type: JSON, a form, else text. Nothing in it is taken for more than data. @throws AppError bad_request for broken JSON */
function parseBody(request: Request): unknown {
  const raw: unknown = request.body;
  if (!Buffer.isBuffer(raw) || raw.length === 0) return null;
  const text = raw.toString('utf8');
  if (request.is(['json', '+json'])) {
    try {
      return JSON.parse(text);
    } catch {
      throw new AppError('bad_request', 'The body says that it is JSON, but it cannot be read as JSON.', {
        details: { field: 'body' },
      });
    }
  }
  return request.is('urlencoded') ? formFields(text) : text;
}

/** A field that comes several times becomes a list. */
export function formFields(text: string): Record<string, string | string[]> {
  const fields = new Map<string, string | string[]>();
  for (const [name, value] of new URLSearchParams(text)) {
    const known = fields.get(name);
    fields.set(name, known === undefined ? value : [known, value].flat());
  }
  return Object.fromEntries(fields);
}
