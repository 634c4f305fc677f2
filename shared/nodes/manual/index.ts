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
    description: 'The run starts with this unless other data is given. Later steps read it as {{ trigger.email }}.',
  }),
});

export const node = defineNode({
  kind: 'manual',
  version: 1,
  group: 'trigger',
  icon: 'play',
  trigger: 'manual',
  texts: {
    title: 'Start by hand',
    description: 'Starts when someone presses Run',
    help: 'Starts the workflow from the editor, the API or the command line. Its output is the data that the run is started with, or the example data.',
  },
  config,
  ports: { in: [], out: [outPort] },
  effect: 'none',
  summary: ({ payload }) =>
    ['', '{}'].includes(payload.trim()) ? 'When someone presses Run' : `With ${clip(payload, 100)}`,
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
      return { summary: 'Starts the workflow', output: examplePayload(settings) };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return { summary: error.message, error: error.toBody() };
    }
  },
});
