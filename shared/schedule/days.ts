/** Days as numbers from 1970-01-01. A day here has no zone. */
export const dayMs = 86_400_000;

export function dayNumber(year: number, month: number, day: number): number {
  return Date.UTC(year, month - 1, day) / dayMs;
}

/** The number of a day such as `2026-12-31`; undefined when there is no such day. */
export function dayOfIso(iso: string): number | undefined {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(iso) ? Date.parse(`${iso}T00:00:00Z`) : Number.NaN;
  return Number.isNaN(time) || isoDay(time / dayMs) !== iso ? undefined : time / dayMs;
}

export function isoDay(day: number): string {
  return new Date(day * dayMs).toISOString().slice(0, 10);
}

/** 0 is Sunday; 1970-01-01 was a Thursday. */
export function weekdayOf(day: number): number {
  return (((day + 4) % 7) + 7) % 7;
}

/** The first day of the week that `day` is in; `firstWeekday` 0 is Sunday. */
export function weekStart(day: number, firstWeekday = 1): number {
  return day - ((weekdayOf(day) - firstWeekday + 7) % 7);
}

/** Month 1 to 12. */
export function dateOf(day: number): { year: number; month: number; day: number } {
  const date = new Date(day * dayMs);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

export function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}
