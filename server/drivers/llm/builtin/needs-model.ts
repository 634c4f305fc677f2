import { AppError } from '../../../../shared/errors.ts';

/** What the built-in engine throws where it would have to invent. `what` completes "cannot …". */
export function needsModel(what: string): AppError {
  return new AppError('needs_model', `The built-in engine cannot ${what}: that takes a language model.`, {
    details: { remedy: 'Choose OpenAI, Claude or a local model in this step, or set one up in the settings.' },
  });
}
