import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';

/** Watches how long runs stay with a process that is dead. */
export interface TakeoverWatch {
  /** How long each run was orphaned until another process had it, in milliseconds. */
  takeovers: number[];
  stop(): Promise<void>;
}

const everyMs = 50;
/** As in `server/queue/postgres.ts`: who holds this lock lives. */
const lockClass = 4_711_001;

/**
 * A run is orphaned from the last look at which its process lived, and taken over at the first look at which its fence has moved. While
 * PostgreSQL is away nothing can be seen, so that its absence counts. Runs whose own process comes back to them count as well.
 */
export function watchTakeovers(pool: pg.Pool): TakeoverWatch {
  const orphans = new Map<string, { since: number; fence: number }>();
  const takeovers: number[] = [];
  let ongoing = true;
  let lastLook = Date.now();

  async function look(): Promise<void> {
    const begun = Date.now();
    const { rows } = await pool.query<{ id: string; fence: number; orphaned: boolean }>(
      `SELECT id, fence, worker IS NOT NULL AND worker NOT IN (
         SELECT objid::int FROM pg_locks WHERE locktype = 'advisory' AND classid = $2 AND granted
           AND database = (SELECT oid FROM pg_database WHERE datname = current_database())) AS orphaned
       FROM runs WHERE worker IS NOT NULL OR id = ANY($1)`,
      [[...orphans.keys()], lockClass],
    );
    for (const { id, fence, orphaned } of rows) {
      const known = orphans.get(id);
      if (orphaned && known?.fence === fence) continue;
      if (known) {
        takeovers.push(Date.now() - known.since);
        orphans.delete(id);
      }
      if (orphaned) orphans.set(id, { since: lastLook, fence });
    }
    lastLook = begun;
  }

  const watching = (async () => {
    while (ongoing) {
      await look().catch(() => {});
      await sleep(everyMs);
    }
  })();

  return {
    takeovers,
    async stop() {
      ongoing = false;
      await watching;
      for (const { since } of orphans.values()) takeovers.push(Date.now() - since);
    },
  };
}

/** The smallest value that `share` of all do not exceed; 0 of none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}
