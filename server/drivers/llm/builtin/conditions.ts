/** Reads conditions: "the score is above 70 and the country is Germany" → subjects, operators, values. What the subjects refer to is decided later. */
import type { Comparison, Lexicon } from './lexicon/types.ts';
import type { Recipient } from './recipients.ts';
import type { Span } from '../../../../shared/schedule/words/text.ts';
import type { Doc } from './text.ts';

export interface Test {
  /** Folded words of what is tested; '' for "it". */
  subject: string;
  operator: Comparison;
  /** As typed; numbers as numbers. '' for is_empty and the like. */
  value: string | number;
  /** Where somebody comes from. */
  origin?: boolean;
}

export interface Condition {
  combinator: 'and' | 'or';
  negated: boolean;
  tests: Test[];
  /** The person's words, for titles. */
  words: string;
  /** Somebody says yes: decided by an approval, not by data. */
  approval?: { approver: Recipient | undefined };
}

/** Reads the words of a condition (without `if`). Never fails: what has no comparison becomes a yes-or-no question. */
export function readCondition(doc: Doc, span: Span, lexicon: Lexicon, negated: boolean): Condition {
  const text = doc.folded.slice(span.start, span.end);
  const { and, or } = lexicon.conditions;
  const hasOr = new RegExp(or).test(text) && !new RegExp(and).test(text);
  const pieces = cut(text, hasOr ? or : and);
  const tests: Test[] = [];
  for (const piece of pieces) {
    const original = doc.original.slice(span.start + piece.start, span.start + piece.end);
    const test = readTest(text.slice(piece.start, piece.end), original, lexicon);
    const before = tests.at(-1);
    tests.push(
      test.subject === '' && before && test.operator !== 'is_true'
        ? { ...test, subject: before.subject }
        : inherit(test, before, original, lexicon),
    );
  }
  return { combinator: hasOr ? 'or' : 'and', negated, tests, words: doc.original.slice(span.start, span.end).trim() };
}

/** "contains 'refund' or 'cancel'": the second piece has a value only. */
function inherit(test: Test, before: Test | undefined, original: string, lexicon: Lexicon): Test {
  if (test.operator !== 'is_true' || !before || before.operator === 'is_true' || before.operator.startsWith('is_'))
    return test;
  return { ...before, value: valueOf(original, lexicon) };
}

function cut(text: string, separator: string): Span[] {
  const spans: Span[] = [];
  let start = 0;
  for (const match of text.matchAll(new RegExp(separator, 'g'))) {
    spans.push({ start, end: match.index });
    start = match.index + match[0].length;
    if (spans.length >= 9) break;
  }
  spans.push({ start, end: text.length });
  return spans.filter((one) => text.slice(one.start, one.end).trim() !== '');
}

const compiled = new WeakMap<Lexicon, [Comparison, RegExp][]>();

function comparisonsOf(lexicon: Lexicon): [Comparison, RegExp][] {
  const known = compiled.get(lexicon);
  if (known) return known;
  const made = lexicon.conditions.comparisons.map(([operator, source]): [Comparison, RegExp] => [
    operator,
    wholeOrSign(source),
  ]);
  compiled.set(lexicon, made);
  return made;
}

/** Words need a boundary, signs (`>=`) do not. */
function wholeOrSign(source: string): RegExp {
  return new RegExp(`(?<![\\wß])(?:${source})(?![\\wß])|(?<=\\s|\\w)(?:${source})(?=\\s|\\d)`);
}

function readTest(text: string, original: string, lexicon: Lexicon): Test {
  for (const [operator, pattern] of comparisonsOf(lexicon)) {
    const match = pattern.exec(text);
    if (!match) continue;
    const after = match.index + match[0].length;
    const said = operator === 'contains' ? amountWithin(text.slice(after), original.slice(after), lexicon) : undefined;
    if (said) return said;
    const subject = subjectOf(text.slice(0, match.index), lexicon);
    if (operator === 'is_empty' || operator === 'is_not_empty')
      return { subject: subject || subjectOf(text.slice(after), lexicon), operator, value: '' };
    const inside = insideValue(match, original);
    const behind = text.slice(after).trim() === '' && inside === undefined;
    // German and others put the verb last: "der Betrag über 500 liegt"; the value then stands inside the match or before it.
    const value = inside ?? (behind ? '' : original.slice(after));
    const read = valueOf(value, lexicon);
    if (read === '') continue;
    if (isAmount(operator) && typeof read !== 'number') continue;
    const test = yesNo({ subject, operator, value: read }, lexicon);
    return new RegExp(`^(?:${lexicon.nouns.comesFrom})$`).test(match[0].trim()) ? { ...test, origin: true } : test;
  }
  return { subject: subjectOf(text, lexicon), operator: 'is_true', value: '' };
}

