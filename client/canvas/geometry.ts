import type { Port } from '../../shared/nodes/contract.ts';
import type { WorkflowGraph } from '../../shared/workflow/graph.ts';
import { nodeSize } from '../../shared/workflow/layout.ts';

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

/** Room in pixels that floating bars take at the edges of the canvas. */
export const viewPadding = { top: '96px', bottom: '92px', left: '40px', right: '40px' } as const;
export const phonePadding = { top: '96px', bottom: '96px', left: '16px', right: '16px' } as const;

/** Below this zoom a step is a coloured box. */
export const farZoom = 0.45;
/** From this many steps on only what is visible stays in the document. */
export const visibleOnlyFrom = 150;
export const minimapRange = { from: 12, to: 500 } as const;
