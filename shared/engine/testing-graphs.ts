import { z } from 'zod';
import { defineNode, inPort, outPort, type NodeCatalogue } from '../nodes/contract.ts';
import { edgeBetween, type WorkflowEdge, type WorkflowGraph, type WorkflowNode } from '../workflow/graph.ts';

/** Small kinds for tests of the engine: `start` begins, `pass` goes on, `fork` has the ports a and b, `first` joins on any edge, `each` is a container. */
const texts = { title: 'Test', description: 'Test', help: 'Test' };
const common = {
  version: 1,
  icon: 'box',
  texts,
  config: z.object({}),
  effect: 'none' as const,
  summary: () => '',
  sample: () => ({}),
};
const preview = () => ({ summary: '' });

export const testCatalogue: NodeCatalogue = new Map(
  [
    defineNode({
      ...common,
      kind: 'start',
      group: 'trigger',
      trigger: 'manual',
      ports: { in: [], out: [outPort] },
      preview,
    }),
    defineNode({ ...common, kind: 'pass', group: 'logic', ports: { in: [inPort], out: [outPort] }, preview }),
    defineNode({
      ...common,
      kind: 'fork',
      group: 'logic',
      ports: { in: [inPort], out: ['a', 'b'].map((id) => ({ id, label: id, type: 'data' as const })) },
      preview,
    }),
    defineNode({
      ...common,
      kind: 'each',
      group: 'logic',
      container: true,
      ports: {
        in: [inPort],
        out: [
          { id: 'each', label: 'each', type: 'data', inner: true },
          { id: 'done', label: 'done', type: 'data' },
        ],
      },
      preview,
    }),
    defineNode({
      ...common,
      kind: 'first',
      group: 'logic',
      join: () => 'any',
      ports: { in: [inPort], out: [outPort] },
      preview,
    }),
  ].map((definition) => [definition.kind, definition]),
);

export function testNode(id: string, kind: string, more: Partial<WorkflowNode> = {}): WorkflowNode {
  return { id, kind, version: 1, title: id, config: {}, position: { x: 0, y: 0 }, ...more };
}

/** `"start:out>a"`-like shorthand: `testGraph([...nodes], ['s>a', 'fork.b>c'])`. */
export function testGraph(nodes: WorkflowNode[], edges: readonly string[]): WorkflowGraph {
  return { nodes, edges: edges.map(edgeOf), direction: 'down' };
}

function edgeOf(text: string): WorkflowEdge {
  const [from = '', target = ''] = text.split('>');
  const [source = '', port = 'out'] = from.split('.');
  return edgeBetween(source, target, port);
}

/** A small, fast, repeatable generator (mulberry32): the same seed, the same graphs. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const onErrors = ['stop', 'continue', 'port'] as const;

/** A random acyclic graph whose first node is the trigger; a second trigger may feed the same steps. */
export function randomGraph(random: () => number, size: number): WorkflowGraph {
  const kinds = ['pass', 'pass', 'pass', 'fork', 'first'];
  const nodes = [testNode('n0', 'start'), testNode('n1', random() < 0.3 ? 'start' : 'pass')];
  for (let i = 2; i < size; i++) {
    const onError = pick(random, onErrors);
    nodes.push(testNode(`n${i}`, pick(random, kinds), { onError }));
  }
  return { nodes, edges: randomEdges(random, nodes), direction: 'down' };
}

/** The same with containers, which hold random graphs themselves, `depth` levels deep at most. */
export function randomNestedGraph(random: () => number, size: number, depth: number): WorkflowGraph {
  const graph = randomGraph(random, size);
  for (let level = 0, fresh = graph.nodes; level < depth; level++) {
    const containers = fresh.filter(({ kind }) => kind === 'pass' && random() < 0.25);
    fresh = containers.flatMap((container) => fillContainer(random, graph, container));
  }
  return graph;
}

/** Makes a container of a step: its ways out leave by `done`, its body is a random graph. @returns the steps of the body. */
function fillContainer(random: () => number, graph: WorkflowGraph, container: WorkflowNode): WorkflowNode[] {
  container.kind = 'each';
  graph.edges = graph.edges.map((edge) =>
    edge.source === container.id && edge.sourcePort === 'out' ? edgeBetween(edge.source, edge.target, 'done') : edge,
  );
  const body = Array.from({ length: 1 + Math.floor(random() * 4) }, (_, i) =>
    testNode(`${container.id}_${i}`, pick(random, ['pass', 'pass', 'fork', 'first']), {
      parent: container.id,
      onError: pick(random, onErrors),
    }),
  );
  const edges = randomEdges(random, [container, ...body]).map((edge) =>
    edge.source === container.id ? edgeBetween(edge.source, edge.target, 'each') : edge,
  );
  graph.nodes.push(...body);
  graph.edges.push(...new Map(edges.map((edge) => [edge.id, edge])).values());
  return body;
}

function pick<T>(random: () => number, from: readonly T[]): T {
  return from[Math.floor(random() * from.length)]!;
}

/** Up to three ways into each step, all from steps before it. */
function randomEdges(random: () => number, nodes: readonly WorkflowNode[]): WorkflowEdge[] {
  const edges = new Map<string, WorkflowEdge>();
  for (let target = 1; target < nodes.length; target++) {
    if (nodes[target]!.kind === 'start') continue;
    const count = 1 + Math.floor(random() * 3);
    for (let n = 0; n < count; n++) {
      const source = nodes[Math.floor(random() * target)]!;
      const ports = source.kind === 'fork' ? ['a', 'b'] : ['out'];
      if (source.onError === 'port') ports.push('error');
      const edge = edgeBetween(source.id, nodes[target]!.id, pick(random, ports));
      edges.set(edge.id, edge);
    }
  }
  return [...edges.values()];
}
