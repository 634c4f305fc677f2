/**
 * The instants of a rule.
 *
 * Years, months, weeks and days are counted on the calendar: their times are local times, and stand for instants as all local times do
 * (`clock.ts`). Hours and minutes are counted as they pass: “every 90 minutes” is 90 minutes apart also in the night when clocks change.
 * DTSTART counts only where the rule itself would give it.
 */
import { instantOf, localOf } from '../clock.ts';
import { dateOf, dayMs, dayNumber, daysInMonth, weekdayOf, weekStart } from '../days.ts';
import { instantsAfter, type LocalTimes } from '../local-times.ts';
import type { Rule } from './parse.ts';

const minuteMs = 60_000;
const hourMs = 3_600_000;
/** So far ahead a next time is looked for: 29 February on a given weekday comes back after 40 years at the latest. */
const horizonMs = 41 * 366 * dayMs;

/** The first `count` instants of a rule after `from`. `start` is its first moment, a local time. */
export function ruleInstants(rule: Rule, start: number, zone: string, from: number, count: number): number[] {
  const inTime = endOf(rule, zone);
  if (rule.count === null) return seriesAfter(rule, start, zone, from, count).filter(inTime);
  // Counting starts at the first one, whatever is asked for.
  const all = seriesAfter(rule, start, zone, instantOf(start, zone) - 1, rule.count).filter(inTime);
  return all.filter((instant) => instant > from).slice(0, count);
}

function seriesAfter(rule: Rule, start: number, zone: string, from: number, count: number): number[] {
  const first = Math.max(from, instantOf(start, zone) - 1);
  return rule.freq === 'HOURLY' || rule.freq === 'MINUTELY'
    ? passingAfter(rule, start, zone, first, count)
    : instantsAfter(calendarTimes(rule, start), zone, first, count);
}

function endOf({ until }: Rule, zone: string): (instant: number) => boolean {
  if (until === null) return () => true;
  return 'instant' in until
    ? (instant) => instant <= until.instant
    : (instant) => localOf(instant, zone) <= until.local;
}

/** The local times of a rule that counts days or more. */
function calendarTimes(rule: Rule, start: number): LocalTimes {
  const startDay = Math.floor(start / dayMs);
  const clock = clockTimes(rule, start);
  let known: { period: number; times: readonly number[] } | undefined;
  const timesIn = (period: number): readonly number[] => {
    if (known?.period !== period) known = { period, times: timesOfPeriod(rule, startDay, clock, period) };
    return known.times;
  };
  return {
    everyPass: false,
    next(local) {
      const after = Math.max(local, start - 1);
      for (let period = periodOf(rule, startDay, Math.floor(after / dayMs)); ; period++) {
        if (firstDayOf(rule, startDay, period) * dayMs > after + horizonMs) return null;
        const found = timesIn(period).find((time) => time > after);
        if (found !== undefined) return found;
      }
    },
  };
}

function minuteOf(local: number): number {
  return Math.floor((timeOfDay(local) % hourMs) / minuteMs);
}

/** Milliseconds since midnight. */
function timeOfDay(local: number): number {
  return ((local % dayMs) + dayMs) % dayMs;
}

/** The times of a day that the rule gives, in milliseconds since midnight. */
function clockTimes({ byHour, byMinute }: Rule, start: number): number[] {
  const hours = byHour.length > 0 ? byHour : [Math.floor(timeOfDay(start) / hourMs)];
  const minutes = byMinute.length > 0 ? byMinute : [minuteOf(start)];
  return hours.flatMap((hour) => minutes.map((minute) => hour * hourMs + minute * minuteMs));
}

/** The number of the period that a day is in, or of the next one that counts; 0 is the period of the start. */
function periodOf(rule: Rule, startDay: number, day: number): number {
  if (day <= startDay) return 0;
  const passed = unitsBetween(rule, startDay, day);
  return Math.floor(passed / rule.interval);
}

function unitsBetween(rule: Rule, startDay: number, day: number): number {
  const [from, to] = [dateOf(startDay), dateOf(day)];
  switch (rule.freq) {
    case 'YEARLY':
      return to.year - from.year;
    case 'MONTHLY':
      return (to.year - from.year) * 12 + to.month - from.month;
    case 'WEEKLY':
      return (weekStart(day, rule.weekStart) - weekStart(startDay, rule.weekStart)) / 7;
    default:
      return day - startDay;
  }
}

function firstDayOf(rule: Rule, startDay: number, period: number): number {
  const { year, month } = dateOf(startDay);
  const units = period * rule.interval;
  switch (rule.freq) {
    case 'YEARLY':
      return dayNumber(year + units, 1, 1);
    case 'MONTHLY':
      return dayNumber(year, month + units, 1);
    case 'WEEKLY':
      return weekStart(startDay, rule.weekStart) + units * 7;
    default:
      return startDay + units;
  }
}

function lengthOf(rule: Rule, firstDay: number): number {
  const { year, month } = dateOf(firstDay);
  switch (rule.freq) {
    case 'YEARLY':
      return dayNumber(year + 1, 1, 1) - firstDay;
    case 'MONTHLY':
      return daysInMonth(year, month);
    case 'WEEKLY':
      return 7;
    default:
      return 1;
  }
}

function timesOfPeriod(rule: Rule, startDay: number, clock: readonly number[], period: number): number[] {
  const firstDay = firstDayOf(rule, startDay, period);
  const times: number[] = [];
  for (let day = firstDay, end = firstDay + lengthOf(rule, firstDay); day < end; day++) {
    if (isDay(rule, startDay, day)) times.push(...clock.map((time) => day * dayMs + time));
  }
  return chosen(rule, times);
}

