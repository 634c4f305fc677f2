import { describe, expect, it } from 'vitest';
import type { WorkflowNode } from '../workflow/graph.ts';
import type { RunEvent, RunEventBody } from '../workflow/run.ts';
import { nodeOf } from './address.ts';
import { applyEvent, newRunState, type RunState } from './fold.ts';
import { compileGraph, type CompiledGraph } from './graph.ts';
import { draftPins } from './pins.ts';
import { decide } from './plan.ts';
import { planSection, type SectionPlan, type SectionRequest, type SeenRun } from './section.ts';
import { randomNestedGraph, seededRandom, testCatalogue, testGraph, testNode } from './testing-graphs.ts';

const now = new Date(0);

/** Goes on to the end from the events so far; `fate` says where a step goes out and with what. */
function drive(
  graph: CompiledGraph,
  bodies: readonly RunEventBody[],
  fate: (node: string) => { port: string; output: unknown },
): { state: RunState; started: string[]; events: RunEvent[] } {
  const state = newRunState({ keepsItems: true });
  const started: string[] = [];
  const events: RunEvent[] = [];
  const record = (body: RunEventBody) => {
    const event = { ...body, seq: state.seq + 1, at: 0 };
    events.push(event);
    applyEvent(graph, state, event);
  };
  for (const body of bodies) record(body);
  for (;;) {
    const decision = decide(state, 0);
    if (decision.type === 'rest' || decision.type === 'send') throw new Error('it hangs');
    if (decision.type === 'finish') {
      record(decision.event);
      return { state, started, events };
    }
    if (decision.type === 'record') for (const event of decision.events) record(event);
    else
      for (const node of decision.nodes) {
        started.push(node);
        record({ type: 'step.started', node, attempt: 1 });
        if (graph.nodes.get(nodeOf(node))!.body) {
          const policy = { concurrency: 9, onItemError: 'stop' as const };
          record({ type: 'loop.opened', node, count: 2, items: ['x', 'y'], ...policy });
        } else record({ type: 'step.done', node, ms: 1, ...fate(node) });
      }
  }
}

const fresh = (node: string) => ({ port: 'out', output: `new ${node}` });
const bodiesOf = ({ trigger, output, section, kept }: SectionPlan): RunEventBody[] => [
  { type: 'run.started', trigger, output, section },
  ...kept,
];

function plan(
  nodes: WorkflowNode[],
  edges: string[],
  request: SectionRequest,
  seenFate?: (node: string) => { port: string; output: unknown },
) {
  const compiled = compileGraph(testGraph(nodes, edges), testCatalogue);
  const begun: RunEventBody[] = [{ type: 'run.started', trigger: 's', output: 'old s' }];
  const seen: SeenRun[] = seenFate ? [{ graph: compiled, state: drive(compiled, begun, seenFate).state }] : [];
  const pins = draftPins({ nodes }, testCatalogue);
  const given = { pins, seen, workspaceName: 'W', now };
  const planned = planSection(compiled, testCatalogue, request, given);
  return { planned, compiled, ...drive(compiled, bodiesOf(planned), fresh) };
}

const pass = (id: string, more: Partial<WorkflowNode> = {}) => ({ ...testNode(id, 'pass'), ...more });
const start = testNode('s', 'start');
const old = (node: string) => ({ port: 'out', output: `old ${node}` });
const line = [start, pass('a'), pass('b'), pass('c')];
const lineEdges = ['s>a', 'a>b', 'b>c'];