/** "They mention a budget above 5000" is about the amount, not about the words. */
function amountWithin(text: string, original: string, lexicon: Lexicon): Test | undefined {
  const test = readTest(text, original, lexicon);
  return test.subject !== '' && typeof test.value === 'number' && isAmount(test.operator) ? test : undefined;
}

function isAmount(operator: Comparison): boolean {
  return operator === 'greater' || operator === 'less' || operator === 'greater_equal' || operator === 'less_equal';
}

/** A value that stands inside the words of the comparison (groups `value`, `value2` …), as typed. */
function insideValue(match: RegExpExecArray, original: string): string | undefined {
  const found = Object.values(match.groups ?? {}).find((value) => value !== undefined);
  if (found === undefined) return undefined;
  const at = match.index + match[0].indexOf(found);
  return original.slice(at, at + found.length);
}

/** "is checked" is no comparison with a word but a yes. */
function yesNo(test: Test, lexicon: Lexicon): Test {
  const isYes = typeof test.value === 'string' && new RegExp(`^(?:${lexicon.conditions.yes})$`, 'i').test(test.value);
  return isYes && test.operator === 'equals' ? { ...test, operator: 'is_true', value: '' } : test;
}

export function subjectOf(text: string, lexicon: Lexicon): string {
  const { articles, copula } = lexicon.conditions;
  const strip = new RegExp(`^[\\s,:]*(?:${articles}|${copula})(?![\\wß'])`);
  let rest = text.replace(/[EQU]+/g, ' ').trim();
  for (let i = 0; i < 5; i++) {
    const next = rest.replace(strip, '').trim();
    if (next === rest) break;
    rest = next;
  }
  return rest
    .replace(new RegExp(`(?<![\\wß])${copula}$`), '')
    .replace(/[,.:;]+$/, '')
    .trim();
}

/** A number where the words start with one (currency and % are dropped), a quote without its marks, else the words without articles. */
export function valueOf(words: string, lexicon: Lexicon): string | number {
  const clean = words.trim().replace(/^["“„«»'‘:\s]+|["”“»«'’.,;:!?\s]+$/g, '');
  const plain = clean.replace(/^(?:[€$£]|eur |usd |a score of |than )\s?/i, '');
  const number = /^-?\d{1,3}(?:[.,' ]\d{3})+(?![\d])(?:[.,]\d{1,2})?|^-?\d+(?:[.,]\d+)?/.exec(plain);
  if (
    number &&
    /^\s*(?:%|percent|prozent|pour cent|por ciento|[€$£]|eur|euros?|usd|dollars?|pounds?|points?|punkte?n?|puntos|stars?|sterne?n?|etoiles|estrellas|employees|mitarbeiter|people|personen|k\b|out of.*|von \d+|sur \d+|de \d+|\p{L}+|$)/iu.test(
      plain.slice(number[0].length),
    )
  ) {
    return toNumber(number[0]) * (/^\s*k\b/i.test(plain.slice(number[0].length)) ? 1_000 : 1);
  }
  const word = lexicon.schedule.numbers[clean.toLowerCase()];
  if (word !== undefined && clean.length > 2) return word;
  const article = new RegExp(`^(?:${lexicon.conditions.articles}|${lexicon.conditions.copula})\\s+`, 'i');
  return clean.replace(article, '').replace(article, '').trim();
}

/** `5.000` and `5,000` are thousands, `4.5` and `4,5` are not. */
function toNumber(text: string): number {
  const grouped = /^-?\d{1,3}(?:[.,' ]\d{3})+/.exec(text)?.[0];
  if (grouped === undefined) return Number(text.replace(',', '.'));
  const rest = text.slice(grouped.length).replace(',', '.');
  return Number(grouped.replace(/[.,' ]/g, '') + rest);
}
