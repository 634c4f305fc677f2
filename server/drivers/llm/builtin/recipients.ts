/** Reads who a mail goes to, its subject and its text from a clause. Who "the customer" is in terms of data is decided by the caller. */
import type { Lexicon } from './lexicon/types.ts';
import { masks, maskedValues, wordsOf } from './text.ts';
import type { Span } from '../../../../shared/schedule/words/text.ts';
import type { Doc } from './text.ts';
import { wholeWords } from '../../../../shared/schedule/words/times.ts';

export type Recipient =
  | { type: 'address'; address: string }
  /** The person the trigger is about. */
  | { type: 'contact'; words: string }
  | { type: 'me'; words: string }
  /** Someone of the own organisation whose address was not given. */
  | { type: 'team'; words: string }
  | { type: 'list'; words: string };

export interface MailWords {
  to: Recipient[];
  cc: Recipient[];
  bcc: Recipient[];
  from?: string;
  replyTo?: string;
  subject?: string | undefined;
  /** Literal text. */
  body?: string;
}

export function readMail(doc: Doc, span: Span, lexicon: Lexicon): MailWords {
  const text = doc.folded.slice(span.start, span.end);
  const mail: MailWords = { to: [], cc: [], bcc: [] };
  const literal = readLiterals(doc, span, text, lexicon);
  if (literal.subject) mail.subject = literal.subject;
  if (literal.body) mail.body = literal.body;
  for (const { value, span: place } of maskedValues(doc, masks.email, span)) {
    sortAddress(mail, value, doc.folded.slice(span.start, place.start), lexicon);
  }
  addPeople(mail, doc, span, literal.rest, lexicon);
  return mail;
}

function sortAddress(mail: MailWords, address: string, before: string, lexicon: Lexicon): void {
  const { people } = lexicon;
  const near = before.slice(-60);
  const ends = (source: string): boolean =>
    new RegExp(`(?<![\\wß])(?:${source})(?: ?:)?(?: (?:an|to|a|la|the))? ?(?:E+(?:,? (?:and|und|et|y|&) |, ?))*$`).test(
      near,
    );
  if (ends(people.bcc)) mail.bcc.push({ type: 'address', address });
  else if (ends(people.cc)) mail.cc.push({ type: 'address', address });
  else if (ends(people.replyTo)) mail.replyTo = address;
  else if (ends(people.from)) mail.from = address;
  else mail.to.push({ type: 'address', address });
}

function addPeople(mail: MailWords, doc: Doc, span: Span, rest: string, lexicon: Lexicon): void {
  const { people } = lexicon;
  const kinds: [Recipient['type'], string][] = [
    ['team', people.team],
    ['me', people.me],
    ['contact', `${people.contact}|${people.pronoun}`],
    ['list', people.list],
  ];
  let left = rest;
  for (const field of ['bcc', 'cc'] as const) {
    for (const [type, source] of kinds) {
      const match = new RegExp(
        `(?<![\\wß])(?:${people[field]})(?: (?:${people.to}))? (?<who>${source})(?![\\wß])`,
      ).exec(left);
      if (!match?.groups?.who || type === 'address') continue;
      mail[field].push({
        type,
        words: wordsAt(doc, span, match.index + match[0].length - match.groups.who.length, match.groups.who.length),
      });
      left = left.slice(0, match.index) + ' '.repeat(match[0].length) + left.slice(match.index + match[0].length);
    }
  }
  if (mail.to.length > 0) return;
  const direct = firstPerson(left, kinds, `(?:${people.to}) `, lexicon) ?? firstPerson(left, kinds, '', lexicon);
  if (direct) mail.to.push({ type: direct.type, words: wordsAt(doc, span, direct.start, direct.length) });
}

type Person = { type: Exclude<Recipient['type'], 'address'>; start: number; length: number };

function firstPerson(
  text: string,
  kinds: readonly [Recipient['type'], string][],
  prefix: string,
  lexicon: Lexicon,
): Person | undefined {
  let best: Person | undefined;
  for (const [type, source] of kinds) {
    if (type === 'address') continue;
    // "about the customer" names a topic, not a recipient.
    for (const match of text.matchAll(wholeWords(`${prefix}(?<who>${source})`))) {
      const before = text.slice(Math.max(0, match.index - 14), match.index);
      if (prefix === '' && new RegExp(`(?<![\\wß])(?:${lexicon.nouns.about}|${lexicon.people.from}) $`).test(before))
        continue;
      const who = match.groups?.who ?? '';
      const start = match.index + match[0].length - who.length;
      if (best && (start > best.start || (start === best.start && who.length <= best.length))) break;
      best = { type, start, length: who.length };
      break;
    }
  }
  return best;
}

function wordsAt(doc: Doc, span: Span, start: number, length: number): string {
  return wordsOf(doc, { start: span.start + start, end: span.start + start + length });
}

/** Subject and body, quoted or after their words; `rest` is the text without them. */
function readLiterals(
  doc: Doc,
  span: Span,
  text: string,
  lexicon: Lexicon,
): { subject?: string; body?: string; rest: string } {
  const { people } = lexicon;
  let rest = text;
  const found: { subject?: string; body?: string } = {};
  const take = (source: string): string | undefined => {
    const match = new RegExp(`(?<![\\wß])(?:${source}) ?(?<value>Q+)`).exec(rest);
    if (!match?.groups?.value) return undefined;
    const start = match.index + match[0].length - match.groups.value.length;
    rest = rest.slice(0, match.index) + ' '.repeat(match[0].length) + rest.slice(match.index + match[0].length);
    return maskedValues(doc, masks.quote, {
      start: span.start + start,
      end: span.start + start + match.groups.value.length,
    })[0]?.value;
  };
  const subject = take(people.subject) ?? takePlain(people.subject);
  const body = take(people.body);
  function takePlain(source: string): string | undefined {
    const match = new RegExp(`(?<![\\wß])(?:${source}) (?<value>[^QE,;]{3,100}?)(?=${people.subjectEnd})`).exec(rest);
    if (!match?.groups?.value) return undefined;
    const start = match.index + match[0].length - match.groups.value.length;
    rest = rest.slice(0, match.index) + ' '.repeat(match[0].length) + rest.slice(match.index + match[0].length);
    return wordsAt(doc, span, start, match.groups.value.length);
  }
  if (subject) found.subject = subject;
  if (body) found.body = body;
  else {
    const loose = /Q+/.exec(rest);
    if (loose) {
      const value = maskedValues(doc, masks.quote, {
        start: span.start + loose.index,
        end: span.start + loose.index + loose[0].length,
      })[0]?.value;
      if (value) found.body = value;
      rest = rest.replace(/Q+/g, (run) => ' '.repeat(run.length));
    }
  }
  return { ...found, rest };
}
