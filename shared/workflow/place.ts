/** Where the steps stand that an edit adds. What a person placed by hand stays where it is; a graph in its own layout gets a new one. Pure. */
import type { WorkflowGraph, WorkflowNode } from './graph.ts';
import { layoutGap, nodeSize } from './geometry.ts';
import type { Kinds } from './geometry.ts';
import { arranged, layoutGraph } from './layout.ts';

/** Positions of `after` when it came out of `before`. */
export function placedAfter(before: WorkflowGraph, after: WorkflowGraph, kinds?: Kinds): WorkflowGraph {
  const known = new Map(before.nodes.map((node) => [node.id, node]));
  const regrouped = after.nodes.some((node) => known.has(node.id) && known.get(node.id)!.parent !== node.parent);
  const boxes = after.nodes.some((node) => !known.has(node.id) && node.parent !== undefined);
  if (isArranged(before, kinds) || regrouped || boxes) return arranged(after, kinds);
  const fresh = new Set(after.nodes.filter(({ id }) => !known.has(id)).map(({ id }) => id));
  if (fresh.size === 0) return after;
  return placeFresh(after, fresh);
}

/** True when nobody has moved a step: all stand where the layout puts them, wherever the whole stands. */
export function isArranged(graph: WorkflowGraph, kinds?: Kinds): boolean {
  const places = layoutGraph(graph, kinds);
  const [first] = graph.nodes.filter(({ parent }) => parent === undefined);
  if (first === undefined) return true;
  const origin = places.get(first.id);
  const shift = { x: first.position.x - (origin?.x ?? 0), y: first.position.y - (origin?.y ?? 0) };
  return graph.nodes.every(({ id, position, parent }) => {
    const place = places.get(id);
    if (place === undefined) return false;
    const by = parent === undefined ? shift : { x: 0, y: 0 };
    return Math.abs(place.x + by.x - position.x) < 2 && Math.abs(place.y + by.y - position.y) < 2;
  });
}

function placeFresh(graph: WorkflowGraph, fresh: ReadonlySet<string>): WorkflowGraph {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const placed = new Set(graph.nodes.filter(({ id }) => !fresh.has(id)).map(({ id }) => id));
  const down = graph.direction === 'down';
  const step = down ? { x: 0, y: nodeSize.height + layoutGap.y } : { x: nodeSize.width + layoutGap.x, y: 0 };
  const open = [...fresh];
  // Each round places what hangs on something that has a place; what hangs on nothing is placed at last.
  while (open.length > 0) {
    const index = open.findIndex((id) => anchorOf(graph, id, placed) !== undefined);
    const [id] = open.splice(Math.max(0, index), 1);
    const anchor = anchorOf(graph, id!, placed);
    const from = anchor === undefined ? { x: 0, y: 0 } : nodes.get(anchor.id)!.position;
    const sign = anchor === undefined ? 0 : anchor.before ? 1 : -1;
    const along = { x: from.x + step.x * sign, y: from.y + step.y * sign };
    const next = anchor?.before ? nextOf(graph, id!, nodes, placed) : undefined;
    // In a connection it stands in front of what it leads to.
    const wanted =
      next === undefined ? along : down ? { x: next.position.x, y: along.y } : { x: along.x, y: next.position.y };
    if (anchor?.before) pushAway(graph, id!, { nodes, placed, at: wanted, down });
    nodes.set(id!, { ...nodes.get(id!)!, position: freeBeside(wanted, nodes, placed, down) });
    placed.add(id!);
  }
  return { ...graph, nodes: graph.nodes.map(({ id }) => nodes.get(id)!) };
}

function nextOf(
  graph: WorkflowGraph,
  id: string,
  nodes: ReadonlyMap<string, WorkflowNode>,
  placed: ReadonlySet<string>,
): WorkflowNode | undefined {
  const edge = graph.edges.find(({ source, target }) => source === id && placed.has(target));
  return edge && nodes.get(edge.target);
}

function anchorOf(
  graph: WorkflowGraph,
  id: string,
  placed: ReadonlySet<string>,
): { id: string; before: boolean } | undefined {
  const before = graph.edges.find(({ source, target }) => target === id && placed.has(source));
  if (before) return { id: before.source, before: true };
  const after = graph.edges.find(({ source, target }) => source === id && placed.has(target));
  return after && { id: after.target, before: false };
}

/** Makes room for a step that was put into a connection: what follows it moves on, as far as it is in the way. */
function pushAway(
  graph: WorkflowGraph,
  id: string,
  {
    nodes,
    placed,
    at,
    down,
  }: { nodes: Map<string, WorkflowNode>; placed: ReadonlySet<string>; at: WorkflowNode['position']; down: boolean },
): void {
  const behind = new Set([id]);
  for (const one of behind) for (const { source, target } of graph.edges) if (source === one) behind.add(target);
  behind.delete(id);
  const next = graph.edges
    .filter(({ source, target }) => source === id && placed.has(target))
    .map(({ target }) => nodes.get(target)!);
  if (next.length === 0) return;
  const needed = down ? nodeSize.height + layoutGap.y : nodeSize.width + layoutGap.x;
  const free = Math.min(...next.map(({ position }) => (down ? position.y - at.y : position.x - at.x)));
  const push = needed - free;
  if (push <= 0) return;
  for (const one of behind) {
    const node = nodes.get(one)!;
    if (!placed.has(one)) continue;
    nodes.set(one, {
      ...node,
      position: { x: node.position.x + (down ? 0 : push), y: node.position.y + (down ? push : 0) },
    });
  }
}

/** The first place that covers no other step, going sideways. */
function freeBeside(
  wanted: WorkflowNode['position'],
  nodes: ReadonlyMap<string, WorkflowNode>,
  placed: ReadonlySet<string>,
  down: boolean,
): WorkflowNode['position'] {
  const taken = [...placed].map((id) => nodes.get(id)!.position);
  const covers = (place: WorkflowNode['position']) =>
    taken.some(({ x, y }) => Math.abs(x - place.x) < nodeSize.width + 8 && Math.abs(y - place.y) < nodeSize.height + 8);
  let place = wanted;
  for (let tries = 0; tries < 200 && covers(place); tries++) {
    place = down ? { x: place.x + nodeSize.width + 32, y: place.y } : { x: place.x, y: place.y + nodeSize.height + 32 };
  }
  return place;
}
