import { afterAll, afterEach, expect, test } from 'vitest';
import { createPool } from '../database/pool.ts';
import { startDatabaseProxy, type Cut } from '../database/testing-proxy.ts';
import { testDatabase } from '../database/testing.ts';
import { newRun } from '../engine/begin.ts';
import { LeaseLost, type Commit, type NewRun } from '../engine/ports.ts';
import { createJournal } from './journal.ts';

/** A line that breaks while a commit is under way says nothing about the commit: the journal has to look. */
const db = await testDatabase();
const proxy = await startDatabaseProxy(db.url);
const pool = createPool({ url: proxy.url, name: 'behind-proxy', max: 2 });
const journal = createJournal(pool);
afterEach(() => proxy.cut(() => undefined));
afterAll(async () => {
  await pool.end();
  await proxy.close();
});

const { rows } = await db.pool.query<{ workspace: string; workflow: string; version: string }>(
  `WITH w AS (INSERT INTO workspaces (name, slug) VALUES ('Test', gen_random_uuid()) RETURNING id),
     f AS (INSERT INTO workflows (workspace_id, name, graph) SELECT id, 'Test', '{}' FROM w RETURNING id, workspace_id),
     v AS (INSERT INTO workflow_versions (workspace_id, workflow_id, number, graph) SELECT workspace_id, id, 1, '{}' FROM f RETURNING id)
   SELECT w.id AS workspace, f.id AS workflow, v.id AS version FROM w, f, v`,
);
const { workspace, workflow, version } = rows[0]!;
const fresh = (): NewRun =>
  newRun(
    { worker: 1 },
    workspace,
    'Test',
    { id: version, workflowId: workflow },
    { mode: 'live', trigger: 't', idempotencyKey: crypto.randomUUID() },
  );
const begins = (create: NewRun): Commit => ({
  run: create,
  create,
  events: [{ type: 'run.started', trigger: 't', output: 1, seq: 1, at: 0 }],
  outbox: [],
  outcomes: [],
});
const goesOn = (run: NewRun): Commit => ({
  run,
  events: [{ type: 'step.started', node: 'a', attempt: 1, seq: 2, at: 0 }],
  outbox: [],
  outcomes: [],
});
const stored = async (id: string) => (await journal.read(workspace, id)).map(({ type }) => type);
/** Cuts once, at the first piece that holds `text`. */
function cutOnce(text: string, cut: Cut): () => number {
  let cuts = 0;
  proxy.cut((sent) => (sent.includes(text) && cuts++ === 0 ? cut : undefined));
  return () => cuts;
}

test.each(['before', 'after'] as const)(
  'a new run whose insert was cut off %s it took place is stored once',
  async (when) => {
    const cuts = cutOnce('runs-insert', when);
    const create = fresh();
    await journal.commit(begins(create));
    expect(cuts()).toBeGreaterThan(0);
    expect(await stored(create.id)).toEqual(['run.started']);
  },
);

test.each(['before', 'after'] as const)(
  'events whose commit was cut off %s it took place are stored once',
  async (when) => {
    const create = fresh();
    await journal.commit(begins(create));
    const cuts = cutOnce('COMMIT', when);
    await journal.commit(goesOn(create));
    expect(cuts()).toBeGreaterThan(0);
    expect(await stored(create.id)).toEqual(['run.started', 'step.started']);
  },
);

test('who was taken over while the database was away hears of it, and writes nothing', async () => {
  const create = fresh();
  await journal.commit(begins(create));
  proxy.away(true);
  const written = journal.commit(goesOn(create));
  written.catch(() => {});
  await db.pool.query('UPDATE runs SET fence = fence + 1, worker = 2 WHERE id = $1', [create.id]);
  proxy.away(false);
  await expect(written).rejects.toBeInstanceOf(LeaseLost);
  expect(await stored(create.id)).toEqual(['run.started']);
});

test('commits that came while the database was away are stored in their order when it is back', async () => {
  const create = fresh();
  proxy.away(true);
  const both = [journal.commit(begins(create)), journal.commit(goesOn(create))];
  setTimeout(() => proxy.away(false), 300);
  await Promise.all(both);
  expect(await stored(create.id)).toEqual(['run.started', 'step.started']);
});
