import { AppError } from '../errors.ts';
import { clip } from './fields.ts';

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
