/**
 * Reads a schedule from words. The recurrence (every second Tuesday), the time of day and the zone may stand anywhere in one sentence;
 * all their places are handed back, so that the caller masks them and reads the rest as actions.
 */
import type { ScheduleWords } from './types.ts';
import { findRecurrence } from './recurrence.ts';
import type { Guess, Recurrence } from './recurrence.ts';
import { ruleText } from './rule-text.ts';
import { findTimes, findWindow, wholeWords } from './times.ts';
import type { ClockTime } from './times.ts';
import { abbreviationAfterClock, abbreviationSource, dateIn, placeSource, zoneOf } from './zones.ts';
import { anyOf } from './text.ts';
import type { Span } from './text.ts';

export interface ScheduleReading {
  /** Which of the two texts counts. */
  by: 'cron' | 'rrule';
  cron: string;
  rrule: string;
  timezone: string;
  everyWeeks: number;
  /** YYYY-MM-DD or ''. */
  startDate: string;
  /** Where the words stood, in the text that was read. */
  spans: Span[];
  guesses: (Guess | { about: 'time'; minutes: number } | { about: 'second_time'; minutes: number })[];
  weak: boolean;
  once: Recurrence['once'];
}

export interface ScheduleContext {
  words: ScheduleWords;
  now: Date;
  timezone: string;
  /** Single dates (`tomorrow at 9`) count, too. */
  allowOnce?: boolean;
}

const defaultMinutes = 9 * 60;

/** The schedule in a folded sentence, or undefined when it names none. */
export function readSchedule(sentence: string, context: ScheduleContext): ScheduleReading | undefined {
  const { words } = context;
  const recurrence = findRecurrence(sentence, words, context.allowOnce ?? false);
  if (!recurrence) return undefined;
  const rest = blank(sentence, recurrence.span);
  const window = recurrence.withinDay ? findWindow(rest, words) : undefined;
  const extra = window
    ? dayFilter(blank(rest, window.span), words)
    : recurrence.withinDay
      ? dayFilter(rest, words)
      : undefined;
  const times = recurrence.withinDay ? [] : timesNear(rest, sentence, recurrence.span, words);
  const clock = clockFields(recurrence, times, window);
  const zone = readZone(rest, words, [...times.map((time) => time.span), recurrence.span]);
  const timezone = zone?.timezone ?? context.timezone;
  const placed = place(recurrence, context.now, timezone);
  const dow = extra?.dow ?? recurrence.dow;
  const inMonths = placed.month === '*' ? findMonths(rest, words) : undefined;
  const month = inMonths?.months.join(',') ?? placed.month;
  const rule = recurrence.rule && ruleText(recurrence.rule, { times, window, dow, month, now: context.now, timezone });
  const guesses: ScheduleReading['guesses'] = [
    ...keptGuesses(recurrence, times),
    ...clock.guesses,
    ...placed.guesses,
    ...(rule ? [{ about: 'counts_from' as const, date: rule.from }] : []),
  ];
  return {
    by: rule ? 'rrule' : 'cron',
    cron: `${clock.minute} ${clock.hours} ${placed.dom} ${month} ${dow}`,
    rrule: rule?.text ?? '',
    timezone,
    everyWeeks: recurrence.everyWeeks,
    startDate: placed.startDate,
    spans: [
      recurrence.span,
      ...times.map((time) => time.span),
      ...(zone ? [zone.span] : []),
      ...(window ? [window.span] : []),
      ...(extra ? [extra.span] : []),
      ...(inMonths ? [inMonths.span] : []),
    ],
    guesses,
    weak: recurrence.weak,
    once: recurrence.once,
  };
}

function blank(text: string, span: Span): string {
  return text.slice(0, span.start) + '_'.repeat(span.end - span.start) + text.slice(span.end);
}

/** `every hour on weekdays`: the second recurrence narrows the days. */
function dayFilter(text: string, words: ScheduleWords): { dow: string; span: Span } | undefined {
  const second = findRecurrence(text, words, false);
  return second && !second.withinDay && second.dow !== '*' && second.guesses.length === 0 && second.everyWeeks === 1
    ? { dow: second.dow, span: second.span }
    : undefined;
}

