import type { TemplateCases } from './case.ts';

const guests = 'bob@example.com\ncarol@example.com\ndan@example.com';
const invitation = 'Invitation: Summer party';
const customers = 'Ada Lovelace, ada@example.com\nbob@example.com\nCarol Shaw, nowhere';
const renew = 'Renew Van insurance?';
const contracts = { contracts_url: 'WEB/contracts' };

/** Templates that do something for each item of a list. */
export const loops: TemplateCases = {
  'invoice-reminders': [
    {
      name: 'three tones',
      values: { invoices_url: 'WEB/invoices' },
      sent: {},
      mails: [
        'ada@example.com: Invoice R-1: a friendly reminder',
        'bob@example.com: Second reminder: invoice R-2',
        'carol@example.com: Last reminder: invoice R-3',
        'office@example.com: Invoice reminders of 2027-01-11',
      ],
      says: [
        'Hello Ada,\n\nour invoice R-1 for €1,200.00 was due on January 4, 2027.',
        'Hello Bob,\n\nour invoice R-2 for €80.50 was due on December 21, 2026, and',
        'Dear Carol Shaw,',
        '$99.00',
        'Open invoices in all: 5',
      ],
    },
    {
      name: 'a list in “data”, other days',
      values: { invoices_url: 'WEB/invoices-wrapped', second_days: '7', first_days: '3' },
      sent: {},
      mails: ['ada@example.com: Second reminder: invoice R-1', 'office@example.com: Invoice reminders of 2027-01-11'],
      says: ['- Second reminder: invoice R-1 (ada@example.com)', 'Open invoices in all: 1'],
    },
    { name: 'none open', values: { invoices_url: 'WEB/empty' }, sent: {}, mails: [] },
    {
      name: 'list gone',
      values: { invoices_url: 'WEB/gone' },
      sent: {},
      mails: ['office@example.com: No invoice reminders today: the list could not be read'],
      says: ['404'],
    },
  ],
  'content-calendar': [
    {
      name: 'built-in',
      values: { topics: 'Oak chairs\n\nOpening hours' },
      sent: {},
      decides: { 'Draft: Oak chairs': 'approved', 'Draft: Opening hours': 'rejected' },
      mails: [
        'editor@example.com: Draft: Oak chairs',
        'editor@example.com: Draft: Opening hours',
        'editor@example.com: Content calendar: what became of the posts',
        'publish@example.com: Ready to publish: Oak chairs',
      ],
      says: [
        'for January 2027',
        'What happened, in one sentence?',
        'The AI wrote no draft (The built-in engine',
        'Handed on for publishing: 1 of 2\n- Oak chairs',
      ],
    },
    {
      name: 'model, corrected; the other is not decided',
      values: { topics: 'Oak chairs\nOpening hours' },
      sent: {},
      ai: { text: 'Oak lasts. Come and sit on it!' },
      decides: { 'Draft: Oak chairs': { edits: { '': 'Oak lasts a lifetime. Come and sit on it!' } } },
      mails: [
        'editor@example.com: Draft: Oak chairs',
        'editor@example.com: Draft: Opening hours',
        'publish@example.com: Ready to publish: Oak chairs',
        'editor@example.com: Reminder: Draft: Opening hours',
        'editor@example.com: Content calendar: what became of the posts',
      ],
      says: ['Oak lasts. Come', 'Oak lasts a lifetime.', 'approved by editor@example.com'],
    },
  ],
  'weekly-feed-digest': [
    {
      name: 'built-in',
      values: { feeds: 'WEB/feed.xml\nWEB/blog.xml', readers: 'bob@example.com\ncarol@example.com' },
      sent: {},
      mails: ['bob@example.com: Acme: what was new this week', 'carol@example.com: Acme: what was new this week'],
      says: [
        'Hello,\n\nHere is what was new this week.',
        'The repair café is back\nBring what is broken. We mend it together.\nhttps://workshop.example/cafe',
        'How to sharpen a chisel\nTen minutes and a flat stone.\nhttps://blog.example/chisel',
      ],
      neverSays: ['Holiday opening hours'],
    },
    {
      name: 'a feed and a reader that do not work, no model answers',
      values: { feeds: 'WEB/gone\nWEB/news\nWEB/blog.xml', readers: 'bob@example.com\nnobody' },
      sent: {},
      ai: 'down',
      mails: ['bob@example.com: Acme: what was new this week', 'reply@example.com: Weekly digest: not all went well'],
      says: ['Here is what was new this week.', '- Feed 1:', '404', '- Feed 2:', 'XML', '- Reader 2:'],
    },
    {
      name: 'model',
      values: { feeds: 'WEB/feed.xml', readers: 'bob@example.com' },
      sent: {},
      ai: { text: 'Come by with what is broken.' },
      mails: ['bob@example.com: Acme: what was new this week'],
      says: ['Hello,\n\nCome by with what is broken.\n\nThe repair café is back'],
    },
    {
      name: 'nothing new',
      values: { feeds: 'WEB/gone', readers: 'bob@example.com' },
      sent: {},
      mails: ['reply@example.com: Weekly digest: not all went well'],
    },
  ],
  'feedback-analysis': [
    {
      name: 'built-in',
      values: { answers_url: 'WEB/answers' },
      sent: {},
      mails: [
        'care@example.com: Please call: 2 unhappy customers',
        'report@example.com: Feedback of the week: 1 happy, 2 unhappy of 3',
      ],
      says: ['3 customers answered', 'Bob Noyce <bob@example.com>, about', 'Carol Shaw, about price:'],
    },
    {
      name: 'no model answers',
      values: { answers_url: 'WEB/answers' },
      sent: {},
      ai: 'down',
      mails: ['report@example.com: Feedback of the week: 0 happy, 0 unhappy of 3'],
      says: ['(No summary: The model does not answer.)', '- unknown: 3', 'Not judged: 3'],
    },
    { name: 'no answers', values: { answers_url: 'WEB/empty' }, sent: {}, mails: [] },
    {
      name: 'list gone',
      values: { answers_url: 'WEB/gone' },
      sent: {},
      mails: ['report@example.com: No feedback report: the answers could not be read'],
      says: ['404'],
    },
  ],
  'event-invitation-follow-up': [
    {
      name: 'yes, no and nothing',
      values: { guests: 'bob@example.com\ncarol@example.com', answer_days: '10', place: 'Our garden' },
      sent: {},
      mails: [
        'bob@example.com: Invitation: Summer party',
        'carol@example.com: Invitation: Summer party',
        'bob@example.com: Reminder: Invitation: Summer party',
        'carol@example.com: Reminder: Invitation: Summer party',
        'bob@example.com: Summer party: we have not heard from you',
        'carol@example.com: Summer party: we have not heard from you',
        'host@example.com: Summer party: 0 of 2 will come',
      ],
      says: ['Where: Our garden', 'No answer yet (2):\n- bob@example.com\n- carol@example.com'],
      waits: [
        '2027-01-09T10:00:00.000Z',
        '2027-01-09T10:00:00.000Z',
        '2027-01-14T10:00:00.000Z',
        '2027-01-14T10:00:00.000Z',
      ],
    },
    {
      name: 'answered, and an address that is none',
      values: { guests: `${guests}\nnobody` },
      sent: {},
      decides: { [invitation]: ['approved', 'rejected', 'approved'] },
      mails: [
        `bob@example.com: ${invitation}`,
        `carol@example.com: ${invitation}`,
        `dan@example.com: ${invitation}`,
        'bob@example.com: See you at the Summer party!',
        'carol@example.com: Summer party: maybe next time',
        'dan@example.com: See you at the Summer party!',
        'host@example.com: Summer party: 2 of 4 will come',
      ],
      says: ['Will come (2):\n- bob@example.com\n- dan@example.com', 'Could not be reached:\n- line 4:'],
    },
  ],
  'contract-expiry-reminders': [
    {
      name: 'one is kept',
      values: contracts,
      sent: {},
      decides: { [renew]: 'approved' },
      mails: [
        'owner@example.com: Last call: Phone plan ends in 7 days',
        'owner@example.com: Office lease ends in 90 days',
        `owner@example.com: ${renew}`,
        'owner@example.com: Keep Van insurance: ask for a better price',
      ],
      says: [
        'Office lease with Stone Estates ends on April 11, 2027. The notice period is 3 months.',
        'send it to hello@safe.example',
        'With a notice period of 1 month it may be too late',
      ],
      neverSays: ['Cleaning'],
    },
    {
      name: 'one is cancelled',
      values: { ...contracts, first_days: '200', last_days: '1' },
      sent: {},
      decides: { [renew]: 'rejected' },
      mails: [`owner@example.com: ${renew}`, 'owner@example.com: Cancel Van insurance: your letter'],
      says: ['we hereby cancel our contract “Van insurance” as of February 10, 2027'],
    },
    {
      name: 'nobody decides',
      values: { ...contracts, first_days: '200', last_days: '1' },
      sent: {},
      mails: [
        `owner@example.com: ${renew}`,
        `owner@example.com: Reminder: ${renew}`,
        'owner@example.com: Not decided: Van insurance',
      ],
    },
    {
      name: 'list gone',
      values: { contracts_url: 'WEB/gone' },
      sent: {},
      mails: ['owner@example.com: Your contracts could not be checked today'],
      says: ['404'],
    },
  ],
  'review-requests-from-list': [
    {
      name: 'in German, three a minute',
      values: {
        review_url: 'https://example.com/r',
        subject: 'Wie zufrieden waren Sie?',
        greeting: 'Guten Tag',
        text: 'wir freuen uns über Ihre Bewertung.',
        closing: 'Herzliche Grüße',
        per_minute: '1',
      },
      sent: { customers },
      decides: { 'Send 3 review requests?': 'approved' },
      mails: [
        'owner@example.com: Send 3 review requests?',
        'ada@example.com: Wie zufrieden waren Sie?',
        'bob@example.com: Wie zufrieden waren Sie?',
        'owner@example.com: Review requests: 2 of 3 sent',
      ],
      says: ['Guten Tag Ada,\n\nwir freuen uns', 'Guten Tag,\n\nwir', 'Herzliche Grüße\nAcme', '- line 3:'],
    },
    {
      name: 'no',
      sent: { customers },
      decides: { 'Send 3 review requests?': 'rejected' },
      mails: ['owner@example.com: Send 3 review requests?'],
    },
  ],
};
