import type { ScheduleWords } from '../../../../../shared/schedule/words/types.ts';
import type { Language } from '../language.ts';

/**
 * What the composer knows about one language: data only. Strings are sources of regular expressions over folded text (lower case, no
 * accents, see text.ts), matched as whole words, and must stay linear: no nested repeats, and every gap bounded. Capital letters stand for
 * masks: E address, Q quote, U URL, T schedule, F form fields, D delay.
 */
export interface Lexicon {
  code: Language;
  schedule: ScheduleWords;
  clauses: ClauseWords;
  events: EventWords;
  verbs: VerbWords;
  people: PeopleWords;
  conditions: ConditionWords;
  nouns: NounWords;
  limits: LimitWords;
}

export interface ClauseWords {
  /** Between clauses; a split is kept only where both sides say something to do. */
  connectors: string;
  /** Starts a condition or event in the middle of a sentence; the clause starts here. */
  conditional: string;
  /** In front of a clause, without meaning for it. */
  lead: string;
  /** Whole clauses that ask for nothing (`please`, `I want a workflow`). */
  filler: string;
  /** Words before which a full stop is no end of a sentence (`15. jedes Monats`). */
  afterOrdinal: string;
  abbreviations: string;
  parallel: string;
  /** The branches come together again. */
  rejoin: string;
  /** Continues where the last step ended. */
  afterwards: string;
}

export interface EventWords {
  /** Starts a clause that names an event. */
  when: string;
  /** An event of a form. */
  form: string;
  /** In front of a noun that is an event by itself: `after each order`. */
  each: string;
  /** Pronouns for any person. */
  somebody: string;
  /** Starts an event: any order, not a certain one. */
  indefinite: string;
  /** A mail arrives. */
  mail: string;
  /** Something calls us. */
  webhook: string;
  /** A person starts it. */
  manual: string;
  /** A new object without a verb of its own: `for each new order`. */
  noun: string;
  /** Things that happen elsewhere and can call a webhook. */
  happens: string;
}

export type VerbClass =
  | 'send'
  | 'reply'
  | 'notify'
  | 'remind'
  | 'write'
  | 'summarise'
  | 'classify'
  | 'extract'
  | 'translate'
  | 'score'
  | 'http'
  | 'set'
  | 'merge'
  | 'respond'
  | 'stop'
  | 'wait'
  | 'other';

export interface VerbWords {
  /** Found anywhere in a clause. `other`: something is asked for, but nothing this product has a step for. */
  anywhere: Partial<Record<VerbClass, string>>;
  /** Found only where a clause starts, because the word is also a noun. */
  start: Partial<Record<VerbClass, string>>;
}

export interface PeopleWords {
  /** The person the event is about. */
  contact: string;
  /** Pronouns for that person. */
  pronoun: string;
  me: string;
  /** People of the own organisation. */
  team: string;
  /** Many people at once. */
  list: string;
  /** In front of recipients. */
  to: string;
  cc: string;
  bcc: string;
  subject: string;
  /** Ends an unquoted subject. */
  subjectEnd: string;
  body: string;
  from: string;
  replyTo: string;
}

export type Comparison =
  | 'equals'
  | 'not_equals'
  | 'contains'
  | 'not_contains'
  | 'starts_with'
  | 'ends_with'
  | 'greater'
  | 'greater_equal'
  | 'less'
  | 'less_equal'
  | 'is_empty'
  | 'is_not_empty'
  | 'is_true';

export interface ConditionWords {
  if: string;
  unless: string;
  /** `when` as a condition, in the middle of a request. */
  when: string;
  else: string;
  elseIf: string;
  thenWord: string;
  and: string;
  or: string;
  /** In order; the first that matches wins. Group `value` where the value stands inside. */
  comparisons: readonly [Comparison, string][];
  /** In front of a case: `for complaints`, `bei Beschwerden`. */
  for: string;
  /** Yes-or-no words after a field. */
  yes: string;
  articles: string;
  copula: string;
}

export interface NounWords {
  /** What an AI step writes. */
  content: string;
  mail: string;
  /** In front of a topic. */
  about: string;
  /** Asks a person for something: what follows is part of the mail. */
  asks: string;
  /** `bugs go to …`: the verb of sharing out. */
  goes: string;
  /** Texts that are new each time, so that sending one means writing it. */
  report: string;
  /** The narrower of the two: only these make a mail one with a topic. */
  topic: string;
  reminder: string;
  /** An approval that is asked for before something happens: `ask me first`. */
  beforehand: string;
  /** The other answer: `if I reject it`. */
  refuses: string;
  aiAdjective: string;
  /** Label → field name and meaning; first match wins. */
  fields: readonly FieldWord[];
  /** In front of listed form fields. */
  withFields: string;
  listEnd: string;
  form: string;
  /** In front of choices: `as`, `into`, `als`. */
  choicesAfter: string;
  categories: Readonly<Record<string, readonly string[]>>;
  delays: readonly string[];
  until: string;
  anonymous: string;
  /** Words that tell what a mail is for. */
  intents: Readonly<
    Record<
      | 'reply'
      | 'reminder'
      | 'thanks'
      | 'welcome'
      | 'confirmation'
      | 'invitation'
      | 'alert'
      | 'apology'
      | 'offer'
      | 'feedback',
      string
    >
  >;
  /** A run that stops because something is wrong. */
  failure: string;
  /** `set status to open`: groups `name`, `value`. */
  assign: string;
  /** Fields that hold what a person wrote: "the message is urgent" is a question about it, not a comparison with it. */
  writings: string;
  /** "is from Germany": group-less words between a person and a country. */
  comesFrom: string;
}

export interface FieldWord {
  name: string;
  source: string;
  type: 'text' | 'email' | 'textarea' | 'number' | 'checkbox';
}

export interface LimitWords {
  /** Missing abilities → words that ask for them. */
  words: Readonly<Partial<Record<Ability, string>>>;
  /** Prepositions before a brand that make it a place to send to or read from. */
  via: string;
}

/** What requests ask for and no verb tells: approvals, and what the product does not have yet. */
export type Ability = 'approval' | Unavailable;

/** What the product does not have yet. */
export type Unavailable =
  | 'chat'
  | 'phone'
  | 'social'
  | 'sheet'
  | 'crm'
  | 'tasks'
  | 'calendar'
  | 'files'
  | 'print'
  | 'attachment'
  | 'inbox'
  | 'reply_wait'
  | 'tracking'
  | 'loop'
  | 'lists'
  | 'payment'
  | 'media'
  | 'database'
  | 'publish'
  | 'feed'
  | 'browse'
  | 'before_event'
  | 'code';
