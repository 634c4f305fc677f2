/** Reads sentences that share out: "Bugs go to a@x, questions to b@x and everything else to c@x" → one case per receiver. */
import type { Lexicon } from './lexicon/types.ts';
import { masks } from './text.ts';
import type { Span } from '../../../../shared/schedule/words/text.ts';
import type { Doc } from './text.ts';

export interface Route {
  /** The class, as typed; undefined for everything else. */
  value: string | undefined;
  span: Span;
}

/** The routes of a sentence, or undefined when it is no such list: every piece must name a class and an address. */
export function readRoutes(doc: Doc, sentence: Span, lexicon: Lexicon): Route[] | undefined {
  const text = doc.folded.slice(sentence.start, sentence.end);
  if ((text.match(/E+/g)?.length ?? 0) < 2 || /Q/.test(text)) return undefined;
  const routes: Route[] = [];
  for (const piece of pieces(text, lexicon)) {
    const route = readPiece(doc, { start: sentence.start + piece.start, end: sentence.start + piece.end }, lexicon);
    if (!route) return undefined;
    routes.push(route);
  }
  const named = routes.filter((route) => route.value !== undefined);
  return named.length >= 2 || (named.length === 1 && routes.length === 2) ? routes : undefined;
}

/** A piece ends with its address, and the words up to the next one. */
function pieces(text: string, lexicon: Lexicon): Span[] {
  const separator = new RegExp(`^(?:[,; ]|${lexicon.conditions.and}|${lexicon.clauses.connectors})+`);
  const spans: Span[] = [];
  let start = 0;
  for (const match of text.matchAll(new RegExp(`${masks.email}+`, 'g'))) {
    const end = match.index + match[0].length;
    const skipped = separator.exec(text.slice(start, end))?.[0].length ?? 0;
    spans.push({ start: start + (spans.length > 0 ? skipped : 0), end });
    start = end;
  }
  const rest = text
    .slice(start)
    .replace(/[\s.,]+/g, ' ')
    .trim();
  const closing = new RegExp(`^(?:${lexicon.verbs.anywhere.send}|${lexicon.verbs.anywhere.notify})?$`);
  return closing.test(rest) ? spans : [];
}

function readPiece(doc: Doc, span: Span, lexicon: Lexicon): Route | undefined {
  const { verbs, conditions, people, nouns, clauses } = lexicon;
  const text = doc.folded.slice(span.start, span.end);
  const verb = `(?:${verbs.anywhere.send}|${verbs.start.send ?? '(?!)'}|${nouns.goes})`;
  const lead = `(?:(?:${clauses.lead}|${conditions.thenWord}) )?`;
  const pattern = new RegExp(
    `^ ?${lead}(?:${verb} )?(?:${conditions.articles} )?(?<value>[a-zß][a-zß -]{2,40}?)(?: ${verb})? (?:${people.to}) (?:${conditions.articles} )?E+$`,
  );
  const found = pattern.exec(text)?.groups?.value;
  if (found === undefined) return undefined;
  if (new RegExp(`^(?:${conditions.else})$`).test(found)) return { value: undefined, span };
  // "a copy to b@x" and "it to a@x" name no class.
  if (
    new RegExp(
      `^(?:${nouns.anonymous}|${people.cc}|${people.bcc}|${nouns.mail}|.*\\b(?:cop(?:y|ie|ia)|kopie)\\b.*)$`,
    ).test(found)
  )
    return undefined;
  const at = span.start + text.indexOf(found);
  const words = doc.original.slice(at, at + found.length);
  return { value: words.replace(/ ones$/i, ''), span };
}
