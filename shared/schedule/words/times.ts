import type { ScheduleWords } from './types.ts';
import { anyOf } from './text.ts';
import type { Span } from './text.ts';

export interface ClockTime {
  /** Minutes since midnight. */
  minutes: number;
  /** Only a part of the day was said. */
  vague: boolean;
  span: Span;
}

/** A source as whole words, all its placeholders filled. */
export function wholeWords(source: string, flags = 'g'): RegExp {
  return new RegExp(`(?<![\\wß])(?:${source})(?![\\wß])`, flags);
}

export function numberSource(words: ScheduleWords): string {
  return anyOf(['\\d{1,3}', ...Object.keys(words.numbers).sort((a, b) => b.length - a.length)]);
}

export function numberOf(text: string, words: ScheduleWords): number | undefined {
  if (/^\d+$/.test(text)) return Number(text);
  return words.numbers[text];
}

function fill(source: string, words: ScheduleWords): string {
  const hours = Object.entries(words.numbers)
    .filter(([word, value]) => value <= 12 && word.length > 2)
    .map(([word]) => word);
  return source
    .replaceAll('<hour>', anyOf(['\\d{1,2}', ...hours]))
    .replace(/(?<!\?)<mer>/g, anyOf([words.am, words.pm]));
}

const compiled = new WeakMap<
  ScheduleWords,
  { pattern: RegExp; at: number | undefined; shift: number; vague: boolean }[]
>();

function patternsOf(
  words: ScheduleWords,
): { pattern: RegExp; at: number | undefined; shift: number; vague: boolean }[] {
  const known = compiled.get(words);
  if (known) return known;
  const made = words.times.map((time) => ({
    pattern: wholeWords(fill(time.source, words)),
    at: time.at,
    shift: time.shift ?? 0,
    vague: time.vague ?? false,
  }));
  compiled.set(words, made);
  return made;
}

/** Hour with its am/pm words: 12 am is 0, 8 pm is 20. */
export function hourWith(hour: number, meridiem: string | undefined, words: ScheduleWords): number {
  if (meridiem === undefined) return hour;
  if (new RegExp(`^(?:${words.pm})$`).test(meridiem))
    return hour < 12 ? hour + 12 : meridiem.includes('noche') || meridiem.includes('night') ? 0 : hour;
  return hour === 12 ? 0 : hour;
}

/** All times of day in a folded text, in order. Where patterns overlap, the earlier (more specific) pattern wins. */
export function findTimes(text: string, words: ScheduleWords): ClockTime[] {
  const found: ClockTime[] = [];
  for (const { pattern, at, shift, vague } of patternsOf(words)) {
    for (const match of text.matchAll(pattern)) {
      const span = { start: match.index, end: match.index + match[0].length };
      if (found.some((other) => other.span.start < span.end && span.start < other.span.end)) continue;
      const minutes = at ?? readClock(match.groups ?? {}, shift, words);
      if (minutes !== undefined) found.push({ minutes, vague, span });
    }
  }
  return found.sort((a, b) => a.span.start - b.span.start);
}

function readClock(
  groups: Record<string, string | undefined>,
  shift: number,
  words: ScheduleWords,
): number | undefined {
  const hour = numberOf(groups.h ?? '', words);
  const minute = groups.m === undefined ? 0 : Number(groups.m);
  if (hour === undefined || hour > 24 || minute > 59) return undefined;
  const minutes = hourWith(hour % 24, groups.mer, words) * 60 + minute + shift;
  return (minutes + 1_440) % 1_440;
}

/** The hours of a window such as `between 9 and 17`, with its place. */
export function findWindow(text: string, words: ScheduleWords): { from: number; to: number; span: Span } | undefined {
  const match = wholeWords(fill(words.window, words), '').exec(text);
  if (!match?.groups) return undefined;
  const { from, to, mer1, mer2 } = match.groups;
  const first = numberOf(from ?? '', words);
  const last = numberOf(to ?? '', words);
  if (first === undefined || last === undefined || first > 23 || last > 24) return undefined;
  const start = hourWith(first, mer1, words);
  let end = hourWith(last, mer2, words);
  if (end <= start && end < 12) end += 12;
  return end > start
    ? { from: start, to: Math.min(end, 23), span: { start: match.index, end: match.index + match[0].length } }
    : undefined;
}
