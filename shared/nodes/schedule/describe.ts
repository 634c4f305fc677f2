/** A schedule in words: “Every second Tuesday at 09:00, Europe/Berlin”. What has no short name in words is shown as it is written. */
import { describeRule } from './describe-rule.ts';
import type { Schedule } from './instants.ts';
import { capital, clock, dayNames, joined, months, nth, ordinals, weekdays } from './names.ts';

export function describeSchedule(schedule: Schedule): string {
  if (schedule.by === 'rrule') return `${describeRule(schedule.rrule)}, ${schedule.timezone.slice(0, 40)}`;
  const parts = schedule.cron.trim().toUpperCase().split(/\s+/);
  const words = parts.length === 5 ? inWords(parts, schedule.everyWeeks) : undefined;
  return `${words ?? `Cron ${schedule.cron.slice(0, 60)}`}, ${schedule.timezone.slice(0, 40)}`;
}

function inWords(
  [minute = '', hour = '', day = '', month = '', weekday = '']: string[],
  everyWeeks: number,
): string | undefined {
  const time = timeInWords(minute, hour);
  const days = daysInWords(day, weekday, everyWeeks);
  const when = month === '*' ? '' : listed(month, 1, 12, (number) => months[number - 1] ?? '');
  if (time === undefined || days === undefined || when === undefined) return undefined;
  const suffix = when === '' ? '' : ` in ${when}`;
  if (time.frequent)
    return capital(
      days === 'every day' ? `${time.text}${suffix}` : `${time.text} ${days.replace(/^every /, 'on every ')}${suffix}`,
    );
  return capital(`${days}${suffix} ${time.text}`);
}

/** `frequent`: more often than once an hour or once each hour, so the time goes first. */
function timeInWords(minute: string, hour: string): { text: string; frequent: boolean } | undefined {
  const everyMinutes = /^\*(?:\/(\d+))?$/.exec(minute);
  const everyHours = /^\*(?:\/(\d+))?$/.exec(hour);
  if (everyMinutes !== null && hour === '*') return { text: every(everyMinutes[1], 'minute'), frequent: true };
  if (everyHours !== null && /^\d+$/.test(minute)) {
    const at = Number(minute) === 0 ? '' : ` at minute ${Number(minute)}`;
    return { text: `${every(everyHours[1], 'hour')}${at}`, frequent: true };
  }
  const window = windowInWords(minute, hour, everyMinutes);
  if (window !== undefined) return { text: window, frequent: true };
  const minutes = numbers(minute, 0, 59);
  const hours = numbers(hour, 0, 23);
  if (minutes === undefined || hours === undefined || minutes.length * hours.length > 4) return undefined;
  const times = hours.flatMap((h) => minutes.map((m) => clock(h, m)));
  return { text: `at ${joined(times)}`, frequent: false };
}

/** Each hour, or every few minutes, of a part of the day: from its first time to its last. */
function windowInWords(minute: string, hour: string, everyMinutes: RegExpExecArray | null): string | undefined {
  const range = /^(\d{1,2})-(\d{1,2})$/.exec(hour);
  const [from, to] = [Number(range?.[1]), Number(range?.[2])];
  if (range === null || from >= to || to > 23) return undefined;
  if (everyMinutes !== null) {
    const step = Number(everyMinutes[1] ?? 1);
    return `${every(everyMinutes[1], 'minute')} from ${clock(from, 0)} to ${clock(to, Math.floor(59 / step) * step)}`;
  }
  return /^\d{1,2}$/.test(minute)
    ? `every hour from ${clock(from, Number(minute))} to ${clock(to, Number(minute))}`
    : undefined;
}

function every(step: string | undefined, unit: string): string {
  return step === undefined || step === '1' ? `every ${unit}` : `every ${Number(step)} ${unit}s`;
}

function daysInWords(day: string, weekday: string, everyWeeks: number): string | undefined {
  if (day === '*' && weekday === '*') return everyWeeks === 1 ? 'every day' : `every day of ${weekCount(everyWeeks)}`;
  if (day === '*') return weekdaysInWords(weekday, everyWeeks);
  if (weekday !== '*' || everyWeeks !== 1) return undefined;
  if (day === 'L') return 'on the last day of the month';
  if (day === 'LW') return 'on the last weekday of the month';
  if (day === '1W') return 'on the first weekday of the month';
  const days = numbers(day, 1, 31);
  return days === undefined || days.length > 6 ? undefined : `on the ${joined(days.map(nth))} of the month`;
}

function weekCount(everyWeeks: number): string {
  return everyWeeks === 2 ? 'every second week' : `every ${everyWeeks} weeks`;
}

function weekdaysInWords(weekday: string, everyWeeks: number): string | undefined {
  const nthDay = /^([0-7]|[A-Z]{3})#([1-5]|L)$/.exec(weekday);
  if (nthDay !== null) {
    const name = weekdays[dayIndex(nthDay[1] ?? '') ?? -1];
    const which = nthDay[2] === 'L' ? 'last' : ordinals[Number(nthDay[2])];
    return name === undefined || everyWeeks !== 1 ? undefined : `on the ${which} ${name} of the month`;
  }
  const days = weekdayNumbers(weekday);
  if (days === undefined) return undefined;
  const interval = everyWeeks === 1 ? 'every' : everyWeeks === 2 ? 'every second' : undefined;
  const name = dayNames(days);
  return interval === undefined ? `on ${name} every ${everyWeeks} weeks` : `${interval} ${name}`;
}

function dayIndex(text: string): number | undefined {
  if (/^[0-7]$/.test(text)) return Number(text) % 7;
  const index = weekdays.findIndex((name) => name.slice(0, 3).toUpperCase() === text);
  return index < 0 ? undefined : index;
}

function weekdayNumbers(text: string): number[] | undefined {
  const found = new Set<number>();
  for (const part of text.split(',')) {
    const [from, to, ...rest] = part.split('-');
    const first = dayIndex(from ?? '');
    const last = to === undefined ? first : dayIndex(to);
    if (first === undefined || last === undefined || rest.length > 0) return undefined;
    for (let day = first; ; day = (day + 1) % 7) {
      found.add(day);
      if (day === last) break;
    }
  }
  return [...found].sort((a, b) => a - b);
}

/** Lists and ranges of plain numbers; undefined for anything else. */
function numbers(text: string, least: number, most: number): number[] | undefined {
  const found: number[] = [];
  for (const part of text.split(',')) {
    const match = /^(\d{1,2})(?:-(\d{1,2}))?$/.exec(part);
    if (match === null) return undefined;
    const [from, to] = [Number(match[1]), Number(match[2] ?? match[1])];
    if (from < least || to > most || from > to) return undefined;
    for (let number = from; number <= to; number++) found.push(number);
  }
  return found;
}

function listed(text: string, least: number, most: number, name: (number: number) => string): string | undefined {
  const named = text.replace(/[A-Z]{3}/g, (short) =>
    String(months.findIndex((month) => month.slice(0, 3).toUpperCase() === short) + 1),
  );
  const found = numbers(named, least, most);
  return found === undefined || found.length > 6 ? undefined : joined(found.map(name));
}
