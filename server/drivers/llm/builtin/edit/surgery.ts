/** Changes of a graph that keep it whole: steps are put in, taken out and moved, and the connections follow. Pure. */
import { outPortsOf } from '../../../../../shared/nodes/contract.ts';
import type { NodeCatalogue } from '../../../../../shared/nodes/contract.ts';
import { edgeBetween } from '../../../../../shared/workflow/graph.ts';
import type { WorkflowEdge, WorkflowGraph, WorkflowNode } from '../../../../../shared/workflow/graph.ts';

/** Steps that belong together, to be put somewhere. */
export interface Fragment {
  nodes: WorkflowNode[];
  edges: WorkflowEdge[];
}

export type Place =
  | { where: 'before' | 'after'; nodes: readonly WorkflowNode[] }
  | { where: 'between'; from: WorkflowNode; to: WorkflowNode }
  | { where: 'error'; node: WorkflowNode }
  | { where: 'start' }
  | { where: 'end' };

/** Where it goes on from a step when nothing else is said: its first output. */
export function mainPort(node: WorkflowNode, catalogue: NodeCatalogue): string | undefined {
  const definition = catalogue.get(node.kind);
  if (definition === undefined) return 'out';
  return outPortsOf(definition, node.config, undefined).find(({ inner }) => inner !== true)?.id;
}

export function isTrigger(node: WorkflowNode, catalogue: NodeCatalogue): boolean {
  return catalogue.get(node.kind)?.group === 'trigger';
}

/** The graph with the fragment put in; undefined where there is no such place (before a trigger, behind a step without an output). */
export function insert(
  graph: WorkflowGraph,
  fragment: Fragment,
  place: Place,
  catalogue: NodeCatalogue,
): WorkflowGraph | undefined {
  const split = splitAt(graph, place, catalogue);
  if (split === undefined) return undefined;
  const parent = split.parent;
  const nodes = fragment.nodes.map((node) => (parent === undefined ? node : { ...node, parent }));
  const inner = new Set(fragment.edges.map(({ target }) => target));
  const entries = nodes.filter(({ id }) => !inner.has(id));
  const gone = new Set(split.gone.map(({ id }) => id));
  const edges = new Map(
    [...graph.edges.filter(({ id }) => !gone.has(id)), ...fragment.edges].map((edge) => [edge.id, edge]),
  );
  const add = (edge: WorkflowEdge) => edges.set(edge.id, edge);
  for (const entry of entries) {
    for (const { source, port } of split.from) add(edgeBetween(source, entry.id, port));
  }
  for (const { id, port } of openEnds(nodes, fragment.edges, catalogue)) {
    for (const { target, port: into } of split.to) add(edgeBetween(id, target, port, into));
  }
  const failing = place.where === 'error' ? place.node.id : undefined;
  const before = graph.nodes.map((node) => (node.id === failing ? { ...node, onError: 'port' as const } : node));
  return { ...graph, nodes: [...before, ...nodes], edges: [...edges.values()] };
}

interface Split {
  from: { source: string; port: string }[];
  to: { target: string; port: string }[];
  gone: WorkflowEdge[];
  parent: string | undefined;
}

function splitAt(graph: WorkflowGraph, place: Place, catalogue: NodeCatalogue): Split | undefined {
  const outOf = (edges: readonly WorkflowEdge[]) => ({
    from: unique(edges.map(({ source, sourcePort }) => ({ source, port: sourcePort }))),
    to: unique(edges.map(({ target, targetPort }) => ({ target, port: targetPort }))),
    gone: [...edges],
  });
  switch (place.where) {
    case 'before': {
      const ids = new Set(place.nodes.map(({ id }) => id));
      const edges = graph.edges.filter(({ source, target }) => ids.has(target) && !ids.has(source));
      return edges.length === 0 ? undefined : { ...outOf(edges), parent: place.nodes[0]?.parent };
    }
    case 'between': {
      const edges = graph.edges.filter(({ source, target }) => source === place.from.id && target === place.to.id);
      return edges.length === 0 ? undefined : { ...outOf(edges), parent: place.to.parent };
    }
    case 'error': {
      const edges = graph.edges.filter(({ source, sourcePort }) => source === place.node.id && sourcePort === 'error');
      return {
        from: [{ source: place.node.id, port: 'error' }],
        to: outOf(edges).to,
        gone: edges,
        parent: place.node.parent,
      };
    }
    case 'after':
      return behind(graph, place.nodes, catalogue);
    case 'start':
      return behind(
        graph,
        graph.nodes.filter((node) => isTrigger(node, catalogue)),
        catalogue,
      );
    case 'end': {
      const leads = new Set(graph.edges.map(({ source }) => source));
      const ends = graph.nodes.filter(
        (node) => !leads.has(node.id) && node.parent === undefined && mainPort(node, catalogue) !== undefined,
      );
      return behind(graph, ends, catalogue);
    }
  }
}

