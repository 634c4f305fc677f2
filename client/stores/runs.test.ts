import { describe, expect, it } from 'vitest';
import { edgeBetween } from '../../shared/workflow/graph.ts';
import type { WorkflowGraph } from '../../shared/workflow/graph.ts';
import type { RunEvent, RunEventBody } from '../../shared/workflow/run.ts';
import { createRunStore } from './runs.ts';
import { StoredPayload } from '../../shared/engine/payloads.ts';
import type { RunFeed } from './runs.ts';
import { testCatalogue } from './testing-kinds.ts';

const graph: WorkflowGraph = {
  direction: 'down',
  nodes: ['start_1', 'step_1', 'step_2'].map((id) => ({
    id,
    kind: id.slice(0, -2),
    version: 1,
    title: id,
    config: {},
    position: { x: 0, y: 0 },
  })),
  edges: [edgeBetween('start_1', 'step_1'), edgeBetween('step_1', 'step_2')],
};

const bodies: RunEventBody[] = [
  { type: 'run.started', trigger: 'start_1', output: { a: 1 } },
  { type: 'step.started', node: 'step_1', attempt: 1 },
  { type: 'step.done', node: 'step_1', port: 'out', output: { b: 2 }, ms: 12, cost: 5 },
  { type: 'step.started', node: 'step_2', attempt: 1 },
  { type: 'step.failed', node: 'step_2', attempt: 1, error: { code: 'timeout', message: 'slow' }, ms: 3, retryAt: 9 },
  { type: 'step.started', node: 'step_2', attempt: 2 },
  { type: 'step.done', node: 'step_2', port: 'out', output: 'x', ms: 4 },
  { type: 'run.finished', status: 'done' },
];
const journal: RunEvent[] = bodies.map((body, i) => ({ ...body, seq: i + 1, at: 1_000 + i }));

/** A line that keeps the whole journal and lets the test decide what is delivered. */
function line() {
  const listeners = {
    events: (_id: string, _e: readonly RunEvent[]) => {},
    connection: (_up: boolean) => {},
    progress: (_p: { runId: string; node: string; text: string }) => {},
  };
  const asked: number[] = [];
  let available = 0;
  let up = true;
  const feed: RunFeed = {
    payload: async (_runId, ref) => ({ whole: ref }),
    async watch(_runId, after) {
      asked.push(after);
      if (!up) throw new Error('no line');
      return journal.slice(after, available);
    },
    unwatch() {},
    onEvents: (listener) => ((listeners.events = listener), () => {}),
    onProgress: (listener) => ((listeners.progress = listener), () => {}),
    onConnection: (listener) => ((listeners.connection = listener), () => {}),
  };
  return {
    feed,
    journal,
    asked,
    listeners,
    journaled: (count: number) => (available = count),
    deliver: (...seqs: number[]) =>
      listeners.events(
        'run',
        seqs.map((seq) => journal[seq - 1]!),
      ),
    setUp(value: boolean) {
      up = value;
      listeners.connection(value);
    },
  };
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 0));

function follow() {
  const wire = line();
  const store = createRunStore({ feed: wire.feed, catalogue: testCatalogue, schedule: (flush) => flush() });
  store.follow('run', graph);
  return { wire, store, seen: () => store.getState().events.map((event) => event.seq) };
}

describe('createRunStore', () => {
  it('applies events in order whatever order they come in, each once', async () => {
    const { wire, store, seen } = follow();
    wire.journaled(8);
    await settle();
    wire.deliver(2, 1);
    wire.deliver(3, 3, 2);
    wire.deliver(8, 7, 6, 5, 4);
    await settle();
    expect(seen()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(store.getState()).toMatchObject({
      status: 'done',
      costMicro: 5,
      steps: { step_2: { status: 'done', attempt: 2, ms: 4 } },
    });
    expect(store.inputOf('step_2')).toEqual({ b: 2 });
  });

  it('asks for a gap from the last number it has, and waits with what came after it', async () => {
    const { wire, seen, store } = follow();
    await settle();
    wire.deliver(1);
    wire.journaled(4);
    wire.deliver(4);
    expect(seen()).toEqual([1]);
    await settle();
    expect(wire.asked).toEqual([0, 1]);
    expect(seen()).toEqual([1, 2, 3, 4]);
    expect(store.getState().steps['step_2']).toMatchObject({ status: 'running' });
  });

  it('tells a large value by its beginning until it is loaded', async () => {
    const { wire, store } = follow();
    wire.journaled(8);
    await settle();
    store.clear();
    const payloads = [{ path: ['output'], ref: 'r', bytes: 50_000, head: '{"b' }];
    const large = wire.journal.map((event) =>
      event.type === 'step.done' && event.node === 'step_1' ? { ...event, output: undefined, payloads } : event,
    );
    store.follow('run', graph, large);
    expect(store.outputOf('step_1')).toBeInstanceOf(StoredPayload);
    expect(store.wholeOutputOf('step_1')).toBeUndefined();
    expect(await store.load('r', { shows: false })).toEqual({ whole: 'r' });
    expect(store.outputOf('step_1')).toBeInstanceOf(StoredPayload);
    await store.load('r', { shows: true });
    expect(store.outputOf('step_1')).toEqual({ whole: 'r' });
    expect(store.inputOf('step_2')).toEqual({ whole: 'r' });
    expect(store.wholeOutputOf('step_1')).toEqual({ whole: 'r' });
  });

  it('catches up without a gap after a lost line', async () => {
    const { wire, seen, store } = follow();
    await settle();
    wire.deliver(1, 2);
    wire.setUp(false);
    expect(store.getState().connected).toBe(false);
    wire.journaled(8);
    wire.setUp(true);
    await settle();
    expect(wire.asked.at(-1)).toBe(2);
    expect(seen()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(store.getState()).toMatchObject({ connected: true, status: 'done' });
  });

  it('asks again when the line comes back while an answer is on its way: a page that was just loaded', async () => {
    const { wire, store } = follow();
    wire.journaled(3);
    wire.setUp(true);
    await settle();
    expect(wire.asked).toHaveLength(2);
    expect(store.getState().events).toHaveLength(3);
  });

  it('keeps the object of a step that did not change', async () => {
    const { wire, store } = follow();
    await settle();
    wire.deliver(1, 2, 3);
    const before = store.getState().steps['step_1'];
    wire.deliver(4);
    expect(store.getState().steps['step_1']).toBe(before);
    expect(store.getState().steps['step_2']).not.toBe(undefined);
  });

  it('shows what a step writes until the step is done, and nothing of other runs', async () => {
    const { wire, store } = follow();
    await settle();
    wire.deliver(1, 2);
    wire.listeners.progress({ runId: 'run', node: 'step_1', text: 'Dear' });
    wire.listeners.progress({ runId: 'other', node: 'step_2', text: 'no' });
    wire.listeners.events('other', journal);
    expect(store.getState().partial).toEqual({ step_1: 'Dear' });
    wire.deliver(3);
    expect(store.getState().partial).toEqual({});
    expect(store.getState().status).toBe('running');
  });
});
