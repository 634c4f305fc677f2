/** Conditions: `if`, `otherwise`, and cases without `if`. */
import { missingIn } from './abilities.ts';
import { approverIn } from './approvals.ts';
import { readCondition, valueOf } from './conditions.ts';
import { findDelay } from './delays.ts';
import { knownField } from './fields.ts';
import type { Lexicon } from './lexicon/types.ts';
import { baseOf } from './reading.ts';
import type { ClausePlace, Reading } from './reading.ts';
import { wordsOf } from './text.ts';
import type { Span } from '../../../../shared/schedule/words/text.ts';
import type { Doc } from './text.ts';
import { wholeWords } from '../../../../shared/schedule/words/times.ts';
import { eventIn } from './triggers.ts';
import { verbsIn } from './verbs.ts';

export function readElse(reading: Reading, place: ClausePlace, span: Span): boolean {
  const { doc, lexicon } = reading;
  const text = doc.folded.slice(span.start, span.end);
  const elseIf = new RegExp(`^(?:${lexicon.conditions.elseIf})(?![\\wß])`).exec(text);
  if (elseIf) {
    const rest = { start: span.start + elseIf[0].length, end: span.end };
    pushCondition(reading, place, rest, { elseIf: true, negated: false });
    return true;
  }
  const found = new RegExp(`^(?:${lexicon.conditions.else})(?![\\wß])`).exec(text);
  if (!found) return false;
  reading.parts.push({ ...baseOf(reading, place, span), type: 'else' });
  const rest = { start: span.start + found[0].length, end: span.end };
  reading.rest(place, rest);
  return true;
}

export function readIf(reading: Reading, place: ClausePlace, span: Span): boolean {
  const { doc, lexicon } = reading;
  const text = doc.folded.slice(span.start, span.end);
  const unless = new RegExp(`^(?:${lexicon.conditions.unless})(?![\\wß])`).exec(text);
  const opening =
    unless ?? new RegExp(`^(?:${lexicon.conditions.if})(?![\\wß])`).exec(text) ?? whenCondition(reading, text);
  if (!opening) return false;
  const rest = { start: span.start + opening[0].length, end: span.end };
  if (!reading.event && !reading.scheduled && reading.parts.length === 0 && readsAsEvent(doc, rest, text, lexicon))
    return false;
  pushCondition(reading, place, rest, { elseIf: false, negated: Boolean(unless) });
  return true;
}

/** `when` is a condition once the workflow has its trigger. */
function whenCondition(reading: Reading, text: string): RegExpExecArray | null {
  if (!reading.event && !reading.scheduled) return null;
  return new RegExp(`^(?:${reading.lexicon.conditions.when})(?![\\wß])`).exec(text);
}

/** "If someone fills in the form" at the very start is the trigger; "if the amount is above 5" is not. */
function readsAsEvent(doc: Doc, rest: Span, text: string, lexicon: Lexicon): boolean {
  const event = eventIn(text, lexicon, true);
  if (event === undefined) return false;
  if (event !== 'webhook') return true;
  const [test] = readCondition(doc, rest, lexicon, false).tests;
  const compares = test !== undefined && test.operator !== 'is_true';
  const indefinite = new RegExp(`^ ?(?:${lexicon.events.indefinite})(?![\\wß])`).test(
    doc.folded.slice(rest.start, rest.end),
  );
  return indefinite ? !(typeof test?.value === 'number' && knownField(test.subject, lexicon)) : !compares;
}

function pushCondition(
  reading: Reading,
  place: ClausePlace,
  rest: Span,
  how: { elseIf: boolean; negated: boolean },
): void {
  const { doc, lexicon } = reading;
  const text = doc.folded.slice(rest.start, rest.end);
  const cut = conditionEnd(text, place, lexicon);
  const own = { start: rest.start, end: rest.start + cut.end };
  const ownText = text.slice(0, cut.end);
  const delay = findDelay(ownText, lexicon);
  if (delay)
    reading.parts.push({
      ...baseOf(reading, place, own),
      type: 'delay',
      delay: { amount: delay.amount, unit: delay.unit },
    });
  const unknowable = missingIn(ownText, doc.original.slice(own.start, own.end), lexicon, false).find(
    ({ ability }) => ability === 'reply_wait' || ability === 'tracking' || ability === 'approval',
  );
  if (unknowable?.ability === 'approval') readDecision(reading, place, own, how);
  else if (unknowable) {
    reading.leftovers.push({
      text: wordsOf(doc, { start: place.span.start, end: own.end }),
      ability: unknowable.ability,
    });
    reading.dropped = true;
  } else {
    const condition = readCondition(doc, own, lexicon, how.negated);
    reading.parts.push({ ...baseOf(reading, place, own), type: 'if', condition, elseIf: how.elseIf });
  }
  if (cut.next < text.length)
    reading.rest({ ...place, followed: false }, { start: rest.start + cut.next, end: rest.end });
}

