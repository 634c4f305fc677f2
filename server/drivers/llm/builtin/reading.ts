/** What is known while a request is read clause by clause. What cannot become a part is a leftover, never nothing. */
import type { MissingAbility } from './abilities.ts';
import type { Lexicon, Unavailable } from './lexicon/types.ts';
import type { Leftover, Part, PartBase } from './parts.ts';
import type { Span } from '../../../../shared/schedule/words/text.ts';
import type { Doc } from './text.ts';
import { wholeWords } from '../../../../shared/schedule/words/times.ts';
import type { EventKind } from './triggers.ts';

export interface Reading {
  doc: Doc;
  lexicon: Lexicon;
  parts: Part[];
  leftovers: Leftover[];
  /** The event that starts the workflow, with its words. */
  event: { kind: EventKind; words: string } | undefined;
  /** A schedule was read and starts the workflow. */
  scheduled: boolean;
  /** Conditions that were left out because they cannot be known (a reply, an opened mail). */
  dropped: boolean;
  /** Clauses that were taken into the part of the clause before. */
  merged: number;
  /** Reads the rest of a clause whose opening was read; nothing left is fine. */
  rest(place: ClausePlace, rest: Span): void;
}

export interface ClausePlace {
  span: Span;
  sentence: number;
  /** Another clause that is no `otherwise` follows in the sentence. */
  followed: boolean;
  /** How many openings (`if if if …`) stood before; bounded. */
  depth?: number;
}

export function baseOf(reading: Reading, place: ClausePlace, span: Span): PartBase {
  const { doc, lexicon } = reading;
  const whole = doc.folded.slice(place.span.start, span.end);
  const opening = whole.slice(0, 60);
  return {
    ...unread(doc, span),
    sentence: place.sentence,
    rejoin: wholeWords(lexicon.clauses.rejoin, '').test(opening),
    parallel: wholeWords(lexicon.clauses.parallel, '').test(whole),
    afterwards: wholeWords(lexicon.clauses.afterwards, '').test(opening.slice(0, 30)),
  };
}

/** The words of a clause that no earlier layer has read: "Every Monday write a text" → "write a text". */
export function unread(doc: Doc, span: Span): { words: string; folded: string } {
  let words = '';
  let folded = '';
  for (let at = span.start; at < span.end; at++) {
    const char = doc.folded[at] ?? '';
    if (/[TXD]/.test(char)) continue;
    words += doc.original[at];
    folded += char;
  }
  const clean = /^[\s,;:.-]*/.exec(folded)?.[0].length ?? 0;
  return {
    words: words
      .slice(clean)
      .replace(/\s+/g, ' ')
      .replace(/ ,/g, ',')
      .replace(/[\s,;:.]+$/, ''),
    folded: folded.slice(clean).replace(/\s+/g, ' '),
  };
}

export function leftoverOf(missing: MissingAbility & { ability: Unavailable }, words: string): Leftover {
  return missing.brand === undefined
    ? { text: words, ability: missing.ability }
    : { text: words, ability: missing.ability, brand: missing.brand };
}

/** Nothing to do: polite words, a schedule that was read before, punctuation. */
export function isFiller(text: string, lexicon: Lexicon): boolean {
  const bare = text
    .replace(/[TFX]+/g, ' ')
    .replace(/[\s.,:;!?()-]+/g, ' ')
    .trim();
  return (
    bare === '' ||
    new RegExp(`^(?:${lexicon.clauses.filler}|${lexicon.clauses.lead}|${lexicon.clauses.afterwards})$`).test(bare)
  );
}
