import { beforeEach, expect, test } from 'vitest';
import { testDatabase } from '../../database/testing.ts';
import { createRetentionStore } from '../../store/retention.ts';
import { pruneDue } from './retention.ts';

const db = await testDatabase();
const store = createRetentionStore(db.knex);
const now = new Date('2026-11-22T12:00:00Z');
const deps = { store, now: () => now };
const ids = async (text: string, values: unknown[] = []) =>
  (await db.pool.query<{ id: string }>(text, values)).rows[0]!.id;

interface Place {
  workspace: string;
  workflow: string;
  version: string;
}

async function workspaceWith(days: number, runs: number): Promise<Place> {
  const workspace = await ids(
    `INSERT INTO workspaces (name, slug, retention_days, retention_runs) VALUES ('W', gen_random_uuid(), $1, $2) RETURNING id`,
    [days, runs],
  );
  const workflow = await ids(`INSERT INTO workflows (workspace_id, name, graph) VALUES ($1, 'W', '{}') RETURNING id`, [
    workspace,
  ]);
  const version = await ids(
    `INSERT INTO workflow_versions (workspace_id, workflow_id, number, graph) VALUES ($1, $2, 1, '{}') RETURNING id`,
    [workspace, workflow],
  );
  return { workspace, workflow, version };
}

/** Adds runs, the first of them created `from` days ago and each further one a second later, with a journal and a mail each. */
async function addRuns(
  { workspace, workflow, version }: Place,
  count: number,
  status: string,
  from: number,
  endedAgo: number | null,
) {
  await db.pool.query(
    `WITH made AS (
       INSERT INTO runs (id, workspace_id, workflow_id, version_id, mode, trigger_node, status, created_at, finished_at)
       SELECT uuidv7(), $1, $2, $3, 'live', 't', $4, $5::timestamptz - $6 * interval '1 day' + n * interval '1 second',
         $5::timestamptz - $7::float * interval '1 day'
       FROM generate_series(1, $8::int) n RETURNING id),
     journal AS (INSERT INTO run_journal (run_id, workspace_id, seq, events) SELECT id, $1, 1, '[]' FROM made),
     payloads AS (INSERT INTO run_payloads (run_id, workspace_id, ref, content) SELECT id, $1, 'r', '[]' FROM made)
     INSERT INTO outbox (workspace_id, run_id, key, message_id, sender, recipients, subject, raw, content_hash, status)
     SELECT $1, id, id::text, '', '', '{}', '', '', '', CASE $4 WHEN 'done' THEN 'sent' ELSE 'uncertain' END FROM made`,
    [workspace, workflow, version, status, now, from, endedAgo, count],
  );
}

async function count(table: string, workspace: string): Promise<number> {
  const { rows } = await db.pool.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM ${table} WHERE workspace_id = $1`,
    [workspace],
  );
  return rows[0]!.n;
}

beforeEach(() => db.pool.query('DELETE FROM workspaces'));

test('what ended longer ago than the workspace keeps goes, with journal and mails; everything else stays', async () => {
  const place = await workspaceWith(30, 100_000);
  const other = await workspaceWith(90, 100_000);
  for (const { workspace, ...rest } of [place, other]) {
    const here = { workspace, ...rest };
    await addRuns(here, 1_203, 'done', 40, 35);
    await addRuns(here, 7, 'failed', 40, 31);
    await addRuns(here, 5, 'done', 40, 29);
    await addRuns(here, 4, 'waiting', 40, null);
    await addRuns(here, 3, 'done', 1, 1);
  }
  expect(await pruneDue(deps)).toBe(1_210);
  expect(await count('runs', place.workspace)).toBe(12);
  expect(await count('run_journal', place.workspace)).toBe(12);
  expect(await count('run_payloads', place.workspace)).toBe(12);
  // Mails of which it is unknown whether they went out are kept: a repeat recognises them by their key.
  expect(await count('outbox', place.workspace)).toBe(12 + 7);
  expect(await count('runs', other.workspace)).toBe(1_222);
});

test('beyond the number that is kept the oldest ended runs go; what is under way stays, however old', async () => {
  const place = await workspaceWith(90, 100);
  await addRuns(place, 640, 'done', 20, 20);
  await addRuns(place, 10, 'waiting', 19, null);
  await addRuns(place, 95, 'done', 3, 3);
  expect(await pruneDue(deps)).toBe(640);
  const { rows } = await db.pool.query(
    `SELECT status, count(*)::int AS n FROM runs WHERE workspace_id = $1 GROUP BY 1 ORDER BY 1`,
    [place.workspace],
  );
  expect(rows).toEqual([
    { status: 'done', n: 95 },
    { status: 'waiting', n: 10 },
  ]);
});

test('rival processes prune a workspace once an hour between them', async () => {
  for (let i = 0; i < 6; i++) await addRuns(await workspaceWith(1, 100_000), 20, 'done', 9, 8);
  const removed = await Promise.all([pruneDue(deps), pruneDue(deps), pruneDue(deps)]);
  expect(removed.reduce((sum, n) => sum + n)).toBe(120);
  await db.pool.query(`UPDATE workspaces SET pruned_at = $1`, [new Date(now.getTime() - 1_000)]);
  expect(await store.claim(new Date(now.getTime() - 3_600_000))).toBeNull();
});

test('a batch blocks nobody and waits for nobody', async () => {
  const place = await workspaceWith(30, 100_000);
  await addRuns(place, 50, 'done', 40, 35);
  await addRuns(place, 1, 'waiting', 1, null);
  const held = await ids(`SELECT id FROM runs WHERE workspace_id = $1 AND status = 'done' LIMIT 1`, [place.workspace]);
  await db.knex.transaction(async (holder) => {
    await holder.raw('SELECT id FROM runs WHERE id = ? FOR UPDATE', [held]);
    await db.knex.transaction(async (trx) => {
      // 49 are as good as gone; the one that somebody holds is passed over.
      expect(
        await createRetentionStore(trx).removeEndedBefore(place.workspace, new Date(now.getTime() - 30 * 86_400_000)),
      ).toBe(49);
      const client = await db.pool.connect();
      try {
        await client.query(`SET lock_timeout = '200ms'`);
        await client.query(
          `INSERT INTO runs (id, workspace_id, workflow_id, version_id, mode, trigger_node, status) VALUES (uuidv7(), $1, $2, $3, 'live', 't', 'running')`,
          [place.workspace, place.workflow, place.version],
        );
        await client.query(
          `UPDATE runs SET status = 'done', finished_at = now() WHERE workspace_id = $1 AND status = 'waiting'`,
          [place.workspace],
        );
        await client.query('RESET lock_timeout');
      } finally {
        client.release();
      }
    });
  });
  expect(await count('runs', place.workspace)).toBe(3);
});

test('a repeated run outlives the run that it repeats', async () => {
  const place = await workspaceWith(30, 100_000);
  await addRuns(place, 1, 'failed', 40, 35);
  const parent = await ids('SELECT id FROM runs WHERE workspace_id = $1', [place.workspace]);
  await addRuns(place, 1, 'done', 1, 1);
  await db.pool.query(`UPDATE runs SET parent_run_id = $1, reason = 'retry' WHERE id <> $1`, [parent]);
  expect(await pruneDue(deps)).toBe(1);
  const { rows } = await db.pool.query('SELECT parent_run_id, reason FROM runs');
  expect(rows).toEqual([{ parent_run_id: null, reason: 'retry' }]);
});
