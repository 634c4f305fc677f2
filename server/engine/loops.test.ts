import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { testGraph, testNode } from '../../shared/engine/testing-graphs.ts';
import { output } from '../../shared/nodes/contract.ts';
import type { LoopPolicy } from '../../shared/workflow/run.ts';
import { testDatabase } from '../database/testing.ts';
import type { Session } from './session.ts';
import { engineBench } from './testing.ts';

const db = await testDatabase();
const bench = await engineBench(db);
const { startProcess } = bench;
afterEach(() => bench.reset());

const graph = testGraph(
  [
    testNode('n0', 'start'),
    testNode('each', 'each'),
    testNode('a', 'work', { parent: 'each' }),
    testNode('b', 'work', { parent: 'each' }),
    testNode('end', 'work'),
  ],
  ['n0>each', 'each.each>a', 'a>b', 'each.done>end'],
);

function loopOver(count: number, policy: Partial<LoopPolicy> = {}): void {
  const items = Array.from({ length: count }, (_, i) => ({ n: i }));
  bench.behaviours.set('each', () => ({ type: 'loop', items, concurrency: 4, onItemError: 'stop', ...policy }));
}

test('every item goes through the body with its own input, and the results come in the order of the items', async () => {
  const process = await startProcess();
  loopOver(7);
  bench.onEvery('a', async ({ input }) => {
    const { n } = input as { n: number };
    await sleep(10 - n);
    return output({ doubled: n * 2 });
  });
  bench.onEvery('b', ({ input }) => output((input as { doubled: number }).doubled + 1));
  bench.behaviours.set('end', ({ input }) => output(input));
  const create = bench.run(process, await bench.addVersion(graph));
  const session = await process.engine.start({ create, output: null });
  await session.gone;
  expect(session.state.steps.get('end')?.output).toEqual({
    results: [1, 3, 5, 7, 9, 11, 13],
    count: 7,
    failed: 0,
    failures: [],
  });
  expect((await bench.row(create.id)).status).toBe('done');
});

test('a worker that dies within a loop is followed by one that does only what is left, under the same keys', async () => {
  const first = await startProcess();
  loopOver(6, { concurrency: 2 });
  const keys = new Map<string, Set<string>>();
  const done: string[] = [];
  const hang = Promise.withResolvers<never>();
  let hangs = true;
  bench.onEvery('a', async ({ nodeId, idempotencyKey, ports }) => {
    keys.set(nodeId, (keys.get(nodeId) ?? new Set()).add(idempotencyKey));
    await ports.http.request({ method: 'POST', url: 'http://x', headers: {}, timeoutMs: 1 });
    if (hangs && nodeId === 'each[2]/a') await hang.promise;
    done.push(nodeId);
    return output(nodeId);
  });
  const create = bench.run(first, await bench.addVersion(graph));
  await first.engine.start({ create, output: null });
  await expect.poll(() => done.length).toBe(5);
  // What is journaled by now stands; the process is gone with what it had under way.
  await expect
    .poll(async () => (await bench.journal(create.id)).filter(({ type }) => type === 'step.done').length)
    .toBeGreaterThanOrEqual(8);
  await first.die();
  hangs = false;
  const second = await startProcess();
  await expect.poll(() => second.takeOrphaned(), { timeout: 5_000 }).toBe(1);
  await second.engine.session(create.id)?.gone;
  expect(done.filter((address) => address === 'each[2]/a')).toHaveLength(1);
  expect(new Set(done).size).toBe(done.length);
  expect(keys).toEqual(
    new Map([0, 1, 2, 3, 4, 5].map((i) => [`each[${i}]/a`, new Set([`${create.id}:each[${i}]/a`])])),
  );
  expect((await bench.row(create.id)).status).toBe('done');
});

test('a loop whose items all wait leaves memory, and goes on when they are due', async () => {
  const process = await startProcess();
  loopOver(3, { concurrency: 3 });
  const until = Date.now() + 1_500;
  bench.onEvery('a', ({ resumed, nodeId }) =>
    resumed ? output(nodeId) : { type: 'wait', wait: { kind: 'until', at: until } },
  );
  const create = bench.run(process, await bench.addVersion(graph));
  const session = await process.engine.start({ create, output: null });
  await session.gone;
  expect(await bench.row(create.id)).toMatchObject({ status: 'waiting', worker: null, due_at: new Date(until) });
  await expect
    .poll(async () => (await process.takeDue(), (await bench.row(create.id)).status), { timeout: 5_000 })
    .toBe('done');
});

/** How often others get a turn while a run is at work. */
async function turnsBeside(session: Session): Promise<number> {
  let turns = 0;
  let isOver = false;
  const others = (): void => {
    turns++;
    if (!isOver) setImmediate(others);
  };
  others();
  await session.gone;
  isOver = true;
  return turns;
}

test('long loops give way to others', async () => {
  const process = await startProcess();
  loopOver(1_000, { concurrency: 100 });
  const create = bench.run(process, await bench.addVersion(graph));
  const session = await process.engine.start({ create, output: null });
  // 2,000 steps, with a pause after every 200.
  expect(await turnsBeside(session)).toBeGreaterThan(8);
  expect(session.state.steps.get('each')?.output).toMatchObject({ count: 1_000, failed: 0 });
});

test('so do few steps with much to compute', async () => {
  const process = await startProcess();
  loopOver(20, { concurrency: 20 });
  bench.onEvery('a', ({ input }) => {
    const until = performance.now() + 30;
    while (performance.now() < until);
    return output(input);
  });
  const create = bench.run(process, await bench.addVersion(graph));
  const session = await process.engine.start({ create, output: null });
  // 20 items of 30 ms each, with a pause after every one.
  expect(await turnsBeside(session)).toBeGreaterThan(18);
  expect(session.state.steps.get('each')?.output).toMatchObject({ count: 20, failed: 0 });
});
