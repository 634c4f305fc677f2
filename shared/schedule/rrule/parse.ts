/** RFC 5545 recurrence rules as text → data, or what is wrong with them, in words. */
import { dayMs, dayNumber, daysInMonth } from '../days.ts';

const frequencies = ['YEARLY', 'MONTHLY', 'WEEKLY', 'DAILY', 'HOURLY', 'MINUTELY'] as const;
type Frequency = (typeof frequencies)[number];

/** A weekday, 0 is Sunday. `nth`: only the nth of the month or year, from its end where negative; 0: every one. */
interface NthWeekday {
  nth: number;
  weekday: number;
}

export interface Rule {
  freq: Frequency;
  interval: number;
  count: number | null;
  /** The last moment that may count: an instant, or a local time. */
  until: { instant: number } | { local: number } | null;
  weekStart: number;
  byDay: readonly NthWeekday[];
  byMonthDay: readonly number[];
  byMonth: readonly number[];
  byHour: readonly number[];
  byMinute: readonly number[];
  bySetPos: readonly number[];
  /** Local time; null where the text has none. */
  start: number | null;
  /** The zone that DTSTART names; null where it names none. */
  zone: string | null;
}

/** What is wrong with a rule, for the person who wrote it. */
export class RuleProblem extends Error {
  override readonly name = 'RuleProblem';
}

const weekdayCodes = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'] as const;
/** Every further one costs a look at the whole series. */
const maxCount = 10_000;

/**
 * A rule such as `FREQ=MONTHLY;BYDAY=-1FR;BYHOUR=17`, with or without `RRULE:`, and on a line of its own `DTSTART:20261231T090000`, with
 * `;TZID=Europe/Berlin` or without.
 * @throws RuleProblem
 */
export function parseRule(text: string): Rule {
  const lines = text
    .split(/\r?\n|\s+(?=RRULE:|DTSTART[;:])/i)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  let parts: Map<string, string> | undefined;
  let start: { start: number; zone: string | null } | undefined;
  for (const line of lines) {
    if (/^DTSTART[;:]/i.test(line)) {
      if (start) throw new RuleProblem('DTSTART stands here twice.');
      start = parseStart(line);
    } else if (parts)
      throw new RuleProblem(
        `“${line.slice(0, 40)}” cannot be read. One rule, and DTSTART, are all that may stand here.`,
      );
    else parts = partsOf(line.replace(/^RRULE:/i, ''));
  }
  if (!parts) throw new RuleProblem('Write a rule such as FREQ=MONTHLY;BYDAY=-1FR;BYHOUR=17;BYMINUTE=0.');
  return checked({ ...ruleOf(parts), start: start?.start ?? null, zone: start?.zone ?? null });
}

function partsOf(line: string): Map<string, string> {
  const parts = new Map<string, string>();
  for (const part of line.split(';').filter((one) => one.trim() !== '')) {
    const [name = '', value = '', ...rest] = part.split('=').map((one) => one.trim().toUpperCase());
    if (value === '' || rest.length > 0)
      throw new RuleProblem(`“${part.trim().slice(0, 40)}” is not of the form NAME=VALUE.`);
    if (parts.has(name)) throw new RuleProblem(`${name.slice(0, 20)} stands here twice.`);
    parts.set(name, value);
  }
  return parts;
}

const known = 'FREQ INTERVAL COUNT UNTIL WKST BYDAY BYMONTHDAY BYMONTH BYHOUR BYMINUTE BYSETPOS'.split(' ');

function ruleOf(parts: ReadonlyMap<string, string>): Omit<Rule, 'start' | 'zone'> {
  for (const name of parts.keys()) {
    if (known.includes(name) || name === 'BYSECOND') continue;
    throw new RuleProblem(`${name.slice(0, 20)} is not supported. Supported are ${known.join(', ')}.`);
  }
  const freq = frequencies.find((one) => one === parts.get('FREQ'));
  if (!freq) throw new RuleProblem(`FREQ has to be one of ${frequencies.join(', ')}.`);
  if ((parts.get('BYSECOND') ?? '0') !== '0')
    throw new RuleProblem('BYSECOND can only be 0: schedules are on the minute.');
  return {
    freq,
    interval: numbersOf(parts, 'INTERVAL', 1, 10_000)[0] ?? 1,
    count: numbersOf(parts, 'COUNT', 1, maxCount)[0] ?? null,
    until: untilOf(parts.get('UNTIL')),
    weekStart: weekdayOfCode(parts.get('WKST') ?? 'MO', 'WKST'),
    byDay: (parts.get('BYDAY') ?? '')
      .split(',')
      .filter((one) => one !== '')
      .map(nthWeekday),
    byMonthDay: numbersOf(parts, 'BYMONTHDAY', -31, 31),
    byMonth: numbersOf(parts, 'BYMONTH', 1, 12),
    byHour: numbersOf(parts, 'BYHOUR', 0, 23),
    byMinute: numbersOf(parts, 'BYMINUTE', 0, 59),
    bySetPos: numbersOf(parts, 'BYSETPOS', -366, 366),
  };
}

