import type pg from 'pg';
import type { RunEvent } from '../../shared/workflow/run.ts';
import { AppError } from '../../shared/errors.ts';
import { DuplicateRun, JournalUnavailable, LeaseLost, type Commit, type Journal } from '../engine/ports.ts';
import { isOutage } from '../outage.ts';
import { writeTogether } from './journal-rows.ts';
import { readPayloads, writtenOut } from './payloads.ts';
import { writeAgain, type Attempted } from './write-again.ts';

/** A batch is closed at this many commits. */
const maxBatch = 1_000;
/** While one batch is being made durable, the next is on its way. */
const batchesAtOnce = 2;
/** With so many commits in line, as when the database is away, no new run is taken on. */
const maxQueue = 10_000;

/**
 * The append-only journal in PostgreSQL, written in groups: while a batch is under way the commits of all runs of this process gather, and go
 * together in the next. A run is in one batch at a time, so its commits keep their order.
 *
 * Fencing: events, standing and mails of a commit are stored only while the run's fence is the one it was taken with.
 */
export function createJournal(pool: pg.Pool): Journal & { idle(): Promise<void> } {
  let queue: Attempted[] = [];
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
  function nextBatch(): Attempted[] {
    const batch: Attempted[] = [];
    const rest: Attempted[] = [];
    for (const entry of queue) (batch.length < maxBatch && !busy.has(entry.commit.run.id) ? batch : rest).push(entry);
    for (const { commit } of batch) busy.add(commit.run.id);
    queue = rest;
    return batch;
  }

  return {
    commit(commit) {
      return new Promise((resolve, reject) => {
        if (commit.create && queue.length >= maxQueue) return reject(tooBusy());
        const written = writtenOut(commit);
        queue.push({ commit: written, resolve: () => resolve(written.events), reject });
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
    payloads: (workspaceId, runId, refs) => readPayloads(pool, workspaceId, runId, refs),
    async idle() {
      while (queue.length > 0 || running.size > 0) {
        await Promise.all(running);
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
  };
}

/**
 * Writes a batch in one transaction. If the database refuses it, each commit is tried alone, so that one bad payload harms only its own run.
 * If the database is away, it is waited for.
 */
async function writeBatch(pool: pg.Pool, batch: Attempted[]): Promise<void> {
  try {
    await writeOnce(pool, batch);
  } catch (error) {
    if (isOutage(error)) return writeWhenBack(pool, batch);
    if (batch.length === 1) return batch[0]!.reject(await explain(pool, batch[0]!.commit, error));
    for (const entry of batch) await writeBatch(pool, [entry]);
  }
}

async function writeOnce(pool: pg.Pool, batch: readonly Attempted[]): Promise<void> {
  const refused = await writeTogether(
    pool,
    batch.map((entry) => entry.commit),
  );
  for (const { commit, resolve, reject } of batch) {
    if (refused.has(commit.run.id)) reject(new LeaseLost(commit.run.id));
    else resolve();
  }
}

async function writeWhenBack(pool: pg.Pool, batch: readonly Attempted[]): Promise<void> {
  const open = [...batch];
  try {
    await writeAgain(pool, open, (rest) => writeOnce(pool, rest));
  } catch (error) {
    if (isOutage(error)) for (const { reject } of open) reject(new JournalUnavailable(error));
    else for (const entry of open) await writeBatch(pool, [entry]);
  }
}

const tooBusy = (): AppError =>
  new AppError('rate_limited', 'The database does not keep up. Try again in a moment.', {
    retryable: true,
    retryAfterMs: 2_000,
  });

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
