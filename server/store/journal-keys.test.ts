/** What foreign keys would see to, were they not asked anew for every run: see ADR 0022. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { testGraph, testNode } from '../../shared/engine/testing-graphs.ts';
import { testDatabase } from '../database/testing.ts';
import type { Commit, NewRun } from '../engine/ports.ts';
import { engineBench } from '../engine/testing.ts';
import { createJournal } from './journal.ts';

const db = await testDatabase();
const bench = await engineBench(db);
afterEach(() => bench.reset());
const graph = testGraph([testNode('n0', 'start')], []);
const journal = createJournal(db.pool);

function firstCommit(create: NewRun): Commit {
  const events = [{ type: 'run.started' as const, trigger: 'n0', output: null, seq: 1, at: 1 }];
  return { run: create, create, events, outbox: [], outcomes: [] };
}

async function rowsOf(runs: readonly NewRun[]): Promise<{ runs: number; journal: number }> {
  const { rows } = await db.pool.query<{ runs: number; journal: number }>(
    `SELECT (SELECT count(*)::int FROM runs WHERE id = ANY($1)) AS runs, (SELECT count(*)::int FROM run_journal WHERE run_id = ANY($1)) AS journal`,
    [runs.map(({ id }) => id)],
  );
  return rows[0]!;
}

/** Until as many statements as that wait for another. */
async function blocked(count: number): Promise<void> {
  for (let i = 0; i < 500; i++) {
    const { rows } = await db.pool.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND cardinality(pg_blocking_pids(pid)) > 0`,
    );
    if (rows[0]!.n === count) return;
    await sleep(10);
  }
  throw new Error(`${count} statements should wait`);
}

test('a workflow that is deleted takes its runs and their journals along, and nobody else’s', async () => {
  const [gone, stays] = [await bench.addVersion(graph), await bench.addVersion(graph)];
  const lost = [bench.run({ worker: 1 }, gone), bench.run({ worker: 1 }, gone)];
  const kept = [bench.run({ worker: 1 }, stays)];
  await Promise.all([...lost, ...kept].map((create) => journal.commit(firstCommit(create))));
  expect(await rowsOf(lost)).toEqual({ runs: 2, journal: 2 });
  await db.pool.query('DELETE FROM workflows WHERE id = $1', [gone.workflowId]);
  expect(await rowsOf(lost)).toEqual({ runs: 0, journal: 0 });
  expect(await rowsOf(kept)).toEqual({ runs: 1, journal: 1 });
});

test('a run whose version is gone is not stored; those in the same batch are', async () => {
  const [gone, stays] = [await bench.addVersion(graph), await bench.addVersion(graph)];
  await db.pool.query('DELETE FROM workflows WHERE id = $1', [gone.workflowId]);
  const [lost, kept] = [bench.run({ worker: 1 }, gone), bench.run({ worker: 1 }, stays)];
  const [failed] = await Promise.allSettled([journal.commit(firstCommit(lost)), journal.commit(firstCommit(kept))]);
  expect(failed).toMatchObject({ status: 'rejected', reason: { code: 'not_found' } });
  expect(await rowsOf([lost])).toEqual({ runs: 0, journal: 0 });
  expect(await rowsOf([kept])).toEqual({ runs: 1, journal: 1 });
});

test('a version of another workspace is no version', async () => {
  const version = await bench.addVersion(graph);
  const { rows } = await db.pool.query<{ id: string }>(
    `INSERT INTO workspaces (name, slug) VALUES ('Other', gen_random_uuid()) RETURNING id`,
  );
  const foreign = { ...bench.run({ worker: 1 }, version), workspaceId: rows[0]!.id };
  await expect(journal.commit(firstCommit(foreign))).rejects.toMatchObject({ code: 'not_found' });
});

test('a workflow that is deleted while a run of it is being stored waits for that, and takes it along', async () => {
  const version = await bench.addVersion(graph);
  const create = bench.run({ worker: 1 }, version);
  const holder = await db.pool.connect();
  try {
    // Somebody else is about to insert the same id: the insert waits, with its version in hand.
    await holder.query('BEGIN');
    await holder.query(
      `INSERT INTO runs (id, workspace_id, workflow_id, version_id, mode, trigger_node, status) VALUES ($1, $2, $3, $4, 'live', 'n0', 'running')`,
      [create.id, create.workspaceId, create.workflowId, create.versionId],
    );
    const stored = journal.commit(firstCommit(create));
    await blocked(1);
    const deleted = db.pool.query('DELETE FROM workflows WHERE id = $1', [version.workflowId]);
    await blocked(2);
    await holder.query('ROLLBACK');
    await stored;
    await deleted;
  } finally {
    holder.release();
  }
  expect(await rowsOf([create])).toEqual({ runs: 0, journal: 0 });
});
