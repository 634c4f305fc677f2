import type { Lexicon } from './lexicon/types.ts';
import type { NamedField } from './fields.ts';
import type { ScheduleReading } from '../../../../shared/schedule/words/read.ts';
import { leadLength } from './verbs.ts';
import { wholeWords } from '../../../../shared/schedule/words/times.ts';

export type Trigger =
  | { kind: 'manual'; said: boolean }
  | { kind: 'webhook'; words: string; asked: boolean }
  | { kind: 'form'; words: string; fields: NamedField[] }
  | { kind: 'schedule'; words: string; reading: ScheduleReading }
  /** A mail that arrives: not available; a webhook stands in. */
  | { kind: 'mail'; words: string };

export type EventKind = Exclude<Trigger['kind'], 'schedule'>;

interface Patterns {
  when: RegExp;
  form: RegExp;
  mail: RegExp;
  webhook: RegExp;
  manual: RegExp;
  noun: RegExp;
  happens: RegExp;
  formNoun: RegExp;
}

const compiled = new WeakMap<Lexicon, Patterns>();

function patternsOf(lexicon: Lexicon): Patterns {
  const known = compiled.get(lexicon);
  if (known) return known;
  const { events, nouns } = lexicon;
  const made: Patterns = {
    when: new RegExp(`^(?:${events.when})(?![\\wß])`),
    form: wholeWords(events.form, ''),
    mail: wholeWords(events.mail, ''),
    webhook: wholeWords(events.webhook, ''),
    manual: wholeWords(events.manual, ''),
    noun: wholeWords(events.noun, ''),
    happens: wholeWords(events.happens, ''),
    formNoun: wholeWords(nouns.form, ''),
  };
  compiled.set(lexicon, made);
  return made;
}

/** Whether a clause opens with a word such as `when`. */
export function opensEvent(clause: string, lexicon: Lexicon): boolean {
  return patternsOf(lexicon).when.test(clause.slice(leadLength(clause, lexicon)));
}

/** The event that a clause names, in the order of how sure the words are. `strict`: only a clause that opens with `when` and the like. */
export function eventIn(clause: string, lexicon: Lexicon, strict: boolean): EventKind | undefined {
  const { form, mail, webhook, manual, noun, happens, formNoun } = patternsOf(lexicon);
  const opens = opensEvent(clause, lexicon) || statesEvent(clause, lexicon);
  if (strict && !opens && !webhookStarts(clause, webhook)) return undefined;
  if (manual.test(clause)) return 'manual';
  if (webhook.test(clause)) return 'webhook';
  if (form.test(clause)) return 'form';
  if (mail.test(clause)) return 'mail';
  if (!strict && formNoun.test(clause)) return 'form';
  if (opens && (happens.test(clause) || noun.test(clause))) return 'webhook';
  return !strict && noun.test(clause) ? 'webhook' : undefined;
}

/** "A customer leaves a review": an event told as a statement. The subject is a person, any person. */
function statesEvent(clause: string, lexicon: Lexicon): boolean {
  const own = clause.slice(leadLength(clause, lexicon));
  const { contact } = lexicon.people;
  const subject = new RegExp(`^(?:${lexicon.events.somebody}|${contact})(?![\\wß])`).exec(own)?.[0];
  if (subject === undefined || !new RegExp(`^(?:${lexicon.events.indefinite})(?![\\wß])`).test(subject)) return false;
  const behind = own.slice(subject.length, subject.length + 60);
  return new RegExp(`^ (?:\\w{1,10} )?(?:${lexicon.events.happens}|${lexicon.events.form})(?![\\wß])`).test(behind);
}

function webhookStarts(clause: string, webhook: RegExp): boolean {
  const match = webhook.exec(clause);
  return match !== null && match.index < 12;
}
