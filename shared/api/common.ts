import { oc } from '@orpc/contract';
import { z } from 'zod';

/** Every route of the contract may answer with this error shape: `{ error: { code, message, details?, requestId } }`. */
export const route = oc;

export const uuid = z.uuid();

/** ISO 8601 instant in UTC. */
export const instant = z.string();

/** Cursor paging: hand `nextCursor` back as `cursor`; null means the end. */
export const pageInput = z.object({
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(100).default(30),
});

export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}

export const done = z.object({ ok: z.literal(true) });
