import { afterEach, expect, test, vi } from 'vitest';
import { testGraph, testNode } from '../../shared/engine/testing-graphs.ts';
import { AppError } from '../../shared/errors.ts';
import type { StepResult } from '../../shared/nodes/contract.ts';
import type { WorkflowGraph } from '../../shared/workflow/graph.ts';
import { testDatabase } from '../database/testing.ts';
import { createPauseStore } from '../store/pauses.ts';
import { engineBench } from './testing.ts';

const db = await testDatabase();
const bench = await engineBench(db);
const pauses = createPauseStore(db.knex);
const { startProcess } = bench;
afterEach(() => bench.reset());

/** Says that it costs at most this much. */
const paid = (id: string, max: number) => testNode(id, 'paid', { config: { max } });
const costs = (costMicro: number): StepResult => ({ type: 'output', port: 'out', output: 1, costMicro });
const limited = (graph: WorkflowGraph, costLimitMicro: number): WorkflowGraph => ({
  ...graph,
  settings: { costLimitMicro },
});
const row = async (id: string) =>
  (await db.pool.query('SELECT status, pause, worker FROM runs WHERE id = $1', [id])).rows[0];
const started = async (id: string) =>
  (await bench.journal(id)).flatMap((event) => (event.type === 'step.started' ? [event.node] : []));
const asks = (id: string) =>
  vi.waitFor(async () => expect(await row(id)).toMatchObject({ status: 'waiting', worker: null, pause: { by: null } }));
const ended = (id: string) => vi.waitFor(async () => expect((await row(id)).status).toBe('done'));

test('before a step that may take it past its limit the run pauses and asks; raised, it goes on', async () => {
  const process = await startProcess();
  for (const id of ['a', 'b', 'c']) bench.behaviours.set(id, () => costs(60));
  const graph = testGraph(
    [testNode('n0', 'start'), paid('a', 70), paid('b', 70), paid('c', 70)],
    ['n0>a', 'a>b', 'b>c'],
  );
  const create = bench.run(process, await bench.addVersion(limited(graph, 100)));
  await process.engine.start({ create, output: null });
  await asks(create.id);
  const cost = { node: 'b', spentMicro: 60, stepMicro: 70, limitMicro: 100 };
  expect((await row(create.id)).pause).toMatchObject({ by: null, cost });
  expect(await started(create.id)).toEqual(['a']);
  // As much as two steps may cost at most: enough for the second, not for the third.
  const raise = { id: '019a0000-0000-7000-8000-000000000001', to: 'resume', by: 'Ada', costLimitMicro: 140 } as const;
  expect(await pauses.wish(create.workspaceId, create.id, raise)).toBe(true);
  expect(await process.takeDue()).toBe(1);
  await vi.waitFor(async () =>
    expect((await row(create.id)).pause).toMatchObject({ cost: { node: 'c', limitMicro: 140 } }),
  );
  expect(await started(create.id)).toEqual(['a', 'b']);
});

test('steps in parallel that only together might pass it come one after the other, and nobody is asked', async () => {
  const process = await startProcess();
  let [atOnce, most] = [0, 0];
  for (const id of ['a', 'b', 'c'])
    bench.behaviours.set(id, async () => {
      most = Math.max(most, ++atOnce);
      await new Promise((resolve) => setTimeout(resolve, 5));
      atOnce--;
      return costs(10);
    });
  const graph = testGraph(
    [testNode('n0', 'start'), paid('a', 60), paid('b', 60), paid('c', 60)],
    ['n0>a', 'n0>b', 'n0>c'],
  );
  const create = bench.run(process, await bench.addVersion(limited(graph, 100)));
  await process.engine.start({ create, output: null });
  await ended(create.id);
  expect(most).toBe(1);
  expect((await bench.journal(create.id)).some(({ type }) => type === 'run.paused')).toBe(false);
});

test.each([
  ['a step without a price', 'work', {}],
  ['a step that is switched off', 'paid', { config: { max: 500 }, disabled: true }],
  ['a step within the limit', 'paid', { config: { max: 100 } }],
])('%s is not held up', async (_what, kind, more) => {
  const process = await startProcess();
  const graph = testGraph([testNode('n0', 'start'), testNode('a', kind, more)], ['n0>a']);
  const create = bench.run(process, await bench.addVersion(limited(graph, 100)));
  await process.engine.start({ create, output: null });
  await ended(create.id);
});

test('a retry asks too, when other steps have used up what is left', async () => {
  const process = await startProcess();
  // Dearer than it said.
  bench.behaviours.set('a', () => costs(90));
  bench.behaviours.set('b', ({ attempt }) => {
    if (attempt === 1) throw new AppError('provider_unavailable', 'busy', { retryable: true });
    return costs(5);
  });
  const retry = { attempts: 2, delayMs: 30, factor: 1 };
  const graph = testGraph(
    [testNode('n0', 'start'), paid('a', 80), testNode('b', 'paid', { config: { max: 20 }, retry })],
    ['n0>a', 'n0>b'],
  );
  const create = bench.run(process, await bench.addVersion(limited(graph, 100)));
  await process.engine.start({ create, output: null });
  await vi.waitFor(async () => {
    await process.takeDue();
    expect((await row(create.id)).pause).toMatchObject({ cost: { node: 'b', spentMicro: 90, stepMicro: 20 } });
  });
  const raise = { id: '019a0000-0000-7000-8000-000000000002', to: 'resume', by: 'Ada', costLimitMicro: 110 } as const;
  await pauses.wish(create.workspaceId, create.id, raise);
  await process.takeDue();
  await ended(create.id);
  expect((await bench.journal(create.id)).filter(({ type }) => type === 'step.failed')).toHaveLength(1);
});
