import { afterEach, expect, test, vi } from 'vitest';
import { testGraph, testNode } from '../../shared/engine/testing-graphs.ts';
import { output, type StepResult } from '../../shared/nodes/contract.ts';
import type { Wish } from '../../shared/workflow/run.ts';
import { testDatabase } from '../database/testing.ts';
import { createPauseStore } from '../store/pauses.ts';
import { engineBench } from './testing.ts';

const db = await testDatabase();
const bench = await engineBench(db);
const pauses = createPauseStore(db.knex);
const { startProcess } = bench;
afterEach(() => bench.reset());

const graph = testGraph([testNode('n0', 'start'), testNode('a', 'work'), testNode('b', 'work')], ['n0>a', 'a>b']);
let wishes = 0;
const wish = (to: Wish['to'], by = 'Ada'): Wish => {
  return { id: `019a0000-0000-7000-8000-${String(++wishes).padStart(12, '0')}`, to, by };
};
const started = async (runId: string) =>
  (await bench.journal(runId)).flatMap((event) => (event.type === 'step.started' ? [event.node] : []));
const types = async (runId: string) => (await bench.journal(runId)).map(({ type }) => type);
const standing = async (runId: string) =>
  (await db.pool.query('SELECT status, worker, due_at, pause FROM runs WHERE id = $1', [runId])).rows[0];
const ended = (runId: string) => vi.waitFor(async () => expect((await standing(runId)).status).toBe('done'));

/** A run whose step `a` is under way until `settle` is called. */
async function underWay() {
  const process = await startProcess();
  const work = Promise.withResolvers<StepResult>();
  bench.behaviours.set('a', () => work.promise);
  const create = bench.run(process, await bench.addVersion(graph));
  const session = await process.engine.start({ create, output: null });
  await vi.waitFor(async () => expect(await started(create.id)).toEqual(['a']));
  return { process, create, session, settle: () => work.resolve(output('a')) };
}

test('what is under way settles, nothing new starts, and the run leaves memory', async () => {
  const { create, session, settle } = await underWay();
  session.steer(wish('pause'));
  await vi.waitFor(async () => expect((await standing(create.id)).pause).toMatchObject({ by: 'Ada' }));
  expect(await standing(create.id)).toMatchObject({ status: 'running' });
  settle();
  await session.gone;
  expect(await started(create.id)).toEqual(['a']);
  expect(await standing(create.id)).toMatchObject({ status: 'waiting', worker: null, due_at: null });
});

test('a paused run goes on in another process, once somebody wishes it, and the same wish is acted on once', async () => {
  const { process, create, session, settle } = await underWay();
  session.steer(wish('pause'));
  settle();
  await session.gone;
  await process.die();
  const heir = await startProcess();
  expect(await heir.takeDue()).toBe(0);
  expect(await pauses.wish(create.workspaceId, create.id, wish('resume', 'Grace'))).toBe(true);
  expect(await heir.takeDue()).toBe(1);
  await ended(create.id);
  expect(await started(create.id)).toEqual(['a', 'b']);
  expect((await types(create.id)).filter((type) => type.startsWith('run.'))).toEqual([
    'run.started',
    'run.paused',
    'run.resumed',
    'run.finished',
  ]);
  expect((await standing(create.id)).pause).toBeNull();
});

test('a wish that nobody heard is found by the next process that takes the run', async () => {
  const { process, create } = await underWay();
  expect(await pauses.wish(create.workspaceId, create.id, wish('pause'))).toBe(true);
  await process.die();
  const heir = await startProcess();
  bench.behaviours.set('a', () => output('a'));
  await vi.waitFor(async () => expect(await heir.takeOrphaned()).toBe(1));
  await vi.waitFor(async () => expect(await standing(create.id)).toMatchObject({ status: 'waiting', worker: null }));
  expect(await started(create.id)).toEqual(['a']);
  expect((await standing(create.id)).pause).toMatchObject({ by: 'Ada' });
});

test('a wish to go on that comes while the run is being put to rest makes it due', async () => {
  const { process, create, session, settle } = await underWay();
  session.steer(wish('pause'));
  await vi.waitFor(async () => expect((await standing(create.id)).pause).not.toBeNull());
  // Nobody tells this process.
  expect(await pauses.wish(create.workspaceId, create.id, wish('resume'))).toBe(true);
  settle();
  await session.gone;
  expect((await standing(create.id)).due_at).not.toBeNull();
  expect(await process.takeDue()).toBe(1);
  await ended(create.id);
});

test('a wait whose time comes meanwhile is due when the run goes on', async () => {
  const process = await startProcess();
  bench.behaviours.set('a', ({ resumed }) =>
    resumed ? output('later') : { type: 'wait', wait: { kind: 'until', at: Date.now() + 40 } },
  );
  const create = bench.run(process, await bench.addVersion(graph));
  await (
    await process.engine.start({ create, output: null })
  ).gone;
  await pauses.wish(create.workspaceId, create.id, wish('pause'));
  expect(await process.takeResting(create.workspaceId, create.id)).not.toBeNull();
  await process.engine.session(create.id)?.gone;
  await new Promise((resolve) => setTimeout(resolve, 60));
  expect(await process.takeDue()).toBe(0);
  await pauses.wish(create.workspaceId, create.id, wish('resume'));
  expect(await process.takeDue()).toBe(1);
  await ended(create.id);
});

test('a paused run can be cancelled', async () => {
  const { process, create, session, settle } = await underWay();
  session.steer(wish('pause'));
  settle();
  await session.gone;
  await db.pool.query('UPDATE runs SET cancel_requested = true WHERE id = $1', [create.id]);
  expect(await process.takeResting(create.workspaceId, create.id)).not.toBeNull();
  await vi.waitFor(async () => expect((await standing(create.id)).status).toBe('cancelled'));
  expect(await started(create.id)).toEqual(['a']);
});

test('a run is paused and resumed once, and not after its end', async () => {
  const { create, session, settle } = await underWay();
  const ask = (to: Wish['to']) => pauses.wish(create.workspaceId, create.id, wish(to));
  expect([await ask('resume'), await ask('pause'), await ask('pause')]).toEqual([false, true, false]);
  expect([await ask('resume'), await ask('resume')]).toEqual([true, false]);
  settle();
  await session.gone;
  expect([await ask('pause'), await ask('resume')]).toEqual([false, false]);
});
