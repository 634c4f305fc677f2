import type { FieldWord, Lexicon } from './lexicon/types.ts';
import { fold } from '../../../../shared/schedule/words/text.ts';
import { capital, masks, maskSpan } from './text.ts';
import type { Span } from '../../../../shared/schedule/words/text.ts';
import type { Doc } from './text.ts';
import { wholeWords } from '../../../../shared/schedule/words/times.ts';

export interface NamedField {
  name: string;
  label: string;
  type: FieldWord['type'] | 'select';
  required: boolean;
  options: string[];
}

/** A name that expressions can use: `Order no.` → `order_no`. */
export function slug(label: string): string {
  const name = fold(label)
    .replaceAll('ß', 'ss')
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 40);
  return /^[a-z]/.test(name) ? name : `field_${name || '1'}`;
}

/** The known field that folded words name, when they name nothing else besides. */
export function knownField(words: string, lexicon: Lexicon): FieldWord | undefined {
  const clean = words.trim();
  return lexicon.nouns.fields.find((field) => new RegExp(`^(?:${field.source})s?$`).test(clean));
}

/** The first known field named anywhere in folded words. */
export function fieldWithin(words: string, lexicon: Lexicon): FieldWord | undefined {
  return lexicon.nouns.fields.find((field) => wholeWords(field.source, '').test(words));
}

/** "name, e-mail and budget (low, high)" → fields. At most 30. */
export function readFieldList(words: string, lexicon: Lexicon): NamedField[] {
  const fields = new Map<string, NamedField>();
  for (const part of splitList(words, lexicon).slice(0, 30)) {
    const options = /\(([^)]{1,200})\)/.exec(part)?.[1];
    const label = part
      .replace(/\([^)]{0,200}\)/, '')
      .replace(new RegExp(`^(?:${lexicon.conditions.articles})\\s+`, 'i'), '')
      .replace(/^["'“„«]|["'”“»]$/g, '')
      .trim();
    if (label === '' || label.length > 60) continue;
    const known = knownField(fold(label), lexicon);
    const name = known?.name ?? slug(label);
    const choices = options ? splitList(options, lexicon) : [];
    const type = choices.length > 1 ? 'select' : (known?.type ?? 'text');
    fields.set(name, {
      name,
      label: capital(label),
      type,
      required: name === 'email' || name === 'name' || name === 'message',
      options: choices,
    });
  }
  return [...fields.values()];
}

/** Parts of a list, commas inside parentheses kept. */
export function splitList(words: string, lexicon: Lexicon): string[] {
  const { and, or } = lexicon.conditions;
  const separator = new RegExp(`,(?:${and}|${or})|,|;|${and}|${or}| & |/`, 'gi');
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  const marks = [...words.matchAll(new RegExp(`[()]|${separator.source}`, 'gi'))];
  for (const mark of marks) {
    if (mark[0] === '(') depth++;
    else if (mark[0] === ')') depth = Math.max(0, depth - 1);
    else if (depth === 0) {
      parts.push(words.slice(start, mark.index));
      start = mark.index + mark[0].length;
    }
  }
  parts.push(words.slice(start));
  return parts.map((part) => part.trim().replace(/[.:]+$/, '')).filter((part) => part !== '');
}

/** Fields listed after "a form with …"; their place is masked in the Doc handed back. */
export function takeFormFields(doc: Doc, lexicon: Lexicon): { doc: Doc; fields: NamedField[]; span: Span | undefined } {
  const match =
    new RegExp(`(?<![\\wß])(?:${lexicon.nouns.withFields})`).exec(doc.folded) ??
    new RegExp(`(?<![\\wß])(?:${lexicon.nouns.form}) \\((?=[^)]{5,300}\\))`).exec(doc.folded);
  if (!match) return { doc, fields: [], span: undefined };
  const start = match.index + match[0].length;
  const after = doc.folded.slice(start, start + 400);
  const end = new RegExp(lexicon.nouns.listEnd).exec(maskParentheses(after));
  const length = end ? end.index : Math.min(after.length, 200);
  const fields = readFieldList(doc.original.slice(start, start + length), lexicon);
  // One unknown word is no list of fields ("a form with a discount").
  if (fields.length === 0 || (fields.length === 1 && !knownField(fold(fields[0]?.label ?? ''), lexicon)))
    return { doc, fields: [], span: undefined };
  const span = { start, end: start + length };
  return { doc: maskSpan(doc, span, masks.fields), fields, span };
}

/** Commas and full stops inside parentheses end no list. */
function maskParentheses(text: string): string {
  return text.replace(/\([^)]{0,200}\)/g, (found) => '_'.repeat(found.length));
}
