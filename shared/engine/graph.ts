import { AppError } from '../errors.ts';
import type { NodeCatalogue } from '../nodes/contract.ts';
import type { WorkflowEdge, WorkflowGraph, WorkflowNode } from '../workflow/graph.ts';

/** One node with its neighbourhood resolved, so that the engine never searches. */
export interface CompiledNode {
  readonly node: WorkflowNode;
  readonly incoming: readonly WorkflowEdge[];
  readonly outgoing: readonly WorkflowEdge[];
  /** `any`: ready as soon as one incoming edge is taken. */
  readonly join: 'all' | 'any';
}

export interface CompiledGraph {
  readonly nodes: ReadonlyMap<string, CompiledNode>;
  /** Topological order. */
  readonly order: readonly string[];
  /** Nodes that a run started at `trigger` can reach, the trigger included; computed once per trigger. */
  reachableFrom(trigger: string): ReadonlySet<string>;
}

/**
 * Nodes in topological order, and the ids that stand on or behind a cycle (empty for a proper graph). Kahn's algorithm, iterative: a chain
 * of thousands of nodes is fine. Edges to unknown nodes are ignored here; the validator names them.
 */
export function topologicalOrder(graph: Pick<WorkflowGraph, 'nodes' | 'edges'>): { order: string[]; cyclic: string[] } {
  const pending = new Map<string, number>(graph.nodes.map((node) => [node.id, 0]));
  const targets = new Map<string, string[]>();
  for (const edge of graph.edges) {
    const count = pending.get(edge.target);
    if (count === undefined || !pending.has(edge.source)) continue;
    pending.set(edge.target, count + 1);
    const list = targets.get(edge.source);
    if (list) list.push(edge.target);
    else targets.set(edge.source, [edge.target]);
  }
  const order = [...pending].filter(([, count]) => count === 0).map(([id]) => id);
  for (let i = 0; i < order.length; i++) {
    for (const target of targets.get(order[i]!) ?? []) {
      const left = pending.get(target)! - 1;
      pending.set(target, left);
      if (left === 0) order.push(target);
    }
  }
  return {
    order,
    cyclic: order.length === pending.size ? [] : [...pending].filter(([, count]) => count > 0).map(([id]) => id),
  };
}

/**
 * Resolves a valid graph for execution. Throws `invalid_graph` on a cycle; everything else is the validator's to find before a graph gets
 * here, and edges to missing nodes are dropped.
 */
export function compileGraph(graph: Pick<WorkflowGraph, 'nodes' | 'edges'>, catalogue: NodeCatalogue): CompiledGraph {
  const { order, cyclic } = topologicalOrder(graph);
  if (cyclic.length > 0) {
    throw new AppError('invalid_graph', `The workflow has a loop through ${cyclic.slice(0, 5).join(', ')}.`, {
      details: { nodes: cyclic },
    });
  }
  const ends = new Map(
    graph.nodes.map((node) => [node.id, { incoming: [] as WorkflowEdge[], outgoing: [] as WorkflowEdge[] }]),
  );
  for (const edge of graph.edges) {
    const source = ends.get(edge.source);
    const target = ends.get(edge.target);
    if (!source || !target) continue;
    source.outgoing.push(edge);
    target.incoming.push(edge);
  }
  const nodes = new Map<string, CompiledNode>();
  for (const node of graph.nodes) {
    const join = catalogue.get(node.kind)?.join?.(node.config) ?? 'all';
    nodes.set(node.id, { node, ...ends.get(node.id)!, join });
  }
  return { nodes, order, reachableFrom: reachability(nodes) };
}

function reachability(nodes: ReadonlyMap<string, CompiledNode>): CompiledGraph['reachableFrom'] {
  const known = new Map<string, ReadonlySet<string>>();
  return (trigger) => {
    const cached = known.get(trigger);
    if (cached) return cached;
    const reached = new Set([trigger]);
    for (const id of reached) for (const edge of nodes.get(id)?.outgoing ?? []) reached.add(edge.target);
    known.set(trigger, reached);
    return reached;
  };
}
