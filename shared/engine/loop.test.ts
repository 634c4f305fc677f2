import { describe, expect, test } from 'vitest';
import type { WorkflowGraph } from '../workflow/graph.ts';
import type { LoopOutput, LoopPolicy, RunEventBody } from '../workflow/run.ts';
import { addressAt, itemPath, itemPathOf, nodeOf } from './address.ts';
import { foldRun } from './fold.ts';
import { compileGraph } from './graph.ts';
import { mostBytes, mostCollectedBytes } from './payloads.ts';
import { decide } from './plan.ts';
import { randomNestedGraph, seededRandom, testCatalogue, testGraph, testNode } from './testing-graphs.ts';
import { driveRun, expectedRun, type Fates } from './testing-runs.ts';

/** Fates that are the same for the same address, whoever asks and when. */
function randomFates(graph: WorkflowGraph, seed: number): Fates {
  const kinds = new Map(graph.nodes.map((node) => [node.id, node.kind]));
  const dice = (address: string, salt: number) => {
    let hash = seed * 31 + salt;
    for (let i = 0; i < address.length; i++) hash = (Math.imul(hash, 33) ^ address.charCodeAt(i)) >>> 0;
    return seededRandom(hash)();
  };
  return {
    outcome(address) {
      if (dice(address, 1) < 0.06) return 'fail';
      const kind = kinds.get(nodeOf(address));
      return kind === 'each' ? 'done' : kind === 'fork' ? (dice(address, 2) < 0.5 ? 'a' : 'b') : 'out';
    },
    loop: (address) => ({
      count: Math.floor(dice(address, 3) * 4),
      concurrency: 1 + Math.floor(dice(address, 4) * 3),
      onItemError: dice(address, 5) < 0.5 ? 'stop' : 'continue',
      ...(dice(address, 6) < 0.2 ? { perMinute: 60 } : {}),
    }),
    detours: (address) => ({ retries: dice(address, 7) < 0.1 ? 2 : 0, waits: dice(address, 8) < 0.1 }),
  };
}

const cases = 10_000;

test(`${cases.toLocaleString('en')} random graphs with nested loops, waits, retries and crashes do what a naive evaluator says`, () => {
  for (let seed = 1; seed <= cases; seed++) {
    const random = seededRandom(seed);
    const graph = randomNestedGraph(random, 3 + Math.floor(random() * 9), 2);
    const fates = randomFates(graph, seed);
    const expected = expectedRun(graph, fates);
    const compiled = compileGraph(graph, testCatalogue);
    const { state, events, started } = driveRun(compiled, fates, random, seed % 2 === 0 ? 0.1 : 0);

    const where = `seed ${seed}`;
    if (new Set(started).size !== started.length) throw new Error(`${where}: a step started twice`);
    for (const address of started)
      if (!expected.may.has(address)) throw new Error(`${where}: ${address} should not run`);
    expect(state.status, where).toBe(expected.fails ? 'failed' : 'done');
    const ran = new Set(started);
    for (const address of expected.must) if (!ran.has(address)) throw new Error(`${where}: ${address} should run`);
    for (const event of events) {
      if (event.type !== 'step.done' || !event.collected || itemPathOf(event.node) !== '') continue;
      expect(plain(state.steps.get(event.node)!.output), where).toEqual(expected.results.get(event.node));
    }
    if (seed % 20 === 0) expect(foldRun(compiled, events), where).toEqual(state);
  }
}, 120_000);

/** Results, with those of inner loops, without their counts. */
function plain(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if ('results' in value) return (value as LoopOutput).results.map(plain);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}

const policy: LoopPolicy = { concurrency: 2, onItemError: 'stop' };
const loop = (
  more: Partial<LoopPolicy> & { count: number },
  outcome: (address: string) => string = () => 'out',
): Fates => ({
  outcome: (address) => (nodeOf(address).startsWith('each') ? 'done' : outcome(address)),
  loop: () => ({ ...policy, ...more }),
  detours: () => ({ retries: 0, waits: false }),
});
const line = compileGraph(
  testGraph(
    [
      testNode('n0', 'start'),
      testNode('each1', 'each'),
      testNode('a', 'pass', { parent: 'each1' }),
      testNode('b', 'pass'),
    ],
    ['n0>each1', 'each1.each>a', 'each1.done>b'],
  ),
  testCatalogue,
);
const types = (events: { type: string; node?: string }[]) =>
  events.map(({ type, node }) => `${type} ${node ?? ''}`.trim());

