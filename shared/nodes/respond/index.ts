import { z } from 'zod';
import { AppError } from '../../errors.ts';
import type { Answer } from '../../workflow/run.ts';
import { defineNode, inPort, outPort } from '../contract.ts';
import { choiceField, clip, field, plainField, textField } from '../fields.ts';
import { headerProblem } from '../http-headers.ts';

const headerSchema = z.object({
  name: plainField({ title: 'Name', placeholder: 'cache-control', max: 200 }),
  value: textField({ title: 'Value', placeholder: 'no-store', max: 8_000 }),
});

export const config = z.object({
  status: field(z.int().min(200).max(599).default(200), {
    title: 'Status',
    widget: 'number',
    description: '200 is “all well”, 404 “not found”.',
  }),
  bodyType: choiceField(['json', 'text', 'html'], 'json', {
    title: 'Kind of answer',
    labels: { json: 'JSON', text: 'Text', html: 'HTML' },
  }),
  body: textField({
    title: 'Answer',
    widget: 'code',
    rows: 8,
    default: '{ "ok": true }',
    placeholder: '{ "name": {{ input.name | json }} }',
    description:
      'In JSON, put values in with “| json”, which adds the quotation marks they need. In HTML, add “| escape”.',
  }),
  headers: field(z.array(headerSchema).max(50).default([]), { title: 'Headers', widget: 'keyvalue', advanced: true }),
});
type Config = z.output<typeof config>;

const contentTypes = {
  json: 'application/json; charset=utf-8',
  text: 'text/plain; charset=utf-8',
  html: 'text/html; charset=utf-8',
};
/** The server writes these itself. */
const ownHeaders = new Set(['content-length', 'transfer-encoding', 'connection', 'set-cookie', 'date']);

/**
 * The answer for whoever waits at the webhook or form.
 *
 * @throws AppError `bad_request` when the JSON or a header is not valid.
 */
export function composeAnswer(bound: Config): Answer {
  const headers: Record<string, string> = { 'content-type': contentTypes[bound.bodyType] };
  for (const [index, { name, value }] of bound.headers.entries()) {
    if (name.trim() === '') continue;
    const key = name.trim().toLowerCase();
    const problem = ownHeaders.has(key) ? `The header “${key}” is set by the server.` : headerProblem(key, value);
    if (problem !== undefined) throw new AppError('bad_request', problem, { details: { field: `headers.${index}` } });
    headers[key] = value;
  }
  return { status: bound.status, headers, body: bound.bodyType === 'json' ? parseBody(bound.body) : bound.body };
}

function parseBody(text: string): unknown {
  if (text.trim() === '') return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    const message = `The answer is not valid JSON: ${clip(text, 80)}. Put values in with “| json”, for example {{ input.name | json }}.`;
    throw new AppError('bad_request', message, { details: { field: 'body' } });
  }
}

export const node = defineNode({
  kind: 'respond',
  version: 1,
  group: 'data',
  icon: 'reply',
  texts: {
    title: 'Respond',
    description: 'Answers the webhook or form',
    help: 'Answers whoever called the webhook, sent the form or called the workflow, with a status, headers and JSON, text or HTML. The first answer of a run counts. Hands on its input unchanged.',
  },
  config,
  ports: { in: [inPort], out: [outPort] },
  effect: 'none',
  needsTrigger: ['webhook', 'form', 'called'],
  summary: ({ status, bodyType, body }) => `${status} ${bodyType}: ${clip(body, 90)}`,
  check(settings) {
    if (settings.body.includes('{{') || settings.body.includes('{%')) return [];
    try {
      composeAnswer({ ...settings, headers: [] });
      return [];
    } catch (error) {
      return [{ field: 'body', message: error instanceof AppError ? error.message : String(error) }];
    }
  },
  sample: (_settings, input) => input ?? {},
  preview(bound, { input }) {
    try {
      return {
        summary: `Answers ${bound.status} with ${clip(bound.body, 80) || 'nothing'}`,
        answer: composeAnswer(bound),
        output: input,
      };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return { summary: error.message, error: error.toBody() };
    }
  },
});
