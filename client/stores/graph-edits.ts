import { withoutStrays } from '../../shared/workflow/annotations.ts';
import { containersOf, withContent } from '../../shared/workflow/containers.ts';
import { edgeBetween, nextNodeId } from '../../shared/workflow/graph.ts';
import type { WorkflowEdge, WorkflowGraph, WorkflowNode } from '../../shared/workflow/graph.ts';
import { outPortsOf } from '../../shared/nodes/contract.ts';
import type { WorkflowSettings } from '../../shared/workflow/settings.ts';
import type { NodeCatalogue, NodeDefinition } from '../../shared/nodes/contract.ts';

/** Every change of the document as a pure function: the graph in, the changed graph out. What did not change keeps its identity. */

export interface Point {
  x: number;
  y: number;
}

/** A fresh step of a kind with its default settings. */
export function newNode(definition: NodeDefinition, graph: WorkflowGraph, position: Point): WorkflowNode {
  return {
    id: nextNodeId(definition.kind, new Set(graph.nodes.map((node) => node.id))),
    kind: definition.kind,
    version: definition.version,
    title: definition.texts.title,
    config: definition.config.parse({}),
    position,
  };
}

export function addNode(graph: WorkflowGraph, node: WorkflowNode): WorkflowGraph {
  return { ...graph, nodes: [...graph.nodes, node] };
}

export function updateNode(
  graph: WorkflowGraph,
  id: string,
  change: (node: WorkflowNode) => WorkflowNode,
): WorkflowGraph {
  return { ...graph, nodes: graph.nodes.map((node) => (node.id === id ? change(node) : node)) };
}

/** Sets or, with undefined, removes an optional property of a step. */
export function setNodeOption<
  K extends 'disabled' | 'retry' | 'timeoutMs' | 'limit' | 'onError' | 'onUnknown' | 'pinned',
>(graph: WorkflowGraph, id: string, key: K, value: WorkflowNode[K] | undefined): WorkflowGraph {
  return updateNode(graph, id, (node) => {
    const { [key]: _old, ...rest } = node;
    return (value === undefined ? rest : { ...rest, [key]: value }) as WorkflowNode;
  });
}

/** Sets or, with undefined, removes a setting of the workflow. */
export function setSetting<K extends keyof WorkflowSettings>(
  { settings: before, ...graph }: WorkflowGraph,
  key: K,
  value: WorkflowSettings[K] | undefined,
): WorkflowGraph {
  const { [key]: _old, ...others } = before ?? {};
  const settings: WorkflowSettings = value === undefined ? others : { ...others, [key]: value };
  return Object.keys(settings).length === 0 ? graph : { ...graph, settings };
}

export function moveNodes(graph: WorkflowGraph, positions: ReadonlyMap<string, Point>): WorkflowGraph {
  return {
    ...graph,
    nodes: graph.nodes.map((node) => {
      const position = positions.get(node.id);
      return position === undefined ? node : { ...node, position };
    }),
  };
}

export function connect(graph: WorkflowGraph, edge: WorkflowEdge): WorkflowGraph {
  return graph.edges.some((one) => one.id === edge.id) ? graph : { ...graph, edges: [...graph.edges, edge] };
}

export function removeEdges(graph: WorkflowGraph, ids: ReadonlySet<string>): WorkflowGraph {
  return { ...graph, edges: graph.edges.filter((edge) => !ids.has(edge.id)) };
}

/**
 * Removes steps, containers with all that stands in them. A removed step with one way in and one way out heals: what stood before it leads to
 * what stood after it.
 */
export function removeNodes(graph: WorkflowGraph, ids: ReadonlySet<string>): WorkflowGraph {
  const gone = withContent(graph.nodes, ids);
  let edges = graph.edges;
  // Inside out, so that a container is without its body when it heals.
  for (const id of [...gone].toReversed()) edges = withoutNode(edges, id);
  return withoutStrays({ ...graph, nodes: graph.nodes.filter((node) => !gone.has(node.id)), edges });
}

