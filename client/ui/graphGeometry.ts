import type { WorkflowGraph } from '../../shared/workflow/graph.ts';

/** A step on the canvas, in canvas pixels. */
export const nodeSize = { width: 248, height: 60 } as const;

/** No picture is drawn larger than a graph of about three steps would be: a single step does not become a giant. */
const least = { width: 620, height: 320 };

/** A cropped picture shows no more than this, from the top: about four steps below one another. */
export const cropHeight = 500;

interface Point {
  x: number;
  y: number;
}

/** The part of the canvas that shows the whole graph, with `padding` around it and the graph in its middle. */
export function boundsOf(
  graph: WorkflowGraph,
  padding: number,
): { x: number; y: number; width: number; height: number } {
  const xs = graph.nodes.map((node) => node.position.x);
  const ys = graph.nodes.map((node) => node.position.y);
  const left = xs.length ? xs.reduce((a, b) => Math.min(a, b)) : 0;
  const top = ys.length ? ys.reduce((a, b) => Math.min(a, b)) : 0;
  const right = xs.length ? xs.reduce((a, b) => Math.max(a, b)) + nodeSize.width : 0;
  const bottom = ys.length ? ys.reduce((a, b) => Math.max(a, b)) + nodeSize.height : 0;
  const width = Math.max(right - left + 2 * padding, least.width);
  const height = Math.max(bottom - top + 2 * padding, least.height);
  return { x: (left + right - width) / 2, y: (top + bottom - height) / 2, width, height };
}

/** The curve from one step to the next, in the direction the graph flows. */
export function edgePath(source: Point, target: Point, direction: 'down' | 'right'): string {
  const from =
    direction === 'down'
      ? { x: source.x + nodeSize.width / 2, y: source.y + nodeSize.height }
      : { x: source.x + nodeSize.width, y: source.y + nodeSize.height / 2 };
  const to =
    direction === 'down'
      ? { x: target.x + nodeSize.width / 2, y: target.y }
      : { x: target.x, y: target.y + nodeSize.height / 2 };
  if (direction === 'down') {
    const bend = Math.max(20, Math.abs(to.y - from.y) / 2);
    return `M${from.x} ${from.y}C${from.x} ${from.y + bend} ${to.x} ${to.y - bend} ${to.x} ${to.y}`;
  }
  const bend = Math.max(20, Math.abs(to.x - from.x) / 2);
  return `M${from.x} ${from.y}C${from.x + bend} ${from.y} ${to.x - bend} ${to.y} ${to.x} ${to.y}`;
}