function chosen<T>({ bySetPos }: Rule, set: readonly T[]): T[] {
  if (bySetPos.length === 0) return [...set];
  const places = bySetPos.map((position) => (position > 0 ? position - 1 : set.length + position));
  return [...new Set(places)].sort((a, b) => a - b).flatMap((place) => set[place] ?? []);
}

/** Whether a day of a period that counts is one of the rule's. What the rule leaves open is as on the day of the start. */
function isDay(rule: Rule, startDay: number, day: number): boolean {
  const date = dateOf(day);
  const { freq, byDay, byMonth, byMonthDay } = rule;
  if (byMonth.length > 0 && !byMonth.includes(date.month)) return false;
  if (byMonthDay.length > 0 && !isMonthDay(rule, date)) return false;
  if (byDay.length > 0)
    return byDay.some(({ nth, weekday }) => weekdayOf(day) === weekday && (nth === 0 || isNth(rule, date, day, nth)));
  if (byMonthDay.length > 0) return true;
  const start = dateOf(startDay);
  switch (freq) {
    case 'YEARLY':
      return date.day === start.day && (byMonth.length > 0 || date.month === start.month);
    case 'MONTHLY':
      return date.day === start.day;
    case 'WEEKLY':
      return weekdayOf(day) === weekdayOf(startDay);
    default:
      return true;
  }
}

function isMonthDay({ byMonthDay }: Rule, { year, month, day }: ReturnType<typeof dateOf>): boolean {
  return byMonthDay.includes(day) || byMonthDay.includes(day - daysInMonth(year, month) - 1);
}

/** The nth of its month, or of its year where a yearly rule names no month. */
function isNth(rule: Rule, { year, month }: ReturnType<typeof dateOf>, day: number, nth: number): boolean {
  const inYear = rule.freq === 'YEARLY' && rule.byMonth.length === 0;
  const first = inYear ? dayNumber(year, 1, 1) : dayNumber(year, month, 1);
  const end = inYear ? dayNumber(year + 1, 1, 1) : first + daysInMonth(year, month);
  return nth > 0 ? Math.floor((day - first) / 7) + 1 === nth : Math.floor((end - 1 - day) / 7) + 1 === -nth;
}

/** Hours and minutes, counted as they pass. Their BY… parts are looked up on the local clock. */
function passingAfter(rule: Rule, start: number, zone: string, from: number, count: number): number[] {
  const found: number[] = [];
  const hourly = rule.freq === 'HOURLY';
  const unit = rule.interval * (hourly ? hourMs : minuteMs);
  const begin = instantOf(start, zone);
  const base = hourly ? begin - minuteOf(start) * minuteMs : begin;
  const horizon = from + horizonMs;
  let k = Math.max(0, Math.floor((from - base) / unit));
  while (found.length < count) {
    const at = base + k * unit;
    if (at > horizon) break;
    const skip = nextDayOrHour(rule, at, zone, hourly);
    if (skip !== null) {
      k = Math.max(k + 1, Math.floor((skip - base) / unit));
      continue;
    }
    const set = hourly ? minutesOf(rule, start, at, zone) : [at];
    const inSet = set.filter((one) => fits(rule, one, zone));
    found.push(...chosen(rule, inSet).filter((instant) => instant > from));
    k++;
  }
  return found.slice(0, count);
}

/** Where to look next when nothing of this day or hour can count; null when it can. */
function nextDayOrHour(rule: Rule, at: number, zone: string, hourly: boolean): number | null {
  const local = localOf(at, zone);
  const day = Math.floor(local / dayMs);
  // An hour that began before midnight may still reach into a day that counts.
  const lastDay = hourly ? Math.floor((local + hourMs - 1) / dayMs) : day;
  if (!isPassingDay(rule, day) && !isPassingDay(rule, lastDay)) {
    let next = lastDay + 1;
    while (!isPassingDay(rule, next) && next - day < horizonMs / dayMs) next++;
    return instantOf(next * dayMs, zone) - (hourly ? hourMs : 0);
  }
  if (hourly || rule.byHour.length === 0 || rule.byHour.includes(Math.floor(timeOfDay(local) / hourMs))) return null;
  return at + hourMs - (timeOfDay(local) % hourMs);
}

function isPassingDay(rule: Rule, day: number): boolean {
  const date = dateOf(day);
  return (
    (rule.byMonth.length === 0 || rule.byMonth.includes(date.month)) &&
    (rule.byMonthDay.length === 0 || isMonthDay(rule, date)) &&
    (rule.byDay.length === 0 || rule.byDay.some(({ weekday }) => weekday === weekdayOf(day)))
  );
}

/**
 * The instants of the hour that begins at `at`. Minutes that the rule names are those of the clock, which may not stand at 0 any more where the
 * hour begins; without one every hour is like the first.
 */
function minutesOf({ byMinute }: Rule, start: number, at: number, zone: string): number[] {
  if (byMinute.length === 0) return [at + minuteOf(start) * minuteMs];
  const first = minuteOf(localOf(at, zone));
  return byMinute.map((minute) => at + ((minute - first + 60) % 60) * minuteMs).sort((a, b) => a - b);
}

function fits(rule: Rule, instant: number, zone: string): boolean {
  const local = localOf(instant, zone);
  return (
    isPassingDay(rule, Math.floor(local / dayMs)) &&
    (rule.byHour.length === 0 || rule.byHour.includes(Math.floor(timeOfDay(local) / hourMs))) &&
    (rule.byMinute.length === 0 || rule.byMinute.includes(minuteOf(local)))
  );
}
