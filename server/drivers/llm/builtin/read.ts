/** Reads one clause into parts, and keeps the account of the words: each clause becomes a part, or a leftover. */
import { readCase, readElse, readIf } from './read-condition.ts';
import { announcesForm, readEvent } from './read-event.ts';
import { continuesMail, readWork } from './read-work.ts';
import { isFiller } from './reading.ts';
import type { ClausePlace, Reading } from './reading.ts';
import { wordsOf } from './text.ts';
import type { Span } from '../../../../shared/schedule/words/text.ts';
import { leadLength } from './verbs.ts';

export function readClause(reading: Reading, place: ClausePlace): void {
  const { doc, lexicon } = reading;
  const start = place.span.start + leadLength(doc.folded.slice(place.span.start, place.span.end), lexicon);
  const span = { start, end: place.span.end };
  const text = doc.folded.slice(span.start, span.end);
  if (isFiller(text, lexicon)) return;
  const before = count(reading);
  if (announcesForm(reading, span, text)) return;
  if (continuesMail(reading, span, text) || readCase(reading, place, span)) return;
  if (readElse(reading, place, span) || readIf(reading, place, span) || readEvent(reading, place, span)) return;
  readWork(reading, place, span);
  // A heading ("A newsletter for our customers:") is explained by what follows.
  const heading = /^\s*:/.test(doc.folded.slice(place.span.end, place.span.end + 3));
  if (count(reading) === before && !heading) reading.leftovers.push({ text: wordsOf(doc, place.span) });
}

function count(reading: Reading): number {
  return reading.parts.length + reading.leftovers.length + reading.merged;
}

/** The part of a clause behind its opening words; nothing left is fine. */
export function readRest(reading: Reading, place: ClausePlace, rest: Span): void {
  const text = reading.doc.folded.slice(rest.start, rest.end);
  if (text.replace(/[\s,:-]+/g, '') === '') return;
  const depth = (place.depth ?? 0) + 1;
  if (depth > 8) reading.leftovers.push({ text: wordsOf(reading.doc, rest) });
  else readClause(reading, { ...place, span: rest, depth });
}
