/** Mail actions → configs of email-send steps: recipients as expressions, a subject, a body from what the path offers. */
import { intentOf } from './actions.ts';
import { allData, dataField } from './data.ts';
import { textOf } from './graph.ts';
import type { GraphBuilder, Path } from './graph.ts';
import type { Action } from './parts.ts';
import type { Recipient } from './recipients.ts';
import { fold } from '../../../../shared/schedule/words/text.ts';
import { capital, shorten } from './text.ts';
import { verbsIn } from './verbs.ts';
import { instructionOf } from './ai-steps.ts';
import { wholeWords } from '../../../../shared/schedule/words/times.ts';

type MailAction = Action & { type: 'mail' };

export function addMailStep(builder: GraphBuilder, path: Path, action: MailAction): void {
  const { wording, lexicon } = builder;
  const { mail } = action;
  const to = mail.to.length > 0 ? mail.to : [defaultRecipient(builder, action)];
  const own = to.every((one) => one.type !== 'contact' && one.type !== 'list');
  const body = bodyOf(builder, path, action, own);
  const config: Record<string, unknown> = {
    to: addresses(builder, to),
    cc: addresses(builder, mail.cc),
    bcc: addresses(builder, mail.bcc),
    subject: mail.subject ?? subjectOf(builder, path, action, body.generated),
    format: 'text',
    text: body.text,
  };
  if (mail.from) config.from = mail.from;
  if (mail.replyTo) config.replyTo = mail.replyTo;
  const who = shorten(to.map((one) => nameOf(builder, one)).join(', '), 40);
  const reminder = action.intent === 'reminder' || wholeWords(lexicon.nouns.reminder, '').test(action.folded);
  builder.append(path, 'email-send', reminder ? wording.titles.reminder(who) : wording.titles.mailTo(who), config);
}

/** Without a word about it, a mail goes to the person the data is about; on a schedule nobody is known. */
function defaultRecipient(builder: GraphBuilder, action: MailAction): Recipient {
  const known = action.intent === 'reminder' ? (builder.lastContact ?? builder.lastRecipient) : builder.lastRecipient;
  if (known && (builder.trigger.kind === 'schedule' || action.intent === 'reminder')) return known;
  return builder.trigger.kind === 'schedule'
    ? { type: 'me', words: builder.wording.titles.me }
    : { type: 'contact', words: builder.wording.titles.customer };
}

function nameOf(builder: GraphBuilder, recipient: Recipient): string {
  switch (recipient.type) {
    case 'address':
      return recipient.address;
    case 'contact':
      return isPronoun(builder, recipient.words) ? builder.wording.titles.customer : bare(builder, recipient.words);
    case 'me':
      return builder.wording.titles.me;
    case 'team':
    case 'list':
      return bare(builder, recipient.words);
  }
}

function isPronoun(builder: GraphBuilder, words: string): boolean {
  return new RegExp(`^(?:${builder.lexicon.people.pronoun})$`).test(fold(words));
}

/** Without its article: `dem Kunden` → `Kunden`. */
function bare(builder: GraphBuilder, words: string): string {
  const article = new RegExp(`^(?:${builder.lexicon.conditions.articles}) `).exec(fold(words));
  return article ? words.slice(article[0].length) : words;
}

function addresses(builder: GraphBuilder, recipients: readonly Recipient[]): string {
  return recipients
    .map((one) => addressOf(builder, one))
    .filter((one) => one !== '')
    .join(', ');
}

/** An address or an expression; empty, with a word about it, where nobody but the person knows it. */
export function addressOf(builder: GraphBuilder, recipient: Recipient): string {
  const { wording } = builder;
  builder.lastRecipient = recipient;
  if (recipient.type === 'contact') builder.lastContact = recipient;
  switch (recipient.type) {
    case 'address':
      return recipient.address;
    case 'contact': {
      const field = dataField(builder, 'email', wording.form.email);
      if (field === undefined) break;
      builder.assume(wording.assume.contactField(field));
      return `{{ ${field} }}`;
    }
    case 'me':
    case 'team':
    case 'list':
      break;
  }
  builder.assume(wording.assume.addressMissing(nameOf(builder, recipient)));
  return '';
}

interface Body {
  text: string;
  /** From an AI step. */
  generated: boolean;
}

function bodyOf(builder: GraphBuilder, path: Path, action: MailAction, own: boolean): Body {
  const { wording } = builder;
  if (action.mail.body !== undefined) return { text: action.mail.body, generated: false };
  const reuse = path.text && (!path.text.used || action.intent === 'plain' || action.intent === 'alert');
  if (path.text && (action.content || reuse) && !(action.intent === 'reminder' && path.text.used)) {
    path.text.used = true;
    return { text: `{{ ${textOf(path.text)} }}`, generated: true };
  }
  const template = wording.mails[action.intent];
  if (own) {
    const facts = factsOf(builder, path);
    if (facts !== '') return { text: `${wording.mails.alert.text}\n\n${facts}`, generated: false };
  }
  builder.assume(wording.assume.text);
  return { text: template.text, generated: false };
}

/** Decisions of AI steps first, then the data that came in. */
function factsOf(builder: GraphBuilder, path: Path): string {
  const fields =
    path.structured?.fields.map(
      (field) => `${capital(field.name.replaceAll('_', ' '))}: {{ steps.${path.structured?.node}.data.${field.name} }}`,
    ) ?? [];
  return [...fields, allData(builder, path)].filter((line) => line !== '').join('\n');
}

/** What the mail is about: its purpose, else what the AI step was asked to write. */
function subjectOf(builder: GraphBuilder, path: Path, action: MailAction, generated: boolean): string {
  const { wording } = builder;
  if (action.intent !== 'plain') return wording.mails[action.intent].subject;
  if (!generated || !path.text) return wording.mails.plain.subject;
  const text = path.text.words;
  const hasTopic = wholeWords(builder.lexicon.nouns.topic, '').test(fold(text));
  const purpose = intentOf(fold(text), new Set(), builder.lexicon);
  if (!hasTopic && purpose !== 'plain') return wording.mails[purpose].subject;
  return topicOf(builder, text) || wording.mails.plain.subject;
}

/** "Write a friendly newsletter about gardening" → "Newsletter about gardening". */
function topicOf(builder: GraphBuilder, words: string): string {
  // An address is no topic, nor the little word in front of it.
  const instruction = instructionOf(words.replace(/ ?(?:\S{1,4} )?\S{1,64}@\S{1,250}/g, ''), builder);
  const match = new RegExp(`(?<![\\wß])(?:${builder.lexicon.nouns.content})(?![\\wß])`).exec(instruction.toLowerCase());
  if (!match) return '';
  const from = instruction.slice(match.index).split(/[,.;:\n"“„«]| (?:to|an|a|à) \S+@/)[0] ?? '';
  // German puts the verb last: "eine Zusammenfassung der Zahlen erstellen".
  const verb = verbsIn(fold(from), builder.lexicon).find((one) => one.start > 4);
  return capital(shorten(verb ? from.slice(0, verb.start) : from, 60));
}
