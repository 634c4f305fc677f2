import { AppError } from '../errors.ts';
import type { NodeCatalogue, NodeDefinition } from '../nodes/contract.ts';
import type { WorkflowEdge, WorkflowGraph, WorkflowNode } from '../workflow/graph.ts';

/** One node with its neighbourhood resolved, so that the engine never searches. */
export interface CompiledNode {
  readonly node: WorkflowNode;
  readonly incoming: readonly WorkflowEdge[];
  /** Those that leave it when it is done; the ways into its body are in `body`. */
  readonly outgoing: readonly WorkflowEdge[];
  /** `any`: ready as soon as one incoming edge is taken. */
  readonly join: 'all' | 'any';
  /** The steps inside of a container; null for all others. */
  readonly body: CompiledBody | null;
}

/** What runs once per item. */
export interface CompiledBody {
  /** The ways from the container to the first steps. */
  readonly entries: readonly WorkflowEdge[];
  /** The steps directly in the container that its entries lead to, in topological order. */
  readonly nodes: readonly string[];
  /** How many incoming edges of a step come from where no entry leads to; only steps with some. */
  readonly outside: ReadonlyMap<string, number>;
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
 * here: edges to missing nodes, and those that cross the border of a container, are dropped.
 */
export function compileGraph(graph: Pick<WorkflowGraph, 'nodes' | 'edges'>, catalogue: NodeCatalogue): CompiledGraph {
  const { order, cyclic } = topologicalOrder(graph);
  if (cyclic.length > 0) {
    throw new AppError('invalid_graph', `The workflow has a loop through ${cyclic.slice(0, 5).join(', ')}.`, {
      details: { nodes: cyclic },
    });
  }
  const byId = new Map(graph.nodes.map((node) => [node.id, node]));
  const ends = new Map(
    graph.nodes.map((node) => [node.id, { incoming: [] as WorkflowEdge[], outgoing: [] as WorkflowEdge[] }]),
  );
  const entries = new Map<string, WorkflowEdge[]>();
  for (const edge of graph.edges) {
    const [source, target] = [byId.get(edge.source), byId.get(edge.target)];
    if (!source || !target) continue;
    const inner = isInnerPort(catalogue.get(source.kind), edge.sourcePort);
    if (target.parent !== (inner ? source.id : source.parent)) continue;
    ends.get(edge.target)!.incoming.push(edge);
    if (!inner) ends.get(edge.source)!.outgoing.push(edge);
    else if (!entries.get(source.id)?.push(edge)) entries.set(source.id, [edge]);
  }
  const nodes = new Map<string, CompiledNode>();
  for (const node of graph.nodes) {
    const definition = catalogue.get(node.kind);
    const join = definition?.join?.(node.config) ?? 'all';
    const body = definition?.container ? compileBody(entries.get(node.id) ?? [], order, ends) : null;
    nodes.set(node.id, { node, ...ends.get(node.id)!, join, body });
  }
  return { nodes, order, reachableFrom: reachability(nodes) };
}

/** True when connections from this port lead into the container that has it. */
export function isInnerPort(definition: NodeDefinition | undefined, port: string): boolean {
  const out = definition?.container && Array.isArray(definition.ports.out) ? definition.ports.out : [];
  return out.some(({ id, inner }) => id === port && inner === true);
}

function compileBody(
  entries: readonly WorkflowEdge[],
  order: readonly string[],
  ends: ReadonlyMap<string, Pick<CompiledNode, 'incoming' | 'outgoing'>>,
): CompiledBody {
  const reached = new Set(entries.map(({ target }) => target));
  for (const id of reached) for (const { target } of ends.get(id)!.outgoing) reached.add(target);
  const container = entries[0]?.source;
  const outside = new Map<string, number>();
  for (const id of reached) {
    const count = ends.get(id)!.incoming.filter(({ source }) => source !== container && !reached.has(source)).length;
    if (count > 0) outside.set(id, count);
  }
  return { entries, nodes: order.filter((id) => reached.has(id)), outside };
}

function reachability(nodes: ReadonlyMap<string, CompiledNode>): CompiledGraph['reachableFrom'] {
  const known = new Map<string, ReadonlySet<string>>();
  return (trigger) => {
    const cached = known.get(trigger);
    if (cached) return cached;
    const reached = new Set([trigger]);
    for (const id of reached) {
      const { outgoing = [], body } = nodes.get(id) ?? {};
      for (const edge of outgoing) reached.add(edge.target);
      for (const edge of body?.entries ?? []) reached.add(edge.target);
    }
    known.set(trigger, reached);
    return reached;
  };
}
