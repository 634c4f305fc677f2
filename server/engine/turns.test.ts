import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test, vi } from 'vitest';
import { testGraph, testNode } from '../../shared/engine/testing-graphs.ts';
import { output } from '../../shared/nodes/contract.ts';
import type { StepLimit, WorkflowGraph } from '../../shared/workflow/graph.ts';
import { testDatabase } from '../database/testing.ts';
import { engineBench, type TestProcess } from './testing.ts';

const db = await testDatabase();
const bench = await engineBench(db);
const { startProcess } = bench;
afterEach(() => bench.reset());

const limited = (limit: StepLimit): WorkflowGraph =>
  testGraph([testNode('n0', 'start'), { ...testNode('a', 'work'), limit }], ['n0>a']);

/** What step `a` did: the runs in the order they began, and the most at work at once, in all and per input. */
function watch(ms: number) {
  const seen = { order: [] as string[], most: 0, mostOf: new Map<string, number>(), now: 0 };
  const nowOf = new Map<string, number>();
  bench.behaviours.set('a', async ({ runId, input }) => {
    const key = String(input);
    seen.order.push(runId);
    seen.most = Math.max(seen.most, ++seen.now);
    nowOf.set(key, (nowOf.get(key) ?? 0) + 1);
    seen.mostOf.set(key, Math.max(seen.mostOf.get(key) ?? 0, nowOf.get(key)!));
    await sleep(ms);
    seen.now--;
    nowOf.set(key, nowOf.get(key)! - 1);
    return output(null);
  });
  return seen;
}

async function start(
  process: TestProcess,
  version: { id: string; workflowId: string },
  input: unknown = null,
): Promise<string> {
  const create = bench.run(process, version);
  await process.engine.start({ create, output: input });
  return create.id;
}

/** Starts a run, and waits until it stands in line: who asks first is first, not who was started first. */
async function startInLine(process: TestProcess, version: { id: string; workflowId: string }): Promise<string> {
  const id = await start(process, version);
  await vi.waitFor(
    async () => {
      const { rowCount } = await db.pool.query('SELECT FROM step_turns WHERE run_id = $1', [id]);
      expect(rowCount).toBe(1);
    },
    { timeout: 5_000, interval: 10 },
  );
  return id;
}

/** Looks for what is due, as the dispatch loops do, until all runs are done. */
async function untilDone(runIds: readonly string[], timeout = 14_000): Promise<void> {
  await vi.waitFor(
    async () => {
      for (const process of bench.processes) {
        await process.hear();
        await process.takeDue();
      }
      const rows = await Promise.all(runIds.map((id) => bench.row(id)));
      expect(rows.map(({ status }) => status)).toEqual(runIds.map(() => 'done'));
    },
    { timeout, interval: 100 },
  );
}

test('so many at once and no more, over two processes, in the order they came', async () => {
  const [one, two] = [await startProcess(), await startProcess()];
  const seen = watch(400);
  const version = await bench.addVersion(limited({ concurrency: 2 }));
  const runs: string[] = [];
  for (let n = 0; n < 12; n++) {
    runs.push(await startInLine(n % 2 === 0 ? one : two, version));
  }
  await untilDone(runs);
  expect(seen.most).toBe(2);
  expect(seen.order).toHaveLength(12);
  // Two are at work at once, and may begin in either order; nobody is passed by more.
  for (const [index, id] of seen.order.entries()) expect(Math.abs(index - runs.indexOf(id))).toBeLessThanOrEqual(1);
});

test('each key has its own limit', async () => {
  const [one, two] = [await startProcess(), await startProcess()];
  const seen = watch(80);
  const version = await bench.addVersion(limited({ concurrency: 1, key: '{{ input }}' }));
  const runs = await Promise.all(
    ['x', 'y', 'x', 'y', 'x', 'y'].map((key, n) => start(n % 2 === 0 ? one : two, version, key)),
  );
  await untilDone(runs);
  expect(Object.fromEntries(seen.mostOf)).toEqual({ x: 1, y: 1 });
  expect(seen.most).toBe(2);
});

test('so many a minute: the rest is journaled as a wait, and the run leaves memory', async () => {
  const [one, two] = [await startProcess(), await startProcess()];
  const seen = watch(0);
  const version = await bench.addVersion(limited({ perMinute: 3 }));
  const runs = await Promise.all(Array.from({ length: 7 }, (_, n) => start(n % 2 === 0 ? one : two, version)));
  await vi.waitFor(async () => {
    const rows = await Promise.all(runs.map((id) => bench.row(id)));
    expect(rows.map(({ status }) => status).sort()).toEqual([
      'done',
      'done',
      'done',
      'waiting',
      'waiting',
      'waiting',
      'waiting',
    ]);
  });
  expect(seen.order).toHaveLength(3);
  const resting = (await Promise.all(runs.map(async (id) => ({ id, row: await bench.row(id) })))).filter(
    ({ row }) => row.status === 'waiting',
  );
  expect(resting.map(({ row }) => row.worker)).toEqual([null, null, null, null]);
  // Three go in a minute from now, the last a minute after them.
  const inMinutes = resting.map(({ row }) => Math.round((row.due_at!.getTime() - Date.now()) / 60_000));
  expect(inMinutes.sort((a, b) => a - b)).toEqual([1, 1, 1, 2]);
  const events = await bench.journal(resting[0]!.id);
  expect(events.find((event) => event.type === 'step.waiting')).toMatchObject({ node: 'a', wait: { kind: 'turn' } });
  // As if the minute were over.
  await db.pool.query(
    `UPDATE step_turns SET granted_at = granted_at - interval '61 seconds' WHERE granted_at IS NOT NULL`,
  );
  for (const { id } of resting) {
    const waits = (await bench.journal(id)).flatMap((event) => (event.type === 'step.waiting' ? [event.wait] : []));
    const wait = waits.at(-1);
    if (wait?.kind === 'turn') await bench.send(id, 'a', { kind: 'turn', turn: wait.turn });
  }
  await vi.waitFor(async () => {
    await one.takeDue();
    expect(seen.order).toHaveLength(6);
  });
});

