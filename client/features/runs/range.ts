/** A stretch of time that ends now, or whole days of the reader's calendar; an empty day leaves that end open. */
export type RangeName = 'hour' | 'day' | 'week' | 'month';
export type Range = { name: RangeName } | { name: 'days'; from: string; to: string };

const hourMs = 3_600_000;
const lengths: Record<RangeName, number> = { hour: hourMs, day: 24 * hourMs, week: 168 * hourMs, month: 720 * hourMs };
export const rangeNames = Object.keys(lengths) as RangeName[];

/** A day that exists, as `2026-11-22`. */
export function isDay(text: string): boolean {
  const start = /^\d{4}-\d{2}-\d{2}$/.test(text) ? startOf(text) : undefined;
  return (
    start !== undefined &&
    start.getMonth() + 1 === Number(text.slice(5, 7)) &&
    start.getDate() === Number(text.slice(8))
  );
}

/** Midnight at which a day begins, in the zone of this device; `days` later where given. */
function startOf(day: string, days = 0): Date {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date + days);
}

/** The instants between which runs of this range were created: `since` is in it, `until` is not. A day has 23 or 25 hours where the clock is changed. */
export function rangeOf(range: Range, now: number): { since?: string; until?: string } {
  if (range.name !== 'days') return { since: new Date(now - lengths[range.name]).toISOString() };
  return {
    ...(range.from ? { since: startOf(range.from).toISOString() } : {}),
    ...(range.to ? { until: startOf(range.to, 1).toISOString() } : {}),
  };
}