/** The connections without those of a step; what stood before it leads to what stood after it, where that is plain. */
export function withoutNode(edges: readonly WorkflowEdge[], id: string): WorkflowEdge[] {
  const incoming = edges.filter((edge) => edge.target === id);
  const outgoing = edges.filter((edge) => edge.source === id && edge.sourcePort !== 'error');
  const kept = edges.filter((edge) => edge.target !== id && edge.source !== id);
  const ports = new Set(outgoing.map((edge) => edge.sourcePort));
  if (incoming.length === 0 || ports.size !== 1) return kept;
  if (incoming.length > 1 && outgoing.length > 1) return kept;
  const seen = new Set(kept.map((edge) => edge.id));
  for (const before of incoming) {
    for (const after of outgoing) {
      const healed = edgeBetween(before.source, after.target, before.sourcePort, after.targetPort);
      if (healed.source === healed.target || seen.has(healed.id)) continue;
      seen.add(healed.id);
      kept.push(healed);
    }
  }
  return kept;
}

/** The step and everything that can be reached from it. */
export function reachable(graph: Pick<WorkflowGraph, 'edges'>, from: string, backwards = false): Set<string> {
  const next = new Map<string, string[]>();
  for (const edge of graph.edges) {
    const [a, b] = backwards ? [edge.target, edge.source] : [edge.source, edge.target];
    const list = next.get(a);
    if (list === undefined) next.set(a, [b]);
    else list.push(b);
  }
  const seen = new Set([from]);
  const open = [from];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const other of next.get(id) ?? []) {
      if (seen.has(other)) continue;
      seen.add(other);
      open.push(other);
    }
  }
  return seen;
}

/** Drops connections that hang on ports which a changed setting took away (a removed case, an error port switched off). */
export function dropDanglingEdges(graph: WorkflowGraph, catalogue: NodeCatalogue): WorkflowGraph {
  const outs = new Map<string, ReadonlySet<string>>();
  for (const node of graph.nodes) {
    const definition = catalogue.get(node.kind);
    if (definition === undefined) continue;
    outs.set(node.id, new Set(outPortsOf(definition, node.config, node.onError).map((port) => port.id)));
  }
  const edges = graph.edges.filter((edge) => outs.get(edge.source)?.has(edge.sourcePort) ?? true);
  return edges.length === graph.edges.length ? graph : { ...graph, edges };
}

/**
 * Steps in the order in which a run meets them, what stands in a container directly after it; steps of a cycle come last on their level, in
 * document order.
 */
export function flowOrder(graph: Pick<WorkflowGraph, 'nodes' | 'edges'>): WorkflowNode[] {
  const byId = new Map(graph.nodes.map((node) => [node.id, node]));
  const containerOf = (node: WorkflowNode) => containersOf(byId, node.id)[0]?.id;
  const levels = Map.groupBy(graph.nodes, containerOf);
  const outgoing = Map.groupBy(
    graph.edges.filter(({ source, target }) => byId.get(source)?.parent === byId.get(target)?.parent),
    (edge) => edge.source,
  );
  const order: WorkflowNode[] = [];
  const placed = new Set<string>();
  const open = levelOrder(levels.get(undefined) ?? [], outgoing).toReversed();
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (placed.has(node.id)) continue;
    placed.add(node.id);
    order.push(node);
    const content = levels.get(node.id);
    if (content !== undefined) open.push(...levelOrder(content, outgoing).toReversed());
  }
  return order.length === graph.nodes.length ? order : [...order, ...graph.nodes.filter(({ id }) => !placed.has(id))];
}

function levelOrder(
  nodes: readonly WorkflowNode[],
  outgoing: ReadonlyMap<string, readonly WorkflowEdge[]>,
): WorkflowNode[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const waiting = new Map(nodes.map((node) => [node.id, 0]));
  for (const { id } of nodes)
    for (const { target } of outgoing.get(id) ?? []) waiting.set(target, (waiting.get(target) ?? 0) + 1);
  const ready = nodes.filter((node) => waiting.get(node.id) === 0);
  const order: WorkflowNode[] = [];
  const done = new Set<string>();
  for (let node = ready.shift(); node !== undefined; node = ready.shift()) {
    if (done.has(node.id)) continue;
    done.add(node.id);
    order.push(node);
    const next: WorkflowNode[] = [];
    for (const edge of outgoing.get(node.id) ?? []) {
      const left = (waiting.get(edge.target) ?? 0) - 1;
      waiting.set(edge.target, left);
      const target = byId.get(edge.target);
      if (left === 0 && target !== undefined) next.push(target);
    }
    ready.unshift(...next);
  }
  return [...order, ...nodes.filter((node) => !done.has(node.id))];
}
