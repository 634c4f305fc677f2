import type { Position, Size } from '../../shared/workflow/geometry.ts';

/** Lining up with neighbours while something is dragged. Pure; canvas coordinates throughout. */

export type Box = Position & Size;

/** A line to draw: at an x from top to bottom, or at a y from left to right. */
export interface GuideLine {
  axis: 'x' | 'y';
  at: number;
  from: number;
  to: number;
}

export interface Snap {
  dx: number;
  dy: number;
  lines: readonly GuideLine[];
}

const span = { x: 'width', y: 'height' } as const;
const other = { x: 'y', y: 'x' } as const;
type Axis = keyof typeof span;

/** Both edges and the middle of a box along an axis. */
function marks(box: Box, axis: Axis): readonly [number, number, number] {
  const start = box[axis];
  return [start, start + box[span[axis]] / 2, start + box[span[axis]]];
}

/**
 * By how much the dragged box has to move so that an edge or its middle lines up with one of another box, where that is at most `reach` away;
 * and the lines that say so. Edges line up with edges, middles with middles.
 */
export function snapTo(moved: Box, others: readonly Box[], reach: number): Snap {
  const dx = nearest(moved, others, 'x', reach);
  const dy = nearest(moved, others, 'y', reach);
  const placed = { ...moved, x: moved.x + (dx ?? 0), y: moved.y + (dy ?? 0) };
  const lines = [
    ...(dx === null ? [] : linesOf(placed, others, 'x')),
    ...(dy === null ? [] : linesOf(placed, others, 'y')),
  ];
  return { dx: dx ?? 0, dy: dy ?? 0, lines };
}

/** The smallest way to a line; of two equally far ones that of the nearer box. Null where none is in reach. */
function nearest(moved: Box, others: readonly Box[], axis: Axis, reach: number): number | null {
  const own = marks(moved, axis);
  let best: { by: number; away: number } | null = null;
  for (const box of others) {
    const theirs = marks(box, axis);
    const away = Math.abs(box[other[axis]] - moved[other[axis]]);
    for (const [index, mark] of own.entries()) {
      for (const [place, line] of theirs.entries()) {
        if ((index === 1) !== (place === 1)) continue;
        const by = line - mark;
        if (Math.abs(by) > reach) continue;
        const closer = best === null ? -1 : Math.abs(by) - Math.abs(best.by);
        if (best === null || closer < 0 || (closer === 0 && away < best.away)) best = { by, away };
      }
    }
  }
  return best === null ? null : best.by;
}

/** The lines on which the placed box now lies, each as long as all boxes on it. */
function linesOf(placed: Box, others: readonly Box[], axis: Axis): GuideLine[] {
  const across = other[axis];
  return marks(placed, axis).flatMap((at, index): GuideLine[] => {
    const on = others.filter((box) =>
      marks(box, axis).some((mark, place) => (index === 1) === (place === 1) && Math.abs(mark - at) < 0.5),
    );
    if (on.length === 0) return [];
    const all = [placed, ...on];
    const from = Math.min(...all.map((box) => box[across]));
    const to = Math.max(...all.map((box) => box[across] + box[span[across]]));
    return [{ axis, at, from, to }];
  });
}
