import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { compileGraph } from '../../../shared/engine/graph.ts';
import { mostBytes } from '../../../shared/engine/payloads.ts';
import { testCatalogue, testGraph, testNode } from '../../../shared/engine/testing-graphs.ts';
import type { WorkflowGraph } from '../../../shared/workflow/graph.ts';
import type { RunEventBody } from '../../../shared/workflow/run.ts';
import { testDatabase } from '../../database/testing.ts';
import type { Engine, StartRun } from '../../engine/engine.ts';
import type { ExecutableVersion, TakenRun } from '../../engine/ports.ts';
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

const taken = (id: string): TakenRun => ({
  id,
  workspaceId: workspace,
  workspaceName: 'W',
  workflowId: workflow,
  versionId: version,
  fence: 1,
  cancelRequested: false,
  callerWaits: false,
});
const journal = createJournal(db.pool);
const around = {
  chains: createChainStore(db.knex),
  signals: createSignalStore(db.knex),
  journal,
  worker: 1,
  publicUrl: 'http://test',
  wake() {},
  cancelled() {},
  now: () => new Date(),
  report(error: unknown) {
    throw error;
  },
};

/** The version, as if it had these steps. */
function executable(graph: WorkflowGraph): ExecutableVersion {
  return {
    id: version,
    workflowId: workflow,
    graph: compileGraph(graph, testCatalogue),
    steps: new Map(),
    settings: {},
    holdsCredits: false,
  };
}

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
  const started: string[] = [];
  const aboutCaller = taken(caller);
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
  const told: string[] = [];
  const following = followUpEnded({
    ...around,
    versions: { load: async () => executable(testGraph([testNode('t', 'start')], [])) },
    engine,
    toldRun: (id) => told.push(id),
  });
  expect(await Promise.race([following, sleep(5_000, 'they wait for each other')])).toBe(1);
  expect(started).toHaveLength(1);
  expect(told).toEqual([caller]);
  const { rows } = await db.pool.query('SELECT follow_up FROM runs WHERE id = $1', [failed]);
  expect(rows).toEqual([{ follow_up: false }]);
}, 15_000);

test('a caller is not handed more than a step may put out, and hears what helps', async () => {
  const caller = await run('status', `'waiting'`);
  const columns = 'status, finished_at, follow_up, caller_run_id, caller_node, caller_waits';
  const called = await run(columns, `'done', now(), true, '${caller}', 'call', true`);
  const half = 'x'.repeat(mostBytes / 2);
  const bodies: RunEventBody[] = [
    { type: 'run.started', trigger: 't', output: null },
    { type: 'step.done', node: 'a', port: 'out', output: half, ms: 1 },
    { type: 'step.done', node: 'b', port: 'out', output: half, ms: 1 },
    { type: 'run.finished', status: 'done' },
  ];
  const events = bodies.map((body, i) => ({ ...body, seq: i + 1, at: 0 }));
  await journal.commit({ run: { ...taken(called), callerWaits: true }, events, outbox: [], outcomes: [] });
  const graph = testGraph([testNode('t', 'start'), testNode('a', 'pass'), testNode('b', 'pass')], ['t>a', 't>b']);
  const told: string[] = [];
  await followUpEnded({
    ...around,
    versions: { load: async () => executable(graph) },
    engine: { enqueue: () => Promise.reject(new Error('nothing is started')) },
    toldRun: (id) => told.push(id),
  });
  expect(told).toEqual([caller]);
  const { rows } = await db.pool.query('SELECT signal FROM run_signals WHERE run_id = $1', [caller]);
  expect(rows).toEqual([
    {
      signal: {
        kind: 'run',
        runId: called,
        status: 'failed',
        output: null,
        error: expect.objectContaining({ code: 'too_large', message: expect.stringContaining('“Set fields”') }),
      },
    },
  ]);
});
