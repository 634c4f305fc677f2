/** Finds what a request asks for and the product does not have, so that it is named instead of dropped. */
import type { Ability, Lexicon } from './lexicon/types.ts';
import type { Span } from '../../../../shared/schedule/words/text.ts';
import { anyOf } from '../../../../shared/schedule/words/text.ts';
import { numberSource, wholeWords } from '../../../../shared/schedule/words/times.ts';

export interface MissingAbility {
  ability: Ability;
  /** Where the words stand in the clause. */
  span: Span;
  /** Name of the product, where one was named. */
  brand?: string;
}

/** `clause`: nothing of the clause is left without it. `phrase`: the rest of the clause still makes sense. */
export const scopes: Record<Ability, 'clause' | 'phrase'> = {
  chat: 'clause',
  phone: 'clause',
  social: 'clause',
  sheet: 'clause',
  crm: 'clause',
  tasks: 'clause',
  calendar: 'clause',
  files: 'clause',
  print: 'clause',
  attachment: 'phrase',
  inbox: 'clause',
  reply_wait: 'clause',
  tracking: 'clause',
  approval: 'clause',
  loop: 'phrase',
  lists: 'phrase',
  payment: 'clause',
  media: 'phrase',
  database: 'clause',
  publish: 'clause',
  feed: 'phrase',
  browse: 'phrase',
  before_event: 'phrase',
  code: 'clause',
};

const brands: Partial<Record<Ability, readonly string[]>> = {
  chat: [
    'whats ?app',
    'slack',
    'microsoft teams',
    'ms teams',
    'discord',
    'telegram',
    'messenger',
    'wechat',
    'viber',
    'google chat',
    'mattermost',
    'rocket\\.chat',
    'kakaotalk',
    'threema',
  ],
  phone: ['twilio', 'aircall'],
  social: [
    'linkedin',
    'instagram',
    'facebook',
    'twitter',
    'tiktok',
    'youtube',
    'pinterest',
    'mastodon',
    'bluesky',
    'xing',
    'snapchat',
    'reddit',
    'google reviews?',
  ],
  sheet: [
    'google[ -]?sheets?',
    'google[ -]?tabellen?',
    'airtable',
    'smartsheet',
    'google spreadsheet',
    'microsoft excel',
  ],
  crm: [
    'salesforce',
    'hubspot',
    'pipedrive',
    'zoho',
    'dynamics 365',
    'odoo',
    'sap',
    'bexio',
    'datev',
    'lexoffice',
    'quickbooks',
    'xero',
    'sevdesk',
  ],
  tasks: [
    'jira',
    'trello',
    'asana',
    'clickup',
    'todoist',
    'github',
    'gitlab',
    'zendesk',
    'freshdesk',
    'intercom',
    'basecamp',
    'monday\\.com',
    'servicenow',
  ],
  calendar: [
    'google[ -]?calendar',
    'google[ -]?kalender',
    'google agenda',
    'outlook[ -]?(?:calendar|kalender)',
    'calendly',
    'doodle',
    'eventbrite',
    'zoom',
  ],
  files: [
    'google[ -]?drive',
    'dropbox',
    'onedrive',
    'sharepoint',
    'nextcloud',
    'google[ -]?docs?',
    'aws s3',
    'amazon s3',
    's3 bucket',
    'docusign',
  ],
  payment: ['stripe', 'paypal', 'klarna', 'mollie', 'bizum'],
  publish: [
    'wordpress',
    'shopify',
    'webflow',
    'woocommerce',
    'magento',
    'squarespace',
    'prestashop',
    'shopware',
    'contentful',
  ],
  lists: ['mailchimp', 'brevo', 'sendinblue', 'klaviyo', 'activecampaign'],
  inbox: ['gmail', 'outlook'],
};

/** Names that are words, too: they count after a preposition, and spelled as a name. */
const wordBrands: readonly [Ability, string][] = [
  ['chat', 'LINE'],
  ['chat', 'Line'],
  ['chat', 'Teams'],
  ['chat', 'Signal'],
  ['social', 'X'],
  ['tasks', 'Notion'],
  ['tasks', 'Linear'],
  ['files', 'Box'],
  ['crm', 'Close'],
];

const compiled = new WeakMap<Lexicon, [Ability, RegExp][]>();

function patternsOf(lexicon: Lexicon): [Ability, RegExp][] {
  const known = compiled.get(lexicon);
  if (known) return known;
  const number = numberSource(lexicon.schedule);
  const made = Object.entries(lexicon.limits.words).map(([ability, source]): [Ability, RegExp] => [
    ability as Ability,
    wholeWords(source.replaceAll('<num>', number), ''),
  ]);
  compiled.set(lexicon, made);
  return made;
}

const brandPatterns = Object.entries(brands).map(([ability, names]): [Ability, RegExp] => [
  ability as Ability,
  wholeWords(anyOf(names), ''),
]);

/**
 * All missing abilities of a clause. `writes`: the clause is about text that an AI step writes, where "a LinkedIn post" or "an SMS text" is
 * only a kind of text.
 */
export function missingIn(folded: string, original: string, lexicon: Lexicon, writes: boolean): MissingAbility[] {
  // What is masked is a value, no word: `call https://…` asks for no phone call.
  const words = folded.replace(/[A-Z]/g, '\u0001');
  const found: MissingAbility[] = [];
  const add = (one: MissingAbility): void => {
    if (!found.some((other) => other.span.start < one.span.end && one.span.start < other.span.end)) found.push(one);
  };
  const via = new RegExp(
    `(?<![\\wß])(?:${lexicon.limits.via})(?: (?:${lexicon.conditions.articles}))?(?: [\\w-]{2,12})? $`,
  );
  for (const [ability, pattern] of brandPatterns) {
    const match = pattern.exec(folded);
    if (!match) continue;
    const preposition = via.exec(folded.slice(Math.max(0, match.index - 40), match.index));
    if (writes && !preposition) continue;
    const start = preposition ? match.index - preposition[0].length : match.index;
    const end = match.index + match[0].length;
    add({ ability, span: { start, end }, brand: original.slice(match.index, end) });
  }
  for (const [ability, name] of wordBrands) {
    const at = new RegExp(`(?<!\\w)${name}(?!\\w)`).exec(original)?.index;
    const preposition = at === undefined ? undefined : via.exec(folded.slice(Math.max(0, at - 40), at));
    if (at !== undefined && preposition)
      add({ ability, span: { start: at - preposition[0].length, end: at + name.length }, brand: name });
  }
  for (const [ability, pattern] of patternsOf(lexicon)) {
    const match = pattern.exec(words);
    // "Write a content calendar" makes a text; "put it into the calendar" does not.
    const isText =
      writes &&
      (ability === 'calendar' || ability === 'sheet') &&
      match !== null &&
      !new RegExp(`^(?:${lexicon.limits.via}) `).test(match[0]);
    if (match && !isText) add({ ability, span: { start: match.index, end: match.index + match[0].length } });
  }
  return found;
}
