import { z } from 'zod';
import { defineNode, outPort } from '../contract.ts';
import { choiceField, setOwn } from '../fields.ts';

export const config = z.object({
  method: choiceField(['any', 'POST', 'GET'], 'any', {
    title: 'Method',
    labels: { any: 'Any', POST: 'POST', GET: 'GET' },
    description: 'Requests with another method are refused.',
  }),
  answer: choiceField(['at_once', 'when_finished'], 'at_once', {
    title: 'Answer the caller',
    labels: { at_once: 'At once', when_finished: 'When finished' },
    description:
      '“When finished” waits for the run and answers with its last output. A Respond step on the way answers by itself in both cases.',
  }),
});
type Config = z.output<typeof config>;

/** What a request looks like to the server before it becomes a trigger's output. */
export interface HookRequest {
  method: string;
  headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  query: Readonly<Record<string, unknown>>;
  body: unknown;
}

/** Never kept in a run: they let whoever reads the run act as the caller. */
const secretHeaders = new Set([
  'authorization',
  'proxy-authorization',
  'cookie',
  'set-cookie',
  'x-api-key',
  'x-auth-token',
]);

/** The output of the trigger: header names in lower case, several values of one header joined, no credentials. */
export function hookOutput(request: HookRequest): {
  method: string;
  headers: Record<string, string>;
  query: Record<string, unknown>;
  body: unknown;
} {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    const key = name.toLowerCase();
    if (value === undefined || secretHeaders.has(key)) continue;
    setOwn(headers, key, typeof value === 'string' ? value : value.join(', '));
  }
  return { method: request.method.toUpperCase(), headers, query: { ...request.query }, body: request.body ?? null };
}

/** True when a request with this method may start the workflow. HEAD and OPTIONS never do. */
export function acceptsMethod({ method }: Pick<Config, 'method'>, requested: string): boolean {
  const name = requested.toUpperCase();
  return method === 'any' ? ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].includes(name) : name === method;
}

export const node = defineNode({
  kind: 'webhook',
  version: 1,
  group: 'trigger',
  icon: 'webhook',
  trigger: 'webhook',
  texts: {
    title: 'Webhook',
    description: 'Starts when another system calls its address',
    help:
      'Gives the workflow an address that shops, forms and other systems call. A JSON or form body is in {{ trigger.body }}, for example ' +
      '{{ trigger.body.email }}; the query string in {{ trigger.query }}; headers in {{ trigger.headers }}. A request that was answered with 2xx is not lost.',
  },
  config,
  ports: { in: [], out: [outPort] },
  effect: 'none',
  summary: ({ method, answer }) =>
    `On ${method === 'any' ? 'any request' : method}, answers ${answer === 'at_once' ? 'at once' : 'when finished'}`,
  sample: ({ method }) => ({
    method: method === 'GET' ? 'GET' : 'POST',
    headers: { 'content-type': 'application/json' },
    query: {},
    body: { email: 'ada@example.com', name: 'Ada Lovelace', message: 'I would like an offer.' },
  }),
  preview: () => ({ summary: 'Starts when its address is called' }),
});