/** The clock times that belong to the recurrence: the nearest one and those listed with it. Parts of the day count only without a clock. */
function timesNear(rest: string, sentence: string, span: Span, words: ScheduleWords): ClockTime[] {
  const all = findTimes(rest, words);
  const clocks = all.filter((time) => !time.vague);
  if (clocks.length === 0) {
    const inside = findTimes(sentence.slice(span.start, span.end), words).map((time) => ({
      ...time,
      span: { start: span.start + time.span.start, end: span.start + time.span.end },
    }));
    return [...inside, ...all.filter((time) => gap(time.span, span) < 25)].slice(0, 1);
  }
  const distance = (time: ClockTime): number => gap(time.span, span);
  const nearest = clocks.reduce((best, time) => (distance(time) < distance(best) ? time : best));
  const inside = findTimes(sentence.slice(span.start, span.end), words).find((time) => time.vague);
  const evening =
    all.find((time) => time.vague && gap(time.span, nearest.span) <= 2) ?? (inside && { ...inside, span });
  const at = clocks.indexOf(nearest);
  const listed = [
    evening && nearest.minutes < 720 && evening.minutes >= 900
      ? { ...nearest, minutes: nearest.minutes + 720 }
      : nearest,
  ];
  const bare = bareHours(rest, nearest, words);
  if (bare) listed.push(bare);
  for (let i = at + 1; i < clocks.length; i++) {
    const [before, next] = [clocks[i - 1], clocks[i]];
    if (!before || !next || gap(before.span, next.span) > 6) break;
    listed.push(next);
  }
  if (evening) listed.push({ ...nearest, span: evening.span, minutes: listed[0]?.minutes ?? nearest.minutes });
  return listed;
}

/** "at 8 and 18": a number right behind a clock time is one more. */
function bareHours(text: string, clock: ClockTime, words: ScheduleWords): ClockTime | undefined {
  const behind = text.slice(clock.span.end, clock.span.end + 16);
  const match = new RegExp(`^(?:${words.and}) ?(?:at |um |a |las )?(\\d{1,2})(?![\\w:.%]|,\\d)`).exec(behind);
  const hour = Number(match?.[1]);
  if (!match || hour > 23) return undefined;
  return {
    minutes: hour * 60 + (clock.minutes % 60),
    vague: false,
    span: { start: clock.span.end, end: clock.span.end + match[0].length },
  };
}

function gap(a: Span, b: Span): number {
  return Math.max(0, a.start >= b.end ? a.start - b.end : b.start - a.end);
}

/** `in July`, `von Juni bis August`: 1 is January. */
function findMonths(text: string, words: ScheduleWords): { months: number[]; span: Span } | undefined {
  const month = anyOf(words.months);
  const list = `(?:${words.inMonths}) (?<list>${month}(?:${words.and}${month}){0,11})`;
  const range = `(?:${words.monthsFrom}) (?<first>${month}) (?:${words.monthsTo}) (?<last>${month})`;
  const match = wholeWords(`${range}|${list}`, '').exec(text);
  if (!match?.groups) return undefined;
  const numberIn = (name: string): number =>
    words.months.findIndex((source) => new RegExp(`^(?:${source})$`).test(name)) + 1;
  const span = { start: match.index, end: match.index + match[0].length };
  const { first, last, list: names } = match.groups;
  if (first === undefined || last === undefined)
    return { months: [...(names ?? '').matchAll(new RegExp(month, 'g'))].map(([name]) => numberIn(name)), span };
  const months: number[] = [];
  for (let number = numberIn(first); months.length < 12; number = (number % 12) + 1) {
    months.push(number);
    if (number === numberIn(last)) break;
  }
  return { months: months.sort((a, b) => a - b), span };
}

interface ClockFields {
  minute: string;
  hours: string;
  guesses: ScheduleReading['guesses'];
}

