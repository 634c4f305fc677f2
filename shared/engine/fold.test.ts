import { expect, test } from 'vitest';
import type { WorkflowGraph } from '../workflow/graph.ts';
import type { RunEvent, RunEventBody } from '../workflow/run.ts';
import { applyEvent, foldRun, inputOf, newRunState, type RunState } from './fold.ts';
import { compileGraph, type CompiledGraph } from './graph.ts';
import { decide } from './plan.ts';
import { randomGraph, seededRandom, testCatalogue, testGraph, testNode } from './testing-graphs.ts';

const oops = { code: 'http_failed' as const, message: 'no' };

/** Drives a run by hand: what each step does is decided by `outcome`, which of the started ones settles next by `pick`. */
function drive(
  graph: CompiledGraph,
  outcome: (node: string) => { port: string } | 'fail',
  pick: (started: string[]) => number = () => 0,
): { state: RunState; events: RunEvent[]; started: string[] } {
  const state = newRunState();
  const events: RunEvent[] = [];
  const started: string[] = [];
  const running: string[] = [];
  const record = (body: RunEventBody) => {
    const event = { ...body, seq: state.seq + 1, at: state.seq };
    events.push(event);
    applyEvent(graph, state, event);
  };
  record({ type: 'run.started', trigger: 'n0', output: 'n0' });
  for (;;) {
    const decision = decide(state, 0);
    if (decision.type === 'record') {
      for (const event of decision.events) record(event);
      continue;
    }
    if (decision.type === 'finish') {
      record(decision.event);
      return { state, events, started };
    }
    if (decision.type === 'start') {
      for (const node of decision.nodes) {
        record({ type: 'step.started', node, attempt: 1 });
        started.push(node);
        running.push(node);
      }
    }
    const [node] = running.splice(pick(running), 1);
    if (node === undefined) throw new Error(`the run hangs with ${[...state.open].join(', ')} open`);
    const result = outcome(node);
    if (result === 'fail') record({ type: 'step.failed', node, attempt: 1, error: oops, ms: 1 });
    else record({ type: 'step.done', node, port: result.port, output: node, ms: 1 });
  }
}

/**
 * The rules once more, said naively and recursively: a node runs when an edge into it is taken (for `all` joins nothing else matters, since
 * the graph is finite and every other edge settles). Returns which nodes run, unless a `stop` failure ends the run early.
 */
function naive(
  graph: WorkflowGraph,
  outcome: (node: string) => { port: string } | 'fail',
): { runs: Set<string>; stops: boolean } {
  const byId = new Map(graph.nodes.map((node) => [node.id, node]));
  const memo = new Map<string, boolean>();
  const portOf = (id: string): string | null => {
    if (id === 'n0') return 'out';
    const result = outcome(id);
    if (result !== 'fail') return result.port;
    const { onError } = byId.get(id)!;
    return onError === 'port' ? 'error' : onError === 'continue' ? 'out' : null;
  };
  const runs = (id: string): boolean => {
    if (id === 'n0') return true;
    let known = memo.get(id);
    if (known === undefined) {
      known = graph.edges.some(
        (edge) => edge.target === id && runs(edge.source) && portOf(edge.source) === edge.sourcePort,
      );
      memo.set(id, known);
    }
    return known;
  };
  const all = new Set(graph.nodes.map((node) => node.id).filter((id) => runs(id)));
  return { runs: all, stops: [...all].some((id) => id !== 'n0' && portOf(id) === null) };
}

test('500 random graphs run exactly the steps that a naive evaluator names, in any order of settling', () => {
  for (let seed = 1; seed <= 500; seed++) {
    const random = seededRandom(seed);
    const graph = randomGraph(random, 3 + Math.floor(random() * 25));
    const kinds = new Map(graph.nodes.map((node) => [node.id, node.kind]));
    const fates = new Map(
      graph.nodes.map(({ id }) => {
        const ordinary = kinds.get(id) === 'fork' ? (random() < 0.5 ? 'a' : 'b') : 'out';
        return [id, random() < 0.15 ? ('fail' as const) : { port: ordinary }];
      }),
    );
    const outcome = (node: string) => fates.get(node)!;
    const expected = naive(graph, outcome);
    const compiled = compileGraph(graph, testCatalogue);
    const { state, events, started } = drive(compiled, outcome, (running) => Math.floor(random() * running.length));
    expect(new Set(started).size, `seed ${seed}: a step started twice`).toBe(started.length);
    for (const node of started) expect(expected.runs.has(node), `seed ${seed}: ${node} should not run`).toBe(true);
    if (!expected.stops) {
      expect(new Set(['n0', ...started]), `seed ${seed}`).toEqual(expected.runs);
      expect(state.status, `seed ${seed}`).toBe('done');
    } else expect(state.status, `seed ${seed}`).toBe('failed');
    expect(foldRun(compiled, events), `seed ${seed}: a journal folds to the state that wrote it`).toEqual(state);
    for (let cut = 1; cut < events.length; cut++) {
      const half = foldRun(compiled, events.slice(0, cut));
      for (const event of events.slice(cut)) applyEvent(compiled, half, event);
      expect(half, `seed ${seed}: cut at ${cut}`).toEqual(state);
    }
  }
}, 60_000);

const compile = (graph: WorkflowGraph) => compileGraph(graph, testCatalogue);
const ok = () => ({ port: 'out' });

