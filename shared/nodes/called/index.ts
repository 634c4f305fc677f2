import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { defineNode, outPort } from '../contract.ts';
import { examplePayload } from '../example-payload.ts';
import { clip, field } from '../fields.ts';

export const config = z.object({
  payload: field(z.string().max(100_000).default('{}'), {
    title: 'Example data',
    widget: 'json',
    rows: 8,
    placeholder: '{ "email": "ada@example.com", "name": "Ada" }',
    description: 'What a caller hands over, for example. Later steps read it as {{ trigger.email }}.',
  }),
});

export const node = defineNode({
  kind: 'called',
  version: 1,
  group: 'trigger',
  icon: 'corner-down-right',
  trigger: 'called',
  texts: {
    title: 'Called by a workflow',
    description: 'Starts when another workflow calls this one',
    help: 'Starts the workflow when a “Call a workflow” step of another one runs. Its output is what the caller hands over. The caller gets the answer of a Respond step, or the output of the last step.',
  },
  config,
  ports: { in: [], out: [outPort] },
  effect: 'none',
  summary: ({ payload }) =>
    ['', '{}'].includes(payload.trim()) ? 'When another workflow calls' : `With ${clip(payload, 100)}`,
  check(settings) {
    try {
      examplePayload(settings);
      return [];
    } catch (error) {
      return [{ field: 'payload', message: error instanceof AppError ? error.message : String(error) }];
    }
  },
  sample(settings) {
    try {
      return examplePayload(settings);
    } catch {
      return {};
    }
  },
  preview: (settings) => {
    try {
      return { summary: 'Starts when another workflow calls', output: examplePayload(settings) };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return { summary: error.message, error: error.toBody() };
    }
  },
});
