import { isInnerPort } from '../../shared/engine/graph.ts';
import type { NodeCatalogue } from '../../shared/nodes/contract.ts';
import { t } from '../i18n/t.ts';
import { foldsOf } from './folding.ts';
import { withoutNode } from './graph-edits.ts';
import { absolutePosition, childrenOf, containersOf, withContent } from '../../shared/workflow/containers.ts';
import { containerInset, drawnSizes, type Position, type Size } from '../../shared/workflow/geometry.ts';
import {
  edgeBetween,
  limits,
  type WorkflowEdge,
  type WorkflowGraph,
  type WorkflowNode,
} from '../../shared/workflow/graph.ts';

/** Changes that have to do with containers, as pure functions: the graph in, the changed graph out. */

type Nodes = ReadonlyMap<string, WorkflowNode>;
export type Box = Position & Size;

export function nodesById(graph: { nodes: readonly WorkflowNode[] }): Nodes {
  return new Map(graph.nodes.map((node) => [node.id, node]));
}

export function isContainer(catalogue: NodeCatalogue, node: Pick<WorkflowNode, 'kind'> | undefined): boolean {
  return node !== undefined && catalogue.get(node.kind)?.container === true;
}

/** The way from a container to the first of the steps inside it; undefined for all other kinds. */
export function innerPortOf(catalogue: NodeCatalogue, kind: string): string | undefined {
  const definition = catalogue.get(kind);
  const ports = definition?.container && Array.isArray(definition.ports.out) ? definition.ports.out : [];
  return ports.find(({ inner }) => inner === true)?.id;
}

/** Of these, the ones that stand in none of the others: what is moved when all of them are. */
export function outermost(nodes: Nodes, ids: ReadonlySet<string>): string[] {
  return [...ids].filter((id) => nodes.has(id) && !containersOf(nodes, id).some((around) => ids.has(around.id)));
}

/** True when the connection crosses no border of a container. */
export function keepsInside(nodes: Nodes, catalogue: NodeCatalogue, edge: Omit<WorkflowEdge, 'id'>): boolean {
  const [source, target] = [nodes.get(edge.source), nodes.get(edge.target)];
  if (source === undefined || target === undefined) return false;
  const inner = isInnerPort(catalogue.get(source.kind), edge.sourcePort);
  return target.parent === (inner ? source.id : source.parent);
}

/** Without those connections of the named steps that cross the border of a container. */
export function withoutCrossing(
  graph: WorkflowGraph,
  ids: ReadonlySet<string>,
  catalogue: NodeCatalogue,
): WorkflowGraph {
  const nodes = nodesById(graph);
  const edges = graph.edges.filter(
    (edge) => (!ids.has(edge.source) && !ids.has(edge.target)) || keepsInside(nodes, catalogue, edge),
  );
  return edges.length === graph.edges.length ? graph : { ...graph, edges };
}

/** Why a step cannot stand in a container, in a few words; null when it can. */
export function entryProblem(
  graph: Pick<WorkflowGraph, 'nodes'>,
  catalogue: NodeCatalogue,
  id: string,
  container: string,
): string | null {
  const nodes = nodesById(graph);
  const node = nodes.get(id);
  if (node === undefined || !isContainer(catalogue, nodes.get(container))) return t('There is no such container');
  const around = [container, ...containersOf(nodes, container).map((one) => one.id)];
  if (around.includes(id)) return t('A container cannot stand inside itself');
  return kindProblem(catalogue, node.kind, around.length + heightOf(graph, id));
}

/** The same for a step that is about to be made. */
export function kindProblem(catalogue: NodeCatalogue, kind: string, depth: number): string | null {
  if (catalogue.get(kind)?.group === 'trigger') return t('A trigger cannot stand inside a container');
  return depth > limits.containerDepth
    ? t('At most {containerDepth} containers, one inside the other', { containerDepth: limits.containerDepth })
    : null;
}

/** How many containers deep the content of a step goes; 0 for a step without content. */
export function heightOf(graph: { nodes: readonly WorkflowNode[] }, id: string): number {
  const nodes = nodesById(graph);
  const own = containersOf(nodes, id).length;
  return [...withContent(graph.nodes, [id])].reduce(
    (most, one) => Math.max(most, containersOf(nodes, one).length - own),
    0,
  );
}