/** "Once I approve it, …": what follows waits for a yes, or for a no. */
function readDecision(
  reading: Reading,
  place: ClausePlace,
  own: Span,
  how: { elseIf: boolean; negated: boolean },
): void {
  const { doc, lexicon } = reading;
  const base = baseOf(reading, place, own);
  const negated = how.negated !== wholeWords(lexicon.nouns.refuses, '').test(base.folded);
  const approval = { approver: approverIn(doc, own, lexicon) };
  const condition = { combinator: 'and' as const, negated, tests: [], words: base.words, approval };
  reading.parts.push({ ...base, type: 'if', condition, elseIf: how.elseIf });
}

/** "… is 2 or less call the customer": a clause that starts within five words behind a number. */
function verbBehindNumber(text: string, lexicon: Lexicon): number | undefined {
  const number = /\d[\d.,]{0,12}/.exec(text);
  if (!number) return undefined;
  const from = number.index + number[0].length;
  const words = [...text.slice(from, from + 120).matchAll(/(?<=\s)\S/g)].slice(0, 5);
  return words.map((word) => from + word.index).find((at) => verbsIn(text.slice(at), lexicon)[0]?.start === 0);
}

/** Where a condition ends when its consequence stands in the same clause: at `then`, or at the verb of what is to be done. */
function conditionEnd(text: string, place: ClausePlace, lexicon: Lexicon): { end: number; next: number } {
  const then = wholeWords(lexicon.conditions.thenWord, '').exec(text);
  if (then && then.index > 3) return { end: then.index, next: then.index + then[0].length };
  const verb = verbsIn(text, lexicon).find(
    (one) => one.start > 5 && one.verb !== 'other' && one.verb !== 'wait' && one.verb !== 'classify',
  );
  // With a consequence behind a comma, a verb belongs to the condition, unless a number has ended that before.
  if (verb && (!place.followed || /\d\D{0,12}$/.test(text.slice(0, verb.start))))
    return { end: verb.start, next: verb.start };
  const opening = verbBehindNumber(text, lexicon);
  if (opening !== undefined) return { end: opening, next: opening };
  return { end: text.length, next: text.length };
}

/** "For a score of 80 or more, …", "for complaints, …" behind a step that decides: a condition without `if`. */
export function readCase(reading: Reading, place: ClausePlace, span: Span): boolean {
  const { doc, lexicon } = reading;
  const text = doc.folded.slice(span.start, span.end);
  const opening = new RegExp(`^(?:${lexicon.conditions.for}) `).exec(text);
  const isEvent = new RegExp(`^(?:${lexicon.events.each}) `).test(text);
  if (!opening || isEvent || reading.parts.length === 0 || !place.followed) return false;
  const rest = { start: span.start + opening[0].length, end: span.end };
  const condition = readCondition(doc, rest, lexicon, false);
  const compares = condition.tests.some((test) => typeof test.value === 'number' && test.operator !== 'equals');
  const decided = reading.parts.some((part) => part.type === 'ai' && part.job === 'classify');
  const words = doc.original.slice(rest.start, rest.end).trim();
  if (!compares && (!decided || words.split(/\s+/).length > 4 || verbsIn(text, lexicon).length > 0)) return false;
  const tests = compares
    ? condition.tests
    : [{ subject: '', operator: 'equals' as const, value: String(valueOf(words, lexicon)) }];
  reading.parts.push({
    ...baseOf(reading, place, span),
    type: 'if',
    elseIf: false,
    condition: { ...condition, tests },
  });
  return true;
}
