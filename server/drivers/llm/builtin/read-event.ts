/** Events that start the workflow. */
import { missingIn } from './abilities.ts';
import type { MissingAbility } from './abilities.ts';
import { readCondition } from './conditions.ts';
import type { Condition } from './conditions.ts';
import { fieldWithin } from './fields.ts';
import type { Lexicon, Unavailable } from './lexicon/types.ts';
import { baseOf, leftoverOf } from './reading.ts';
import type { ClausePlace, Reading } from './reading.ts';
import { wordsOf } from './text.ts';
import type { Span } from '../../../../shared/schedule/words/text.ts';
import { wholeWords } from '../../../../shared/schedule/words/times.ts';
import { eventIn, opensEvent } from './triggers.ts';
import { verbsIn } from './verbs.ts';

/** "A form with name and budget." on its own: the trigger. */
export function announcesForm(reading: Reading, span: Span, text: string): boolean {
  if (reading.event || reading.scheduled || reading.parts.length > 0) return false;
  const works = verbsIn(text, reading.lexicon).some((one) => one.verb !== 'other' && one.verb !== 'write');
  if (works || !(/F/.test(text) || eventIn(text, reading.lexicon, false) === 'form')) return false;
  // "When someone submits the form" names the event; "a form with name and budget" has no words for it.
  reading.event = { kind: 'form', words: opensEvent(text, reading.lexicon) ? wordsOf(reading.doc, span) : '' };
  return true;
}

export function readEvent(reading: Reading, place: ClausePlace, span: Span): boolean {
  const { doc, lexicon } = reading;
  const text = doc.folded.slice(span.start, span.end);
  const kind = eventIn(text, lexicon, true);
  if (kind === undefined && !(opensEvent(text, lexicon) && !reading.event && !reading.scheduled)) return false;
  if (reading.event || reading.scheduled) return false;
  const end = eventEnd(text, place, lexicon);
  const own = { start: span.start, end: span.start + end };
  const words = wordsOf(doc, own);
  reading.event = { kind: kind ?? 'webhook', words };
  const missing = missingIn(
    doc.folded.slice(own.start, own.end),
    doc.original.slice(own.start, own.end),
    lexicon,
    false,
  ).find(isAboutEvents);
  const guard = guardOf(reading, own);
  if (guard)
    reading.parts.push({ ...baseOf(reading, place, own), type: 'if', condition: guard, elseIf: false, guard: true });
  if (kind === 'mail') reading.leftovers.push({ text: words, ability: 'inbox' });
  else if (missing) reading.leftovers.push(leftoverOf(missing, words));
  if (end < text.length) reading.rest(place, { start: span.start + end, end: span.end });
  return true;
}

/** Things that an event can take place in and the product does not hear of. */
function isAboutEvents(found: MissingAbility): found is MissingAbility & { ability: Unavailable } {
  const { ability, brand } = found;
  return ability !== 'approval' && (brand !== undefined || ['sheet', 'calendar', 'feed'].includes(ability));
}

/** "When an order over 500 euros comes in": the event is any order, the amount a condition for all that follows. */
function guardOf({ doc, lexicon }: Reading, own: Span): Condition | undefined {
  const condition = readCondition(doc, own, lexicon, false);
  const text = doc.folded.slice(own.start, own.end);
  const tests = condition.tests.flatMap((test) => {
    if (typeof test.value !== 'number' || !/^(?:greater|less)/.test(test.operator)) return [];
    const money = /[€$£]|(?<!\w)(?:euros?|eur|dollars?|usd|pounds?)(?!\w)/.test(text);
    const named = fieldWithin(test.subject, lexicon)?.name ?? (money ? 'amount' : undefined);
    const subject = lexicon.nouns.fields.find((field) => field.name === named);
    return subject ? [{ ...test, subject: wordFor(subject.source, text) ?? subject.name }] : [];
  });
  return tests.length > 0 ? { ...condition, tests, words: condition.words } : undefined;
}

function wordFor(source: string, text: string): string | undefined {
  return wholeWords(source, '').exec(text)?.[0];
}

/** "Nach jeder Bestellung über 250 Euro dem Kunden …": the event ends behind its noun and amount, the rest is what to do. */
function nounEventEnd(text: string, lexicon: Lexicon): number | undefined {
  const opening = new RegExp(`^(?:${lexicon.events.each}) `).exec(text);
  const noun = wholeWords(lexicon.events.noun, '').exec(text);
  if (!opening || !noun || noun.index > opening[0].length) return undefined;
  const end = noun.index + noun[0].length;
  const form = wholeWords(lexicon.events.form, '').exec(text);
  const formEnd = form ? form.index + form[0].length : 0;
  const amount =
    /^[^,;:\d]{0,20}\d[\d.,]{0,12}(?: ?(?:€|\$|£|euros?|eur|dollars?|usd|pounds?))?/.exec(text.slice(end))?.[0]
      .length ?? 0;
  const own = Math.max(end + amount, formEnd);
  const verb = verbsIn(text.slice(own), lexicon)[0];
  return verb ? own : text.length;
}

/** An event without a comma before what is to be done ends at the verb of that. */
function eventEnd(text: string, place: ClausePlace, lexicon: Lexicon): number {
  const noun = nounEventEnd(text, lexicon);
  if (noun !== undefined) return noun;
  if (place.followed) return text.length;
  const verbs = verbsIn(text, lexicon).filter(
    (one) => one.start > 12 && one.verb !== 'other' && one.verb !== 'wait' && one.verb !== 'http',
  );
  const event = [
    lexicon.events.form,
    lexicon.events.mail,
    lexicon.events.webhook,
    lexicon.events.manual,
    lexicon.events.happens,
  ]
    .map((source) => wholeWords(source, '').exec(text))
    .find((match) => match !== null);
  const after = event ? event.index + event[0].length : 12;
  return verbs.find((one) => one.start >= after)?.start ?? text.length;
}
