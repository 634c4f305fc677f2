/** When a schedule fires. Pure: the moment to look from is an argument. */
import { Cron } from 'croner';

export interface Schedule {
  cron: string;
  timezone: string;
  everyWeeks: number;
  startDate: string;
}

const dayMs = 86_400_000;
/** Instants looked at for one answer: bounds schedules whose weeks and days hardly ever meet. */
const maxSteps = 5_000;

/** What is wrong with the settings, by field. */
export function scheduleProblems(schedule: Schedule): { field: string; message: string }[] {
  const problems: { field: string; message: string }[] = [];
  const zoneIsKnown = isZone(schedule.timezone);
  if (!zoneIsKnown)
    problems.push({
      field: 'timezone',
      message: `“${schedule.timezone.slice(0, 60)}” is not a time zone such as Europe/Berlin.`,
    });
  const pattern = cronProblem(schedule.cron);
  if (pattern !== undefined) problems.push({ field: 'cron', message: pattern });
  if (schedule.startDate !== '' && dayNumber(schedule.startDate) === undefined) {
    problems.push({ field: 'startDate', message: 'There is no such day.' });
  } else if (schedule.everyWeeks > 1 && schedule.startDate === '') {
    problems.push({ field: 'startDate', message: 'Choose a start date: it says which weeks count.' });
  }
  if (problems.length > 0) return problems;
  const from = new Date(Date.UTC(2024, 0, 1));
  return nextInstants(schedule, from, 1).length > 0
    ? []
    : [{ field: 'cron', message: 'This never happens: there is no such day.' }];
}

function isZone(timezone: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: timezone });
    return timezone !== '';
  } catch {
    return false;
  }
}

function cronProblem(cron: string): string | undefined {
  if (cron.trim() === '') return 'Choose when it starts.';
  try {
    createCron({ cron, timezone: 'UTC' });
    return undefined;
  } catch {
    return 'Write the time as minute, hour, day, month and weekday, for example 0 9 * * 1-5.';
  }
}

function createCron({ cron, timezone }: Pick<Schedule, 'cron' | 'timezone'>): Cron {
  return new Cron(cron, { timezone, mode: '5-part', paused: true });
}

/**
 * The next `count` instants after `from`, in order. Fewer where there are none (a schedule that can never fire has none, and so have settings
 * that are not valid). In the gap when clocks go forward a daily time fires right after the gap; when they go back it fires once.
 */
export function nextInstants(schedule: Schedule, from: Date, count: number): Date[] {
  let cron: Cron;
  try {
    cron = createCron(schedule);
  } catch {
    return [];
  }
  const anchor = schedule.startDate === '' ? undefined : dayNumber(schedule.startDate);
  const found: Date[] = [];
  let after: Date | string = from;
  for (let step = 0; step < maxSteps && found.length < count; step++) {
    const next: Date | null = safeNext(cron, after);
    if (next === null) break;
    const skipTo =
      anchor === undefined ? undefined : firstAllowedDay(schedule, anchor, localDay(next, schedule.timezone));
    if (skipTo === undefined) {
      found.push(next);
      after = next;
    } else {
      // croner reads text as local time and answers with what comes after it.
      after = `${isoDay(skipTo - 1)}T23:59:59`;
    }
  }
  return found.filter((instant) => instant.getTime() > from.getTime());
}

function safeNext(cron: Cron, after: Date | string): Date | null {
  try {
    return cron.nextRun(after);
  } catch {
    return null;
  }
}

/** Undefined when `day` itself counts; else the first day that may. Days are numbered from 1970-01-01 in the schedule's zone. */
function firstAllowedDay({ everyWeeks }: Schedule, anchor: number, day: number): number | undefined {
  if (day < anchor) return anchor;
  const weeks = (monday(day) - monday(anchor)) / 7;
  const ahead = (everyWeeks - (weeks % everyWeeks)) % everyWeeks;
  return ahead === 0 ? undefined : monday(day) + ahead * 7;
}

/** 1970-01-01 was a Thursday. */
function monday(day: number): number {
  return day - ((day + 3) % 7);
}

function dayNumber(iso: string): number | undefined {
  const time = Date.parse(`${iso}T00:00:00Z`);
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== iso ? undefined : time / dayMs;
}

function isoDay(day: number): string {
  return new Date(day * dayMs).toISOString().slice(0, 10);
}

const formats = new Map<string, Intl.DateTimeFormat>();

function localParts(instant: Date, timezone: string): Record<string, string> {
  let format = formats.get(timezone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: timezone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      weekday: 'long',
    });
    if (formats.size < 1_000) formats.set(timezone, format);
  }
  return Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, value]));
}

function localDay(instant: Date, timezone: string): number {
  const { year, month, day } = localParts(instant, timezone);
  return Date.UTC(Number(year), Number(month) - 1, Number(day)) / dayMs;
}

/** The trigger's output for one instant; date, time and weekday are local to the schedule's zone, the weekday in English. */
export function scheduledOutput({ timezone }: Pick<Schedule, 'timezone'>, instant: Date) {
  const zone = isZone(timezone) ? timezone : 'UTC';
  const { year, month, day, hour, minute, weekday } = localParts(instant, zone);
  return {
    scheduledAt: instant.toISOString(),
    timezone: zone,
    date: `${year}-${month}-${day}`,
    time: `${hour}:${minute}`,
    weekday: weekday ?? '',
  };
}
