import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test, vi } from 'vitest';
import { testGraph, testNode } from '../../shared/engine/testing-graphs.ts';
import { output, type StepResult } from '../../shared/nodes/contract.ts';
import type { WaitSignal } from '../../shared/workflow/run.ts';
import { testDatabase } from '../database/testing.ts';
import { engineBench, type Behaviour } from './testing.ts';

const db = await testDatabase();
const bench = await engineBench(db);
const { startProcess } = bench;
afterEach(() => bench.reset());

const approvalId = '019a0000-0000-7000-8000-000000000001';
const yes = {
  kind: 'approval',
  approvalId,
  decision: 'approved',
  by: 'Ada',
  comment: 'fine',
  payload: { text: 'Hello' },
} satisfies WaitSignal;
const waiting = (at: number | null = null): StepResult => ({
  type: 'wait',
  wait: { kind: 'approval', approvalId, at },
});
/** Waits for the word and hands it on. */
const ask =
  (at: number | null = null): Behaviour =>
  ({ resumed }) =>
    resumed ? output(resumed.signal) : waiting(at);

const graph = testGraph([testNode('n0', 'start'), testNode('a', 'work'), testNode('b', 'work')], ['n0>a', 'a>b']);
const parallel = testGraph(
  [testNode('n0', 'start'), testNode('a', 'work'), testNode('long', 'work')],
  ['n0>a', 'n0>long'],
);
const outputOf = async (runId: string, node: string) =>
  (await bench.journal(runId)).flatMap((event) =>
    event.type === 'step.done' && event.node === node ? [event.output] : [],
  );
const count = async (runId: string, type: string) =>
  (await bench.journal(runId)).filter((event) => event.type === type).length;
const ended = (runId: string) => vi.waitFor(async () => expect((await bench.row(runId)).status).toBe('done'));

test('a word for a resting run makes it due, and the step gets it', async () => {
  const first = await startProcess();
  bench.behaviours.set('a', ask());
  const create = bench.run(first, await bench.addVersion(graph));
  await (
    await first.engine.start({ create, output: null })
  ).gone;
  expect(await bench.row(create.id)).toMatchObject({ status: 'waiting', worker: null, due_at: null });
  const second = await startProcess();
  expect(await second.takeDue()).toBe(0);
  await bench.send(create.id, 'a', yes);
  expect(await second.takeDue()).toBe(1);
  await ended(create.id);
  expect(await outputOf(create.id, 'a')).toEqual([yes]);
});

test('a word for another wait changes nothing, and the run rests on', async () => {
  const process = await startProcess();
  bench.behaviours.set('a', ask());
  const create = bench.run(process, await bench.addVersion(graph));
  await (
    await process.engine.start({ create, output: null })
  ).gone;
  await bench.send(create.id, 'a', { ...yes, approvalId: '019a0000-0000-7000-8000-00000000000f' });
  await bench.send(create.id, 'b', yes);
  expect(await process.takeDue()).toBe(1);
  await process.engine.session(create.id)?.gone;
  expect(await bench.row(create.id)).toMatchObject({ status: 'waiting', due_at: null });
  expect(await count(create.id, 'step.resumed')).toBe(0);
});

test('a run that is kept in memory by another branch hears the word at the next look', async () => {
  const process = await startProcess();
  const long = Promise.withResolvers<StepResult>();
  bench.behaviours.set('a', ask());
  bench.behaviours.set('long', () => long.promise);
  const create = bench.run(process, await bench.addVersion(parallel));
  await process.engine.start({ create, output: null });
  await vi.waitFor(async () => expect(await count(create.id, 'step.waiting')).toBe(1));
  await bench.send(create.id, 'a', yes);
  expect((await bench.row(create.id)).due_at).toBeNull();
  await process.hear();
  await vi.waitFor(async () => expect(await outputOf(create.id, 'a')).toEqual([yes]));
  expect((await bench.row(create.id)).status).toBe('running');
  long.resolve(output('late'));
  await ended(create.id);
});

