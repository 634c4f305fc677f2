import { ada, byAda, type TemplateCases } from './case.ts';

export const campaigns: TemplateCases = {
  'mail-every-buyer': [
    {
      name: 'a day with four orders',
      sent: {
        orders: [
          { ...ada, number: 1001, total: 59.9, status: 'paid' },
          { name: 'Bob', email: 'bob@example.com', number: 1002, total: 12 },
          { name: 'Carol', email: 'carol@example.com', number: 1003, total: 20, status: 'cancelled' },
          { name: 'Dan', number: 1004, total: 8 },
        ],
      },
      mails: [
        'ada@example.com: Thank you for order 1001',
        'bob@example.com: Thank you for order 1002',
        'report@example.com: 4 orders today',
      ],
      says: ['Hello Ada,', 'It comes to', '0 of the mails could not be sent'],
    },
    { name: 'no orders', sent: {}, mails: ['report@example.com: 0 orders today'] },
  ],
  'event-invitation-with-reminder': [
    {
      name: 'weeks ahead',
      values: { date: '2027-03-18', guests: 'bob@example.com\ncarol@example.com', timezone: 'Europe/Berlin' },
      sent: {},
      mails: [
        'bob@example.com, carol@example.com, host@example.com: Invitation: Open evening on Thursday, March 18, 2027',
        'bob@example.com, carol@example.com, host@example.com: Tomorrow: Open evening',
      ],
      says: ['When: Thursday, March 18, 2027, 18:00', 'Example details'],
      waits: ['2027-03-17T08:00:00.000Z'],
    },
    { name: 'over', values: { date: '2026-03-18', guests: 'bob@example.com' }, sent: {}, mails: [] },
  ],
  'event-registration': [
    {
      name: 'weeks ahead',
      values: { date: '2027-03-18' },
      sent: byAda({ guests: 2, question: null }),
      mails: [
        'ada@example.com: You are registered: Introductory workshop',
        'host@example.com: Registration: Ada Lovelace (2) for Introductory workshop',
        'ada@example.com: Tomorrow: Introductory workshop',
      ],
      says: ['Hello Ada,', 'Questions or wishes: none'],
      waits: ['2027-03-17T09:00:00.000Z'],
    },
    {
      name: 'on the last day',
      values: { date: '2027-01-05' },
      sent: byAda({ guests: null, question: 'Is there parking?' }),
      mails: [
        'ada@example.com: You are registered: Introductory workshop',
        'host@example.com: Registration: Ada Lovelace (1) for Introductory workshop',
      ],
    },
  ],
  'review-request-after-purchase': [
    {
      name: 'bought',
      values: { days: '10' },
      sent: { customer: ada, id: 17, product: 'the blue kettle' },
      mails: ['ada@example.com: How do you like the blue kettle?'],
      says: ['Hello Ada,', 'you bought the blue kettle from us'],
      waits: ['2027-01-14T10:00:00.000Z'],
    },
    { name: 'refunded', sent: { ...ada, status: 'Refunded' }, mails: [] },
    { name: 'no address', sent: { name: 'Ada' }, mails: [] },
  ],
  'birthday-greeting': [
    {
      name: 'leap day',
      sent: byAda({ month: 'February', day: '29', consent: true }),
      mails: ['ada@example.com: Welcome to our birthday club', 'ada@example.com: Happy birthday, Ada!'],
      says: ['February 29', 'BIRTHDAY10'],
      waits: ['2027-02-28T09:00:00.000Z'],
    },
    {
      name: 'today: the next one',
      values: { timezone: 'America/New_York' },
      sent: byAda({ month: 'January', day: '4', consent: true }),
      mails: ['ada@example.com: Welcome to our birthday club', 'ada@example.com: Happy birthday, Ada!'],
      waits: ['2028-01-04T14:00:00.000Z'],
    },
    {
      name: 'a day that the month does not have',
      values: { timezone: 'America/New_York' },
      sent: byAda({ month: 'June', day: '31', consent: true }),
      mails: ['ada@example.com: Welcome to our birthday club', 'ada@example.com: Happy birthday, Ada!'],
      waits: ['2027-06-30T13:00:00.000Z'],
    },
  ],
  'weekly-newsletter-draft': [
    {
      name: 'built-in',
      values: { page: 'WEB/news' },
      sent: {},
      mails: ['team@example.com: Newsletter draft for 2027-01-11'],
      says: ['repair café'],
    },
    {
      name: 'no model answers',
      values: { page: 'WEB/news' },
      sent: {},
      ai: 'down',
      mails: ['team@example.com: Newsletter: please write it yourselves this week'],
      says: ['The model does not answer.'],
    },
    {
      name: 'page gone',
      values: { page: 'WEB/gone' },
      sent: {},
      mails: ['team@example.com: No newsletter draft: your page could not be read'],
      says: ['404'],
    },
  ],
  'newsletter-welcome-series': [
    {
      name: 'without a name',
      sent: { name: null, email: 'ada@example.com', consent: true },
      mails: [
        'ada@example.com: Welcome, and thank you!',
        'ada@example.com: Where most people start',
        'ada@example.com: A small thank-you for you',
      ],
      says: ['Hello there,'],
    },
  ],
};
