/** Days of the reader's calendar, both included, as `2026-11-22`. */
export interface Days {
  from: string;
  to: string;
}

export const lengths = ['7', '30', '90'] as const;
export type Length = (typeof lengths)[number];
export interface BoardFilter {
  /** Up to today, or from … to. */
  range: Length | Days;
  workflowId?: string;
}

/** The server shows no more at once. */
const mostDays = 366;
const dayMs = 86_400_000;

/** The calendar's day at an instant, in the zone of this device. */
export function dayAt(now: number): string {
  const at = new Date(now);
  return [at.getFullYear(), at.getMonth() + 1, at.getDate()].map((part) => String(part).padStart(2, '0')).join('-');
}

function shifted(day: string, days: number): string {
  return new Date(Date.parse(day) + days * dayMs).toISOString().slice(0, 10);
}

const isDay = (text: string | null): text is string =>
  text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) && shifted(text, 0) === text;

/** The filter in the address; whatever makes no sense is the last 30 days. */
export function readBoard(search: URLSearchParams): BoardFilter {
  const workflowId = search.get('workflow') ?? '';
  const length = search.get('range') ?? '';
  const [from, to] = [search.get('from'), search.get('to')];
  const days = isDay(from) && isDay(to) ? daysIn(from, to) : undefined;
  return {
    range: days ?? lengths.find((one) => one === length) ?? '30',
    ...(/^[0-9a-f-]{36}$/i.test(workflowId) ? { workflowId } : {}),
  };
}

function daysIn(from: string, to: string): Days | undefined {
  const length = (Date.parse(to) - Date.parse(from)) / dayMs + 1;
  return length >= 1 && length <= mostDays ? { from, to } : undefined;
}

export function writeBoard({ range, workflowId }: BoardFilter): URLSearchParams {
  const search = new URLSearchParams();
  if (typeof range === 'object') {
    search.set('from', range.from);
    search.set('to', range.to);
  } else if (range !== '30') search.set('range', range);
  if (workflowId) search.set('workflow', workflowId);
  return search;
}

/** Its days, up to `today` where it says how many. */
export function daysOf(range: BoardFilter['range'], today: string): Days {
  return typeof range === 'object' ? range : { from: shifted(today, 1 - Number(range)), to: today };
}

/** How much more it is than before, in percent; null where there is nothing to compare with. */
export function changeOf(now: number | null, before: number | null): number | null {
  return now === null || before === null || before === 0 ? null : Math.round((now / before - 1) * 100);
}

/** The share of ended runs that are done, in percent; null of none. Stopped ones were somebody's wish and do not count. */
export function successOf({ done, failed }: { done: number; failed: number }): number | null {
  return done + failed === 0 ? null : (done / (done + failed)) * 100;
}
