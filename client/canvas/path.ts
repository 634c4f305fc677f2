import { getBezierPath, getSmoothStepPath } from '@xyflow/react';
import type { Position } from '@xyflow/react';
import type { Direction } from './geometry.ts';

export interface EdgeEnds {
  sourceX: number;
  sourceY: number;
  sourcePosition: Position;
  targetX: number;
  targetY: number;
  targetPosition: Position;
}

/** How a connection runs, as an SVG path, and its middle: curved forwards, with round corners around the steps backwards. */
export function edgePath(ends: EdgeEnds, direction: Direction): [path: string, x: number, y: number] {
  const { sourceX, sourceY, targetX, targetY } = ends;
  const backwards = direction === 'right' ? targetX < sourceX - 20 : targetY < sourceY - 20;
  const [path, x, y] = backwards
    ? getSmoothStepPath({ ...ends, borderRadius: 16, offset: 32 })
    : getBezierPath({ ...ends, curvature: 0.25 });
  return [path, x, y];
}
