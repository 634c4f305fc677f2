/** Decides which actions a clause asks for, from its verbs, addresses, URLs and nouns. */
import type { Lexicon, VerbClass } from './lexicon/types.ts';
import { slug } from './fields.ts';
import type { ActionBody, AiJob, MailIntent, Part } from './parts.ts';
import { readMail } from './recipients.ts';
import { masks, maskedValues, wordsOf } from './text.ts';
import type { Span } from '../../../../shared/schedule/words/text.ts';
import type { Doc } from './text.ts';
import { wholeWords } from '../../../../shared/schedule/words/times.ts';
import { leadLength, verbsIn } from './verbs.ts';

interface Clause {
  doc: Doc;
  span: Span;
  folded: string;
  lexicon: Lexicon;
  verbs: ReadonlySet<VerbClass>;
}

export function actionsOf(
  doc: Doc,
  span: Span,
  lexicon: Lexicon,
  context: { laterParts: readonly Part[] },
): ActionBody[] {
  const folded = doc.folded.slice(span.start, span.end);
  const found = verbsIn(folded, lexicon);
  const clause: Clause = { doc, span, folded, lexicon, verbs: new Set(found.map((one) => one.verb)) };
  const { verbs } = clause;
  if (verbs.has('respond') && !/E/.test(folded)) return [readRespond(clause)];
  if (/U/.test(folded) && !(verbs.has('write') && !verbs.has('http'))) return httpActions(clause, found[0]?.verb);
  if (verbs.has('stop') && !mailAsked(clause)) return [readStop(clause)];
  if (verbs.has('merge')) return [{ type: 'merge' }];
  const set = verbs.has('set') ? readSet(clause) : undefined;
  if (set) return [set];
  const mail = mailAsked(clause);
  const job = aiJob(clause, mail, context.laterParts);
  const actions: ActionBody[] = [];
  if (job) actions.push({ type: 'ai', job });
  if (mail) actions.push(readMailAction(clause, job));
  return actions;
}

/** Whether a mail is to go out: a verb of sending, or a mail that is written to somebody. */
function mailAsked({ verbs, folded, lexicon, doc, span }: Clause): boolean {
  if (verbs.has('send') || verbs.has('notify') || verbs.has('remind') || verbs.has('reply')) return true;
  if (!verbs.has('write')) return /E/.test(folded) && !verbs.has('wait');
  const mail = readMail(doc, span, lexicon);
  const named = wholeWords(lexicon.nouns.mail, '').test(folded);
  return mail.to.some((one) => one.type === 'address') || (named && mail.to.length > 0 && writtenTo(folded, lexicon));
}

/** "write a mail to the customer" is sent; "write a mail about the customer" is not. */
function writtenTo(folded: string, lexicon: Lexicon): boolean {
  const { to, contact, team, me, list, pronoun } = lexicon.people;
  return wholeWords(`(?:${to}) (?:${contact}|${team}|${me}|${list}|${pronoun})(?!')`, '').test(folded);
}

function aiJob(clause: Clause, mail: boolean, parts: readonly Part[]): AiJob | undefined {
  const { verbs, folded, lexicon } = clause;
  for (const job of ['classify', 'extract', 'score', 'translate', 'summarise'] as const) if (verbs.has(job)) return job;
  const toWrite = wholeWords(lexicon.nouns.content, '').test(folded);
  if (verbs.has('write') && mail && !toWrite && /E/.test(folded)) return undefined;
  if (verbs.has('write')) return isReply(folded, lexicon) ? 'reply' : 'write';
  if (!mail) return undefined;
  const hasLiteral = /Q/.test(folded);
  const waiting = textWaiting(parts);
  const known = hasLiteral || waiting || namedIntent(folded, lexicon);
  if (verbs.has('reply') && !verbs.has('send')) return known ? undefined : 'reply';
  if (hasLiteral || verbs.has('remind') || !verbs.has('send')) return undefined;
  return newContent(folded, lexicon, waiting) ? 'write' : undefined;
}

/** An AI step has written a text that no mail has used yet. */
function textWaiting(parts: readonly Part[]): boolean {
  for (let i = parts.length - 1; i >= 0; i--) {
    const part = parts[i];
    if (part?.type === 'mail') return false;
    if (part?.type === 'ai' && part.job !== 'classify' && part.job !== 'extract' && part.job !== 'score') return true;
  }
  return false;
}

