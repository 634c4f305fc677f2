import type pg from 'pg';
import type { RunEvent } from '../../shared/workflow/run.ts';
import { DuplicateRun, LeaseLost, type Commit, type Journal, type NewRun, type OutboxOutcome, type OutboxRow } from '../engine/ports.ts';

/** A batch is closed at this many commits; the next one is on its way before the first has come back. */
const maxBatch = 1_000;

interface Waiting {
  commit: Commit;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/**
 * The append-only journal in PostgreSQL, written in groups: while one transaction is under way the commits of all runs of this process
 * gather, and go together in the next. One batch is under way at a time, so the commits of a run keep their order.
 *
 * Fencing: events, standing and mails of a commit are stored only while the run's fence is the one it was taken with.
 */
export function createJournal(pool: pg.Pool): Journal & { idle(): Promise<void> } {
  let queue: Waiting[] = [];
  let running: Promise<void> | null = null;

  async function pump(): Promise<void> {
    // Everything that becomes ready in this turn of the event loop shares the batch.
    await Promise.resolve();
    while (queue.length > 0) {
      const batch = queue.splice(0, maxBatch);
      await writeBatch(pool, batch);
    }
    running = null;
  }

  return {
    commit(commit) {
      return new Promise((resolve, reject) => {
        queue.push({ commit, resolve, reject });
        running ??= pump();
      });
    },
    async read(workspaceId, runId, after = 0) {
      const { rows } = await pool.query<{ event: RunEvent }>({
        name: 'journal-read',
        text: 'SELECT event FROM run_journal WHERE run_id = $1 AND workspace_id = $2 AND seq > $3 ORDER BY seq',
        values: [runId, workspaceId, after],
      });
      return rows.map((row) => row.event);
    },
    async idle() {
      while (running) await running;
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
  const { rows } = await pool.query<{ id: string }>('SELECT id FROM runs WHERE workflow_id = $1 AND idempotency_key = $2', [
    commit.create.workflowId,
    commit.create.idempotencyKey,
  ]);
  return rows[0] ? new DuplicateRun(rows[0].id) : error;
}

/** Returns the ids of runs whose fence has moved on; nothing of their commits is stored. */
async function writeTogether(pool: pg.Pool, commits: readonly Commit[]): Promise<Set<string>> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('BEGIN');
    await insertRuns(client, commits.flatMap((commit) => commit.create ?? []));
    const refused = await lockRuns(client, commits);
    const accepted = commits.filter((commit) => !refused.has(commit.run.id));
    await insertEvents(client, accepted);
    await insertMails(client, accepted.flatMap((commit) => commit.outbox));
    await updateMails(client, accepted.flatMap((commit) => commit.outcomes));
    await updateStandings(client, accepted);
    await client.query('COMMIT');
    return refused;
  } catch (error) {
    await client.query('ROLLBACK').catch((failure: Error) => (broken = failure));
    throw error;
  } finally {
    client.release(broken);
  }
}

async function insertRuns(client: pg.PoolClient, rows: readonly NewRun[]): Promise<void> {
  if (rows.length === 0) return;
  await client.query({
    name: 'runs-insert',
    text: `
      INSERT INTO runs (id, workspace_id, workflow_id, version_id, mode, trigger_node, status, created_at, fence, worker, idempotency_key)
      SELECT id, workspace_id, workflow_id, version_id, mode, trigger_node, 'running', created_at, fence, worker, idempotency_key
      FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::timestamptz[], $8::int[], $9::int[], $10::text[])
        AS t (id, workspace_id, workflow_id, version_id, mode, trigger_node, created_at, fence, worker, idempotency_key)`,
    values: [
      rows.map((row) => row.id),
      rows.map((row) => row.workspaceId),
      rows.map((row) => row.workflowId),
      rows.map((row) => row.versionId),
      rows.map((row) => row.mode),
      rows.map((row) => row.triggerNode),
      rows.map((row) => row.createdAt),
      rows.map((row) => row.fence),
      rows.map((row) => row.worker),
      rows.map((row) => row.idempotencyKey),
    ],
  });
}

/** Holds the runs' rows until the end of the transaction, so that nobody takes them over between the check and the write. */
async function lockRuns(client: pg.PoolClient, commits: readonly Commit[]): Promise<Set<string>> {
  const known = commits.filter((commit) => !commit.create);
  if (known.length === 0) return new Set();
  const fences = new Map(known.map(({ run }) => [run.id, run.fence]));
  const { rows } = await client.query<{ id: string }>({
    name: 'runs-lock',
    text: `SELECT r.id FROM runs r JOIN unnest($1::uuid[], $2::int[]) AS t (id, fence) ON r.id = t.id AND r.fence = t.fence ORDER BY r.id FOR NO KEY UPDATE OF r`,
    values: [[...fences.keys()], [...fences.values()]],
  });
  for (const { id } of rows) fences.delete(id);
  return new Set(fences.keys());
}

async function insertEvents(client: pg.PoolClient, commits: readonly Commit[]): Promise<void> {
  const ids: string[] = [];
  const workspaces: string[] = [];
  const seqs: number[] = [];
  const events: string[] = [];
  for (const { run, events: own } of commits) {
    for (const event of own) {
      ids.push(run.id);
      workspaces.push(run.workspaceId);
      seqs.push(event.seq);
      events.push(JSON.stringify(event));
    }
  }
  if (ids.length === 0) return;
  await client.query({
    name: 'journal-insert',
    text: `INSERT INTO run_journal (run_id, workspace_id, seq, event) SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::int[], $4::json[])`,
    values: [ids, workspaces, seqs, events],
  });
}

/** A mail under a known key is the same mail again: a step that repeats after a crash finds the row that is there. */
async function insertMails(client: pg.PoolClient, rows: readonly OutboxRow[]): Promise<void> {
  for (const row of rows) {
    await client.query({
      name: 'outbox-insert',
      text: `
        INSERT INTO outbox (workspace_id, run_id, node_id, key, message_id, sender, recipients, subject, raw, content_hash, status)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'sending') ON CONFLICT (key) DO NOTHING`,
      values: [row.workspaceId, row.runId, row.nodeId, row.key, row.messageId, row.sender, row.recipients, row.subject, row.raw, row.contentHash],
    });
  }
}

async function updateMails(client: pg.PoolClient, rows: readonly OutboxOutcome[]): Promise<void> {
  if (rows.length === 0) return;
  await client.query({
    name: 'outbox-update',
    text: `
      UPDATE outbox SET status = t.status, receipt = t.receipt, error = t.error, sent_at = CASE WHEN t.status = 'sent' THEN now() END
      FROM unnest($1::text[], $2::text[], $3::json[], $4::json[]) AS t (key, status, receipt, error)
      WHERE outbox.key = t.key AND outbox.status <> 'sent'`,
    values: [
      rows.map((row) => row.key),
      rows.map((row) => row.status),
      rows.map((row) => row.receipt && JSON.stringify(row.receipt)),
      rows.map((row) => row.error && JSON.stringify(row.error)),
    ],
  });
}

async function updateStandings(client: pg.PoolClient, commits: readonly Commit[]): Promise<void> {
  const rows = commits.flatMap(({ run, standing }) => (standing ? [{ id: run.id, ...standing }] : []));
  if (rows.length === 0) return;
  await client.query({
    name: 'runs-update',
    text: `
      UPDATE runs SET status = t.status, error = t.error, cost_micro = t.cost, finished_at = t.finished_at, due_at = t.due_at,
        worker = CASE WHEN t.held THEN worker END
      FROM unnest($1::uuid[], $2::text[], $3::json[], $4::bigint[], $5::timestamptz[], $6::timestamptz[], $7::bool[])
        AS t (id, status, error, cost, finished_at, due_at, held)
      WHERE runs.id = t.id`,
    values: [
      rows.map((row) => row.id),
      rows.map((row) => row.status),
      rows.map((row) => row.error && JSON.stringify(row.error)),
      rows.map((row) => row.costMicro),
      rows.map((row) => row.finishedAt),
      rows.map((row) => row.dueAt),
      rows.map((row) => row.held),
    ],
  });
}