function clockFields(
  recurrence: Recurrence,
  times: readonly ClockTime[],
  window: { from: number; to: number } | undefined,
): ClockFields {
  if (recurrence.withinDay) {
    const step = recurrence.hours === '*' ? '' : (recurrence.hours ?? '').replace('*', '');
    const minute = recurrence.minute ?? '0';
    // Hours fire at both ends (9:00 … 17:00); minutes stop before the last hour begins, or they would go on to 17:45.
    const to = window && minute !== '0' && window.to > window.from ? window.to - 1 : window?.to;
    const hours = window ? `${window.from}-${to}${step}` : (recurrence.hours ?? '*');
    return { minute, hours, guesses: [] };
  }
  const first = times[0];
  if (!first) {
    if (recurrence.hours !== undefined) return { minute: '0', hours: recurrence.hours, guesses: [] };
    return { minute: '0', hours: '9', guesses: [{ about: 'time', minutes: defaultMinutes }] };
  }
  const minute = first.minutes % 60;
  const hours = new Set<number>();
  const guesses: ScheduleReading['guesses'] = first.vague ? [{ about: 'time', minutes: first.minutes }] : [];
  for (const time of times) {
    if (time.minutes % 60 === minute) hours.add(Math.floor(time.minutes / 60));
    else guesses.push({ about: 'second_time', minutes: time.minutes });
  }
  return { minute: String(minute), hours: [...hours].sort((a, b) => a - b).join(','), guesses };
}

/** The times that were assumed need no mention when they were said. */
function keptGuesses(recurrence: Recurrence, times: readonly ClockTime[]): Guess[] {
  return recurrence.guesses.filter((guess) => guess.about !== 'times' || times.length === 0);
}

function readZone(
  text: string,
  words: ScheduleWords,
  near: readonly Span[],
): { timezone: string; span: Span } | undefined {
  const iana =
    /(?<![\w/])(?:africa|america|antarctica|asia|atlantic|australia|europe|indian|pacific)\/[a-z_]{2,30}(?:\/[a-z_]{2,30})?/.exec(
      text,
    );
  const named = iana && zoneOf(iana[0]);
  if (iana && named) return { timezone: named, span: { start: iana.index, end: iana.index + iana[0].length } };
  for (const source of words.zone) {
    const match = wholeWords(
      source.replaceAll('<zone>', placeSource).replaceAll('<abbr>', abbreviationSource),
      '',
    ).exec(text);
    const timezone = zoneOf(match?.groups?.city ?? '');
    const span = match && { start: match.index, end: match.index + match[0].length };
    // `in London` names a zone only beside a time.
    if (span && timezone && (!/^(?:in|nach) /.test(match[0]) || near.some((other) => gap(other, span) <= 2)))
      return { timezone, span };
  }
  for (const span of near) {
    const match = new RegExp(`^ ?\\(?(${abbreviationAfterClock})\\)?(?!\\w)(?= ?[,.;:)]| ?$)`).exec(
      text.slice(span.end, span.end + 12),
    );
    const timezone = match?.[1] && zoneOf(match[1]);
    if (match && timezone) return { timezone, span: { start: span.end, end: span.end + match[0].length } };
  }
  return undefined;
}

/** Anchors what needs today's date: the first week of every n weeks, and single dates. */
function place(
  recurrence: Recurrence,
  now: Date,
  timezone: string,
): { dom: string; month: string; startDate: string; guesses: Guess[] } {
  const today = dateIn(now, timezone);
  if (recurrence.once === 'tomorrow') {
    const date = new Date(Date.UTC(today.year, today.month - 1, today.day + 1));
    return { dom: String(date.getUTCDate()), month: String(date.getUTCMonth() + 1), startDate: '', guesses: [] };
  }
  const fixed = { dom: recurrence.dom, month: recurrence.month };
  if (recurrence.everyWeeks === 1) return { ...fixed, startDate: '', guesses: [] };
  const weekday = Number(recurrence.dow.split(',')[0]);
  const ahead = (weekday - today.weekday + 7) % 7 || 7;
  const date = new Date(Date.UTC(today.year, today.month - 1, today.day + ahead)).toISOString().slice(0, 10);
  return { ...fixed, startDate: date, guesses: [{ about: 'start_date', date }] };
}
