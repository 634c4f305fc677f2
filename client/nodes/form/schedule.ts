import { language } from '../../i18n/language.ts';

/** The common shapes of a cron expression, so that most people never read one. */
export type ScheduleShape =
  | { kind: 'minutes'; every: number }
  | { kind: 'hourly'; minute: number }
  | { kind: 'daily'; hour: number; minute: number }
  | { kind: 'weekdays'; hour: number; minute: number }
  | { kind: 'weekly'; hour: number; minute: number; weekday: number }
  /** `nth`: 1-4 or L for the last. */
  | { kind: 'nth'; hour: number; minute: number; weekday: number; nth: string }
  | { kind: 'monthly'; hour: number; minute: number; day: number }
  | { kind: 'custom' };

const weekdayName = new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' });

/** From Monday on, in the reader's language; 4 January 1970 was a Sunday. */
export const weekdays = Array.from({ length: 7 }, (_, index) => ({
  value: String(index),
  label: weekdayName.format(Date.UTC(1970, 0, 4 + index)),
})).sort((a, b) => ((Number(a.value) + 6) % 7) - ((Number(b.value) + 6) % 7));

const number = /^\d{1,2}$/;
const names = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

function weekdayOf(text: string): number | null {
  if (/^[0-7]$/.test(text)) return Number(text) % 7;
  const index = names.indexOf(text.toLowerCase());
  return index < 0 ? null : index;
}

/** Recognises a shape; everything else is `custom`. */
export function shapeOf(cron: string): ScheduleShape {
  const [minute = '', hour = '', day = '', month = '', weekday = '', ...rest] = cron.trim().split(/\s+/);
  if (rest.length > 0 || month !== '*') return { kind: 'custom' };
  const every = /^\*\/(\d{1,2})$/.exec(minute);
  if (every && hour === '*' && day === '*' && weekday === '*') return { kind: 'minutes', every: Number(every[1]) };
  if (!number.test(minute)) return { kind: 'custom' };
  if (hour === '*' && day === '*' && weekday === '*') return { kind: 'hourly', minute: Number(minute) };
  if (!number.test(hour)) return { kind: 'custom' };
  const time = { hour: Number(hour), minute: Number(minute) };
  if (number.test(day) && weekday === '*') return { kind: 'monthly', ...time, day: Number(day) };
  if (day !== '*') return { kind: 'custom' };
  if (weekday === '*') return { kind: 'daily', ...time };
  if (weekday === '1-5' || weekday.toLowerCase() === 'mon-fri') return { kind: 'weekdays', ...time };
  const [name = '', nth] = weekday.split('#');
  const at = weekdayOf(name);
  if (at === null) return { kind: 'custom' };
  if (nth === undefined) return { kind: 'weekly', ...time, weekday: at };
  return /^[1-4L]$/.test(nth) ? { kind: 'nth', ...time, weekday: at, nth } : { kind: 'custom' };
}

/** The cron expression of a shape; `custom` keeps the one that stands there. */
export function cronOf(shape: ScheduleShape, current: string): string {
  switch (shape.kind) {
    case 'minutes':
      return `*/${shape.every} * * * *`;
    case 'hourly':
      return `${shape.minute} * * * *`;
    case 'daily':
      return `${shape.minute} ${shape.hour} * * *`;
    case 'weekdays':
      return `${shape.minute} ${shape.hour} * * 1-5`;
    case 'weekly':
      return `${shape.minute} ${shape.hour} * * ${shape.weekday}`;
    case 'nth':
      return `${shape.minute} ${shape.hour} * * ${shape.weekday}#${shape.nth}`;
    case 'monthly':
      return `${shape.minute} ${shape.hour} ${shape.day} * *`;
    case 'custom':
      return current;
  }
}

/** Values that survive a change of the shape. */
export function startOf(shape: ScheduleShape): Record<string, unknown> {
  return { every: 15, minute: 0, hour: 9, weekday: 1, day: 1, nth: '1', ...shape };
}
