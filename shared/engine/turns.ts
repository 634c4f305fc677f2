/**
 * Turns of steps that may run only so often or so many at once. First come, first served: whoever asks goes ahead only when there is room for
 * all who came before, too.
 */
import type { StepLimit } from '../workflow/graph.ts';

const minuteMs = 60_000;

export interface Lane {
  /** Steps at work in it. */
  active: number;
  /** Milliseconds since each start within the last minute, the longest first. */
  startedAgo: readonly number[];
  /** Steps that wait and came before. */
  ahead: number;
  /** This attempt had its turn already and lost it with its process: it counts in `startedAgo`. */
  hadTurn: boolean;
}

/** Milliseconds until it may begin; 0: now; null: when a step that is at work has ended, whenever that is. */
export function turnIn(limit: Pick<StepLimit, 'perMinute' | 'concurrency'>, lane: Lane): number | null {
  if (limit.concurrency !== undefined && lane.active + lane.ahead >= limit.concurrency) return null;
  if (limit.perMinute === undefined || lane.hadTurn) return 0;
  return nthStart(limit.perMinute, lane.startedAgo, lane.ahead);
}

/** In how many milliseconds the one may begin that comes after `ahead` others, each as early as it can. */
function nthStart(perMinute: number, startedAgo: readonly number[], ahead: number): number {
  const starts = startedAgo.map((ago) => -ago);
  for (let n = 0; n <= ahead; n++) starts.push(Math.max(0, (starts.at(-perMinute) ?? -minuteMs) + minuteMs));
  return Math.ceil(starts.at(-1)!);
}