/**
 * Puts steps into a container, or with null on the canvas itself; they stay where they are seen. Connections that would cross its border are
 * removed, and a container that was without a beginning gets one. Steps that cannot stand there stay where they are.
 */
export function moveInto(
  graph: WorkflowGraph,
  ids: ReadonlySet<string>,
  container: string | null,
  catalogue: NodeCatalogue,
): WorkflowGraph {
  const before = nodesById(graph);
  const moved = outermost(before, ids).filter(
    (id) =>
      (before.get(id)!.parent ?? null) !== container &&
      (container === null || entryProblem(graph, catalogue, id, container) === null),
  );
  if (moved.length === 0) return graph;
  const chosen = new Set(moved);
  const origin = container === null ? { x: 0, y: 0 } : absolutePosition(before, container);
  const nodes = graph.nodes.map((node) => {
    if (!chosen.has(node.id)) return node;
    const at = absolutePosition(before, node.id);
    return placedIn(node, container, { x: at.x - origin.x, y: at.y - origin.y });
  });
  const [only] = moved;
  const edges = moved.length === 1 && only !== undefined ? healed(graph, only) : graph.edges;
  const result = withoutCrossing({ ...graph, nodes, edges }, chosen, catalogue);
  return settled(graph, container === null ? result : withBeginning(result, container, chosen, catalogue), catalogue);
}

/** What stood before a step that leaves leads to what stood after it; the connections into its own content stay. */
function healed(graph: WorkflowGraph, id: string): WorkflowEdge[] {
  const inner = graph.edges.filter(
    (edge) => edge.source === id && graph.nodes.some((node) => node.id === edge.target && node.parent === id),
  );
  const kept = new Set(inner);
  return [
    ...withoutNode(
      graph.edges.filter((edge) => !kept.has(edge)),
      id,
    ),
    ...inner,
  ];
}

/** The step in another container (null: on the canvas itself) at another place. */
export function placedIn(node: WorkflowNode, container: string | null, position: Position): WorkflowNode {
  const { parent: _left, ...rest } = node;
  return container === null ? { ...rest, position } : { ...rest, parent: container, position };
}

/** Connects a container that has no beginning yet with those of the steps just put in that nothing leads to. */
export function withBeginning(
  graph: WorkflowGraph,
  container: string,
  fresh: ReadonlySet<string>,
  catalogue: NodeCatalogue,
): WorkflowGraph {
  const node = graph.nodes.find((one) => one.id === container);
  const port = node && innerPortOf(catalogue, node.kind);
  if (port === undefined || graph.edges.some((edge) => edge.source === container && edge.sourcePort === port))
    return graph;
  const led = new Set(graph.edges.map((edge) => edge.target));
  const first = graph.nodes.find((one) => one.parent === container && fresh.has(one.id) && !led.has(one.id));
  const inPort = first && catalogue.get(first.kind)?.ports.in[0]?.id;
  if (first === undefined || inPort === undefined) return graph;
  return { ...graph, edges: [...graph.edges, edgeBetween(container, first.id, port, inPort)] };
}

/**
 * Containers that have grown make room: what stands too far up or left in one moves it out there, and what follows one that became longer gives
 * way by as much.
 */
export function settled(before: WorkflowGraph, after: WorkflowGraph, catalogue: NodeCatalogue): WorkflowGraph {
  if (after.nodes.every(({ parent }) => parent === undefined)) return after;
  const sizes = drawnSizes(before, catalogue);
  const nodes = nodesById(after);
  const depth = (id: string) => containersOf(nodes, id).length;
  const containers = [...childrenOf(after.nodes).keys()].filter((id) => id !== undefined && nodes.has(id)) as string[];
  return containers
    .toSorted((a, b) => depth(b) - depth(a))
    .reduce((graph, id) => gaveWay(withinBorder(graph, id), id, sizes.get(id), catalogue), after);
}