describe('a container', () => {
  test('goes through its items, then out along done', () => {
    const { state, started } = driveRun(line, loop({ count: 3 }), seededRandom(1));
    expect(started.toSorted()).toEqual(['b', 'each1', 'each1[0]/a', 'each1[1]/a', 'each1[2]/a']);
    expect(started.at(-1)).toBe('b');
    expect(state.steps.get('each1')!.output).toEqual({
      results: ['each1[0]/a', 'each1[1]/a', 'each1[2]/a'],
      count: 3,
      failed: 0,
      failures: [],
    });
    expect(state.frames.size).toBe(0);
  });

  test('with an empty list is through at once', () => {
    const { state, started } = driveRun(line, loop({ count: 0 }), seededRandom(1));
    expect(started).toEqual(['each1', 'b']);
    expect(state.steps.get('each1')!.output).toMatchObject({ results: [], count: 0 });
  });

  test('has no more items under way than it may', () => {
    const { events } = driveRun(line, loop({ count: 20, concurrency: 3 }), seededRandom(4));
    let underWay = 0;
    for (const event of events) {
      if (event.type === 'loop.items') underWay += event.to - event.from;
      if (event.type === 'step.done' && event.node.endsWith('/a')) underWay--;
      expect(underWay).toBeLessThanOrEqual(3);
    }
  });

  test('keeps to its rate', () => {
    const { events } = driveRun(line, loop({ count: 4, concurrency: 4, perMinute: 30 }), seededRandom(4));
    const begun = events.flatMap((event) => (event.type === 'loop.items' ? [event.at] : []));
    expect(begun).toHaveLength(4);
    for (const [i, at] of begun.entries()) if (i > 0) expect(at - begun[i - 1]!).toBeGreaterThanOrEqual(2_000);
  });

  test('stops at the first item that fails, with its number and step', () => {
    const fates = loop({ count: 9, concurrency: 1 }, (address) => (address === 'each1[2]/a' ? 'fail' : 'out'));
    const { state, started } = driveRun(line, fates, seededRandom(1));
    expect(started).toEqual(['each1', 'each1[0]/a', 'each1[1]/a', 'each1[2]/a']);
    expect(state.error).toMatchObject({
      nodeId: 'each1',
      message: 'Item 3: no',
      details: { index: 2, nodeId: 'each1[2]/a' },
    });
  });

  test('begins no further item once they have come to too much together, and fails when those under way are through', () => {
    const output = 'x'.repeat(mostBytes - 2);
    const node = 'each1';
    const item = (i: number) => addressAt(itemPath(node, i), 'a');
    const bodies: RunEventBody[] = [
      { type: 'run.started', trigger: 'n0', output: null },
      { type: 'step.started', node, attempt: 1 },
      { type: 'loop.opened', node, count: 20, items: Array(20).fill(0), concurrency: 2, onItemError: 'continue' },
      { type: 'loop.items', node, from: 0, to: 7 },
      ...Array.from({ length: 7 }, (_, i): RunEventBody => ({ type: 'step.started', node: item(i), attempt: 1 })),
      ...Array.from({ length: 6 }, (_, i): RunEventBody => {
        return { type: 'step.done', node: item(i), port: 'out', output, ms: 1 };
      }),
    ];
    const after = (...more: RunEventBody[]) =>
      foldRun(
        line,
        [...bodies, ...more].map((body, i) => ({ ...body, seq: i + 1, at: i })),
      );
    expect(decide(after(), 100)).toEqual({ type: 'rest' });
    const last = { type: 'step.done', node: item(6), port: 'out', output: 1, ms: 1 } as const;
    const decision = decide(after(last), 100);
    expect(decision).toMatchObject({
      events: [{ type: 'step.failed', node, error: { code: 'too_large', details: { limit: mostCollectedBytes } } }],
    });
    const [event] = decision.type === 'record' ? decision.events : [];
    expect(event).toMatchObject({
      error: { message: expect.stringMatching(/^The items of “each1” .* 50 MB .* “Set fields”/) },
    });
    // What an older version has written stays as it is.
    const done = after(last, { type: 'step.done', node, port: 'done', collected: true, ms: 1 });
    expect(done.steps.get(node)!.output).toMatchObject({ count: 20, failed: 0 });
  });

  test('goes on with the others where it shall, and says which failed', () => {
    const fates = loop({ count: 3, onItemError: 'continue' }, (address) => (address === 'each1[1]/a' ? 'fail' : 'out'));
    const { state } = driveRun(line, fates, seededRandom(1));
    expect(state.status).toBe('done');
    expect(state.steps.get('each1')!.output).toMatchObject({
      results: ['each1[0]/a', null, 'each1[2]/a'],
      failed: 1,
      failures: [{ index: 1, error: { nodeId: 'each1[1]/a' } }],
    });
  });

  test('gives up what rests in other items when one stops it', () => {
    const fates: Fates = {
      ...loop({ count: 2 }, (address) => (address === 'each1[1]/a' ? 'fail' : 'out')),
      detours: (address) => ({ retries: 0, waits: address === 'each1[0]/a' }),
    };
    const { state, events } = driveRun(line, fates, seededRandom(3));
    expect(state.status).toBe('failed');
    expect(types(events)).not.toContain('step.resumed each1[0]/a');
  });
});
