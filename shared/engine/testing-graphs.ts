import { z } from 'zod';
import { defineNode, inPort, outPort, type NodeCatalogue } from '../nodes/contract.ts';
import { edgeBetween, type WorkflowEdge, type WorkflowGraph, type WorkflowNode } from '../workflow/graph.ts';

/** Small kinds for tests of the engine: `start` begins, `pass` goes on, `fork` has the ports a and b, `first` joins on any edge. */
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

/** A random acyclic graph whose first node is the trigger; a second trigger may feed the same steps. */
export function randomGraph(random: () => number, size: number): WorkflowGraph {
  const kinds = ['pass', 'pass', 'pass', 'fork', 'first'];
  const onErrors = ['stop', 'continue', 'port'] as const;
  const nodes = [testNode('n0', 'start'), testNode('n1', random() < 0.3 ? 'start' : 'pass')];
  for (let i = 2; i < size; i++) {
    const onError = onErrors[Math.floor(random() * 3)]!;
    nodes.push(testNode(`n${i}`, kinds[Math.floor(random() * kinds.length)]!, { onError }));
  }
  const edges = new Map<string, WorkflowEdge>();
  for (let target = 1; target < size; target++) {
    if (nodes[target]!.kind === 'start') continue;
    const count = 1 + Math.floor(random() * 3);
    for (let n = 0; n < count; n++) {
      const source = nodes[Math.floor(random() * target)]!;
      const ports = source.kind === 'fork' ? ['a', 'b'] : ['out'];
      if (source.onError === 'port') ports.push('error');
      const edge = edgeBetween(source.id, `n${target}`, ports[Math.floor(random() * ports.length)]!);
      edges.set(edge.id, edge);
    }
  }
  return { nodes, edges: [...edges.values()], direction: 'down' };
}