test('a join of all waits for both branches and gets both outputs', () => {
  const graph = compile(
    testGraph(
      [testNode('n0', 'start'), testNode('a', 'pass'), testNode('b', 'pass'), testNode('j', 'pass')],
      ['n0>a', 'n0>b', 'a>j', 'b>j'],
    ),
  );
  const { state, started } = drive(graph, ok);
  expect(started).toEqual(['a', 'b', 'j']);
  expect(inputOf(state, 'j')).toEqual({ a: 'a', b: 'b' });
});

test('a join of any runs once, with what came first', () => {
  const graph = compile(
    testGraph(
      [testNode('n0', 'start'), testNode('a', 'pass'), testNode('b', 'pass'), testNode('j', 'first')],
      ['n0>a', 'n0>b', 'a>j', 'b>j'],
    ),
  );
  const { started } = drive(graph, ok, (running) => running.length - 1);
  expect(started.filter((node) => node === 'j')).toHaveLength(1);
});

test('edges from a trigger that did not start the run do not hold a step back', () => {
  const graph = compile(
    testGraph([testNode('n0', 'start'), testNode('other', 'start'), testNode('a', 'pass')], ['n0>a', 'other>a']),
  );
  expect(drive(graph, ok).started).toEqual(['a']);
});

test('the branch that was not taken is skipped to its end, and the step behind both still runs', () => {
  const nodes = [
    testNode('n0', 'start'),
    testNode('f', 'fork'),
    testNode('x', 'pass'),
    testNode('y', 'pass'),
    testNode('z', 'pass'),
    testNode('j', 'pass'),
  ];
  const graph = compile(testGraph(nodes, ['n0>f', 'f.a>x', 'f.b>y', 'y>z', 'x>j', 'z>j']));
  const { state, started } = drive(graph, (node) => ({ port: node === 'f' ? 'a' : 'out' }));
  expect(started).toEqual(['f', 'x', 'j']);
  expect([...state.steps].filter(([, step]) => step.status === 'skipped').map(([id]) => id)).toEqual(['y', 'z']);
});

test('a failed step with an error port goes on along it, with the error as output', () => {
  const nodes = [
    testNode('n0', 'start'),
    testNode('a', 'pass', { onError: 'port' }),
    testNode('b', 'pass'),
    testNode('c', 'pass'),
  ];
  const { state, started } = drive(compile(testGraph(nodes, ['n0>a', 'a>b', 'a.error>c'])), (node) =>
    node === 'a' ? 'fail' : ok(),
  );
  expect(started).toEqual(['a', 'c']);
  expect(inputOf(state, 'c')).toEqual({ error: oops, input: 'n0' });
  expect(state.status).toBe('done');
});

test('a failure that stops the run lets running steps settle, starts nothing new and names the step', () => {
  const nodes = [testNode('n0', 'start'), testNode('a', 'pass'), testNode('b', 'pass'), testNode('c', 'pass')];
  const { state, started } = drive(compile(testGraph(nodes, ['n0>a', 'n0>b', 'b>c'])), (node) =>
    node === 'a' ? 'fail' : ok(),
  );
  expect(started).toEqual(['a', 'b']);
  expect(state.status).toBe('failed');
  expect(state.error).toMatchObject({ code: 'http_failed', nodeId: 'a' });
  expect(state.steps.get('b')?.status).toBe('done');
});

test('a step may wait and be retried without ending or restarting the run', () => {
  const graph = compile(
    testGraph([testNode('n0', 'start'), testNode('a', 'pass'), testNode('b', 'pass')], ['n0>a', 'a>b']),
  );
  const state = newRunState();
  const record = (body: RunEventBody) => applyEvent(graph, state, { ...body, seq: state.seq + 1, at: 0 });
  record({ type: 'run.started', trigger: 'n0', output: null });
  record({ type: 'step.started', node: 'a', attempt: 1 });
  record({ type: 'step.failed', node: 'a', attempt: 1, error: oops, ms: 1, retryAt: 500 });
  expect(decide(state, 0)).toEqual({ type: 'rest' });
  record({ type: 'step.started', node: 'a', attempt: 2 });
  record({ type: 'step.waiting', node: 'a', wait: { kind: 'until', at: 900 } });
  expect(decide(state, 0)).toEqual({ type: 'rest' });
  record({ type: 'step.resumed', node: 'a' });
  record({ type: 'step.done', node: 'a', port: 'out', pass: true, ms: 1 });
  expect(decide(state, 0)).toEqual({ type: 'start', nodes: ['b'] });
});

test('a step that stops the run ends it with its message', () => {
  const graph = compile(
    testGraph([testNode('n0', 'start'), testNode('a', 'pass'), testNode('b', 'pass')], ['n0>a', 'a>b']),
  );
  const state = newRunState();
  const record = (body: RunEventBody) => applyEvent(graph, state, { ...body, seq: state.seq + 1, at: 0 });
  record({ type: 'run.started', trigger: 'n0', output: null });
  record({ type: 'step.started', node: 'a', attempt: 1 });
  record({
    type: 'step.done',
    node: 'a',
    port: 'out',
    pass: true,
    ms: 0,
    stop: { status: 'failed', message: 'No address' },
  });
  expect(decide(state, 0)).toMatchObject({
    type: 'finish',
    event: { status: 'failed', error: { message: 'No address' } },
  });
});