function behind(graph: WorkflowGraph, nodes: readonly WorkflowNode[], catalogue: NodeCatalogue): Split | undefined {
  const from = nodes.flatMap((node) => {
    const port = mainPort(node, catalogue);
    return port === undefined ? [] : [{ source: node.id, port }];
  });
  if (from.length === 0) return undefined;
  const gone = graph.edges.filter((edge) =>
    from.some(({ source, port }) => edge.source === source && edge.sourcePort === port),
  );
  const to = unique(gone.map(({ target, targetPort }) => ({ target, port: targetPort })));
  return { from, to, gone, parent: nodes[0]?.parent };
}

/** Where a fragment goes on: outputs of its last steps, and the branches of its decisions that lead nowhere yet. */
function openEnds(
  nodes: readonly WorkflowNode[],
  edges: readonly WorkflowEdge[],
  catalogue: NodeCatalogue,
): { id: string; port: string }[] {
  return nodes.flatMap((node) => {
    const used = new Set(edges.filter(({ source }) => source === node.id).map(({ sourcePort }) => sourcePort));
    const main = mainPort(node, catalogue);
    if (main === undefined) return [];
    if (used.size === 0) return [{ id: node.id, port: main }];
    const definition = catalogue.get(node.kind);
    const ports = definition ? outPortsOf(definition, node.config, undefined) : [];
    // Whoever is rejected or times out goes no further; whoever a condition does not hold for does.
    const decides = node.kind === 'condition' || node.kind === 'switch';
    return decides ? ports.filter(({ id }) => !used.has(id)).map(({ id }) => ({ id: node.id, port: id })) : [];
  });
}

function unique<T extends object>(list: readonly T[]): T[] {
  return [...new Map(list.map((item) => [JSON.stringify(item), item])).values()];
}

/** Takes steps out, and all that stands in them; what led to them leads to what follows their first output. */
export function removeSteps(graph: WorkflowGraph, ids: ReadonlySet<string>, catalogue: NodeCatalogue): WorkflowGraph {
  const gone = new Set(ids);
  for (const id of gone) for (const node of graph.nodes) if (node.parent === id) gone.add(node.id);
  let { edges } = graph;
  for (const node of graph.nodes) {
    if (!gone.has(node.id)) continue;
    const main = mainPort(node, catalogue);
    const incoming = edges.filter(({ target }) => target === node.id);
    const outgoing = edges.filter(({ source, sourcePort }) => source === node.id && sourcePort === main);
    const known = new Set(edges.map(({ id }) => id));
    const healed = incoming.flatMap((before) =>
      outgoing.map((after) => edgeBetween(before.source, after.target, before.sourcePort, after.targetPort)),
    );
    edges = [
      ...edges.filter(({ source, target }) => source !== node.id && target !== node.id),
      ...healed.filter(({ id, source, target }) => !known.has(id) && source !== target),
    ];
  }
  return { ...graph, nodes: graph.nodes.filter(({ id }) => !gone.has(id)), edges };
}

/** Changes one step. */
export function withNode(
  graph: WorkflowGraph,
  id: string,
  change: (node: WorkflowNode) => WorkflowNode,
): WorkflowGraph {
  return { ...graph, nodes: graph.nodes.map((node) => (node.id === id ? change(node) : node)) };
}

/**
 * Puts steps into a new container: what led to them leads to it, and what they led to comes after it. Undefined when they do not hang
 * together as one piece with one way in and at most one way out.
 */
export function wrapSteps(
  graph: WorkflowGraph,
  ids: ReadonlySet<string>,
  container: WorkflowNode,
  ports: { inner: string; done: string },
): WorkflowGraph | undefined {
  const inside = ({ id }: { id: string }) => ids.has(id);
  const into = graph.edges.filter(({ source, target }) => !ids.has(source) && ids.has(target));
  const outOf = graph.edges.filter(({ source, target }) => ids.has(source) && !ids.has(target));
  const entries = new Set(into.map(({ target }) => target));
  const exits = new Set(outOf.map(({ source }) => source));
  const parents = new Set(graph.nodes.filter(inside).map(({ parent }) => parent));
  if (entries.size !== 1 || exits.size > 1 || parents.size !== 1) return undefined;
  const [entry] = entries;
  const [parent] = parents;
  const within = graph.edges.filter(({ source, target }) => ids.has(source) && ids.has(target));
  if (!reaches(entry!, within, ids)) return undefined;
  const crossing = new Set([...into, ...outOf].map(({ id }) => id));
  const fresh = [
    ...into.map((edge) => edgeBetween(edge.source, container.id, edge.sourcePort)),
    edgeBetween(container.id, entry!, ports.inner),
    ...outOf.map((edge) => edgeBetween(container.id, edge.target, ports.done, edge.targetPort)),
  ];
  const edges = new Map(
    [...graph.edges.filter(({ id }) => !crossing.has(id)), ...fresh].map((edge) => [edge.id, edge]),
  );
  return {
    ...graph,
    nodes: [
      ...graph.nodes.map((node) => (inside(node) ? { ...node, parent: container.id } : node)),
      parent === undefined ? container : { ...container, parent },
    ],
    edges: [...edges.values()],
  };
}

function reaches(entry: string, edges: readonly WorkflowEdge[], ids: ReadonlySet<string>): boolean {
  const reached = new Set([entry]);
  for (const id of reached) for (const edge of edges) if (edge.source === id) reached.add(edge.target);
  return [...ids].every((id) => reached.has(id));
}
