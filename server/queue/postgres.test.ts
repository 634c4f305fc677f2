import { afterAll, beforeEach, expect, test } from 'vitest';
import { testDatabase } from '../database/testing.ts';
import { createPostgresDispatcher } from './postgres.ts';

const db = await testDatabase();
const first = await createPostgresDispatcher(db.pool, db.url, () => {});
const second = await createPostgresDispatcher(db.pool, db.url, () => {});
afterAll(() => Promise.all([first.close(), second.close()]));
beforeEach(() => db.pool.query('DELETE FROM workspaces'));

async function workspace(maxRunning = 100): Promise<string> {
  const { rows } = await db.pool.query<{ id: string }>(
    `INSERT INTO workspaces (name, slug, max_running) VALUES ('W', gen_random_uuid(), $1) RETURNING id`,
    [maxRunning],
  );
  return rows[0]!.id;
}

async function workflow(workspaceId: string, maxRunning: number | null = null): Promise<string> {
  const { rows } = await db.pool.query<{ id: string }>(
    `WITH w AS (INSERT INTO workflows (workspace_id, name, graph, max_running) VALUES ($1, 'F', '{}', $2) RETURNING id)
     INSERT INTO workflow_versions (workspace_id, workflow_id, number, graph) SELECT $1, id, 1, '{}' FROM w RETURNING workflow_id AS id`,
    [workspaceId, maxRunning],
  );
  return rows[0]!.id;
}

/** Queues runs that have been due since `ago` (an interval), the first of them longest. */
async function queue(workspaceId: string, workflowId: string, count: number, ago = '1 minute'): Promise<void> {
  await db.pool.query(
    `INSERT INTO runs (id, workspace_id, workflow_id, version_id, mode, trigger_node, status, due_at)
     SELECT uuidv7(), $1, $2, v.id, 'live', 't', 'queued', now() - $4::interval + n * interval '1 microsecond'
     FROM generate_series(1, $3::int) AS n, workflow_versions v WHERE v.workflow_id = $2`,
    [workspaceId, workflowId, count, ago],
  );
}

const release = (ids: string[]) =>
  db.pool.query(`UPDATE runs SET worker = NULL, status = 'done' WHERE id = ANY($1)`, [ids]);

test('a lane is taken in the order in which it became due, and says whether something was left', async () => {
  const a = await workspace();
  await queue(a, await workflow(a), 5);
  const { rows } = await db.pool.query<{ id: string }>('SELECT id FROM runs ORDER BY due_at');
  const take = await first.takeDue(3);
  expect(take.left).toBe(true);
  expect(take.runs.map((run) => run.id).sort()).toEqual(
    rows
      .slice(0, 3)
      .map((row) => row.id)
      .sort(),
  );
  const rest = await second.takeDue(3);
  expect(rest).toMatchObject({ left: false });
  expect(rest.runs).toHaveLength(2);
  expect(await first.takeDue(3)).toEqual({ runs: [], left: false });
});

test('what is due later is left alone', async () => {
  const a = await workspace();
  await queue(a, await workflow(a), 2, '-1 hour');
  expect(await first.takeDue(10)).toEqual({ runs: [], left: false });
});

test('a workspace with 50,000 queued runs does not stand before one with a single run', async () => {
  const [a, b] = [await workspace(10_000), await workspace()];
  await queue(a, await workflow(a), 50_000);
  await queue(b, await workflow(b), 1, '0 seconds');
  await db.pool.query('ANALYZE runs');
  await first.takeDue(32);
  // Whatever of the first is running already, the second is next.
  await queue(b, await workflow(b), 1, '0 seconds');
  const since = performance.now();
  const { runs, left } = await first.takeDue(8);
  const took = performance.now() - since;
  expect(left).toBe(true);
  expect(runs.filter((run) => run.workspaceId === b)).toHaveLength(1);
  expect(took).toBeLessThan(500);
}, 60_000);

test('among more waiting lanes than one look sees, each comes to its turn', async () => {
  const a = await workspace(2_000);
  await db.pool.query(
    `WITH w AS (INSERT INTO workflows (workspace_id, name, graph) SELECT $1, 'F', '{}' FROM generate_series(1, 700) RETURNING id),
       v AS (INSERT INTO workflow_versions (workspace_id, workflow_id, number, graph) SELECT $1, id, 1, '{}' FROM w RETURNING id, workflow_id)
     INSERT INTO runs (id, workspace_id, workflow_id, version_id, mode, trigger_node, status, due_at)
     SELECT uuidv7(), $1, workflow_id, id, 'live', 't', 'queued', now() FROM v`,
    [a],
  );
  const seen = new Set<string>();
  for (let look = 0; look < 20 && seen.size < 700; look++) {
    for (const run of (await first.takeDue(100)).runs) seen.add(run.workflowId);
  }
  expect(seen.size).toBe(700);
});

test('the caps of a workspace and of a workflow hold, whoever takes and however often', async () => {
  const a = await workspace(10);
  const [capped, open] = [await workflow(a, 3), await workflow(a)];
  await queue(a, capped, 500);
  await queue(a, open, 500);
  const held: string[] = [];
  for (let round = 0; round < 5; round++) {
    const takes = await Promise.all(Array.from({ length: 8 }, (_, i) => (i % 2 ? first : second).takeDue(7)));
    held.push(...takes.flatMap((take) => take.runs.map((run) => run.id)));
    const { rows } = await db.pool.query<{ workflow_id: string; n: number }>(
      'SELECT workflow_id, count(*)::int AS n FROM runs WHERE worker IS NOT NULL GROUP BY 1',
    );
    const running = new Map(rows.map((row) => [row.workflow_id, row.n]));
    expect(running.get(capped)).toBeLessThanOrEqual(3);
    expect([...running.values()].reduce((sum, n) => sum + n, 0)).toBe(10);
    await release(held.splice(0, 4));
  }
  expect(await first.takeDue(0)).toMatchObject({ left: true });
});

test('no run is taken twice, also when a person takes it meanwhile', async () => {
  const a = await workspace(1_000);
  await queue(a, await workflow(a), 300);
  const { rows } = await db.pool.query<{ id: string }>('SELECT id FROM runs');
  const [takes, resting] = await Promise.all([
    Promise.all(Array.from({ length: 20 }, (_, i) => (i % 2 ? first : second).takeDue(20))),
    Promise.all(rows.map((row) => second.takeResting(a, row.id))),
  ]);
  const ids = [...takes.flatMap((take) => take.runs), ...resting.flatMap((run) => run ?? [])].map((run) => run.id);
  expect(new Set(ids).size).toBe(ids.length);
  const { rows: fences } = await db.pool.query<{ fence: number }>(
    'SELECT DISTINCT fence FROM runs WHERE worker IS NOT NULL',
  );
  expect(fences).toEqual([{ fence: 1 }]);
});

test('who lives and takes from the queue is counted, whoever else lives', async () => {
  const before = await first.takers();
  const web = await createPostgresDispatcher(db.pool, db.url, () => {}, { takes: false });
  const worker = await createPostgresDispatcher(db.pool, db.url, () => {});
  expect(await web.takers()).toBe(before + 1);
  await worker.close();
  await expect.poll(() => web.takers()).toBe(before);
  await web.close();
});