test('a wait that is due while another branch is at work is not held up by it', async () => {
  const process = await startProcess();
  const long = Promise.withResolvers<StepResult>();
  bench.behaviours.set('a', ask(Date.now() + 60));
  bench.behaviours.set('long', () => long.promise);
  const create = bench.run(process, await bench.addVersion(parallel));
  await process.engine.start({ create, output: null });
  await vi.waitFor(async () => expect(await outputOf(create.id, 'a')).toEqual([{ kind: 'time' }]));
  long.resolve(output('late'));
  await ended(create.id);
});

test('a word that comes before the wait is journaled is not lost', async () => {
  const process = await startProcess();
  const sent = Promise.withResolvers<void>();
  bench.behaviours.set('a', async ({ resumed, ports }) => {
    if (resumed) return output(resumed.signal);
    // Makes the run durable, as every port does before anything points at it.
    await ports.http.request({ method: 'POST', url: '', headers: {}, timeoutMs: 1 });
    await sent.promise;
    return waiting();
  });
  const create = bench.run(process, await bench.addVersion(graph));
  const session = await process.engine.start({ create, output: null });
  await vi.waitFor(async () => expect(await count(create.id, 'step.intent')).toBe(1));
  await bench.send(create.id, 'a', yes);
  session.signalled();
  sent.resolve();
  await ended(create.id);
  expect(await outputOf(create.id, 'a')).toEqual([yes]);
});

test('a word that comes while the run is being put to rest makes it due at once', async () => {
  const process = await startProcess();
  bench.behaviours.set('a', async ({ ports, resumed }) => {
    if (resumed) return output(resumed.signal);
    await ports.http.request({ method: 'POST', url: '', headers: {}, timeoutMs: 1 });
    await bench.send(create.id, 'a', yes);
    return waiting();
  });
  const create = bench.run(process, await bench.addVersion(graph));
  await (
    await process.engine.start({ create, output: null })
  ).gone;
  // Nobody told this process; the row did.
  expect((await bench.row(create.id)).due_at).not.toBeNull();
  expect(await process.takeDue()).toBe(1);
  await ended(create.id);
});

test('a word outlives the process that should have heard it, and is acted on once', async () => {
  const doomed = await startProcess();
  const long = Promise.withResolvers<StepResult>();
  let resumed = 0;
  bench.behaviours.set('a', (context) => {
    if (context.resumed) resumed++;
    return ask()(context);
  });
  bench.behaviours.set('long', () => long.promise);
  const create = bench.run(doomed, await bench.addVersion(parallel));
  await doomed.engine.start({ create, output: null });
  await vi.waitFor(async () => expect(await count(create.id, 'step.waiting')).toBe(1));
  await bench.send(create.id, 'a', yes);
  await bench.send(create.id, 'a', yes);
  await doomed.die();
  const heir = await startProcess();
  await vi.waitFor(async () => expect(await heir.takeOrphaned()).toBe(1));
  await vi.waitFor(async () => expect(await outputOf(create.id, 'a')).toEqual([yes]));
  long.resolve(output('late'));
  await ended(create.id);
  expect([resumed, await count(create.id, 'step.resumed')]).toEqual([1, 1]);
});

test('a run that is let go before it has read its words is due for others', async () => {
  const first = await startProcess();
  bench.behaviours.set('a', ask());
  const create = bench.run(first, await bench.addVersion(graph));
  await (
    await first.engine.start({ create, output: null })
  ).gone;
  await bench.send(create.id, 'a', yes);
  const draining = first.engine.drain();
  expect(await first.takeDue()).toBe(1);
  await draining;
  await first.engine.session(create.id)?.gone;
  expect((await bench.row(create.id)).due_at).not.toBeNull();
  const second = await startProcess();
  await sleep(5);
  expect(await second.takeDue()).toBe(1);
  await ended(create.id);
});

test('cancelling ends a run that waits for a word that never comes', async () => {
  const process = await startProcess();
  bench.behaviours.set('a', ask());
  const create = bench.run(process, await bench.addVersion(graph));
  await (
    await process.engine.start({ create, output: null })
  ).gone;
  await bench.send(create.id, 'b', yes);
  await process.takeDue();
  process.engine.session(create.id)?.cancel();
  await vi.waitFor(async () => expect((await bench.row(create.id)).status).toBe('cancelled'));
});
