import { absolutePosition, containersOf } from '../../shared/workflow/containers.ts';
import { drawnSizes, nodeSize, type Position, type Size } from '../../shared/workflow/geometry.ts';
import type { WorkflowGraph, WorkflowNode } from '../../shared/workflow/graph.ts';

/** No picture is drawn larger than a graph of about three steps would be: a single step does not become a giant. */
const least = { width: 620, height: 320 };

/** A cropped picture shows this much around the first step: about three steps below one another, with titles that can be read. */
const opening = { width: 560, height: 330 } as const;

export type Box = Position & Size & { node: WorkflowNode; isContainer: boolean };

/** Every step where it stands on the canvas, containers before what is in them. */
export function boxesOf(graph: WorkflowGraph): Box[] {
  const byId = new Map(graph.nodes.map((node) => [node.id, node]));
  const filled = new Set(graph.nodes.map(({ parent }) => parent));
  const sizes = drawnSizes(graph, undefined);
  const depth = new Map(graph.nodes.map(({ id }) => [id, containersOf(byId, id).length]));
  return graph.nodes
    .map((node) => ({
      node,
      isContainer: filled.has(node.id),
      ...absolutePosition(byId, node.id),
      ...sizes.get(node.id)!,
    }))
    .sort((a, b) => depth.get(a.node.id)! - depth.get(b.node.id)!);
}

/** The part of the canvas that shows the whole graph, with `padding` around it and the graph in its middle. */
export function boundsOf(boxes: readonly (Position & Size)[], padding: number): Position & Size {
  const ends = boxes.reduce(
    (at, { x, y, width: w, height: h }) => ({
      left: Math.min(at.left, x),
      top: Math.min(at.top, y),
      right: Math.max(at.right, x + w),
      bottom: Math.max(at.bottom, y + h),
    }),
    { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity },
  );
  const { left, top, right, bottom } = boxes.length > 0 ? ends : { left: 0, top: 0, right: 0, bottom: 0 };
  const width = Math.max(right - left + 2 * padding, least.width);
  const height = Math.max(bottom - top + 2 * padding, least.height);
  return { x: (left + right - width) / 2, y: (top + bottom - height) / 2, width, height };
}

/** Where a graph begins: its topmost step. */
export function firstOf(boxes: readonly Box[]): Box | undefined {
  return boxes.reduce<Box | undefined>((top, box) => (top === undefined || box.y < top.y ? box : top), undefined);
}

/** The beginning of a graph: what fits into `opening` from its first step on, and on which sides more follows. */
export function beginningOf(
  boxes: readonly Box[],
  padding: number,
): Position & Size & { below: boolean; beside: boolean } {
  const all = boundsOf(boxes, padding);
  const first = firstOf(boxes);
  const { width, height } = opening;
  const fits = all.width <= least.width;
  const middle = fits || !first ? all.x + all.width / 2 : first.x + first.width / 2;
  const short = all.height <= height;
  return {
    x: middle - width / 2,
    y: short ? all.y + (all.height - height) / 2 : (first?.y ?? 0) - padding,
    width,
    height,
    below: !short,
    beside: !fits,
  };
}

/** The curve from one step to the next, in the direction the graph flows; from a container to a step inside it, from its title. */
export function edgePath(source: Box, target: Box, direction: 'down' | 'right'): string {
  const inside = target.node.parent === source.node.id;
  const head = nodeSize.height;
  const from =
    direction === 'down'
      ? { x: source.x + source.width / 2, y: source.y + (inside ? head : source.height) }
      : { x: source.x + (inside ? 0 : source.width), y: source.y + head / (inside ? 1 : 2) };
  const to =
    direction === 'down' ? { x: target.x + target.width / 2, y: target.y } : { x: target.x, y: target.y + head / 2 };
  if (direction === 'down') {
    const bend = Math.max(20, Math.abs(to.y - from.y) / 2);
    return `M${from.x} ${from.y}C${from.x} ${from.y + bend} ${to.x} ${to.y - bend} ${to.x} ${to.y}`;
  }
  const bend = Math.max(20, Math.abs(to.x - from.x) / 2);
  return `M${from.x} ${from.y}C${from.x + bend} ${from.y} ${to.x - bend} ${to.y} ${to.x} ${to.y}`;
}
