import { useStore as useFlow } from '@xyflow/react';
import type { ReactFlowState } from '@xyflow/react';
import { useMemo, useState } from 'react';
import { around, contains, grown, overlaps } from './boxes.ts';
import type { Box } from './boxes.ts';
import type { CanvasEdge } from './canvasEdges.ts';
import type { CanvasNode } from './canvasNodes.ts';
import { absolute } from './far/scene.ts';

/**
 * What React Flow is told of a large workflow: the steps and connections near the view. It looks at all that it knows in every frame of a pan
 * or a drag, whether that is shown or not.
 */
export interface Near {
  nodes: CanvasNode[];
  edges: CanvasEdge[];
}

export type View = Pick<ReactFlowState, 'transform' | 'width' | 'height' | 'userSelectionRect'>;

/** Screen pixels around the view that it is told of in advance; about as many are panned before it is told again. */
const ahead = 480;
/** An area this many times as wide or high as it has to be is narrowed. */
const mostSlack = 2;

/** The area around the view, the same object as long as it does: until the view has left it, or has become far smaller. */
export function createArea(): (view: View) => Box {
  let area: Box = { x: 0, y: 0, width: 0, height: 0 };
  return (view) => {
    const needed = neededOf(view);
    const wide = grown(needed, ahead / view.transform[2]);
    const isSlack = area.width > mostSlack * wide.width || area.height > mostSlack * wide.height;
    if (isSlack || !contains(area, needed)) area = wide;
    return area;
  };
}

/** What is seen, and the selection box that is being drawn: it may reach out of the view, which follows the pointer. */
function neededOf({ transform: [x, y, zoom], width, height, userSelectionRect: box }: View): Box {
  const onCanvas = (left: number, top: number, wide: number, high: number): Box => ({
    x: (left - x) / zoom,
    y: (top - y) / zoom,
    width: wide / zoom,
    height: high / zoom,
  });
  const seen = onCanvas(0, 0, width, height);
  return box === null ? seen : (around([seen, onCanvas(box.x, box.y, box.width, box.height)]) ?? seen);
}

/** Where everything stands. */
export interface Ground {
  nodes: CanvasNode[];
  edges: CanvasEdge[];
  byId: ReadonlyMap<string, CanvasNode>;
  boxes: ReadonlyMap<string, Box>;
}

export function groundOf(nodes: CanvasNode[], edges: CanvasEdge[]): Ground {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const boxes = new Map(
    nodes.map((node): [string, Box] => {
      const { width = 0, height = 0 } = node.measured ?? {};
      return [node.id, { ...absolute(node, byId), width, height }];
    }),
  );
  return { nodes, edges, byId, boxes };
}

/**
 * The steps in an area with those that are selected or `held`, the connections that may be seen there or lead to one of these, and whatever
 * both need to be drawn: the steps at their ends, and the containers around. In the order of the flow.
 */
export function nearOf({ nodes, edges, byId, boxes }: Ground, area: Box, held: ReadonlySet<string>): Near {
  const inside = new Set<string>();
  for (const { id, selected } of nodes) {
    const box = boxes.get(id);
    if (selected === true || held.has(id) || (box !== undefined && overlaps(box, area))) inside.add(id);
  }
  const lines = edges.filter(({ source, target, selected }) => {
    if (selected === true || inside.has(source) || inside.has(target)) return true;
    const [from, to] = [boxes.get(source), boxes.get(target)];
    return from !== undefined && to !== undefined && spans(from, to, area);
  });
  const known = new Set(inside);
  for (const { source, target } of lines) known.add(source).add(target);
  for (const id of known) {
    const parent = byId.get(id)?.parentId;
    if (parent !== undefined) known.add(parent);
  }
  return { nodes: nodes.filter(({ id }) => known.has(id)), edges: lines };
}

/** Whether the box around both touches the area. Most connections do not: no box is made for them. */
function spans(a: Box, b: Box, area: Box): boolean {
  return (
    Math.min(a.x, b.x) < area.x + area.width &&
    Math.max(a.x + a.width, b.x + b.width) > area.x &&
    Math.min(a.y, b.y) < area.y + area.height &&
    Math.max(a.y + a.height, b.y + b.height) > area.y
  );
}

/** @param all from how many steps on it is worth it is the caller's to say: with `all`, everything is near. */
export function useNear(nodes: CanvasNode[], edges: CanvasEdge[], held: ReadonlySet<string>, all: boolean): Near {
  const [areaOf] = useState(createArea);
  const area = useFlow(areaOf);
  const ground = useMemo(() => (all ? null : groundOf(nodes, edges)), [nodes, edges, all]);
  return useMemo(
    () => (ground === null ? { nodes, edges } : nearOf(ground, area, held)),
    [nodes, edges, ground, area, held],
  );
}
