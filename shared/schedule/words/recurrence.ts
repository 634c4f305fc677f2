import type { RecurrenceRule, ScheduleWords, Unit } from './types.ts';
import { anyOf } from './text.ts';
import type { Span } from './text.ts';
import { numberOf, numberSource, wholeWords } from './times.ts';

/** When something repeats, before the time of day is known. Cron fields; `hours` is set where the rule itself says them. */
export interface Recurrence {
  minute?: string;
  hours?: string;
  dom: string;
  month: string;
  dow: string;
  everyWeeks: number;
  /** What cron cannot count: every so many of these. The fields beside it still hold. */
  rule?: Counted;
  /** Repeats within the day: a time of day has no meaning. */
  withinDay: boolean;
  /** What was left open and decided: said to the person. */
  guesses: Guess[];
  /** How much the words say: an adjective (`weekly`) yields to anything else. */
  weak: boolean;
  /** A single date; cron repeats it every year. */
  once?: 'tomorrow' | 'date' | 'weekday';
  span: Span;
}

export interface Counted {
  freq: 'MINUTELY' | 'HOURLY' | 'DAILY' | 'MONTHLY' | 'YEARLY';
  interval: number;
}

export type Guess =
  | { about: 'weekday'; weekday: number }
  | { about: 'day_of_month'; day: number }
  | { about: 'times'; hours: readonly number[] }
  | { about: 'weekdays'; weekdays: readonly number[] }
  | { about: 'counts_from'; date: string }
  | { about: 'repeats_yearly' }
  | { about: 'repeats_weekly' }
  | { about: 'start_date'; date: string };

type Fields = Partial<Omit<Recurrence, 'span'>>;
type Groups = Record<string, string | undefined>;

interface Compiled {
  rule: RecurrenceRule;
  pattern: RegExp;
}

const compiled = new WeakMap<ScheduleWords, Compiled[]>();

function placeholders(words: ScheduleWords): Record<string, string> {
  const weekday = anyOf(words.weekdays);
  const plural = words.plurals ? anyOf(words.plurals) : '(?!)';
  const dom = `\\d{1,2}${words.domSuffix}`;
  const ordinals = Object.keys(words.ordinals).sort((a, b) => b.length - a.length);
  const inList = `${anyOf([plural, `${weekday}s?`])}`;
  return {
    '<wd>': `(?<wd>${weekday})`,
    '<wd2>': `(?<wd2>${weekday})`,
    '<wds>': `(?<wds>${inList}(?:${words.and}(?:on |am )?${inList}){0,6})`,
    '<plural>': `(?<wds>${plural}(?:${words.and}${plural}){0,6})`,
    '<num>': `(?<num>${numberSource(words)})`,
    '<ord>': `(?<ord>${anyOf(ordinals)})`,
    '<unit>': `(?<unit>${anyOf(Object.values(words.units))})`,
    '<month>': `(?<month>${anyOf(words.months)})`,
    '<dom>': `(?<dom>${anyOf([dom, ...ordinals])})`,
    '<dom_b>': `(?<dom_b>${dom})`,
    '<doms>': `(?<doms>${dom}(?:${words.and}(?:the |am |el |le )?${dom}){0,5})`,
    '<times>': `(?<times>${anyOf([...Object.keys(words.times_words), `${numberSource(words)}${words.times_suffix}`])})`,
    '<adverb>': `(?<adverb>${anyOf(Object.keys(words.adverbs))})`,
    '<partday>': `(?<partday>${words.partday})`,
  };
}

