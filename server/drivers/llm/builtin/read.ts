/** Reads one clause into parts. What cannot become a part is a leftover, never nothing: the account of the request's words is kept here. */
import { missingIn, scopes } from './abilities.ts';
import type { MissingAbility } from './abilities.ts';
import { actionsOf, intentOf } from './actions.ts';
import { readCondition, valueOf } from './conditions.ts';
import type { Condition } from './conditions.ts';
import { fieldWithin, knownField } from './fields.ts';
import { findDelay } from './delays.ts';
import type { Lexicon, VerbClass } from './lexicon/types.ts';
import type { ActionBody, Leftover, Part, PartBase } from './parts.ts';
import { readMail } from './recipients.ts';
import { readRoutes } from './routes.ts';
import { masks, maskSpan, wordsOf } from './text.ts';
import type { Doc, Span } from './text.ts';
import { wholeWords } from './times.ts';
import { eventIn, opensEvent } from './triggers.ts';
import type { EventKind } from './triggers.ts';
import { leadLength, verbsIn } from './verbs.ts';

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
}

export interface ClausePlace {
  span: Span;
  sentence: number;
  /** Another clause that is no `otherwise` follows in the sentence. */
  followed: boolean;
  /** How many openings (`if if if …`) stood before; bounded. */
  depth?: number;
}

const aiVerbs: readonly VerbClass[] = ['write', 'summarise', 'classify', 'extract', 'translate', 'score', 'reply'];

