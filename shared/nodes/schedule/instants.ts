/** When a schedule fires. Pure: the moment to look from is an argument. */
import { isZone } from '../../schedule/clock.ts';
import { cronTimes } from '../../schedule/cron.ts';
import { dayMs, dayOfIso, weekStart } from '../../schedule/days.ts';
import { instantsAfter, type LocalTimes } from '../../schedule/local-times.ts';
import { parseRule, RuleProblem } from '../../schedule/rrule/parse.ts';
import { ruleInstants } from '../../schedule/rrule/series.ts';

export interface Schedule {
  /** Which of the two texts counts. */
  by: 'cron' | 'rrule';
  cron: string;
  rrule: string;
  timezone: string;
  /** For cron, as is `startDate`: a rule says it itself. */
  everyWeeks: number;
  startDate: string;
}

interface Problem {
  field: string;
  message: string;
}

/** Instants looked at for one answer: bounds schedules whose weeks and days hardly ever meet. */
const maxSteps = 5_000;

/** What is wrong with the settings, by field. */
export function scheduleProblems(schedule: Schedule): Problem[] {
  const problems: Problem[] = [];
  if (!isZone(schedule.timezone))
    problems.push({
      field: 'timezone',
      message: `“${schedule.timezone.slice(0, 60)}” is not a time zone such as Europe/Berlin.`,
    });
  problems.push(...(schedule.by === 'rrule' ? ruleProblems(schedule) : cronProblems(schedule)));
  if (problems.length > 0) return problems;
  const from = new Date(schedule.by === 'rrule' ? Date.UTC(1970, 0, 1) : Date.UTC(2024, 0, 1));
  return nextInstants(schedule, from, 1).length > 0
    ? []
    : [{ field: schedule.by, message: 'This never happens: there is no such day.' }];
}

function cronProblems(schedule: Schedule): Problem[] {
  const problems: Problem[] = [];
  const pattern = cronProblem(schedule.cron);
  if (pattern !== undefined) problems.push({ field: 'cron', message: pattern });
  if (schedule.startDate !== '' && dayOfIso(schedule.startDate) === undefined) {
    problems.push({ field: 'startDate', message: 'There is no such day.' });
  } else if (schedule.everyWeeks > 1 && schedule.startDate === '') {
    problems.push({ field: 'startDate', message: 'Choose a start date: it says which weeks count.' });
  }
  return problems;
}

function cronProblem(cron: string): string | undefined {
  if (cron.trim() === '') return 'Choose when it starts.';
  try {
    cronTimes(cron);
    return undefined;
  } catch {
    return 'Write the time as minute, hour, day, month and weekday, for example 0 9 * * 1-5.';
  }
}

function ruleProblems({ rrule, timezone }: Schedule): Problem[] {
  const problem = (message: string): Problem[] => [{ field: 'rrule', message }];
  try {
    const rule = parseRule(rrule);
    const day = rule.freq !== 'HOURLY' && rule.freq !== 'MINUTELY';
    if (rule.zone !== null && rule.zone !== timezone)
      return problem(`DTSTART is in ${rule.zone.slice(0, 60)}, the schedule in ${timezone.slice(0, 60)}.`);
    if (rule.start !== null) return [];
    if (rule.interval > 1) return problem('Add DTSTART, such as DTSTART:20261231T090000: it says from when it counts.');
    if (rule.count !== null)
      return problem('Add DTSTART, such as DTSTART:20261231T090000: it says which is the first.');
    if (day && rule.byHour.length === 0) return problem('Say at what time: add BYHOUR and BYMINUTE, or DTSTART.');
    return [];
  } catch (error) {
    return problem(error instanceof RuleProblem ? error.message : 'This rule cannot be read.');
  }
}

/**
 * The next `count` instants after `from`, in order. Fewer where there are none (a schedule that can never fire has none, and so have settings
 * that are not valid). What happens when clocks change: `shared/schedule/clock.ts`, and for hours and minutes `local-times.ts`.
 */
export function nextInstants(schedule: Schedule, from: Date, count: number): Date[] {
  if (!isZone(schedule.timezone)) return [];
  try {
    const find = schedule.by === 'rrule' ? instantsOfRule : instantsOfCron;
    return find(schedule, from.getTime(), count).map((instant) => new Date(instant));
  } catch {
    return [];
  }
}

/** A rule without DTSTART begins on a Monday at midnight, long ago. */
const longAgo = Date.UTC(1970, 0, 5);

function instantsOfRule({ rrule, timezone }: Schedule, from: number, count: number): number[] {
  const rule = parseRule(rrule);
  return ruleInstants(rule, rule.start ?? longAgo, timezone, from, count);
}

function instantsOfCron(schedule: Schedule, from: number, count: number): number[] {
  const times = cronTimes(schedule.cron);
  const anchor = schedule.startDate === '' ? undefined : dayOfIso(schedule.startDate);
  return instantsAfter(
    anchor === undefined ? times : onAllowedDays(times, schedule, anchor),
    schedule.timezone,
    from,
    count,
  );
}

function onAllowedDays(times: LocalTimes, schedule: Schedule, anchor: number): LocalTimes {
  return {
    everyPass: times.everyPass,
    next(local) {
      let after = local;
      for (let step = 0; step < maxSteps; step++) {
        const next = times.next(after);
        if (next === null) return null;
        const skipTo = firstAllowedDay(schedule, anchor, Math.floor(next / dayMs));
        if (skipTo === undefined) return next;
        after = skipTo * dayMs - 1;
      }
      return null;
    },
  };
}

/** Undefined when `day` itself counts; else the first day that may. */
function firstAllowedDay({ everyWeeks }: Schedule, anchor: number, day: number): number | undefined {
  if (day < anchor) return anchor;
  const weeks = (weekStart(day) - weekStart(anchor)) / 7;
  const ahead = (everyWeeks - (weeks % everyWeeks)) % everyWeeks;
  return ahead === 0 ? undefined : weekStart(day) + ahead * 7;
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
