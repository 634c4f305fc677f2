import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { LeaseLost, type Commit } from '../engine/ports.ts';
import type { WrittenCommit } from './payloads.ts';
import { isOutage } from '../outage.ts';

/** The database may be away for so long before the runs that wait for a write are given up by this process, in milliseconds. */
const patienceMs = 30_000;
const pausesMs = { first: 50, most: 1_000 };

/** What became of a commit whose writing was cut off. */
type Fate = 'stored' | 'not stored' | 'taken over';

export interface Attempted {
  commit: WrittenCommit;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/**
 * Goes on with commits whose transaction was cut off: nobody knows whether it was committed, so neither is assumed. Once the database answers
 * again it is asked; what it has is done, the rest is written again by `write`.
 * @throws what `write` threw when it was no outage, or the last outage when patience is over. What is not settled by then is in `open`.
 */
export async function writeAgain<T extends Attempted>(
  pool: pg.Pool,
  open: T[],
  write: (batch: T[]) => Promise<void>,
): Promise<void> {
  const deadline = Date.now() + patienceMs;
  for (let pause = pausesMs.first; ; pause = Math.min(pause * 2, pausesMs.most)) {
    await sleep(pause);
    try {
      await settleStored(pool, open);
      if (open.length > 0) await write(open);
      return;
    } catch (error) {
      if (!(isOutage(error) || isOwnRepeat(error)) || Date.now() > deadline) throw error;
    }
  }
}

/** The transaction that was cut off was still under way when we looked, and is committed by now. */
function isOwnRepeat(error: unknown): boolean {
  const { constraint } = error as { constraint?: string };
  return constraint === 'runs_pkey' || constraint === 'run_journal_pkey';
}

async function settleStored<T extends Attempted>(pool: pg.Pool, open: T[]): Promise<void> {
  const { rows } = await pool.query<{ id: string; fence: number; seq: number }>({
    name: 'journal-stored',
    text: `
      SELECT r.id, r.fence, coalesce((SELECT max(j.seq) FROM run_journal j WHERE j.run_id = r.id), 0)::int AS seq
      FROM runs r WHERE r.id = ANY($1)`,
    values: [open.map(({ commit }) => commit.run.id)],
  });
  const found = new Map(rows.map((row) => [row.id, row]));
  const unsettled = open.filter((entry) => {
    const fate = fateOf(entry.commit, found.get(entry.commit.run.id));
    if (fate === 'stored') entry.resolve();
    if (fate === 'taken over') entry.reject(new LeaseLost(entry.commit.run.id));
    return fate === 'not stored';
  });
  open.splice(0, open.length, ...unsettled);
}

/**
 * As long as the fence is ours nobody else can have written: events of that number are our own. A commit without events can be written twice
 * without harm.
 */
function fateOf({ run, events }: Commit, row: { fence: number; seq: number } | undefined): Fate {
  if (!row) return 'not stored';
  if (row.fence !== run.fence) return 'taken over';
  const last = events.at(-1);
  return last && row.seq >= last.seq ? 'stored' : 'not stored';
}
