import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { testDatabase } from '../../database/testing.ts';
import type { Engine, StartRun } from '../../engine/engine.ts';
import type { TakenRun } from '../../engine/ports.ts';
import { createChainStore } from '../../store/chains.ts';
import { createJournal } from '../../store/journal.ts';
import { createSignalStore } from '../../store/signals.ts';
import { followUpEnded } from './follow-up.ts';

const db = await testDatabase();
const one = async (text: string, values: unknown[] = []) =>
  (await db.pool.query<{ id: string }>(text, values)).rows[0]!.id;
const workspace = await one(`INSERT INTO workspaces (name, slug) VALUES ('W', gen_random_uuid()) RETURNING id`);
const workflow = await one(`INSERT INTO workflows (workspace_id, name, graph) VALUES ($1, 'W', '{}') RETURNING id`, [
  workspace,
]);
const version = await one(
  `INSERT INTO workflow_versions (workspace_id, workflow_id, number, graph) VALUES ($1, $2, 1, '{}') RETURNING id`,
  [workspace, workflow],
);
const run = (columns: string, values: string) =>
  one(
    `INSERT INTO runs (id, workspace_id, workflow_id, version_id, mode, trigger_node, fence, ${columns})
     VALUES (uuidv7(), $1, $2, $3, 'live', 't', 1, ${values}) RETURNING id`,
    [workspace, workflow, version],
  );

test('the journal may write about the caller while those who watch for failures are started', async () => {
  await db.pool.query(
    `INSERT INTO triggers (workspace_id, workflow_id, node_id, kind, version_id, active, config)
     VALUES ($1, $2, 't', 'workflow-failed', $3, true, '{}')`,
    [workspace, workflow, version],
  );
  const caller = await run('status, worker', `'running', 1`);
  const failed = await run(
    'status, finished_at, follow_up, caller_run_id, caller_node, caller_waits',
    `'failed', now(), true, '${caller}', 'call', true`,
  );
  const journal = createJournal(db.pool);
  const started: string[] = [];
  const aboutCaller: TakenRun = {
    id: caller,
    workspaceId: workspace,
    workspaceName: 'W',
    workflowId: workflow,
    versionId: version,
    fence: 1,
    cancelRequested: false,
    callerWaits: false,
  };
  const engine: Pick<Engine, 'enqueue'> = {
    // What comes to the journal in one turn is written in one batch: all of it or nothing.
    async enqueue({ create }: StartRun) {
      const event = { type: 'step.started' as const, node: 'other', attempt: 1, seq: 1, at: 0 };
      const start = { type: 'run.started' as const, trigger: 't', output: null, seq: 1, at: 0 };
      await Promise.all([
        journal.commit({ run: aboutCaller, events: [event], outbox: [], outcomes: [] }),
        journal.commit({ run: create, create, events: [start], outbox: [], outcomes: [] }),
      ]);
      started.push(create.id);
    },
  };
  const signals = createSignalStore(db.knex);
  const told: string[] = [];
  const following = followUpEnded({
    chains: createChainStore(db.knex),
    signals,
    versions: { load: () => Promise.resolve({ graph: { nodes: new Map() } } as never) },
    journal,
    engine,
    worker: 1,
    publicUrl: 'http://test',
    wake() {},
    toldRun: (id) => told.push(id),
    cancelled() {},
    now: () => new Date(),
    report(error) {
      throw error;
    },
  });
  expect(await Promise.race([following, sleep(5_000, 'they wait for each other')])).toBe(1);
  expect(started).toHaveLength(1);
  expect(told).toEqual([caller]);
  const { rows } = await db.pool.query('SELECT follow_up FROM runs WHERE id = $1', [failed]);
  expect(rows).toEqual([{ follow_up: false }]);
}, 15_000);
