/** How large things are drawn on the canvas, in its pixels. A container is as large as what stands in it needs. */
import { childrenOf } from './containers.ts';
import type { WorkflowGraph, WorkflowNode } from './graph.ts';

export interface Position {
  x: number;
  y: number;
}

export interface Size {
  width: number;
  height: number;
}

export const nodeSize = { width: 248, height: 60 } as const;
/** Between steps side by side, and one after the other. */
export const layoutGap = { x: 80, y: 52 } as const;

type Direction = WorkflowGraph['direction'];

/** Room between a container's border and the steps in it; at its top its own title, at its beginning the way in. */
export const containerInset = {
  down: { top: 112, right: 28, bottom: 28, left: 28 },
  right: { top: 88, right: 28, bottom: 28, left: 68 },
} as const satisfies Record<Direction, Record<'top' | 'right' | 'bottom' | 'left', number>>;

/** What is told of a kind here. */
export interface Kinds {
  get(kind: string): { container?: true } | undefined;
}

type Drawn = Pick<WorkflowNode, 'id' | 'parent' | 'kind' | 'position'>;

/** A container that has this content: one step, if it has none. */
export function containerSize(content: readonly (Position & Size)[], direction: Direction): Size {
  const inset = containerInset[direction];
  const reach = (edge: (box: Position & Size) => number, least: number) =>
    content.reduce((most, box) => Math.max(most, edge(box)), least);
  return {
    width: reach((box) => box.x + box.width, inset.left + nodeSize.width) + inset.right,
    height: reach((box) => box.y + box.height, inset.top + nodeSize.height) + inset.bottom,
  };
}

/**
 * The size of every step: a container's from what stands in it, all others by `sizeOf`. Steps that stand in a step count as a container whatever
 * its kind. A circle of parents does no harm.
 */
export function drawnSizes(
  { nodes, direction }: { nodes: readonly Drawn[]; direction: Direction },
  kinds: Kinds | undefined,
  sizeOf: (node: Drawn) => Size = () => nodeSize,
): Map<string, Size> {
  const within = childrenOf(nodes);
  const sizes = new Map<string, Size>();
  // Deepest first: a step is measured when everything in it is.
  const open = [...nodes];
  const begun = new Set<string>();
  for (let node = open.at(-1); node !== undefined; node = open.at(-1)) {
    const content = within.get(node.id);
    const isContainer = content !== undefined || kinds?.get(node.kind)?.container === true;
    if (isContainer && !begun.has(node.id)) {
      begun.add(node.id);
      open.push(...(content ?? []).filter(({ id }) => !begun.has(id)));
      continue;
    }
    open.pop();
    if (sizes.has(node.id)) continue;
    const boxes = (content ?? []).map((one) => ({ ...one.position, ...(sizes.get(one.id) ?? sizeOf(one)) }));
    sizes.set(node.id, isContainer ? containerSize(boxes, direction) : sizeOf(node));
  }
  return sizes;
}