/** Sorted, each once. Zero is no position where numbers count from an end. */
function numbersOf(parts: ReadonlyMap<string, string>, name: string, least: number, most: number): number[] {
  const found = new Set<number>();
  const list = (parts.get(name) ?? '').split(',').filter((one) => one !== '');
  for (const text of list) {
    const number = /^[+-]?\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
    if (Number.isNaN(number) || number < least || number > most || (least < 0 && number === 0)) {
      const range = least < 0 ? `1 to ${most} or -1 to ${least}` : `${least} to ${most}`;
      throw new RuleProblem(`“${text.slice(0, 20)}” in ${name} is not a number from ${range}.`);
    }
    found.add(number);
  }
  if ((name === 'INTERVAL' || name === 'COUNT') && list.length > 1) throw new RuleProblem(`${name} takes one number.`);
  return [...found].sort((a, b) => a - b);
}

function weekdayOfCode(code: string, name: string): number {
  const index = weekdayCodes.findIndex((one) => one === code);
  if (index < 0) throw new RuleProblem(`“${code.slice(0, 20)}” in ${name} is not one of ${weekdayCodes.join(', ')}.`);
  return index;
}

function nthWeekday(text: string): NthWeekday {
  const match = /^([+-]?\d{1,2})?([A-Z]{2})$/.exec(text);
  const nth = Number(match?.[1] ?? 0);
  if (!match || (match[1] !== undefined && nth === 0) || Math.abs(nth) > 53)
    throw new RuleProblem(`“${text.slice(0, 20)}” in BYDAY is not a weekday such as MO, 2TU or -1FR.`);
  return { nth, weekday: weekdayOfCode(match[2] ?? '', 'BYDAY') };
}

interface Moment {
  local: number;
  utc: boolean;
  dateOnly: boolean;
}

function momentOf(text: string): Moment | undefined {
  const match = /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})(Z)?)?$/.exec(text);
  if (!match) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => Number(part ?? 0));
  if (!year || !month || month > 12 || !day || day > daysInMonth(year, month)) return undefined;
  if (hour! > 23 || minute! > 59 || second! > 59) return undefined;
  const local = dayNumber(year, month, day) * dayMs + hour! * 3_600_000 + minute! * 60_000 + second! * 1_000;
  return { local, utc: match[7] !== undefined, dateOnly: match[4] === undefined };
}

function untilOf(text: string | undefined): Rule['until'] {
  if (text === undefined) return null;
  const moment = momentOf(text);
  if (!moment)
    throw new RuleProblem(`“${text.slice(0, 20)}” in UNTIL is not a date such as 20261231 or 20261231T235959Z.`);
  if (moment.utc) return { instant: moment.local };
  return { local: moment.dateOnly ? moment.local + dayMs - 1 : moment.local };
}

function parseStart(line: string): { start: number; zone: string | null } {
  const match = /^DTSTART(?:;VALUE=DATE(?:-TIME)?)?(?:;TZID=([^:;]{1,60}))?:(\S{1,20})$/i.exec(line);
  const moment = match?.[2] === undefined ? undefined : momentOf(match[2].toUpperCase());
  if (!match || !moment) throw new RuleProblem('Write DTSTART as DTSTART:20261231T090000.');
  if (moment.utc && match[1] !== undefined) throw new RuleProblem('DTSTART has a zone and a Z. Leave one away.');
  return { start: Math.floor(moment.local / 60_000) * 60_000, zone: moment.utc ? 'UTC' : (match[1] ?? null) };
}

function checked(rule: Rule): Rule {
  const { freq } = rule;
  const counts = rule.byDay.some(({ nth }) => nth !== 0);
  const choices = [rule.byDay, rule.byMonthDay, rule.byMonth, rule.byHour, rule.byMinute];
  if (rule.count !== null && rule.until !== null) throw new RuleProblem('COUNT and UNTIL cannot stand together.');
  if (counts && freq !== 'MONTHLY' && freq !== 'YEARLY')
    throw new RuleProblem('BYDAY counts weekdays (2TU, -1FR) only in FREQ=MONTHLY and FREQ=YEARLY.');
  if (rule.byMonthDay.length > 0 && freq === 'WEEKLY')
    throw new RuleProblem('BYMONTHDAY cannot stand with FREQ=WEEKLY.');
  if (rule.bySetPos.length > 0 && choices.every(({ length }) => length === 0))
    throw new RuleProblem('BYSETPOS chooses from what other parts such as BYDAY give; add one.');
  return rule;
}
