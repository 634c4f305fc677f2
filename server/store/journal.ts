import type pg from 'pg';
import type { RunEvent } from '../../shared/workflow/run.ts';
import {
  DuplicateRun,
  LeaseLost,
  type Commit,
  type Journal,
  type OutboxOutcome,
  type OutboxRow,
  type RunStanding,
} from '../engine/ports.ts';
import { saysPause, updatePauses } from './pauses.ts';

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
  const queue: Waiting[] = [];
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
      const { rows } = await pool.query<{ events: RunEvent[] }>({
        name: 'journal-read',
        text: 'SELECT events FROM run_journal WHERE run_id = $1 AND workspace_id = $2 AND seq > $3 ORDER BY seq',
        values: [runId, workspaceId, after],
      });
      return rows.flatMap((row) => row.events).filter((event) => event.seq > after);
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
  const { rows } = await pool.query<{ id: string }>(
    'SELECT id FROM runs WHERE workflow_id = $1 AND idempotency_key = $2',
    [commit.create.workflowId, commit.create.idempotencyKey],
  );
  return rows[0] ? new DuplicateRun(rows[0].id) : error;
}

/** Returns the ids of runs whose fence has moved on; nothing of their commits is stored. */
async function writeTogether(pool: pg.Pool, commits: readonly Commit[]): Promise<Set<string>> {
  const created = new Set(commits.flatMap((commit) => (commit.create ? [commit.run.id] : [])));
  const later = commits.filter((commit) => !created.has(commit.run.id));
  const isOneStatement =
    later.length === 0 &&
    commits.every(
      (commit) => commit.outbox.length === 0 && commit.outcomes.length === 0 && !isLinked(commit) && !saysPause(commit),
    );
  if (isOneStatement) {
    await insertRuns(pool, commits);
    return new Set();
  }
  return inTransaction(pool, async (client) => {
    await insertRuns(
      client,
      commits.filter((commit) => created.has(commit.run.id)),
    );
    await linkRuns(client, commits.filter(isLinked));
    const refused = await lockRuns(client, later);
    const accepted = later.filter((commit) => !refused.has(commit.run.id));
    await insertEvents(client, accepted);
    const all = commits.filter((commit) => !refused.has(commit.run.id));
    await insertMails(
      client,
      all.flatMap((commit) => commit.outbox),
    );
    await updateMails(
      client,
      all.flatMap((commit) => commit.outcomes),
    );
    await updateStandings(client, accepted);
    await updatePauses(client, all);
    return refused;
  });
}

async function inTransaction<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch((failure: Error) => (broken = failure));
    throw error;
  } finally {
    client.release(broken);
  }
}

type Queryable = Pick<pg.PoolClient, 'query'>;

/**
 * New runs with all that is known of them by now, their events included, in one statement: a run that came and ended within one batch costs
 * one row of `runs`, written once.
 */
async function insertRuns(client: Queryable, commits: readonly Commit[]): Promise<void> {
  const rows = commits.flatMap(({ create }) => create ?? []);
  if (rows.length === 0) return;
  const standings = new Map(commits.flatMap(({ run, standing }) => (standing ? [[run.id, standing]] : [])));
  const now = rows.map((row) => standings.get(row.id) ?? started);
  const events = eventColumns(commits);
  await client.query({
    name: 'runs-insert',
    text: `
      WITH new_runs AS (
        INSERT INTO runs (id, workspace_id, workflow_id, version_id, mode, trigger_node, created_at, fence, idempotency_key,
          status, error, cost_micro, finished_at, due_at, worker, parent_run_id, reason, uncertain_steps)
        SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::timestamptz[], $8::int[], $9::text[],
          $10::text[], $11::json[], $12::bigint[], $13::timestamptz[], $14::timestamptz[], $15::int[], $16::uuid[], $17::text[], $18::int[]))
      INSERT INTO run_journal (run_id, workspace_id, seq, events) SELECT * FROM unnest($19::uuid[], $20::uuid[], $21::int[], $22::json[])`,
    values: [
      rows.map((row) => row.id),
      rows.map((row) => row.workspaceId),
      rows.map((row) => row.workflowId),
      rows.map((row) => row.versionId),
      rows.map((row) => row.mode),
      rows.map((row) => row.triggerNode),
      rows.map((row) => row.createdAt),
      rows.map((row) => row.fence),
      rows.map((row) => row.idempotencyKey),
      now.map((standing) => standing.status),
      now.map((standing) => standing.error && JSON.stringify(standing.error)),
      now.map((standing) => standing.costMicro),
      now.map((standing) => standing.finishedAt),
      now.map((standing) => standing.dueAt),
      rows.map((row, i) => (now[i]!.held ? row.worker : null)),
      rows.map((row) => row.repeats?.runId ?? null),
      rows.map((row) => row.repeats?.reason ?? null),
      now.map((standing) => standing.uncertainSteps ?? 0),
      ...events,
    ],
  });
}

/** A new run that others have to do with: it was called, reports no failure, or has failed within its first commit. */
function isLinked({ create, standing }: Commit): boolean {
  return (
    create !== undefined &&
    (create.calledBy !== undefined || create.reportsFailure === false || standing?.status === 'failed')
  );
}

