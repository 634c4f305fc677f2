import { randomUUID } from 'node:crypto';

/**
 * A UUID version 7 (RFC 9562): sorted by time, so that new rows land at the end of an index. Same layout as PostgreSQL's `uuidv7()`. Node keeps
 * random bytes for its version 4 in store, so 74 random bits of one of those are the cheapest there are.
 */
export function uuidv7(now: number = Date.now()): string {
  const time = now.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`;
}
