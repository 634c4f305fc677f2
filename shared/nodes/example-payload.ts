import { z } from 'zod';
import { AppError } from '../errors.ts';
import type { NodeDefinition } from './contract.ts';
import { clip, field } from './fields.ts';

/** The setting of a trigger that holds an example of what a run starts with. */
export const exampleField = (description: string) =>
  field(z.string().max(100_000).default('{}'), {
    title: 'Example data',
    widget: 'json',
    rows: 8,
    placeholder: '{ "email": "ada@example.com", "name": "Ada" }',
    description,
  });

/** What such a trigger has in common with the others. `summary`: its line on the canvas without an example. */
export function startsWithExample(words: {
  summary: string;
  preview: { summary: string };
}): Pick<NodeDefinition<z.ZodObject<{ payload: z.ZodType<string> }>>, 'summary' | 'check' | 'sample' | 'preview'> {
  return {
    summary: ({ payload }) => (['', '{}'].includes(payload.trim()) ? words.summary : `With ${clip(payload, 100)}`),
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
        return { ...words.preview, output: examplePayload(settings) };
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        return { summary: error.message, error: error.toBody() };
      }
    },
  };
}

/**
 * What a run starts with when nothing else is given.
 *
 * @throws AppError `bad_request` when the example is no JSON.
 */
export function examplePayload(settings: { payload: string }): unknown {
  if (settings.payload.trim() === '') return {};
  try {
    return JSON.parse(settings.payload) as unknown;
  } catch (error) {
    const reason = error instanceof SyntaxError ? ` (${clip(error.message, 100)})` : '';
    throw new AppError('bad_request', `The example data is not valid JSON${reason}.`, {
      details: { field: 'payload' },
    });
  }
}