export function readClause(reading: Reading, place: ClausePlace): void {
  const { doc, lexicon } = reading;
  const start = place.span.start + leadLength(doc.folded.slice(place.span.start, place.span.end), lexicon);
  const span = { start, end: place.span.end };
  const text = doc.folded.slice(span.start, span.end);
  if (isFiller(text, lexicon)) return;
  const before = count(reading);
  if (announcesForm(reading, text)) return;
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

/** Nothing to do: polite words, a schedule that was read before, punctuation. */
function isFiller(text: string, lexicon: Lexicon): boolean {
  const bare = text
    .replace(/[TFX]+/g, ' ')
    .replace(/[\s.,:;!?()-]+/g, ' ')
    .trim();
  return (
    bare === '' ||
    new RegExp(`^(?:${lexicon.clauses.filler}|${lexicon.clauses.lead}|${lexicon.clauses.afterwards})$`).test(bare)
  );
}

/** "A form with name and budget." on its own: the trigger. */
function announcesForm(reading: Reading, text: string): boolean {
  if (reading.event || reading.scheduled || reading.parts.length > 0) return false;
  const works = verbsIn(text, reading.lexicon).some((one) => one.verb !== 'other' && one.verb !== 'write');
  if (works || !(/F/.test(text) || eventIn(text, reading.lexicon, false) === 'form')) return false;
  reading.event = { kind: 'form', words: '' };
  return true;
}

function baseOf(reading: Reading, place: ClausePlace, span: Span): PartBase {
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

/** A sentence that shares out by class ("bugs to a@x, the rest to b@x") becomes one case per receiver. */
export function readShared(reading: Reading, sentence: Span, index: number): boolean {
  const { doc, lexicon } = reading;
  const routes = readRoutes(doc, sentence, lexicon);
  if (!routes) return false;
  for (const [at, { value, span }] of routes.entries()) {
    const place = { span, sentence: index, followed: false };
    const base = { ...baseOf(reading, place, span), rejoin: false, parallel: false, afterwards: false };
    if (value === undefined) reading.parts.push({ ...base, type: 'else' });
    else {
      const tests = [{ subject: '', operator: 'equals' as const, value }];
      reading.parts.push({
        ...base,
        type: 'if',
        elseIf: at > 0,
        condition: { combinator: 'and', negated: false, tests, words: value },
      });
    }
    reading.parts.push({ ...base, type: 'mail', mail: readMail(doc, span, lexicon), intent: 'alert', content: false });
  }
  return true;
}

/** The words of a clause that no earlier layer has read: "Every Monday write a text" → "write a text". */
function unread(doc: Doc, span: Span): { words: string; folded: string } {
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

/** "Subject: …" or "CC …" in a sentence of its own completes the mail before it. */
function continuesMail(reading: Reading, span: Span, text: string): boolean {
  const { people } = reading.lexicon;
  if (!new RegExp(`^(?:${people.subject}|${people.cc}|${people.bcc}|${people.replyTo})(?![\\wß])`).test(text))
    return false;
  const mail = reading.parts.findLast((part) => part.type === 'mail');
  if (mail?.type !== 'mail') return false;
  const more = readMail(reading.doc, span, reading.lexicon);
  mail.mail.cc.push(...more.cc);
  mail.mail.bcc.push(...more.bcc);
  mail.mail.subject ??= more.subject;
  if (more.replyTo !== undefined) mail.mail.replyTo ??= more.replyTo;
  reading.merged++;
  return true;
}

/** "For a score of 80 or more, …", "for complaints, …" behind a step that decides: a condition without `if`. */
function readCase(reading: Reading, place: ClausePlace, span: Span): boolean {
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

function readElse(reading: Reading, place: ClausePlace, span: Span): boolean {
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
  readRest(reading, place, rest);
  return true;
}

/** The part of a clause behind its opening words; nothing left is fine. */
function readRest(reading: Reading, place: ClausePlace, rest: Span): void {
  const text = reading.doc.folded.slice(rest.start, rest.end);
  if (text.replace(/[\s,:-]+/g, '') === '') return;
  const depth = (place.depth ?? 0) + 1;
  if (depth > 8) reading.leftovers.push({ text: wordsOf(reading.doc, rest) });
  else readClause(reading, { ...place, span: rest, depth });
}

function readIf(reading: Reading, place: ClausePlace, span: Span): boolean {
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
  if (unknowable) {
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
    readRest(reading, { ...place, followed: false }, { start: rest.start + cut.next, end: rest.end });
}

/** Where a condition ends when its consequence stands in the same clause: at `then`, or at the verb of what is to be done. */
function conditionEnd(text: string, place: ClausePlace, lexicon: Lexicon): { end: number; next: number } {
  const then = wholeWords(lexicon.conditions.then, '').exec(text);
  if (then && then.index > 3) return { end: then.index, next: then.index + then[0].length };
  const verb = verbsIn(text, lexicon).find(
    (one) => one.start > 5 && one.verb !== 'other' && one.verb !== 'wait' && one.verb !== 'classify',
  );
  // With a consequence behind a comma, a verb belongs to the condition, unless a number has ended that before.
  if (verb && (!place.followed || /\d\D{0,12}$/.test(text.slice(0, verb.start))))
    return { end: verb.start, next: verb.start };
  return { end: text.length, next: text.length };
}

function readEvent(reading: Reading, place: ClausePlace, span: Span): boolean {
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
  ).filter(
    (one) => one.brand !== undefined || one.ability === 'sheet' || one.ability === 'calendar' || one.ability === 'feed',
  );
  const guard = guardOf(reading, own);
  if (guard)
    reading.parts.push({ ...baseOf(reading, place, own), type: 'if', condition: guard, elseIf: false, guard: true });
  if (kind === 'mail') reading.leftovers.push({ text: words, ability: 'inbox' });
  else for (const one of missing.slice(0, 1)) reading.leftovers.push(leftoverOf(one, words));
  if (end < text.length) readRest(reading, place, { start: span.start + end, end: span.end });
  return true;
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

function leftoverOf(missing: MissingAbility, words: string): Leftover {
  return missing.brand === undefined
    ? { text: words, ability: missing.ability }
    : { text: words, ability: missing.ability, brand: missing.brand };
}

/** Everything that is neither trigger nor condition: delays, missing abilities, actions. */
function readWork(reading: Reading, place: ClausePlace, span: Span): void {
  const { lexicon } = reading;
  let { doc } = reading;
  const base = baseOf(reading, place, span);
  const until = new RegExp(`(?<![\\wß])${lexicon.nouns.until}`).exec(doc.folded.slice(span.start, span.end));
  const delay = findDelay(doc.folded.slice(span.start, span.end), lexicon);
  if (until?.groups?.when && !delay && !missingOf(doc, span, lexicon).some((one) => scopes[one.ability] === 'clause')) {
    const place = { start: span.start + until.index, end: span.start + until.index + until[0].length };
    const at = place.end - until.groups.when.length;
    reading.parts.push({ ...base, type: 'until', when: doc.original.slice(at, place.end).trim() });
    doc = maskSpan(doc, place, masks.used);
  }
  const beforeEvent = missingOf(doc, span, lexicon).find((one) => one.ability === 'before_event');
  if (delay && !beforeEvent) {
    reading.parts.push({ ...base, type: 'delay', delay: { amount: delay.amount, unit: delay.unit } });
    doc = maskSpan(doc, { start: span.start + delay.span.start, end: span.start + delay.span.end }, masks.used);
  }
  const left = withoutMissing(reading, doc, span);
  if (!left) return;
  const found = actionsOf(left, span, lexicon, { laterParts: reading.parts });
  const actions = found.length === 0 && delay ? elliptical(left, span, lexicon) : found;
  const rest = unread(left, span);
  takeOver(reading, place, actions, rest.folded);
  reading.parts.push(...actions.map((action) => ({ ...base, ...rest, ...action })));
  if (actions.length === 0 && (delay || until) && !isWaitOnly(left, span, lexicon))
    reading.leftovers.push({ text: wordsOf(doc, span) });
}

/** "Write a mail to the customer and send it": one mail; the sending clause keeps the receivers that were named before. */
function takeOver(reading: Reading, place: ClausePlace, actions: ActionBody[], text: string): void {
  const before = reading.parts.at(-1);
  const [mail] = actions;
  if (actions.length !== 1 || mail?.type !== 'mail' || mail.mail.body !== undefined) return;
  if (before?.type !== 'mail' || before.sentence !== place.sentence) return;
  const own = mail.mail.to[0];
  const sendsIt = before.content && wholeWords(reading.lexicon.nouns.anonymous, '').test(text);
  const first = before.mail.to[0];
  const same =
    (own === undefined || own.type === 'contact') && first?.type === 'contact' && before.mail.body === undefined;
  if (sendsIt && (own === undefined || first === undefined || own.type === first.type)) {
    if (own === undefined) mail.mail.to.push(...before.mail.to);
    mail.mail.subject ??= before.mail.subject;
    reading.parts.pop();
    reading.merged++;
  } else if (same && !sendsIt && mail.intent !== 'reminder') {
    // "Thank the customer and ask them for a review" is one mail.
    actions.pop();
    reading.merged++;
  }
}

/** A mail by name; "a WhatsApp message" is none. */
const plainMail = /(?<!\w)(?:\w*-?e-?mails?|\w*mails?|correos?|courriels?)(?!\w)/;

/** "… a reminder three days later": one more mail, without a verb of its own. */
function elliptical(doc: Doc, span: Span, lexicon: Lexicon): ActionBody[] {
  const folded = doc.folded.slice(span.start, span.end);
  const intent = intentOf(folded, new Set(), lexicon);
  if (intent === 'plain' && !wholeWords(lexicon.nouns.mail, '').test(folded)) return [];
  return [{ type: 'mail', mail: readMail(doc, span, lexicon), intent, content: false }];
}

function isWaitOnly(doc: Doc, span: Span, lexicon: Lexicon): boolean {
  const text = doc.folded
    .slice(span.start, span.end)
    .replace(/[XTDF]+/g, ' ')
    .trim();
  const bare = text.slice(leadLength(text, lexicon)).trim();
  return bare.length < 12 || isFiller(text, lexicon);
}

function missingOf(doc: Doc, span: Span, lexicon: Lexicon): MissingAbility[] {
  const folded = doc.folded.slice(span.start, span.end);
  const verbs = verbsIn(folded, lexicon);
  const writes = verbs.some((one) => aiVerbs.includes(one.verb)) && !verbs.some((one) => one.verb === 'send');
  return missingIn(folded, doc.original.slice(span.start, span.end), lexicon, writes);
}

/** Reports missing abilities of a clause; undefined when nothing of it is left, else the Doc with their words masked. */
function withoutMissing(reading: Reading, doc: Doc, span: Span): Doc | undefined {
  const { lexicon } = reading;
  const folded = doc.folded.slice(span.start, span.end);
  const verbs = verbsIn(folded, lexicon);
  const writes = verbs.some((one) => aiVerbs.includes(one.verb));
  const sends = verbs.some((one) => one.verb === 'send' || one.verb === 'notify' || one.verb === 'remind');
  const mails = sends && (/E/.test(folded) || plainMail.test(folded));
  let left = doc;
  const asks = new RegExp(`(?<![\\wß])(?:${lexicon.nouns.asks})(?![\\wß])`);
  for (const missing of missingOf(doc, span, lexicon)) {
    if (missing.brand !== undefined && asks.test(folded.slice(0, missing.span.start))) continue;
    const place = { start: span.start + missing.span.start, end: span.start + missing.span.end };
    if (scopes[missing.ability] === 'clause' && !writes && !mails) {
      reading.leftovers.push(leftoverOf(missing, wordsOf(doc, span)));
      return undefined;
    }
    if (missing.ability === 'media' && !verbs.some((one) => one.verb !== 'http')) continue;
    // Few words alone say little: the person reads the whole clause then.
    const words = wordsOf(doc, place);
    reading.leftovers.push(leftoverOf(missing, words.length < 4 ? wordsOf(doc, span) : words));
    if (missing.ability === 'attachment' || missing.ability === 'before_event' || scopes[missing.ability] === 'clause')
      left = maskSpan(left, place, masks.used);
  }
  return left;
}
