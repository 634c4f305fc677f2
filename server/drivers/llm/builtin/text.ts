import { fold } from '../../../../shared/schedule/words/text.ts';
import type { Span } from '../../../../shared/schedule/words/text.ts';

/**
 * The text that all parts of the composer look at. Invariant: `folded` has exactly the length of `original`, so that any place found in
 * one can be quoted from the other. Folding lowers case and strips accents; what must not be read as language (quotes, addresses, URLs,
 * Liquid) is masked by runs of one capital letter, and later readers mask what they have used up in the same way.
 */
export interface Doc {
  original: string;
  folded: string;
}

/** Capital letters never occur in folded text otherwise. */
export const masks = {
  quote: 'Q',
  email: 'E',
  url: 'U',
  liquid: 'L',
  /** A schedule that was read. */
  time: 'T',
  /** Names of form fields. */
  fields: 'F',
  /** A delay that was read. */
  delay: 'D',
  /** Anything else that was used up. */
  used: 'X',
} as const;
export type Mask = (typeof masks)[keyof typeof masks];

const maskPatterns: readonly [Mask, RegExp][] = [
  [masks.liquid, /\{\{[^{}]{0,300}\}\}/g],
  [masks.quote, /"[^"\n]{1,2000}"|“[^”"\n]{1,2000}[”"]|„[^“”"\n]{1,2000}[“”"]|«[^»\n]{1,2000}»|»[^«\n]{1,2000}«/g],
  [masks.quote, /(?<=^|[\s(:])['‘‚][^'’‘\n]{1,300}['’‘](?=$|[\s).,;:!?])/g],
  [masks.url, /\bhttps?:\/\/[^\s<>"'«»“”]{1,2000}/g],
  [masks.email, /(?<![\w.+-])[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,8}[a-z]{2,24}(?![\w-])/gi],
];

/** Makes a Doc of a text: folded, and quotes, URLs, addresses, Liquid and what is too long for a word masked. */
export function docOf(text: string): Doc {
  let folded = fold(text);
  for (const [mask, pattern] of maskPatterns) {
    folded = folded.replace(pattern, (found) => {
      if (mask === masks.url) return maskUrl(found);
      if (mask === masks.quote && wholeEmail.test(found.slice(1, -1))) return masks.email.repeat(found.length);
      return mask.repeat(found.length);
    });
  }
  return { original: text, folded: folded.replace(/[\p{Ll}\d]{61,}/gu, (run) => masks.used.repeat(run.length)) };
}

const wholeEmail = /^[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,8}[a-z]{2,24}$/i;

/** Punctuation that ends the sentence is not part of the URL. */
function maskUrl(found: string): string {
  const trimmed = found.replace(/[.,;:!?)\]]{1,5}$/, '');
  return masks.url.repeat(trimmed.length) + found.slice(trimmed.length);
}

/** A Doc in which the given range is masked. */
export function maskSpan(doc: Doc, span: Span, mask: Mask): Doc {
  const { folded } = doc;
  return { ...doc, folded: folded.slice(0, span.start) + mask.repeat(span.end - span.start) + folded.slice(span.end) };
}

/** The person's own words of a range, without space at the ends. */
export function wordsOf(doc: Doc, span: Span): string {
  return doc.original
    .slice(span.start, span.end)
    .trim()
    .replace(/^[,;:.\s-]+|[,;:\s]+$/g, '');
}

/** All masked values of one sort within a range, without their quotation marks. */
export function maskedValues(doc: Doc, mask: Mask, span: Span): { value: string; span: Span }[] {
  const found: { value: string; span: Span }[] = [];
  const pattern = new RegExp(`${mask}+`, 'g');
  for (const match of doc.folded.slice(span.start, span.end).matchAll(pattern)) {
    const start = span.start + match.index;
    const end = start + match[0].length;
    const raw = doc.original.slice(start, end);
    found.push({ value: raw.replace(/^["“„«»'‘‚]\s?|\s?["”“»«'’‘]$/g, ''), span: { start, end } });
  }
  return found;
}

/** First letter in upper case; nothing else changes. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Cuts at a word boundary, with an ellipsis when something was cut. */
export function shorten(text: string, max: number): string {
  const clean = text.replace(/\s+/g, ' ').trim();
  if (clean.length <= max) return clean;
  const cut = clean.slice(0, max - 1);
  const space = cut.lastIndexOf(' ');
  return `${(space > max / 2 ? cut.slice(0, space) : cut).replace(/[\s,;:.-]+$/, '')}…`;
}
