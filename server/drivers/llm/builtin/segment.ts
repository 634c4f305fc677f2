import type { Lexicon } from './lexicon/types.ts';
import type { Span } from '../../../../shared/schedule/words/text.ts';
import { wholeWords } from '../../../../shared/schedule/words/times.ts';

/** Ranges of the sentences of a folded text. Lines of a list are sentences of their own, without their bullet. */
export function sentencesOf(folded: string, lexicon: Lexicon): Span[] {
  const spans: Span[] = [];
  let start = 0;
  for (const match of folded.matchAll(/[.!?;]+(?=\s|$)|\n+|(?<=\S) ?(?:->|=>|→) ?/g)) {
    if (match[0] === '.' && !endsSentence(folded, match.index, lexicon)) continue;
    push(spans, folded, start, match.index);
    start = match.index + match[0].length;
  }
  push(spans, folded, start, folded.length);
  return spans.flatMap((span) => pieces(folded, span));
}

/** No sentence is that long; a text without full stops is cut at spaces, so that reading stays linear in its length. */
const longestSentence = 1_200;

function pieces(folded: string, span: Span): Span[] {
  const cut: Span[] = [];
  let { start } = span;
  while (span.end - start > longestSentence) {
    const space = folded.lastIndexOf(' ', start + longestSentence);
    const end = space > start ? space : start + longestSentence;
    cut.push({ start, end });
    start = end;
  }
  cut.push({ start, end: span.end });
  return cut;
}

function endsSentence(folded: string, dot: number, lexicon: Lexicon): boolean {
  const before = folded.slice(Math.max(0, dot - 12), dot);
  if (new RegExp(`(?:^|[\\s(])(?:${lexicon.clauses.abbreviations})$`).test(before)) return false;
  if (!/(?:^|\s)\d{1,2}$/.test(before)) return true;
  const after = folded.slice(dot + 1, dot + 30);
  return (
    !new RegExp(`^ (?:${lexicon.clauses.afterOrdinal})(?!\\w)`).test(after) &&
    !/(?:^|\n)\s*\d{1,2}$/.test(folded.slice(Math.max(0, dot - 12), dot))
  );
}

function push(spans: Span[], folded: string, from: number, to: number): void {
  const bullet = /^[\s>•*#·-]*(?:\(?\d{1,2}[.)]\s+|[a-z]\)\s+)?[\s•*-]*/.exec(folded.slice(from, to))?.[0].length ?? 0;
  const start = from + bullet;
  if (folded.slice(start, to).trim() !== '') spans.push({ start, end: to });
}

export interface ClauseReader {
  /** The fragment asks for something. */
  says(fragment: string): boolean;
  /** It starts a condition or an event. */
  opens(fragment: string): boolean;
  /** Its verb stands behind other words, as in German infinitives. */
  verbLast(fragment: string): boolean;
}

interface Fragment {
  span: Span;
  /** What stands in front: `,`, ` and`, ` if`, or nothing. */
  connector: string;
}

/**
 * Cuts a sentence into clauses. It is cut at every connector and put together again where one side asks for nothing: "title and text"
 * stays whole, "write a text and send it" does not. `says` tells whether a fragment asks for something; `opens` whether it starts a
 * condition or an event.
 */
export function clausesOf(folded: string, sentence: Span, lexicon: Lexicon, read: ClauseReader): Span[] {
  const fragments = fragmentsOf(folded, sentence, lexicon);
  const clauses: Span[] = [];
  let open = false;
  let said = false;
  for (const [index, { span, connector }] of fragments.entries()) {
    const text = folded.slice(span.start, span.end).trim();
    const last = clauses.at(-1);
    const says = read.says(text);
    const opens = read.opens(text);
    // A condition or an event reaches to its comma, whatever verbs stand in it.
    const insideOpen =
      open &&
      !connector.includes(',') &&
      !opens &&
      !isThen(connector, lexicon) &&
      commaFollows(fragments, index, folded, read);
    const next = fragments[index + 1];
    // "… holen und eine Übersicht an A und B schicken": objects in front of a last verb belong to that verb.
    const forward =
      !says &&
      !opens &&
      said &&
      !open &&
      next !== undefined &&
      !next.connector.includes(',') &&
      read.verbLast(folded.slice(next.span.start, next.span.end).trim());
    if (last && forward) {
      clauses.push({ start: span.start, end: span.end });
      said = false;
      continue;
    }
    if (last && (insideOpen || !(says || opens) || !(said || (says && open)))) {
      last.end = span.end;
      if (!open || says) said ||= says;
      continue;
    }
    clauses.push({ start: span.start, end: span.end });
    open = opens;
    said = says || opens;
  }
  return clauses;
}

function isThen(connector: string, lexicon: Lexicon): boolean {
  return wholeWords(lexicon.conditions.thenWord, '').test(connector);
}

function commaFollows(
  fragments: readonly Fragment[],
  from: number,
  folded: string,
  read: Pick<ClauseReader, 'says'>,
): boolean {
  return fragments
    .slice(from + 1)
    .some(({ connector, span }) => connector.includes(',') && read.says(folded.slice(span.start, span.end).trim()));
}

function fragmentsOf(folded: string, sentence: Span, lexicon: Lexicon): Fragment[] {
  const text = folded.slice(sentence.start, sentence.end);
  const pattern = new RegExp(
    `(?:${lexicon.clauses.connectors})(?=[\\s,])|(?:${lexicon.clauses.conditional})(?=\\s|')|,|: | - `,
    'g',
  );
  const fragments: Fragment[] = [];
  let start = 0;
  let connector = '';
  for (const match of text.matchAll(pattern)) {
    const keeps = new RegExp(`^(?:${lexicon.clauses.conditional})$`).test(match[0]) || /\p{L}/u.test(match[0]);
    if (match.index > start || match.index === 0) {
      if (match.index > 0)
        fragments.push({ span: { start: sentence.start + start, end: sentence.start + match.index }, connector });
      // Words of the connector stay with the clause they open: they say how it hangs together.
      start = keeps ? match.index : match.index + match[0].length;
      connector = match[0];
    } else if (!keeps) {
      start = match.index + match[0].length;
      connector += match[0];
    } else {
      connector += match[0];
    }
  }
  fragments.push({ span: { start: sentence.start + start, end: sentence.end }, connector });
  return fragments.filter(({ span }) => folded.slice(span.start, span.end).trim() !== '');
}
