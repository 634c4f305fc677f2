/** A schedule in a person's own words → settings of a schedule, or the words that were not understood. Nothing that was said is left out silently. */
import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { readSchedule, type ScheduleReading } from './read.ts';
import { fold, type Span } from './text.ts';
import { findTimes, findWindow } from './times.ts';
import type { ScheduleWords } from './types.ts';

export type Understanding =
  | {
      type: 'understood';
      schedule: Pick<ScheduleReading, 'by' | 'cron' | 'rrule' | 'timezone' | 'everyWeeks' | 'startDate'>;
    }
  /** `words`: the parts that mean nothing to the reader, as they were written. Empty: only how often it happens is missing. */
  | { type: 'unclear'; words: string[] };

/** Each with the words that add nothing to a schedule. */
const languages: readonly { words: ScheduleWords; fillers: string }[] = [
  { words: en, fillers: 'please|and|at|on|the|a|then|always|run|start|it|this|o.?clock|time|of|in' },
  { words: de, fillers: 'bitte|und|um|am|an|immer|jeweils|dann|starte|start|uhr|der|die|das|es|zeit|in' },
  { words: fr, fillers: "s'il vous plait|et|a|le|la|les|toujours|puis|heures?|en" },
  { words: es, fillers: 'por favor|y|a|el|la|las|los|siempre|luego|en|de' },
];

const maxLength = 300;

/** `timezone` holds where the words name none. What is left of the better understood language is said. */
export function understandSchedule(text: string, { now, timezone }: { now: Date; timezone: string }): Understanding {
  const original = text.trim().slice(0, maxLength);
  const folded = fold(original);
  const readings = languages.map(({ words, fillers }) => {
    const reading = readSchedule(folded, { words, now, timezone });
    const spans = reading ? spansOf(reading, folded, words) : withoutRepeat(folded, words);
    return { reading, rest: leftover(original, folded, spans, fillers) };
  });
  const length = ({ rest }: (typeof readings)[number]): number => rest.join('').length;
  // Words about when, without how often, are no schedule in any language; else the one that leaves least.
  const best = readings.reduce((one, other) =>
    other.reading !== undefined && (one.reading === undefined || length(other) < length(one)) ? other : one,
  );
  const unread = best.reading ? best : readings.reduce((one, other) => (length(other) < length(one) ? other : one));
  if (!best.reading || unread.rest.length > 0) return { type: 'unclear', words: unread.rest };
  const { by, cron, rrule, everyWeeks, startDate } = best.reading;
  return { type: 'understood', schedule: { by, cron, rrule, timezone: best.reading.timezone, everyWeeks, startDate } };
}

/** A second time with other minutes is read, but no one schedule can have it: it counts as not understood. */
function spansOf(reading: ScheduleReading, folded: string, words: ScheduleWords): Span[] {
  const dropped = new Set(reading.guesses.flatMap((guess) => (guess.about === 'second_time' ? [guess.minutes] : [])));
  const times = findTimes(folded, words).filter((time) => dropped.has(time.minutes));
  return reading.spans.filter(
    (span) => !times.some((time) => time.span.start === span.start && time.span.end === span.end),
  );
}

function withoutRepeat(folded: string, words: ScheduleWords): Span[] {
  const window = findWindow(folded, words);
  return [...findTimes(folded, words).map((time) => time.span), ...(window ? [window.span] : [])];
}

/** What lies outside of the spans, without fillers and punctuation: one entry per stretch, in the person's spelling. */
function leftover(original: string, folded: string, spans: readonly Span[], fillers: string): string[] {
  const covered = Array.from({ length: folded.length }, () => false);
  for (const { start, end } of spans) covered.fill(true, start, end);
  const filler = new RegExp(`^(?:${fillers})$`);
  const stretches: Span[] = [];
  for (const match of folded.matchAll(/[^\s,.;:!?()]+/g)) {
    const span = { start: match.index, end: match.index + match[0].length };
    if (covered.slice(span.start, span.end).every(Boolean) || filler.test(match[0])) continue;
    const last = stretches.at(-1);
    // Fillers between two words that mean nothing are part of what means nothing.
    if (last && !covered.slice(last.end, span.start).some(Boolean)) last.end = span.end;
    else stretches.push(span);
  }
  return stretches.map(({ start, end }) => original.slice(start, end));
}