/** A group name may stand only once in a pattern: a second one of the same name (in another alternative) is left unnamed. */
function fill(source: string, parts: Record<string, string>): string {
  const seen = new Set<string>();
  return source.replace(/<(?:wd2?|wds|plural|num|ord|unit|month|dom|dom_b|doms|times|adverb|partday)>/g, (mark) => {
    const part = parts[mark] ?? mark;
    if (!seen.has(mark)) {
      seen.add(mark);
      return part;
    }
    return part.replace(/^\(\?<\w+>/, '(?:');
  });
}

function patternsOf(words: ScheduleWords): Compiled[] {
  const known = compiled.get(words);
  if (known) return known;
  const parts = placeholders(words);
  // In a lookbehind or lookahead `<` is part of the syntax; placeholders never follow `?`.
  const made = words.recurrences.map(([rule, source]) => ({ rule, pattern: wholeWords(fill(source, parts), '') }));
  compiled.set(words, made);
  return made;
}

/**
 * The most specific recurrence of a folded text, or none. `allowOnce`: single dates count, too. Of "every hour on weekdays" it is the hour;
 * the days are left for a second look.
 */
export function findRecurrence(text: string, words: ScheduleWords, allowOnce: boolean): Recurrence | undefined {
  let first: Recurrence | undefined;
  for (const { rule, pattern } of patternsOf(words)) {
    if (!allowOnce && (rule === 'date' || rule === 'tomorrow' || rule === 'next_weekday')) continue;
    if (first && rule !== 'every_n_unit' && rule !== 'every_unit' && rule !== 'half_hours' && rule !== 'quarter_hours')
      continue;
    const found = match(rule, pattern, text, words);
    if (found && (!first || found.withinDay)) {
      if (found.withinDay) return found;
      first = found;
    }
  }
  return first;
}

function match(rule: RecurrenceRule, pattern: RegExp, text: string, words: ScheduleWords): Recurrence | undefined {
  const found = pattern.exec(text);
  const fields = found && interpret(rule, found.groups ?? {}, found[0], words);
  if (!found || !fields) return undefined;
  const span = { start: found.index, end: found.index + found[0].length };
  return {
    dom: '*',
    month: '*',
    dow: '*',
    everyWeeks: 1,
    withinDay: false,
    guesses: [],
    weak: rule.startsWith('adverb_'),
    ...fields,
    span,
  };
}

function indexIn(sources: readonly string[], text: string | undefined): number {
  return text === undefined ? -1 : sources.findIndex((source) => new RegExp(`^(?:${source})s?$`).test(text));
}

function weekdaysIn(text: string | undefined, words: ScheduleWords): number[] {
  const found = new Set<number>();
  for (const part of (text ?? '').split(new RegExp(words.and))) {
    const day = indexIn(words.weekdays, part.replace(/^(?:on|am) /, '').trim());
    const plural = words.plurals ? indexIn(words.plurals, part.trim()) : -1;
    if (day >= 0 || plural >= 0) found.add(day >= 0 ? day : plural);
  }
  return [...found].sort((a, b) => ((a + 6) % 7) - ((b + 6) % 7));
}

function ordinalOf(text: string | undefined, words: ScheduleWords): number | undefined {
  if (text === undefined) return undefined;
  const entry = Object.entries(words.ordinals).find(([source]) => new RegExp(`^(?:${source})$`).test(text));
  return entry?.[1];
}

function domOf(text: string | undefined, words: ScheduleWords): number | undefined {
  const number = /^\d+/.exec(text ?? '');
  const value = number ? Number(number[0]) : ordinalOf(text, words);
  return value !== undefined && value >= 1 && value <= 31 ? value : undefined;
}

function unitOf(text: string | undefined, words: ScheduleWords): Unit | undefined {
  const entry = Object.entries(words.units).find(([, source]) => new RegExp(`^(?:${source})$`).test(text ?? ''));
  return entry?.[0] as Unit | undefined;
}

const weekly = (days: readonly number[], everyWeeks = 1): Fields | undefined =>
  days.length > 0 ? { dow: days.join(','), everyWeeks } : undefined;

function interpret(rule: RecurrenceRule, groups: Groups, whole: string, words: ScheduleWords): Fields | undefined {
  const weekday = indexIn(words.weekdays, groups.wd);
  switch (rule) {
    case 'ordinal_weekday': {
      const nth = ordinalOf(groups.ord, words);
      return nth === undefined || weekday < 0 ? undefined : { dow: `${weekday}#${nth === -1 ? 'L' : nth}` };
    }
    case 'every_other_weekday':
      return weekday < 0 ? undefined : weekly([weekday], 2);
    case 'every_n_weeks_on':
      return weekly(weekday >= 0 ? [weekday] : weekdaysIn(groups.wds, words), numberOf(groups.num ?? '2', words) ?? 2);
    case 'weekday_range': {
      const last = indexIn(words.weekdays, groups.wd2);
      return weekday < 0 || last < 0
        ? undefined
        : { dow: weekday < last ? `${weekday}-${last}` : daysFrom(weekday, last) };
    }
    case 'weekdays': {
      const once = /^(?:on|el|am) \S+$/.test(whole) && !whole.replace(/^el /, '').endsWith('s');
      return (
        weekly(weekdaysIn(groups.wds, words)) && {
          ...weekly(weekdaysIn(groups.wds, words)),
          ...(once ? { guesses: [{ about: 'repeats_weekly' as const }] } : {}),
        }
      );
    }
    case 'workdays':
      return { dow: '1-5' };
    case 'weekend':
      return { dow: '6,0' };
    case 'first_workday':
      return { dom: '1W' };
    case 'last_workday':
      return { dom: 'LW' };
    case 'quarter_start':
      return { dom: '1', month: '1,4,7,10' };
    case 'quarter_end':
      return { dom: 'L', month: '3,6,9,12' };
    case 'year_start':
      return { dom: '1', month: '1' };
    case 'year_end':
      return { dom: '31', month: '12' };
    case 'first_day':
      return { dom: '1' };
    case 'last_day':
      return { dom: 'L' };
    case 'mid_month':
      return { dom: '15', guesses: [{ about: 'day_of_month', day: 15 }] };
    case 'days_of_month': {
      const days =
        (groups.doms ?? '')
          .match(/\d+/g)
          ?.map(Number)
          .filter((day) => day >= 1 && day <= 31) ?? [];
      return days.length > 0 ? { dom: days.join(',') } : undefined;
    }
    case 'yearly_date':
    case 'date': {
      const day = domOf(groups.dom ?? groups.dom_b, words);
      const month = indexIn(words.months, groups.month ?? monthIn(whole, words));
      if (day === undefined || month < 0) return undefined;
      const fields: Fields = { dom: String(day), month: String(month + 1) };
      return rule === 'date' ? { ...fields, once: 'date', guesses: [{ about: 'repeats_yearly' }] } : fields;
    }
    case 'next_weekday':
      return weekday < 0
        ? undefined
        : { ...weekly([weekday]), once: 'weekday', guesses: [{ about: 'repeats_weekly' }] };
    case 'tomorrow':
      return { once: 'tomorrow', guesses: [{ about: 'repeats_yearly' }] };
    default:
      return interpretRate(rule, groups, words);
  }
}

function monthIn(text: string, words: ScheduleWords): string | undefined {
  return wholeWords(anyOf(words.months), '').exec(text)?.[0];
}

/** Saturday to Tuesday: 6,0,1,2. */
function daysFrom(first: number, last: number): string {
  const days: number[] = [];
  for (let day = first; days.length < 7; day = (day + 1) % 7) {
    days.push(day);
    if (day === last) break;
  }
  return days.join(',');
}

type RateRule = Extract<
  RecurrenceRule,
  'times_per' | 'every_other_unit' | 'every_n_unit' | 'every_unit' | 'half_hours' | 'quarter_hours' | `adverb_${string}`
>;

function interpretRate(rule: RateRule, groups: Groups, words: ScheduleWords): Fields | undefined {
  const unit = unitOf(groups.unit, words);
  switch (rule) {
    case 'half_hours':
      return everyN(30, 'minute');
    case 'quarter_hours':
      return everyN(15, 'minute');
    case 'every_n_unit':
      return unit && everyN(numberOf(groups.num ?? '', words) ?? 1, unit);
    case 'every_other_unit':
      return unit && everyN(2, unit);
    case 'every_unit':
      return everyN(1, groups.partday === undefined ? unit : 'day');
    case 'times_per':
      return timesPer(timesOf(groups.times ?? '', words), unit ?? words.adverbs[groups.adverb ?? '']);
    case 'adverb_hour':
      return everyN(1, 'hour');
    case 'adverb_day':
      return everyN(1, 'day');
    case 'adverb_week':
      return everyN(1, 'week');
    case 'adverb_two_weeks':
      return everyN(2, 'week');
    case 'adverb_month':
      return everyN(1, 'month');
    case 'adverb_quarter':
      return everyN(1, 'quarter');
    case 'adverb_year':
      return everyN(1, 'year');
  }
}

function everyN(n: number, unit: Unit | undefined): Fields | undefined {
  if (n < 1) return undefined;
  switch (unit) {
    case 'minute':
      if (n % 60 === 0) return everyN(n / 60, 'hour');
      if (60 % n !== 0) return { rule: { freq: 'MINUTELY', interval: n }, withinDay: true };
      return { minute: n === 1 ? '*' : `*/${n}`, hours: '*', withinDay: true };
    case 'hour':
      if (n % 24 === 0) return everyN(n / 24, 'day');
      if (24 % n !== 0) return { rule: { freq: 'HOURLY', interval: n }, withinDay: true };
      return { minute: '0', hours: n === 1 ? '*' : `*/${n}`, withinDay: true };
    case 'day':
      if (n === 1) return {};
      if (n % 7 === 0) return everyN(n / 7, 'week');
      return { rule: { freq: 'DAILY', interval: n } };
    case 'week':
      return n > 52 ? undefined : { dow: '1', everyWeeks: n, guesses: [{ about: 'weekday', weekday: 1 }] };
    case 'month':
      if (n % 12 === 0) return everyN(n / 12, 'year');
      if (12 % n !== 0) return { rule: { freq: 'MONTHLY', interval: n }, guesses: [{ about: 'day_of_month', day: 1 }] };
      return { dom: '1', month: n === 1 ? '*' : `*/${n}`, guesses: [{ about: 'day_of_month', day: 1 }] };
    case 'quarter':
      if (n > 1) return everyN(n * 3, 'month');
      return { dom: '1', month: '1,4,7,10', guesses: [{ about: 'day_of_month', day: 1 }] };
    case 'year':
      if (n > 1) return { rule: { freq: 'YEARLY', interval: n }, guesses: [{ about: 'day_of_month', day: 1 }] };
      return { dom: '1', month: '1', guesses: [{ about: 'day_of_month', day: 1 }] };
    case undefined:
      return undefined;
  }
}

function timesOf(text: string, words: ScheduleWords): number {
  return words.times_words[text] ?? numberOf(text.replace(new RegExp(`${words.times_suffix}$`), '').trim(), words) ?? 1;
}

const hoursFor: Record<number, readonly number[]> = { 2: [9, 17], 3: [8, 13, 18], 4: [8, 11, 14, 17] };
const weekdaysFor: Record<number, readonly number[]> = { 2: [1, 4], 3: [1, 3, 5], 4: [1, 2, 4, 5], 5: [1, 2, 3, 4, 5] };

function timesPer(count: number, unit: Unit | undefined): Fields | undefined {
  if (count === 1) return everyN(1, unit);
  const hours = hoursFor[count];
  const days = weekdaysFor[count];
  if (unit === 'day' && hours) return { hours: hours.join(','), guesses: [{ about: 'times', hours }] };
  if (unit === 'hour' && count <= 12) return everyN(Math.floor(60 / count), 'minute');
  if (unit === 'week' && days) return { dow: days.join(','), guesses: [{ about: 'weekdays', weekdays: days }] };
  if (unit === 'month' && count === 2) return { dom: '1,15', guesses: [{ about: 'day_of_month', day: 15 }] };
  if (unit === 'year' && 12 % count === 0)
    return { dom: '1', month: `*/${12 / count}`, guesses: [{ about: 'day_of_month', day: 1 }] };
  return undefined;
}