test('who rests is called as soon as a turn ends, not when it would look by itself', async () => {
  const process = await startProcess();
  const first = Promise.withResolvers<void>();
  let begun = 0;
  bench.behaviours.set('a', async () => {
    begun++;
    if (begun === 1) await first.promise;
    return output(null);
  });
  const version = await bench.addVersion(limited({ concurrency: 1 }));
  const runs = [await startInLine(process, version), await startInLine(process, version)];
  await vi.waitFor(async () => expect((await bench.row(runs[1]!)).worker).toBeNull(), { timeout: 6_000 });
  expect((await bench.row(runs[1]!)).due_at!.getTime()).toBeGreaterThan(Date.now() + 10_000);
  expect(begun).toBe(1);
  first.resolve();
  await untilDone(runs);
  expect(begun).toBe(2);
});

test('a turn is gone with the process that had it, and not before its run is taken over', async () => {
  const dying = await startProcess();
  const other = await startProcess();
  const begun: string[] = [];
  bench.behaviours.set('a', ({ runId }) => {
    begun.push(runId);
    return begun.length === 1 ? new Promise(() => {}) : output(null);
  });
  const version = await bench.addVersion(limited({ concurrency: 1 }));
  const held = await start(dying, version);
  await vi.waitFor(() => expect(begun).toEqual([held]));
  const next = await startInLine(other, version);
  await dying.die();
  await sleep(600);
  expect(begun, 'nobody knows yet that it died').toEqual([held]);
  expect(await other.takeOrphaned()).toBe(1);
  await untilDone([held, next]);
  // The one that was taken over keeps its place in front.
  expect(begun).toEqual([held, held, next]);
});

test('who has ended, and who is paused, holds up nobody', async () => {
  const process = await startProcess();
  const first = Promise.withResolvers<void>();
  const begun: string[] = [];
  bench.behaviours.set('a', async ({ runId }) => {
    begun.push(runId);
    if (begun.length === 1) await first.promise;
    return output(null);
  });
  const version = await bench.addVersion(limited({ concurrency: 1 }));
  const [busy, cancelled, paused, last] = [
    await startInLine(process, version),
    await startInLine(process, version),
    await startInLine(process, version),
    await startInLine(process, version),
  ];
  await vi.waitFor(
    async () => {
      for (const id of [cancelled, paused, last]) expect((await bench.row(id)).worker).toBeNull();
    },
    { timeout: 8_000 },
  );
  await db.pool.query(`UPDATE runs SET status = 'cancelled', finished_at = now() WHERE id = $1`, [cancelled]);
  await db.pool.query(`UPDATE runs SET pause = '{"at":1,"by":null,"cost":null}', due_at = NULL WHERE id = $1`, [
    paused,
  ]);
  first.resolve();
  await untilDone([busy, last]);
  expect(begun).toEqual([busy, last]);
});

test('a key that cannot be rendered fails the step and takes no turn', async () => {
  const process = await startProcess();
  const version = await bench.addVersion(limited({ concurrency: 1, key: '{{ input | nonsense }}' }));
  const id = await start(process, version);
  await vi.waitFor(async () => expect((await bench.row(id)).status).toBe('failed'));
  const { rows } = await db.pool.query('SELECT FROM step_turns WHERE run_id = $1', [id]);
  expect(rows).toEqual([]);
});

test('a step that goes on after a wait takes a turn of its own, and still knows what it waited for', async () => {
  const [one, two] = [await startProcess(), await startProcess()];
  const seen = { inside: 0, most: 0, after: [] as unknown[] };
  bench.behaviours.set('a', async ({ resumed }) => {
    if (!resumed) return { type: 'wait', wait: { kind: 'until', at: Date.now() + 50 } };
    seen.after.push(resumed.wait.kind);
    seen.most = Math.max(seen.most, ++seen.inside);
    // Longer than a step waits for its turn in memory.
    await sleep(2_300);
    seen.inside--;
    return output(null);
  });
  const version = await bench.addVersion(limited({ concurrency: 1 }));
  await untilDone(await Promise.all([start(one, version), start(two, version)]), 25_000);
  expect(seen).toEqual({ inside: 0, most: 1, after: ['until', 'until'] });
}, 30_000);

test('a limit holds within a loop, whatever number of items the loop goes through at once', async () => {
  const [one, two] = [await startProcess(), await startProcess()];
  const graph = testGraph(
    [
      testNode('n0', 'start'),
      testNode('each', 'each'),
      testNode('a', 'work', { parent: 'each', limit: { concurrency: 2 } }),
    ],
    ['n0>each', 'each.each>a'],
  );
  bench.behaviours.set('each', () => ({ type: 'loop', items: [1, 2, 3, 4], concurrency: 4, onItemError: 'stop' }));
  const seen = { inside: 0, most: 0, count: 0 };
  bench.onEvery('a', async () => {
    seen.count++;
    seen.most = Math.max(seen.most, ++seen.inside);
    await sleep(100);
    seen.inside--;
    return output(null);
  });
  const version = await bench.addVersion(graph);
  await untilDone(await Promise.all([start(one, version), start(two, version)]));
  expect(seen).toEqual({ inside: 0, most: 2, count: 8 });
}, 20_000);