function withinBorder(graph: WorkflowGraph, container: string): WorkflowGraph {
  const inset = containerInset[graph.direction];
  const content = graph.nodes.filter((node) => node.parent === container);
  const by = {
    x: content.reduce((most, { position }) => Math.max(most, inset.left - position.x), 0),
    y: content.reduce((most, { position }) => Math.max(most, inset.top - position.y), 0),
  };
  if (by.x === 0 && by.y === 0) return graph;
  return shifted(graph, (node) => (node.id === container ? -1 : node.parent === container ? 1 : 0), by);
}

function shifted(graph: WorkflowGraph, times: (node: WorkflowNode) => number, by: Position): WorkflowGraph {
  return {
    ...graph,
    nodes: graph.nodes.map((node) => {
      const n = times(node);
      return n === 0 ? node : { ...node, position: { x: node.position.x + n * by.x, y: node.position.y + n * by.y } };
    }),
  };
}

function gaveWay(graph: WorkflowGraph, id: string, was: Size | undefined, catalogue: NodeCatalogue): WorkflowGraph {
  const is = drawnSizes(graph, catalogue).get(id);
  const node = graph.nodes.find((one) => one.id === id);
  if (was === undefined || is === undefined || node === undefined) return graph;
  const down = graph.direction === 'down';
  const grown = down ? is.height - was.height : is.width - was.width;
  if (grown <= 0) return graph;
  const end = down ? node.position.y + was.height : node.position.x + was.width;
  const behind = followers(graph, id);
  return shifted(
    graph,
    (one) =>
      behind.has(one.id) && one.parent === node.parent && (down ? one.position.y : one.position.x) >= end ? 1 : 0,
    down ? { x: 0, y: grown } : { x: grown, y: 0 },
  );
}

function followers({ edges }: WorkflowGraph, id: string): Set<string> {
  const targets = Map.groupBy(edges, (edge) => edge.source);
  const reached = new Set([id]);
  for (const one of reached) for (const edge of targets.get(one) ?? []) reached.add(edge.target);
  reached.delete(id);
  return reached;
}

/** Where everything is seen on the canvas. */
export function boxesOn(graph: WorkflowGraph, catalogue: NodeCatalogue): Map<string, Box> {
  const nodes = nodesById(graph);
  return new Map(
    [...drawnSizes(graph, catalogue)].map(([id, size]) => [id, { ...absolutePosition(nodes, id), ...size }]),
  );
}

/** A container as it is seen on the canvas. `depth`: how many containers it stands in. */
export interface SeenContainer {
  id: string;
  box: Box;
  depth: number;
}

/** All containers but `except` and those that stand in them. */
export function containersOn(
  graph: WorkflowGraph,
  catalogue: NodeCatalogue,
  except: ReadonlySet<string> = new Set(),
): SeenContainer[] {
  const found = graph.nodes.filter((node) => isContainer(catalogue, node));
  if (found.length === 0) return [];
  const nodes = nodesById(graph);
  const boxes = boxesOn(graph, catalogue);
  const out = withContent(graph.nodes, except);
  const folds = foldsOf(graph);
  return found.flatMap(({ id }) => {
    const box = boxes.get(id);
    // Into what is hidden in a collapsed group nothing is dropped.
    return out.has(id) || folds.has(id) || box === undefined
      ? []
      : [{ id, box, depth: containersOf(nodes, id).length }];
  });
}

/** The innermost of these around a point of the canvas; null on free ground. */
export function innermostAt(containers: readonly SeenContainer[], point: Position): string | null {
  let found: SeenContainer | null = null;
  for (const one of containers) {
    const { box, depth } = one;
    const inside =
      point.x >= box.x && point.x <= box.x + box.width && point.y >= box.y && point.y <= box.y + box.height;
    if (inside && depth > (found?.depth ?? -1)) found = one;
  }
  return found?.id ?? null;
}

/** The innermost container around a point of the canvas that is none of `except` and stands in none of them; null on free ground. */
export function containerAt(
  graph: WorkflowGraph,
  catalogue: NodeCatalogue,
  point: Position,
  except?: ReadonlySet<string>,
): string | null {
  return innermostAt(containersOn(graph, catalogue, except), point);
}