/** "Send a newsletter about gardening": a text that somebody has to write first. */
function newContent(folded: string, lexicon: Lexicon, waiting: boolean): boolean {
  const { content, about, topic, aiAdjective, mail, reminder } = lexicon.nouns;
  if (waiting || wholeWords(reminder, '').test(folded)) return false;
  if (wholeWords(aiAdjective, '').test(folded)) return true;
  const isMail = new RegExp(`^(?:${mail})$`);
  for (const match of folded.matchAll(
    wholeWords(`(?<noun>${content})(?: [\\w-]{1,20}){0,2}? (?<link>${about}|${topic})(?! E)`),
  )) {
    if (!isMail.test(match.groups?.noun ?? '') || new RegExp(`^(?:${topic})$`).test(match.groups?.link ?? ''))
      return true;
  }
  return wholeWords(lexicon.nouns.report, '').test(folded);
}

/** "Answer with an apology" says which text. */
function namedIntent(folded: string, lexicon: Lexicon): boolean {
  return intentOrder.some(
    (intent) => intent !== 'reply' && intent !== 'alert' && wholeWords(lexicon.nouns.intents[intent], '').test(folded),
  );
}

function isReply(folded: string, lexicon: Lexicon): boolean {
  return wholeWords(lexicon.nouns.intents.reply, '').test(folded);
}

function readMailAction(clause: Clause, job: AiJob | undefined): ActionBody {
  const { doc, span, lexicon, folded, verbs } = clause;
  const mail = readMail(doc, span, lexicon);
  return { type: 'mail', mail, intent: intentOf(folded, verbs, lexicon), content: job !== undefined };
}

const intentOrder: readonly Exclude<MailIntent, 'plain'>[] = [
  'reminder',
  'thanks',
  'welcome',
  'apology',
  'invitation',
  'confirmation',
  'feedback',
  'offer',
  'reply',
  'alert',
];

export function intentOf(folded: string, verbs: ReadonlySet<VerbClass>, lexicon: Lexicon): MailIntent {
  if (verbs.has('remind')) return 'reminder';
  const named = intentOrder.find((intent) => wholeWords(lexicon.nouns.intents[intent], '').test(folded));
  if (named) return named;
  if (verbs.has('reply')) return 'reply';
  return verbs.has('notify') ? 'alert' : 'plain';
}

function httpActions(clause: Clause, first: VerbClass | undefined): ActionBody[] {
  const { doc, span, folded, lexicon, verbs } = clause;
  const url = maskedValues(doc, masks.url, span)[0]?.value ?? '';
  const said = /(?<!\w)(get|post|put|patch|delete)(?!\w)/.exec(folded)?.[1]?.toUpperCase();
  const sends = first === 'send' || verbs.has('send') || verbs.has('notify');
  // "Send a mail with the link https://…" is a mail.
  if (sends && (/E/.test(folded) || wholeWords(lexicon.nouns.mail, '').test(folded)))
    return [readMailAction(clause, undefined)];
  const actions: ActionBody[] = [{ type: 'http', method: said ?? (sends ? 'POST' : 'GET'), url }];
  for (const job of ['summarise', 'classify', 'extract', 'translate'] as const)
    if (verbs.has(job)) actions.push({ type: 'ai', job });
  return actions;
}

function readRespond({ doc, span, folded }: Clause): ActionBody {
  const status = /(?<!\w)([1-5]\d\d)(?!\w)/.exec(folded)?.[1];
  const quote = maskedValues(doc, masks.quote, span)[0]?.value;
  const json = /\{[^{}]{0,500}\}/.exec(doc.original.slice(span.start, span.end))?.[0];
  return { type: 'respond', status: status ? Number(status) : 200, body: quote ?? json };
}

function readStop({ doc, span, folded, lexicon }: Clause): ActionBody {
  const message = maskedValues(doc, masks.quote, span)[0]?.value ?? '';
  return { type: 'stop', failed: wholeWords(lexicon.nouns.failure, '').test(folded), message };
}

/** "set status to open" → one field. Without a name and a value there is nothing to set. */
function readSet({ doc, span, folded, lexicon }: Clause): ActionBody | undefined {
  const lead = leadLength(folded, lexicon);
  const match = new RegExp(`(?<![\\wß])(?:${lexicon.nouns.assign})`).exec(folded.slice(lead));
  if (!match?.groups?.name || !match.groups.value) return undefined;
  const valueStart = span.start + lead + match.index + match[0].length - match.groups.value.length;
  const raw = wordsOf(doc, { start: valueStart, end: valueStart + match.groups.value.length }).replace(
    /^["“„«']|["”“»']$/g,
    '',
  );
  return { type: 'set', fields: [{ name: slug(match.groups.name), value: raw }] };
}
