import type { Port } from '../../shared/nodes/contract.ts';
import type { WorkflowGraph } from '../../shared/workflow/graph.ts';
import { containerInset, nodeSize, type Size } from '../../shared/workflow/geometry.ts';
import { Position } from '@xyflow/react';
import type { NodeHandle } from '@xyflow/react';

export type Direction = WorkflowGraph['direction'];

/** Height of one row of a branch output when the graph flows right. */
const portRow = 24;

/** Outputs except `error`, which has its own place. */
export function branchPorts(ports: readonly Port[]): readonly Port[] {
  return ports.filter((port) => port.id !== 'error');
}

/** How high a step is drawn, in canvas pixels. Flowing right, several outputs are rows under the head. */
export function stepHeight(direction: Direction, outputs: number): number {
  return direction === 'right' && outputs > 1 ? nodeSize.height + outputs * portRow + 4 : nodeSize.height;
}

/** Where an output sits: along the bottom edge (in percent) when flowing down, at a height (in px) of the right edge when flowing right. */
export function outputOffset(direction: Direction, index: number, outputs: number): { left?: string; top?: number } {
  if (direction === 'down') {
    const spread = outputs <= 1 ? 50 : 50 + (index - (outputs - 1) / 2) * Math.min(36, 80 / outputs);
    return { left: `${spread}%` };
  }
  return { top: outputs <= 1 ? nodeSize.height / 2 : nodeSize.height + portRow * (index + 0.5) };
}

/** Diameters of the rings, as canvas.css has them; a ring's middle lies on the inner edge of the step's line. */
const ring = { usual: 11, error: 9 } as const;
const line = 1;

/**
 * Where the handles of a step are, from its top left corner. React Flow takes them instead of measuring each step, so that steps that were
 * never drawn have their connections too.
 */
export function handlesOf(
  direction: Direction,
  { ins, outs, fails }: { ins: readonly string[]; outs: readonly string[]; fails: boolean },
): NodeHandle[] {
  const down = direction === 'down';
  const { width } = nodeSize;
  const height = stepHeight(direction, outs.length);
  const at = (id: string, type: NodeHandle['type'], position: Position, x: number, y: number, size: number) => ({
    id,
    type,
    position,
    x: x - size / 2,
    y: y - size / 2,
    width: size,
    height: size,
  });
  const inner = width - 2 * line;
  const handles = ins.map((id) =>
    down
      ? at(id, 'target', Position.Top, line + inner / 2, line, ring.usual)
      : at(id, 'target', Position.Left, line, line + nodeSize.height / 2, ring.usual),
  );
  for (const [index, id] of outs.entries()) {
    const { left = '50%', top = 0 } = outputOffset(direction, index, outs.length);
    handles.push(
      down
        ? at(id, 'source', Position.Bottom, line + (inner * Number.parseFloat(left)) / 100, height - line, ring.usual)
        : at(id, 'source', Position.Right, width - line, line + top, ring.usual),
    );
  }
  if (fails) {
    handles.push(
      down
        ? at('error', 'source', Position.Right, width - line, height / 2, ring.error)
        : at('error', 'source', Position.Bottom, width / 2, height - line, ring.error),
    );
  }
  return handles;
}

/** Where the first step inside of a container is led to, from the container's corner: the middle of the ring. */
export const innerHandle = {
  down: { x: null, y: nodeSize.height + 14 },
  right: { x: 36, y: containerInset.right.top + nodeSize.height / 2 },
} as const;

/** The same for a container: its ways in and out lie on its border, the one to the first steps inside below its title. */
export function containerHandles(
  direction: Direction,
  { width, height }: Size,
  { ins, outs }: { ins: readonly string[]; outs: readonly Port[] },
): NodeHandle[] {
  const down = direction === 'down';
  const at = (id: string, type: NodeHandle['type'], position: Position, x: number, y: number, size: number) => ({
    id,
    type,
    position,
    x: x - size / 2,
    y: y - size / 2,
    width: size,
    height: size,
  });
  const row = line + nodeSize.height / 2;
  return [
    ...ins.map((id) =>
      down
        ? at(id, 'target', Position.Top, width / 2, line, ring.usual)
        : at(id, 'target', Position.Left, line, row, ring.usual),
    ),
    ...outs.map(({ id, inner }) => {
      const place = innerHandle[direction];
      if (inner)
        return at(id, 'source', down ? Position.Bottom : Position.Right, place.x ?? width / 2, place.y, ring.usual);
      return down
        ? at(id, 'source', Position.Bottom, width / 2, height - line, ring.usual)
        : at(id, 'source', Position.Right, width - line, row, ring.usual);
    }),
    down
      ? at('error', 'source', Position.Right, width - line, row, ring.error)
      : at('error', 'source', Position.Bottom, width / 2, height - line, ring.error),
  ];
}

/** Room in pixels that floating bars take at the edges of the canvas. */
export const viewPadding = { top: '96px', bottom: '92px', left: '40px', right: '40px' } as const;
export const phonePadding = { top: '96px', bottom: '96px', left: '16px', right: '16px' } as const;

/** Below this zoom a step is a coloured box. */
export const farZoom = 0.45;
/** From this many steps on, all boxes below that zoom are drawn on one canvas: what costs is painted elements. */
export const farLayerFrom = 40;
/** From this many steps on only what is visible stays in the document. */
export const visibleOnlyFrom = 40;
export const minimapFrom = 12;
/** Smallest zoom; a large workflow must fit as a whole. */
export function leastZoom(steps: number): number {
  return steps > 600 ? 0.02 : 0.1;
}