/** Apart from the insert, which most new runs have to themselves. */
async function linkRuns(client: Queryable, commits: readonly Commit[]): Promise<void> {
  if (commits.length === 0) return;
  const rows = commits.flatMap(({ create }) => create ?? []);
  await client.query({
    name: 'runs-link',
    text: `
      UPDATE runs SET caller_run_id = t.caller, caller_node = t.node, caller_waits = t.waits, depth = t.depth, reports_failure = t.reports,
        follow_up = finished_at IS NOT NULL AND (t.waits OR (status = 'failed' AND mode = 'live' AND t.reports))
      FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::bool[], $5::int[], $6::bool[]) AS t (id, caller, node, waits, depth, reports)
      WHERE runs.id = t.id`,
    values: [
      rows.map((row) => row.id),
      rows.map((row) => row.calledBy?.runId ?? null),
      rows.map((row) => row.calledBy?.node ?? null),
      rows.map((row) => row.callerWaits),
      rows.map((row) => row.calledBy?.depth ?? 0),
      rows.map((row) => row.reportsFailure ?? true),
    ],
  });
}

const started: RunStanding = {
  status: 'running',
  error: null,
  costMicro: 0,
  finishedAt: null,
  dueAt: null,
  held: true,
};

/** Holds the runs' rows until the end of the transaction, so that nobody takes them over between the check and the write. */
async function lockRuns(client: Queryable, commits: readonly Commit[]): Promise<Set<string>> {
  if (commits.length === 0) return new Set();
  const fences = new Map(commits.map(({ run }) => [run.id, run.fence]));
  const { rows } = await client.query<{ id: string }>({
    name: 'runs-lock',
    text: `SELECT r.id FROM runs r JOIN unnest($1::uuid[], $2::int[]) AS t (id, fence) ON r.id = t.id AND r.fence = t.fence ORDER BY r.id FOR NO KEY UPDATE OF r`,
    values: [[...fences.keys()], [...fences.values()]],
  });
  for (const { id } of rows) fences.delete(id);
  return new Set(fences.keys());
}

async function insertEvents(client: Queryable, commits: readonly Commit[]): Promise<void> {
  const columns = eventColumns(commits);
  if (columns[0].length === 0) return;
  await client.query({
    name: 'journal-insert',
    text: 'INSERT INTO run_journal (run_id, workspace_id, seq, events) SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::int[], $4::json[])',
    values: [...columns],
  });
}

/** One row per commit, whatever the number of its events: rows cost more than bytes. */
function eventColumns(
  commits: readonly Commit[],
): [runIds: string[], workspaceIds: string[], seqs: number[], events: string[]] {
  const filled = commits.filter(({ events }) => events.length > 0);
  return [
    filled.map(({ run }) => run.id),
    filled.map(({ run }) => run.workspaceId),
    filled.map(({ events }) => events.at(-1)!.seq),
    filled.map(({ events }) => JSON.stringify(events)),
  ];
}

/** A mail under a known key is the same mail again: a step that repeats after a crash finds the row that is there. */
async function insertMails(client: Queryable, rows: readonly OutboxRow[]): Promise<void> {
  for (const row of rows) {
    await client.query({
      name: 'outbox-insert',
      text: `
        INSERT INTO outbox (workspace_id, run_id, node_id, key, message_id, sender, recipients, subject, raw, content_hash, status)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'sending') ON CONFLICT (key) DO NOTHING`,
      values: [
        row.workspaceId,
        row.runId,
        row.nodeId,
        row.key,
        row.messageId,
        row.sender,
        row.recipients,
        row.subject,
        row.raw,
        row.contentHash,
      ],
    });
  }
}

async function updateMails(client: Queryable, rows: readonly OutboxOutcome[]): Promise<void> {
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

async function updateStandings(client: Queryable, commits: readonly Commit[]): Promise<void> {
  // The last of a run that has several in this batch.
  const last = new Map(commits.flatMap(({ run, standing }) => (standing ? [[run.id, standing]] : [])));
  const rows = [...last].map(([id, standing]) => ({ id, ...standing }));
  if (rows.length === 0) return;
  await client.query({
    name: 'runs-update',
    text: `
      UPDATE runs SET status = t.status, error = t.error, cost_micro = t.cost, finished_at = t.finished_at,
        due_at = CASE WHEN runs.signalled AND NOT t.held AND t.finished_at IS NULL THEN now() ELSE t.due_at END,
        follow_up = t.finished_at IS NOT NULL AND (caller_waits OR (t.status = 'failed' AND mode = 'live' AND reports_failure)),
        worker = CASE WHEN t.held THEN worker END, uncertain_steps = t.uncertain_steps
      FROM unnest($1::uuid[], $2::text[], $3::json[], $4::bigint[], $5::timestamptz[], $6::timestamptz[], $7::bool[], $8::int[])
        AS t (id, status, error, cost, finished_at, due_at, held, uncertain_steps)
      WHERE runs.id = t.id`,
    values: [
      rows.map((row) => row.id),
      rows.map((row) => row.status),
      rows.map((row) => row.error && JSON.stringify(row.error)),
      rows.map((row) => row.costMicro),
      rows.map((row) => row.finishedAt),
      rows.map((row) => row.dueAt),
      rows.map((row) => row.held),
      rows.map((row) => row.uncertainSteps ?? 0),
    ],
  });
}
