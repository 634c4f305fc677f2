import { edgeBetween, nextNodeId } from '../../shared/workflow/graph.ts';
import type { WorkflowEdge, WorkflowGraph, WorkflowNode } from '../../shared/workflow/graph.ts';
import { layoutGap, nodeSize } from '../../shared/workflow/layout.ts';
import { outPortsOf } from '../../shared/nodes/contract.ts';
import type { WorkflowSettings } from '../../shared/workflow/settings.ts';
import type { NodeCatalogue, NodeDefinition } from '../../shared/nodes/contract.ts';

/** Every change of the document as a pure function: the graph in, the changed graph out. What did not change keeps its identity. */

export interface Point {
  x: number;
  y: number;
}

/** Distance between two steps that are put one after the other by hand. */
export const stepGap = {
  down: { x: 0, y: nodeSize.height + layoutGap.y },
  right: { x: nodeSize.width + layoutGap.x, y: 0 },
} as const;

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
export function setNodeOption<K extends 'disabled' | 'retry' | 'timeoutMs' | 'limit' | 'onError' | 'onUnknown'>(
  graph: WorkflowGraph,
  id: string,
  key: K,
  value: WorkflowNode[K] | undefined,
): WorkflowGraph {
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

/** Removes steps. A removed step with one way in and one way out heals: what stood before it leads to what stood after it. */
export function removeNodes(graph: WorkflowGraph, ids: ReadonlySet<string>): WorkflowGraph {
  let edges = graph.edges;
  for (const id of ids) edges = withoutNode(edges, id);
  return { ...graph, nodes: graph.nodes.filter((node) => !ids.has(node.id)), edges };
}

function withoutNode(edges: readonly WorkflowEdge[], id: string): WorkflowEdge[] {
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

/** The first output that a step offers, and whether it is still free. */
function firstOutPort(node: WorkflowNode, definition: NodeDefinition | undefined): string | null {
  if (definition === undefined) return null;
  return outPortsOf(definition, node.config, undefined)[0]?.id ?? null;
}

/** Puts a step into the middle of a connection and pushes what stands behind it away. */
export function insertOnEdge(
  graph: WorkflowGraph,
  edge: WorkflowEdge,
  node: WorkflowNode,
  catalogue: NodeCatalogue,
): WorkflowGraph {
  const definition = catalogue.get(node.kind);
  const inPort = definition?.ports.in[0]?.id;
  const outPort = firstOutPort(node, definition);
  if (inPort === undefined) return graph;
  const edges = graph.edges.filter((one) => one.id !== edge.id);
  edges.push(edgeBetween(edge.source, node.id, edge.sourcePort, inPort));
  if (outPort !== null) edges.push(edgeBetween(node.id, edge.target, outPort, edge.targetPort));
  const behind = reachable(graph, edge.target);
  const gap = stepGap[graph.direction];
  const target = graph.nodes.find((one) => one.id === edge.target);
  const source = graph.nodes.find((one) => one.id === edge.source);
  const free =
    target === undefined || source === undefined ? 0 : distance(source.position, target.position, graph.direction);
  const needed = graph.direction === 'down' ? gap.y * 2 : gap.x * 2;
  const push = Math.max(0, needed - free);
  const shift = graph.direction === 'down' ? { x: 0, y: push } : { x: push, y: 0 };
  const nodes = graph.nodes.map((one) =>
    push > 0 && behind.has(one.id)
      ? { ...one, position: { x: one.position.x + shift.x, y: one.position.y + shift.y } }
      : one,
  );
  const at =
    source === undefined ? node.position : { x: (target ?? source).position.x, y: (target ?? source).position.y };
  const along =
    source === undefined
      ? at
      : graph.direction === 'down'
        ? { x: at.x, y: source.position.y + gap.y }
        : { x: source.position.x + gap.x, y: at.y };
  return { ...graph, nodes: [...nodes, { ...node, position: along }], edges };
}

function distance(from: Point, to: Point, direction: WorkflowGraph['direction']): number {
  return direction === 'down' ? to.y - from.y : to.x - from.x;
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

/** Where a step that follows `after` can stand without covering another one. */
export function freePosition(graph: WorkflowGraph, wanted: Point): Point {
  const covers = (point: Point) =>
    graph.nodes.some(
      (node) =>
        Math.abs(node.position.x - point.x) < nodeSize.width + 16 &&
        Math.abs(node.position.y - point.y) < nodeSize.height + 16,
    );
  let point = wanted;
  for (let tries = 0; tries < 200 && covers(point); tries++) {
    point =
      graph.direction === 'down'
        ? { x: point.x + nodeSize.width + 32, y: point.y }
        : { x: point.x, y: point.y + nodeSize.height + 32 };
  }
  return point;
}

/**
 * Adds a step behind another one along its first free output. Where every output is taken already, the step stands beside it, connected to
 * the first output; a trigger is never connected.
 */
export function addAfter(
  graph: WorkflowGraph,
  afterId: string,
  node: WorkflowNode,
  catalogue: NodeCatalogue,
  port?: string,
): WorkflowGraph {
  const after = graph.nodes.find((one) => one.id === afterId);
  const definition = catalogue.get(node.kind);
  const source = after === undefined ? undefined : catalogue.get(after.kind);
  const gap = stepGap[graph.direction];
  const base = after?.position ?? node.position;
  const placed = { ...node, position: freePosition(graph, { x: base.x + gap.x, y: base.y + gap.y }) };
  const added = addNode(graph, placed);
  const inPort = definition?.ports.in[0]?.id;
  if (after === undefined || source === undefined || inPort === undefined) return added;
  const outs = outPortsOf(source, after.config, after.onError);
  const taken = new Set(graph.edges.filter((edge) => edge.source === after.id).map((edge) => edge.sourcePort));
  const out = port ?? outs.find((one) => !taken.has(one.id))?.id ?? outs[0]?.id;
  return out === undefined ? added : connect(added, edgeBetween(after.id, node.id, out, inPort));
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

/** Steps in the order in which a run meets them; steps of a cycle come last in document order. */
export function flowOrder(graph: Pick<WorkflowGraph, 'nodes' | 'edges'>): WorkflowNode[] {
  const waiting = new Map(graph.nodes.map((node) => [node.id, 0]));
  for (const edge of graph.edges) waiting.set(edge.target, (waiting.get(edge.target) ?? 0) + 1);
  const byId = new Map(graph.nodes.map((node) => [node.id, node]));
  const outgoing = Map.groupBy(graph.edges, (edge) => edge.source);
  const ready = graph.nodes.filter((node) => waiting.get(node.id) === 0);
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
  return [...order, ...graph.nodes.filter((node) => !done.has(node.id))];
}
