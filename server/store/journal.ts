import type pg from 'pg';
import type { RunEvent } from '../../shared/workflow/run.ts';
import { DuplicateRun, LeaseLost, type Commit, type Journal } from '../engine/ports.ts';
import { writeTogether } from './journal-rows.ts';

/** A batch is closed at this many commits. */
const maxBatch = 1_000;
/** While one batch is being made durable, the next is on its way. */
const batchesAtOnce = 2;

interface Waiting {
  commit: Commit;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/**
 * The append-only journal in PostgreSQL, written in groups: while a batch is under way the commits of all runs of this process gather, and go
 * together in the next. A run is in one batch at a time, so its commits keep their order.
 *
 * Fencing: events, standing and mails of a commit are stored only while the run's fence is the one it was taken with.
 */
export function createJournal(pool: pg.Pool): Journal & { idle(): Promise<void> } {
  let queue: Waiting[] = [];
  /** Runs in a batch that is under way. */
  const busy = new Set<string>();
  const running = new Set<Promise<void>>();
  let isPlanned = false;

  /** Everything that becomes ready in this turn of the event loop shares the batch. */
  function plan(): void {
    if (isPlanned || queue.length === 0 || running.size >= batchesAtOnce) return;
    isPlanned = true;
    setImmediate(() => {
      isPlanned = false;
      const batch = nextBatch();
      if (batch.length === 0) return;
      const written = writeBatch(pool, batch).finally(() => {
        running.delete(written);
        for (const { commit } of batch) busy.delete(commit.run.id);
        plan();
      });
      running.add(written);
      plan();
    });
  }

  /** What waits and is of no run that is being written. */
  function nextBatch(): Waiting[] {
    const batch: Waiting[] = [];
    const rest: Waiting[] = [];
    for (const entry of queue) (batch.length < maxBatch && !busy.has(entry.commit.run.id) ? batch : rest).push(entry);
    for (const { commit } of batch) busy.add(commit.run.id);
    queue = rest;
    return batch;
  }

  return {
    commit(commit) {
      return new Promise((resolve, reject) => {
        queue.push({ commit, resolve, reject });
        plan();
      });
    },
    async read(workspaceId, runId, after = 0) {
      const { rows } = await pool.query<{ events: RunEvent[] }>({
        name: 'journal-read',
        text: 'SELECT events FROM run_journal WHERE run_id = $1 AND workspace_id = $2 AND seq > $3 ORDER BY seq',
        values: [runId, workspaceId, after],
      });
      return rows.flatMap((row) => row.events).filter((event) => event.seq > after);
    },
    async idle() {
      while (queue.length > 0 || running.size > 0) {
        await Promise.all(running);
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
  };
}

/** Writes a batch in one transaction. If that fails, each commit is tried alone, so that one bad payload harms only its own run. */
async function writeBatch(pool: pg.Pool, batch: Waiting[]): Promise<void> {
  try {
    const refused = await writeTogether(
      pool,
      batch.map((entry) => entry.commit),
    );
    for (const { commit, resolve, reject } of batch) {
      if (refused.has(commit.run.id)) reject(new LeaseLost(commit.run.id));
      else resolve();
    }
  } catch (error) {
    if (batch.length === 1) return batch[0]!.reject(await explain(pool, batch[0]!.commit, error));
    for (const entry of batch) await writeBatch(pool, [entry]);
  }
}

/** Two runs with one idempotency key: says which run has it. */
async function explain(pool: pg.Pool, commit: Commit, error: unknown): Promise<unknown> {
  const isDuplicate = (error as { code?: string; constraint?: string }).constraint === 'runs_idempotency';
  if (!isDuplicate || !commit.create) return error;
  const found = await pool
    .query<{ id: string }>('SELECT id FROM runs WHERE workflow_id = $1 AND idempotency_key = $2', [
      commit.create.workflowId,
      commit.create.idempotencyKey,
    ])
    .catch(() => null);
  return found?.rows[0] ? new DuplicateRun(found.rows[0].id) : error;
}
