/**
 * Local time and instants. A local time is a number, too: the milliseconds that `Date.UTC` gives for what the clock on the wall shows.
 *
 * Where clocks change, one rule holds for everything that is scheduled at a local time:
 * 1. A local time that is skipped (clocks go forward) stands for the first instant after the gap. Several of one gap are one instant.
 * 2. A local time that happens twice (clocks go back) stands for the first of the two.
 */
const hourMs = 3_600_000;
/** Wider than any change of a clock, the loss of a whole day at the date line included. */
const widestChangeMs = 26 * hourMs;
/** Closer together than this no two changes of one zone are. */
const changesApartMs = 7 * 24 * hourMs;

const maxZones = 1_000;
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  if (formats.size >= maxZones) formats.clear();
  formats.set(zone, made);
  return made;
}

/** True for names such as `Europe/Berlin` and `UTC`. */
export function isZone(zone: string): boolean {
  try {
    return zone !== '' && formatOf(zone) !== undefined;
  } catch {
    return false;
  }
}

/** What the clocks of a zone show at an instant. */
export function localOf(instant: number, zone: string): number {
  return instant + offsetAt(instant, zone);
}

/** Clocks change only on quarters of an hour (they all have since 1973), so one answer serves for a quarter. */
const quarterMs = 900_000;
const maxKept = 5_000;
const kept = new Map<string, Map<number, number>>();

/** Milliseconds that the zone is ahead of UTC at an instant. */
export function offsetAt(instant: number, zone: string): number {
  if (zone === 'UTC') return 0;
  let offsets = kept.get(zone);
  if (!offsets) {
    if (kept.size >= maxZones) kept.clear();
    kept.set(zone, (offsets = new Map()));
  }
  const quarter = Math.floor(instant / quarterMs);
  const known = offsets.get(quarter);
  if (known !== undefined) return known;
  const offset = readOffset(quarter * quarterMs, zone);
  if (offsets.size >= maxKept) offsets.clear();
  offsets.set(quarter, offset);
  return offset;
}

function readOffset(instant: number, zone: string): number {
  const parts: Record<string, number> = {};
  for (const { type, value } of formatOf(zone).formatToParts(instant)) parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - instant;
}

/** The instant that a local time stands for, by the rule above. */
export function instantOf(local: number, zone: string): number {
  const before = offsetAt(local - widestChangeMs, zone);
  const after = offsetAt(local + widestChangeMs, zone);
  const first = local - before;
  if (before === after || offsetAt(first, zone) === before) return first;
  const second = local - after;
  if (offsetAt(second, zone) === after) return second;
  return changeBetween(second, first, zone);
}

/** The first instant of the new offset, somewhere in (from, to]; their offsets differ. */
function changeBetween(from: number, to: number, zone: string): number {
  const old = offsetAt(from, zone);
  let [low, high] = [from, to];
  while (high - low > 1_000) {
    const middle = Math.floor((low + high) / 2_000) * 1_000;
    if (middle <= low) break;
    if (offsetAt(middle, zone) === old) low = middle;
    else high = middle;
  }
  return high;
}

/** The first instant in (from, to] at which the zone's clocks change, or null. */
export function firstChange(from: number, to: number, zone: string): number | null {
  if (zone === 'UTC') return null;
  const offset = offsetAt(from, zone);
  for (let low = from; low < to; low += changesApartMs) {
    const high = Math.min(low + changesApartMs, to);
    if (offsetAt(high, zone) !== offset) return changeBetween(low, high, zone);
  }
  return null;
}

/** True when the clocks have changed so lately that local times before now may still stand for instants to come. */
export function changedJustBefore(instant: number, zone: string): boolean {
  return offsetAt(instant, zone) !== offsetAt(instant - widestChangeMs, zone);
}

export { widestChangeMs };
