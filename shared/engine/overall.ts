/** From the items of containers that a simulation has walked through to all of them. */
import { itemPath, itemPathOf } from './address.ts';
import type { SimulatedStep, Simulation } from './simulate.ts';

export interface Range {
  min: number;
  max: number;
}

type Walked = Pick<Simulation, 'steps' | 'loops'>;
const none: Range = { min: 0, max: 0 };

/**
 * Sums what `valueOf` says of each step over a whole run. An item that was not shown counts for as little as the least and as much as the
 * greatest of those that were.
 *
 * @param fresh what the items that are not shown are measured by, where they differ: the same walk without outputs that were made already.
 */
export function overall(walked: Walked, valueOf: (step: SimulatedStep) => Range, fresh: Walked = walked): Range {
  return rangeOf(indexed(walked, valueOf), '', indexed(fresh, valueOf));
}

interface Indexed {
  /** Sums of the steps by the path of the item that they run for. */
  own: ReadonlyMap<string, Range>;
  loops: ReadonlyMap<string, readonly Simulation['loops'][number][]>;
}

function indexed({ steps, loops }: Walked, valueOf: (step: SimulatedStep) => Range): Indexed {
  const own = new Map<string, Range>();
  for (const step of steps) {
    const path = itemPathOf(step.nodeId);
    own.set(path, plus(own.get(path) ?? none, valueOf(step)));
  }
  return { own, loops: Map.groupBy(loops, ({ nodeId }) => itemPathOf(nodeId)) };
}

function rangeOf(walked: Indexed, path: string, fresh: Indexed): Range {
  let total = walked.own.get(path) ?? none;
  for (const loop of walked.loops.get(path) ?? []) {
    for (let index = 0; index < loop.shown; index++)
      total = plus(total, rangeOf(walked, itemPath(loop.nodeId, index), fresh));
    total = plus(total, restOf(loop, fresh));
  }
  return total;
}

function restOf({ nodeId, count, shown }: Simulation['loops'][number], fresh: Indexed): Range {
  const left = count - shown;
  if (left === 0) return none;
  const items = Array.from({ length: shown }, (_, index) => rangeOf(fresh, itemPath(nodeId, index), fresh));
  return {
    min: left * Math.min(...items.map(({ min }) => min)),
    max: left * Math.max(...items.map(({ max }) => max)),
  };
}

function plus(a: Range, b: Range): Range {
  return { min: a.min + b.min, max: a.max + b.max };
}

/** How many mails a run would send. */
export function mailCount(walked: Walked): Range {
  return overall(walked, ({ preview, certain }) =>
    preview?.mail === undefined ? none : { min: certain ? 1 : 0, max: 1 },
  );
}
