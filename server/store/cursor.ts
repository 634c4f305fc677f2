import { AppError } from '../../shared/errors.ts';

/** A place in a list that is sorted by time and id, newest first. Opaque to clients. */
export function encodeCursor(at: Date, id: string): string {
  return Buffer.from(`${at.toISOString()} ${id}`).toString('base64url');
}

/** @throws AppError bad_request when it is none of ours. */
export function decodeCursor(cursor: string): [at: string, id: string] {
  const [at, id, ...rest] = Buffer.from(cursor, 'base64url').toString().split(' ');
  const isOurs = at && id && rest.length === 0 && !Number.isNaN(Date.parse(at)) && /^[0-9a-f-]{36}$/.test(id);
  if (!isOurs)
    throw new AppError('bad_request', 'The cursor is not one that this API gave out. Start without one.', {
      details: { field: 'cursor' },
    });
  return [at, id];
}
