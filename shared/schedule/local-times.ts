/** From local times to instants: what a cron expression and a rule of days have in common. */
import { changedJustBefore, firstChange, instantOf, localOf, offsetAt, widestChangeMs } from './clock.ts';

/** Local times in order. */
export interface LocalTimes {
  /** The first one after `local`, or null when there is none (any more). */
  next(local: number): number | null;
  /**
   * True: no hour is named (every hour, every minute), so it happens whenever the clock shows such a time: both times where clocks go back, and
   * not at all for what is skipped. False: the times are named, and each stands for one instant.
   */
  everyPass: boolean;
}

/** Looks at so many times for one answer; more are no schedule. */
const maxSteps = 200_000;

/** The first `count` instants after `from`, in order; fewer when there are no more. */
export function instantsAfter(times: LocalTimes, zone: string, from: number, count: number): number[] {
  return times.everyPass ? passing(times, zone, from, count) : placed(times, zone, from, count);
}

function placed(times: LocalTimes, zone: string, from: number, count: number): number[] {
  const found: number[] = [];
  let local = localOf(from, zone) - (changedJustBefore(from, zone) ? widestChangeMs : 0);
  let last = from;
  for (let step = 0; step < maxSteps && found.length < count; step++) {
    const next = times.next(local);
    if (next === null) break;
    local = next;
    const instant = instantOf(next, zone);
    if (instant <= last) continue;
    found.push(instant);
    last = instant;
  }
  return found;
}

function passing(times: LocalTimes, zone: string, from: number, count: number): number[] {
  const found: number[] = [];
  let last = from;
  for (let step = 0; step < maxSteps && found.length < count; step++) {
    const offset = offsetAt(last, zone);
    const next = times.next(last + offset);
    // Without a next time under this offset there is none under another.
    if (next === null) break;
    const instant = next - offset;
    const change = firstChange(last, instant, zone);
    if (change !== null) {
      // The change itself may be a time under the new offset.
      const atChange = localOf(change, zone);
      if (times.next(atChange - 1) === atChange) found.push(change);
      last = change;
      continue;
    }
    found.push(instant);
    last = instant;
  }
  return found;
}
