import type pg from 'pg';
import { AppError } from '../../shared/errors.ts';
import type { Commit, NewRun, OutboxOutcome, OutboxRow, RunStanding } from '../engine/ports.ts';
import { bigints, bools, byteas, ints, jsons, texts, timestamps, uuids } from './columns.ts';
import { saysHeldMails, updateHeldMails } from './held-mails.ts';
import { saysPause, updatePauses } from './pauses.ts';
import { storePayloads, takesPayloads, type WrittenCommit } from './payloads.ts';

/** Writes a batch, all of it or nothing. Returns the ids of runs whose fence has moved on; nothing of their commits is stored. */
export async function writeTogether(pool: pg.Pool, commits: readonly WrittenCommit[]): Promise<Set<string>> {
  const created = new Set(commits.flatMap((commit) => (commit.create ? [commit.run.id] : [])));
  const later = commits.filter((commit) => !created.has(commit.run.id));
  const linked = linkedRuns(commits);
  const isOneStatement =
    later.length === 0 &&
    linked.length === 0 &&
    commits.every(
      (commit) =>
        commit.outbox.length === 0 &&
        commit.outcomes.length === 0 &&
        !saysPause(commit) &&
        !saysHeldMails(commit) &&
        !takesPayloads(commit),
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
    await linkRuns(client, linked);
    const refused = await lockRuns(client, later);
    const accepted = later.filter((commit) => !refused.has(commit.run.id));
    await insertEvents(client, accepted);
    const all = commits.filter((commit) => !refused.has(commit.run.id));
    await storePayloads(client, all);
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
    await updateHeldMails(client, all);
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
 * one row of `runs`, written once. All of them or none.
 * @throws AppError not_found when the version of one is gone.
 */
async function insertRuns(client: Queryable, commits: readonly WrittenCommit[]): Promise<void> {
  const rows = commits.flatMap(({ create }) => create ?? []);
  if (rows.length === 0) return;
  const standings = new Map(commits.flatMap(({ run, standing }) => (standing ? [[run.id, standing]] : [])));
  const now = rows.map((row) => standings.get(row.id) ?? started);
  const events = eventColumns(commits);
  const versions = versionColumns(rows);
  const { rowCount } = await client.query({
    name: 'runs-insert',
    text: `
      WITH held AS MATERIALIZED (
        SELECT v.id FROM workflow_versions v JOIN unnest($23::uuid[], $24::uuid[], $25::uuid[]) AS t (workspace_id, workflow_id, id)
          ON v.id = t.id AND v.workflow_id = t.workflow_id AND v.workspace_id = t.workspace_id
        FOR KEY SHARE OF v),
      new_runs AS (
        INSERT INTO runs (id, workspace_id, workflow_id, version_id, mode, trigger_node, created_at, fence, idempotency_key,
          status, error, cost_micro, finished_at, due_at, worker, parent_run_id, reason, uncertain_steps)
        SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::timestamptz[], $8::int[], $9::text[],
          $10::text[], $11::json[], $12::bigint[], $13::timestamptz[], $14::timestamptz[], $15::int[], $16::uuid[], $17::text[], $18::int[])
        WHERE (SELECT count(*) FROM held) = cardinality($25::uuid[]))
      INSERT INTO run_journal (run_id, workspace_id, seq, events) SELECT * FROM unnest($19::uuid[], $20::uuid[], $21::int[], $22::json[])
      WHERE (SELECT count(*) FROM held) = cardinality($25::uuid[])`,
    values: [
      uuids(rows.map((row) => row.id)),
      uuids(rows.map((row) => row.workspaceId)),
      uuids(rows.map((row) => row.workflowId)),
      uuids(rows.map((row) => row.versionId)),
      texts(rows.map((row) => row.mode)),
      texts(rows.map((row) => row.triggerNode)),
      timestamps(rows.map((row) => row.createdAt)),
      ints(rows.map((row) => row.fence)),
      texts(rows.map((row) => row.idempotencyKey)),
      texts(now.map((standing) => standing.status)),
      jsons(now.map((standing) => standing.error && JSON.stringify(standing.error))),
      bigints(now.map((standing) => standing.costMicro)),
      timestamps(now.map((standing) => standing.finishedAt)),
      timestamps(now.map((standing) => standing.dueAt)),
      ints(rows.map((row, i) => (now[i]!.held ? row.worker : null))),
      uuids(rows.map((row) => row.repeats?.runId ?? null)),
      texts(rows.map((row) => row.repeats?.reason ?? null)),
      ints(now.map((standing) => standing.uncertainSteps ?? 0)),
      ...events,
      ...versions,
    ],
  });
  if (rowCount === 0) throw new AppError('not_found', 'This workflow does not exist.');
}

/** The versions of new runs, each once. As long as the transaction lasts they stay: a foreign key would ask for every run anew (ADR 0022). */
function versionColumns(rows: readonly NewRun[]): Buffer[] {
  const once = [...new Map(rows.map((row) => [row.versionId, row])).values()];
  return [
    uuids(once.map(({ workspaceId }) => workspaceId)),
    uuids(once.map(({ workflowId }) => workflowId)),
    uuids(once.map(({ versionId }) => versionId)),
  ];
}

/** New runs that others have to do with: they were called, report no failure, or have failed within the batch that made them. */
function linkedRuns(commits: readonly Commit[]): NewRun[] {
  const failed = new Set(commits.flatMap(({ run, standing }) => (standing?.status === 'failed' ? [run.id] : [])));
  return commits.flatMap(({ create }) =>
    create && (create.calledBy !== undefined || create.reportsFailure === false || failed.has(create.id))
      ? [create]
      : [],
  );
}

/** Apart from the insert, which most new runs have to themselves. */
async function linkRuns(client: Queryable, rows: readonly NewRun[]): Promise<void> {
  if (rows.length === 0) return;
  await client.query({
    name: 'runs-link',
    text: `
      UPDATE runs SET caller_run_id = t.caller, caller_node = t.node, caller_waits = t.waits, depth = t.depth,
        reports_failure = t.reports, part = t.part,
        follow_up = finished_at IS NOT NULL AND (t.waits OR (status = 'failed' AND mode = 'live' AND t.reports))
      FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::bool[], $5::int[], $6::bool[], $7::int[]) AS t (id, caller, node, waits, depth, reports, part)
      WHERE runs.id = t.id`,
    values: [
      uuids(rows.map((row) => row.id)),
      uuids(rows.map((row) => row.calledBy?.runId ?? null)),
      texts(rows.map((row) => row.calledBy?.node ?? null)),
      bools(rows.map((row) => row.callerWaits)),
      ints(rows.map((row) => row.calledBy?.depth ?? 0)),
      bools(rows.map((row) => row.reportsFailure ?? true)),
      ints(rows.map((row) => row.calledBy?.part ?? null)),
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
    values: [uuids([...fences.keys()]), ints([...fences.values()])],
  });
  for (const { id } of rows) fences.delete(id);
  return new Set(fences.keys());
}

async function insertEvents(client: Queryable, commits: readonly WrittenCommit[]): Promise<void> {
  if (!commits.some(hasEvents)) return;
  await client.query({
    name: 'journal-insert',
    text: 'INSERT INTO run_journal (run_id, workspace_id, seq, events) SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::int[], $4::json[])',
    values: eventColumns(commits),
  });
}

/** One row per run and batch, whatever the number of events: rows cost more than bytes. */
function eventColumns(commits: readonly WrittenCommit[]): Buffer[] {
  const rows = new Map<string, { workspaceId: string; seq: number; json: string }>();
  for (const { run, events, json } of commits) {
    if (events.length === 0) continue;
    const before = rows.get(run.id);
    const seq = events.at(-1)!.seq;
    rows.set(run.id, { workspaceId: run.workspaceId, seq, json: before ? `${before.json},${json}` : json });
  }
  const filled = [...rows.values()];
  return [
    uuids([...rows.keys()]),
    uuids(filled.map(({ workspaceId }) => workspaceId)),
    ints(filled.map(({ seq }) => seq)),
    jsons(filled.map(({ json }) => `[${json}]`)),
  ];
}

function hasEvents({ events }: Commit): boolean {
  return events.length > 0;
}

/** A mail under a known key is the same mail again: a step that repeats after a crash finds the row that is there. */
async function insertMails(client: Queryable, rows: readonly OutboxRow[]): Promise<void> {
  if (rows.length === 0) return;
  await client.query({
    name: 'outbox-insert',
    text: `
      INSERT INTO outbox (workspace_id, run_id, node_id, key, message_id, sender, recipients, subject, raw, content_hash, status)
      SELECT workspace_id, run_id, node_id, key, message_id, sender, ARRAY(SELECT json_array_elements_text(recipients)), subject, raw,
        content_hash, status
      FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::json[], $8::text[], $9::bytea[], $10::text[], $11::text[])
        AS t (workspace_id, run_id, node_id, key, message_id, sender, recipients, subject, raw, content_hash, status)
      ON CONFLICT (key) DO NOTHING`,
    values: [
      uuids(rows.map((row) => row.workspaceId)),
      uuids(rows.map((row) => row.runId)),
      texts(rows.map((row) => row.nodeId)),
      texts(rows.map((row) => row.key)),
      texts(rows.map((row) => row.messageId)),
      texts(rows.map((row) => row.sender)),
      jsons(rows.map((row) => JSON.stringify(row.recipients))),
      texts(rows.map((row) => row.subject)),
      byteas(rows.map((row) => row.raw)),
      texts(rows.map((row) => row.contentHash)),
      texts(rows.map((row) => (row.held ? 'held' : 'sending'))),
    ],
  });
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
      texts(rows.map((row) => row.key)),
      texts(rows.map((row) => row.status)),
      jsons(rows.map((row) => row.receipt && JSON.stringify(row.receipt))),
      jsons(rows.map((row) => row.error && JSON.stringify(row.error))),
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
        due_at = CASE WHEN (runs.signalled OR runs.cancel_requested) AND NOT t.held AND t.finished_at IS NULL THEN now() ELSE t.due_at END,
        follow_up = t.finished_at IS NOT NULL AND (caller_waits OR (t.status = 'failed' AND mode = 'live' AND reports_failure)
          OR (t.status <> 'done' AND EXISTS (
            SELECT FROM runs called WHERE called.caller_run_id = t.id AND called.caller_waits AND called.finished_at IS NULL))),
        worker = CASE WHEN t.held THEN worker END, uncertain_steps = t.uncertain_steps, returns = 0, signalled = signalled AND t.finished_at IS NULL
      FROM unnest($1::uuid[], $2::text[], $3::json[], $4::bigint[], $5::timestamptz[], $6::timestamptz[], $7::bool[], $8::int[])
        AS t (id, status, error, cost, finished_at, due_at, held, uncertain_steps)
      WHERE runs.id = t.id`,
    values: [
      uuids(rows.map((row) => row.id)),
      texts(rows.map((row) => row.status)),
      jsons(rows.map((row) => row.error && JSON.stringify(row.error))),
      bigints(rows.map((row) => row.costMicro)),
      timestamps(rows.map((row) => row.finishedAt)),
      timestamps(rows.map((row) => row.dueAt)),
      bools(rows.map((row) => row.held)),
      ints(rows.map((row) => row.uncertainSteps ?? 0)),
    ],
  });
}
