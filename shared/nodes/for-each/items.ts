import { AppError } from '../../errors.ts';
import { asText, clip } from '../fields.ts';

/** Items of one loop. */
export const maxItems = 100_000;

/**
 * The list that the field holds. Text is read as JSON, so that an answer of a model or a pasted list will do.
 *
 * @throws AppError bad_request when it is no list, too_large when it has more than `maxItems`.
 */
export function itemsOf(value: unknown): readonly unknown[] {
  const list = typeof value === 'string' ? parsed(value) : value;
  if (!Array.isArray(list)) throw notAList(value);
  if (list.length > maxItems) {
    throw new AppError(
      'too_large',
      `The list has ${list.length.toLocaleString('en')} items; at most ${maxItems.toLocaleString('en')} are possible in one loop.`,
      { details: { field: 'items' } },
    );
  }
  return list;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function notAList(value: unknown): AppError {
  const found =
    value === null || value === undefined || value === ''
      ? 'It came out empty'
      : typeof value === 'object'
        ? `It came out as an object with ${clip(Object.keys(value).join(', '), 60) || 'no fields'}`
        : `It came out as “${clip(asText(value), 60)}”`;
  return new AppError('bad_request', `“Items” needs a list, such as {{ trigger.body.orders }}. ${found}.`, {
    details: { field: 'items' },
  });
}
