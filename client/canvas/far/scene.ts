import type { Position } from '@xyflow/react';
import { overlaps } from '../boxes.ts';
import type { Box, Point } from '../boxes.ts';
import type { CanvasEdge } from '../canvasEdges.ts';
import type { CanvasNode } from '../canvasNodes.ts';
import type { Direction } from '../geometry.ts';
import { edgePath } from '../path.ts';

export interface SceneStep extends Box {
  node: CanvasNode;
}

export interface SceneEdge extends Box {
  edge: CanvasEdge;
  /** Both ends, so that a connection follows when one of them moves. */
  source: SceneStep;
  target: SceneStep;
  path: string;
}

/** Where everything stands, with absolute positions; steps in containers come after those, so that they are drawn on top of them. */
export interface Scene {
  steps: ReadonlyMap<string, SceneStep>;
  edges: ReadonlyMap<string, SceneEdge>;
}

export const emptyScene: Scene = { steps: new Map(), edges: new Map() };

/** Height of a container's head: there it is taken, its ground lets the pointer through. */
const headHeight = 58;

/** The scene of the given nodes and edges. Whatever is as it was before keeps its identity. */
export function sceneOf(nodes: readonly CanvasNode[], edges: readonly CanvasEdge[], before: Scene): Scene {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const steps = new Map<string, SceneStep>();
  for (const node of nodes) {
    const { x, y } = absolute(node, byId);
    const { width = 0, height = 0 } = node.measured ?? {};
    const old = before.steps.get(node.id);
    const same = old?.node === node && old.x === x && old.y === y && old.width === width && old.height === height;
    steps.set(node.id, same ? old : { node, x, y, width, height });
  }
  const lines = new Map<string, SceneEdge>();
  for (const edge of edges) {
    const source = steps.get(edge.source);
    const target = steps.get(edge.target);
    if (source === undefined || target === undefined) continue;
    const old = before.edges.get(edge.id);
    const same = old?.edge === edge && old.source === source && old.target === target;
    lines.set(edge.id, same ? old : line(edge, source, target));
  }
  return { steps, edges: lines };
}

/** Where a step stands on the canvas. */
export function absolute(node: CanvasNode, byId: ReadonlyMap<string, CanvasNode>): Point {
  let { x, y } = node.position;
  // A parent's own parent and so on; the bound is for documents that are broken.
  for (let at = byId.get(node.parentId ?? ''), depth = 0; at !== undefined && depth < 20; depth++) {
    x += at.position.x;
    y += at.position.y;
    at = byId.get(at.parentId ?? '');
  }
  return { x, y };
}

function line(edge: CanvasEdge, source: SceneStep, target: SceneStep): SceneEdge {
  const direction = edge.data?.direction ?? 'down';
  const from = handlePoint(source, 'source', edge.sourceHandle, direction);
  const to = handlePoint(target, 'target', edge.targetHandle, direction);
  const [path] = edgePath(
    {
      sourceX: from.x,
      sourceY: from.y,
      sourcePosition: from.position,
      targetX: to.x,
      targetY: to.y,
      targetPosition: to.position,
    },
    direction,
  );
  // Curves bend beyond their ends by less than half of their length; lines backwards go around by 32.
  const room = 40 + (from.position === to.position ? 200 : 0);
  const x = Math.min(from.x, to.x) - room;
  const y = Math.min(from.y, to.y) - room;
  return {
    edge,
    source,
    target,
    path,
    x,
    y,
    width: Math.abs(from.x - to.x) + 2 * room,
    height: Math.abs(from.y - to.y) + 2 * room,
  };
}

const middle = {
  down: { source: [0.5, 1, 'bottom'], target: [0.5, 0, 'top'] },
  right: { source: [1, 0.5, 'right'], target: [0, 0.5, 'left'] },
} as const;

/** Where a connection touches a step: at the outer edge of its handle; of a step whose handles are not known, in the middle of a side. */
function handlePoint(
  step: SceneStep,
  type: 'source' | 'target',
  id: string | null | undefined,
  direction: Direction,
): Point & { position: Position } {
  const handle = step.node.handles?.find((one) => one.type === type && one.id === id);
  if (handle === undefined) {
    const [x, y, position] = middle[direction][type];
    return { x: step.x + step.width * x, y: step.y + step.height * y, position: position as Position };
  }
  const { width = 1, height = 1, position } = handle;
  const across = position === 'left' ? 0 : position === 'right' ? width : width / 2;
  const along = position === 'top' ? 0 : position === 'bottom' ? height : height / 2;
  return { x: step.x + handle.x + across, y: step.y + handle.y + along, position };
}

/** The topmost step at a point; `slack` canvas pixels around it count too, for boxes smaller than a fingertip. */
export function stepAt(scene: Scene, point: Point, slack = 0): SceneStep | null {
  let best: SceneStep | null = null;
  let distance = Infinity;
  for (const step of scene.steps.values()) {
    const height = step.node.type !== 'container' ? step.height : Math.min(step.height, headHeight);
    const away = Math.max(
      step.x - point.x,
      point.x - (step.x + step.width),
      step.y - point.y,
      point.y - (step.y + height),
      0,
    );
    // Of several, the nearest; of those under the pointer, the last drawn.
    if (away > slack || away > distance || (away > 0 && away === distance)) continue;
    best = step;
    distance = away;
  }
  return best;
}

/** Steps that a rectangle touches, and the connections between them. */
export function within(scene: Scene, area: Box): { nodes: string[]; edges: string[] } {
  const nodes = new Set<string>();
  for (const [id, step] of scene.steps) if (overlaps(step, area)) nodes.add(id);
  const edges = [...scene.edges.values()].filter(({ edge }) => nodes.has(edge.source) && nodes.has(edge.target));
  return { nodes: [...nodes], edges: edges.map(({ edge }) => edge.id) };
}