describe('a test of a part', () => {
  it.each([
    ['only', 'b', ['b'], { s: 'run', a: 'run' }],
    ['from', 'b', ['b', 'c'], { s: 'run', a: 'run' }],
    ['until', 'b', ['a', 'b'], { s: 'run' }],
    ['from', 's', ['a', 'b', 'c'], { s: 'run' }],
  ] as const)('%s %s does %j', (mode, node, does, sources) => {
    const { started, planned, state } = plan(line, lineEdges, { node, mode }, old);
    expect(started).toEqual(does);
    expect(planned.section.sources).toEqual(sources);
    expect(state.status).toBe('done');
    expect(state.outputs['s']).toBe('old s');
    if (mode === 'only') expect(state.outputs['a']).toBe('old a');
  });

  it('stands on a pin before a run, and on an example where there is neither', () => {
    const pinned = pass('a', { pinned: { output: { x: 1 } } });
    const { planned, state } = plan([start, pinned, pass('b'), pass('c')], lineEdges, { node: 'c', mode: 'only' });
    expect(planned.section.sources).toEqual({ s: 'sample', a: 'pin', b: 'sample' });
    expect(state.outputs['a']).toEqual({ x: 1 });
  });

  it('starts with the pinned data of the trigger', () => {
    const { planned } = plan(
      [{ ...start, pinned: { output: 'mine' } }, pass('a')],
      ['s>a'],
      { node: 'a', mode: 'only' },
      old,
    );
    expect(planned).toMatchObject({ output: 'mine', section: { sources: { s: 'pin' } } });
  });

  it('goes the way to the step though the data went the other', () => {
    const nodes = [start, testNode('f', 'fork'), pass('a'), pass('b')];
    const edges = ['s>f', 'f.a>a', 'f.b>b'];
    const went = (node: string) => (node === 'f' ? { port: 'a', output: 1 } : old(node));
    expect(plan(nodes, edges, { node: 'b', mode: 'only' }, went).started).toEqual(['b']);
    expect(plan(nodes, edges, { node: 'a', mode: 'only' }, went).started).toEqual(['a']);
  });

  it('keeps what else leads to the steps that follow, and leaves the rest alone', () => {
    const nodes = [start, pass('a'), pass('b'), pass('aside'), pass('join')];
    const edges = ['s>a', 's>b', 's>aside', 'a>join', 'b>join'];
    const { started, state } = plan(nodes, edges, { node: 'a', mode: 'from' }, old);
    expect(started).toEqual(['a', 'join']);
    expect(state.outputs['b']).toBe('old b');
    expect(state.steps.has('aside')).toBe(false);
  });

  it('refuses what cannot be tested, in words', () => {
    const at =
      (node: string, mode: 'only' | 'from' = 'only', nodes: WorkflowNode[] = line) =>
      () =>
        plan(nodes, lineEdges, { node, mode });
    expect(at('zz')).toThrow('no step “zz”');
    expect(at('s')).toThrow('Nothing stands before a trigger');
    expect(at('x', 'only', [...line, pass('x')])).toThrow('No trigger leads to this step');
    const pinned = line.map((node) => (node.id === 'b' ? pass('b', { pinned: { output: 1 } }) : node));
    expect(at('b', 'only', pinned)).toThrow('is pinned');
    expect(at('b', 'from', pinned)).not.toThrow();
  });
});

describe('in random graphs', () => {
  it('what stands before keeps its outputs and is not done, whatever part is tested', () => {
    for (let seed = 1; seed <= 300; seed++) {
      const random = seededRandom(seed);
      const graph = randomNestedGraph(random, 3 + Math.floor(random() * 10), 1);
      const compiled = compileGraph(graph, testCatalogue);
      const trigger = graph.nodes.find(({ kind }) => kind === 'start')!.id;
      const fate = (node: string) => {
        const ports = graph.nodes.find(({ id }) => id === nodeOf(node))?.kind === 'fork' ? ['a', 'b'] : ['out'];
        return { port: ports[Math.floor(random() * ports.length)]!, output: `old ${node}` };
      };
      const first = drive(compiled, [{ type: 'run.started', trigger, output: 'old' }], fate);
      const reachable = [...compiled.reachableFrom(trigger)].filter(
        (id) => id !== trigger && compiled.nodes.get(id)!.node.parent === undefined,
      );
      const node = reachable[Math.floor(random() * reachable.length)];
      if (node === undefined) continue;
      const mode = random() < 0.5 ? 'only' : 'from';
      const seen = [{ graph: compiled, state: first.state }];
      const inside = new Set(graph.nodes.filter(({ parent }) => parent === node).map(({ id }) => id));
      const given = { pins: {}, seen, workspaceName: 'W', now };
      const planned = planSection(compiled, testCatalogue, { node, mode }, given);
      const { started, state, events } = drive(compiled, bodiesOf(planned), fate);
      expect(started, `seed ${seed}`).toContain(node);
      expect(state.status).toBe('done');
      const standing = events.flatMap((event) => (event.type === 'step.done' && event.copied ? [event] : []));
      for (const event of standing) {
        expect(started).not.toContain(event.node);
        if (first.state.steps.get(event.node)?.status === 'done')
          expect(event.output).toBe(first.state.outputs[event.node]);
      }
      const may = mode === 'only' ? new Set([node, ...inside]) : compiled.reachableFrom(node);
      for (const id of started) expect(may.has(nodeOf(id))).toBe(true);
    }
  });
});
