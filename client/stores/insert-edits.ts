import { outPortsOf } from '../../shared/nodes/contract.ts';
import type { NodeCatalogue, NodeDefinition } from '../../shared/nodes/contract.ts';
import { containerInset, drawnSizes, layoutGap, nodeSize, type Size } from '../../shared/workflow/geometry.ts';
import { edgeBetween, type WorkflowEdge, type WorkflowGraph, type WorkflowNode } from '../../shared/workflow/graph.ts';
import { innerPortOf, placedIn, settled, withBeginning } from './container-edits.ts';
import { addNode, connect, reachable, type Point } from './graph-edits.ts';

/** Putting a new step where it belongs: into a connection, behind a step, into a container. */

/** The first output that a step offers. */
function firstOutPort(node: WorkflowNode, definition: NodeDefinition | undefined): string | null {
  if (definition === undefined) return null;
  return outPortsOf(definition, node.config, undefined)[0]?.id ?? null;
}

const along = (point: Point, direction: WorkflowGraph['direction']) => (direction === 'down' ? point.y : point.x);

function moved(point: Point, direction: WorkflowGraph['direction'], by: number): Point {
  return direction === 'down' ? { x: point.x, y: point.y + by } : { x: point.x + by, y: point.y };
}

/** How far a step reaches along the flow, with the gap behind it. */
function pitch({ width, height }: Size, direction: WorkflowGraph['direction']): number {
  return direction === 'down' ? height + layoutGap.y : width + layoutGap.x;
}

/** Where the first step in a container stands. */
export function firstPlace(direction: WorkflowGraph['direction']): Point {
  const { left, top } = containerInset[direction];
  return { x: left, y: top };
}

/** Puts a step into the middle of a connection, on the side of its end, and pushes what stands behind it away. */
export function insertOnEdge(
  graph: WorkflowGraph,
  edge: WorkflowEdge,
  node: WorkflowNode,
  catalogue: NodeCatalogue,
): WorkflowGraph {
  const definition = catalogue.get(node.kind);
  const inPort = definition?.ports.in[0]?.id;
  const outPort = firstOutPort(node, definition);
  const target = graph.nodes.find((one) => one.id === edge.target);
  const source = graph.nodes.find((one) => one.id === edge.source);
  if (inPort === undefined || target === undefined || source === undefined) return graph;
  const edges = graph.edges.filter((one) => one.id !== edge.id);
  edges.push(edgeBetween(edge.source, node.id, edge.sourcePort, inPort));
  if (outPort !== null) edges.push(edgeBetween(node.id, edge.target, outPort, edge.targetPort));
  const { direction } = graph;
  const level = target.parent ?? null;
  const sizes = drawnSizes({ nodes: [...graph.nodes, node], direction }, catalogue);
  const start =
    source.parent === target.parent
      ? along(source.position, direction) + pitch(sizes.get(source.id) ?? nodeSize, direction)
      : along(firstPlace(direction), direction);
  const push = start + pitch(sizes.get(node.id) ?? nodeSize, direction) - along(target.position, direction);
  const behind = reachable(graph, edge.target);
  const nodes = graph.nodes.map((one) =>
    push > 0 && behind.has(one.id) && one.parent === target.parent
      ? { ...one, position: moved(one.position, direction, push) }
      : one,
  );
  const place = direction === 'down' ? { x: target.position.x, y: start } : { x: start, y: target.position.y };
  return settled(graph, { ...graph, nodes: [...nodes, placedIn(node, level, place)], edges }, catalogue);
}

/** Where a step can stand without covering another one of its level. */
export function freePosition(
  graph: WorkflowGraph,
  wanted: Point,
  level: string | null = null,
  catalogue?: NodeCatalogue,
): Point {
  const sizes = drawnSizes(graph, catalogue);
  const covering = (point: Point) =>
    graph.nodes.find((node) => {
      if ((node.parent ?? null) !== level) return false;
      const { width, height } = sizes.get(node.id) ?? nodeSize;
      const { x, y } = node.position;
      return (
        point.x < x + width + 16 &&
        x < point.x + nodeSize.width + 16 &&
        point.y < y + height + 16 &&
        y < point.y + nodeSize.height + 16
      );
    });
  let point = wanted;
  for (let tries = 0; tries < 200; tries++) {
    const other = covering(point);
    if (other === undefined) break;
    const { width, height } = sizes.get(other.id) ?? nodeSize;
    point =
      graph.direction === 'down'
        ? { x: other.position.x + width + 32, y: point.y }
        : { x: point.x, y: other.position.y + height + 32 };
  }
  return point;
}

/**
 * Adds a step behind another one along its first free output; along the inner way of a container it is put inside. Where every output is taken
 * already, the step stands beside it, connected to the first output; a trigger is never connected.
 */
export function addAfter(
  graph: WorkflowGraph,
  afterId: string,
  node: WorkflowNode,
  catalogue: NodeCatalogue,
  port?: string,
): WorkflowGraph {
  const after = graph.nodes.find((one) => one.id === afterId);
  const source = after === undefined ? undefined : catalogue.get(after.kind);
  const inPort = catalogue.get(node.kind)?.ports.in[0]?.id;
  if (after === undefined || source === undefined || inPort === undefined) {
    const wanted = after?.parent === undefined ? after?.position : undefined;
    const at = wanted === undefined ? node.position : behind(graph, after!, catalogue);
    return addNode(graph, { ...node, position: freePosition(graph, at, null, catalogue) });
  }
  const outs = outPortsOf(source, after.config, after.onError);
  const taken = new Set(graph.edges.filter((edge) => edge.source === after.id).map((edge) => edge.sourcePort));
  const free = outs.find((one) => !taken.has(one.id) && one.inner !== true) ?? outs[0];
  const out = port ?? free?.id;
  const inside = out !== undefined && out === innerPortOf(catalogue, after.kind);
  const level = inside ? after.id : (after.parent ?? null);
  const wanted = inside ? firstPlace(graph.direction) : behind(graph, after, catalogue);
  const added = addNode(graph, placedIn(node, level, freePosition(graph, wanted, level, catalogue)));
  const connected = out === undefined ? added : connect(added, edgeBetween(after.id, node.id, out, inPort));
  return settled(graph, connected, catalogue);
}

function behind(graph: WorkflowGraph, after: WorkflowNode, catalogue: NodeCatalogue): Point {
  const size = drawnSizes(graph, catalogue).get(after.id) ?? nodeSize;
  return moved(after.position, graph.direction, pitch(size, graph.direction));
}

/** Puts a step into a container at a place within it; a container that was without a beginning gets one. */
export function addInside(
  graph: WorkflowGraph,
  container: string,
  node: WorkflowNode,
  at: Point,
  catalogue: NodeCatalogue,
): WorkflowGraph {
  const placed = placedIn(node, container, freePosition(graph, at, container, catalogue));
  return settled(graph, withBeginning(addNode(graph, placed), container, new Set([node.id]), catalogue), catalogue);
}
