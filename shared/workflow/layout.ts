import { childrenOf, containersOf } from './containers.ts';
import {
  containerInset,
  containerSize,
  type Kinds,
  layoutGap,
  nodeSize,
  type Position,
  type Size,
} from './geometry.ts';
import type { WorkflowEdge, WorkflowGraph } from './graph.ts';
import { layoutLayers } from './layers.ts';

interface LayoutInput {
  nodes: readonly { id: string; parent?: string | undefined; kind?: string }[];
  edges: readonly Pick<WorkflowEdge, 'source' | 'target'>[];
  direction?: WorkflowGraph['direction'];
}

/**
 * Where everything stands: in layers along the direction of the graph, the steps in a container among themselves, and the container around it
 * as one block. Positions are those of the graph: top left corners, within the container for a step that stands in one.
 */
export function layoutGraph({ nodes, edges, direction = 'down' }: LayoutInput, kinds?: Kinds): Map<string, Position> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const levels = childrenOf(nodes.map((node) => ({ ...node, parent: containersOf(byId, node.id)[0]?.id })));
  const places = new Map<string, Position>();
  const sizes = new Map<string, Size>();
  for (const container of deepestFirst(levels)) {
    const steps = levels.get(container) ?? [];
    const inset = container === undefined ? { left: 0, top: 0 } : containerInset[direction];
    const drawn = steps.map((node) => {
      const size = sizes.get(node.id) ?? (isEmptyContainer(node, kinds) ? containerSize([], direction) : nodeSize);
      return { id: node.id, ...size, anchor: nodeSize.height / 2 };
    });
    const boxes = [];
    for (const [id, place] of layoutLayers({ nodes: drawn, edges, direction, gap: layoutGap }))
      places.set(id, { x: place.x + inset.left, y: place.y + inset.top });
    for (const { id, width, height } of drawn) boxes.push({ ...places.get(id)!, width, height });
    if (container !== undefined) sizes.set(container, containerSize(boxes, direction));
  }
  return new Map(nodes.flatMap(({ id }) => (places.has(id) ? [[id, places.get(id)!]] : [])));
}

function isEmptyContainer({ kind }: { kind?: string }, kinds: Kinds | undefined): boolean {
  return kind !== undefined && kinds?.get(kind)?.container === true;
}

/** The containers that have content, each after those in it, and the canvas itself last. */
function deepestFirst(levels: ReadonlyMap<string | undefined, readonly { id: string }[]>): (string | undefined)[] {
  const order: (string | undefined)[] = [undefined];
  for (const at of order) for (const { id } of levels.get(at) ?? []) if (levels.has(id)) order.push(id);
  return order.toReversed();
}

/** The graph with positions from `layoutGraph`. */
export function arranged<G extends WorkflowGraph>(graph: G, kinds?: Kinds): G {
  const places = layoutGraph(graph, kinds);
  return { ...graph, nodes: graph.nodes.map((node) => ({ ...node, position: places.get(node.id) ?? node.position })) };
}
