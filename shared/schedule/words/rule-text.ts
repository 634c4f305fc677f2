/** What cron cannot count (every third day, every 45 minutes) as a recurrence rule. */
import { dateOf, dayMs, isoDay } from '../days.ts';
import { localOf } from '../clock.ts';
import type { Counted } from './recurrence.ts';
import type { ClockTime } from './times.ts';

interface Circumstances {
  times: readonly ClockTime[];
  window: { from: number; to: number } | undefined;
  /** Cron fields. */
  dow: string;
  month: string;
  now: Date;
  timezone: string;
}

const hourMs = 3_600_000;
const codes = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];
const nine = 9 * 60;

/** The rule with its DTSTART, and the day from which it counts. */
export function ruleText(
  counted: Counted,
  { times, window, dow, month, now, timezone }: Circumstances,
): { text: string; from: string } {
  const { freq, interval } = counted;
  const local = localOf(now.getTime(), timezone);
  const passing = freq === 'MINUTELY' || freq === 'HOURLY';
  const minutes = times.length > 0 ? times.map((time) => time.minutes) : [nine];
  const start = passing
    ? Math.floor(local / hourMs) * hourMs
    : firstDay(freq, local, Math.max(...minutes)) * dayMs + Math.min(...minutes) * 60_000;
  const parts = [`FREQ=${freq}`, `INTERVAL=${interval}`];
  if (month !== '*') parts.push(`BYMONTH=${month}`);
  if (dow !== '*')
    parts.push(
      `BYDAY=${daysOf(dow)
        .map((day) => codes[day])
        .join(',')}`,
    );
  if (window)
    parts.push(
      `BYHOUR=${range(window.from, freq === 'MINUTELY' ? Math.max(window.from, window.to - 1) : window.to).join(',')}`,
    );
  if (!passing && minutes.length > 1)
    parts.push(`BYHOUR=${[...new Set(minutes.map((one) => Math.floor(one / 60)))].sort((a, b) => a - b).join(',')}`);
  return { text: `DTSTART:${stamp(start)}\nRRULE:${parts.join(';')}`, from: isoDay(Math.floor(start / dayMs)) };
}

/** The first day it can happen on: today while the last of its times is to come, else tomorrow; of months and years the next first day. */
function firstDay(freq: Counted['freq'], local: number, lastMinute: number): number {
  const today = Math.floor(local / dayMs);
  if (freq === 'DAILY') return local % dayMs < lastMinute * 60_000 ? today : today + 1;
  const { year, month } = dateOf(today);
  return Math.floor(Date.UTC(freq === 'YEARLY' ? year + 1 : year, freq === 'YEARLY' ? 0 : month, 1) / dayMs);
}

function daysOf(dow: string): number[] {
  const days = dow.split(',').flatMap((part) => {
    const [from = 0, to = from] = part.split('-').map(Number);
    return range(from, to);
  });
  return [...new Set(days.map((day) => day % 7))];
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, n) => from + n);
}

function stamp(local: number): string {
  return new Date(local).toISOString().slice(0, 19).replaceAll(/[-:]/g, '');
}
