/** Everything that is neither trigger nor condition: delays, missing abilities, actions, and what completes an earlier mail. */
import { missingIn, scopes } from './abilities.ts';
import type { MissingAbility } from './abilities.ts';
import { actionsOf, intentOf } from './actions.ts';
import { approverIn, placeApproval, saysFirst } from './approvals.ts';
import { findDelay } from './delays.ts';
import type { Lexicon, VerbClass } from './lexicon/types.ts';
import type { Action, ActionBody, PartBase } from './parts.ts';
import { baseOf, isFiller, leftoverOf, unread } from './reading.ts';
import type { ClausePlace, Reading } from './reading.ts';
import { readMail } from './recipients.ts';
import { readRoutes } from './routes.ts';
import { maskSpan, masks, wordsOf } from './text.ts';
import type { Span } from '../../../../shared/schedule/words/text.ts';
import type { Doc } from './text.ts';
import { wholeWords } from '../../../../shared/schedule/words/times.ts';
import { leadLength, verbsIn } from './verbs.ts';

/** Everything that is neither trigger nor condition: delays, missing abilities, actions. */
export function readWork(reading: Reading, place: ClausePlace, span: Span): void {
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
  const approval = approvalIn(reading, base, { doc, span, isWhole: left === undefined });
  if (!left) {
    if (approval) placeApproval(reading, approval, saysFirst(base.folded, lexicon));
    return;
  }
  const found = actionsOf(left, span, lexicon, { laterParts: reading.parts });
  const actions = found.length === 0 && delay ? elliptical(left, span, lexicon) : found;
  const rest = unread(left, span);
  takeOver(reading, place, actions, rest.folded);
  const isForMail = actions.some(({ type }) => type === 'mail');
  if (approval && isForMail) placeApproval(reading, approval, false);
  reading.parts.push(...actions.map((action) => ({ ...base, ...rest, ...action })));
  if (approval && !isForMail) placeApproval(reading, approval, saysFirst(base.folded, lexicon));
  if (actions.length === 0 && !approval && (delay || until) && !isWaitOnly(left, span, lexicon))
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

/** An approval that the clause asks for; a clause that does something else, too, names who decides in the words of the approval only. */
function approvalIn(
  { lexicon }: Reading,
  base: PartBase,
  { doc, span, isWhole }: { doc: Doc; span: Span; isWhole: boolean },
): (Action & { type: 'approval' }) | undefined {
  const found = missingOf(doc, span, lexicon).find(({ ability }) => ability === 'approval');
  if (!found) return undefined;
  const own = isWhole ? span : { start: span.start + found.span.start, end: span.start + found.span.end };
  return { ...base, type: 'approval', approver: approverIn(doc, own, lexicon) };
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
  for (const { ability, ...found } of missingOf(doc, span, lexicon)) {
    if (found.brand !== undefined && asks.test(folded.slice(0, found.span.start))) continue;
    const place = { start: span.start + found.span.start, end: span.start + found.span.end };
    const isWhole = scopes[ability] === 'clause' && !writes && !mails;
    if (ability === 'approval') {
      if (isWhole && !sends) return undefined;
      left = maskSpan(left, place, masks.used);
      continue;
    }
    const missing = { ability, ...found };
    if (isWhole) {
      reading.leftovers.push(leftoverOf(missing, wordsOf(doc, span)));
      return undefined;
    }
    if (ability === 'media' && !verbs.some((one) => one.verb !== 'http')) continue;
    // Few words alone say little: the person reads the whole clause then.
    const words = wordsOf(doc, place);
    reading.leftovers.push(leftoverOf(missing, words.length < 4 ? wordsOf(doc, span) : words));
    if (ability === 'attachment' || ability === 'before_event' || scopes[ability] === 'clause')
      left = maskSpan(left, place, masks.used);
  }
  return left;
}
const aiVerbs: readonly VerbClass[] = ['write', 'summarise', 'classify', 'extract', 'translate', 'score', 'reply'];

/** "Subject: …" or "CC …" in a sentence of its own completes the mail before it. */
export function continuesMail(reading: Reading, span: Span, text: string): boolean {
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
