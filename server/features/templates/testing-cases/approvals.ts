import { ada, byAda, type TemplateCases } from './case.ts';

const invoice = byAda({
  subject: 'Invoice 12',
  message: 'I was charged twice on my invoice. Please refund the payment.',
});
const asked = 'Answer to Ada Lovelace: Invoice 12';
const failure = {
  workflow: { id: 'w', name: 'Welcome new leads' },
  run: { id: 'r', url: 'https://mailweave.example/runs/r' },
  error: { code: 'mail_rejected', message: '550 no such user' },
  step: { id: 'email_send_1', title: 'Send e-mail' },
};
const offer = { to: 'ada@example.com', subject: 'Your offer', text: 'Hello Ada, here is your offer. Kind regards' };
const onboarding = { tasks: 'Create the account\nSend the contract' };

/** Templates in which somebody decides. */
export const approvals: TemplateCases = {
  'support-answer-with-approval': [
    {
      name: 'approved',
      sent: invoice,
      decides: { [asked]: 'approved' },
      mails: [`billing@example.com: ${asked}`, 'ada@example.com: Re: Invoice 12'],
      says: ['Hello Ada,', 'writes (billing)', 'charged twice', 'https://mailweave.example/approve/'],
    },
    {
      name: 'corrected',
      sent: byAda({ subject: 'Login', message: 'I get an error when I log in to the app, it crashes.' }),
      ai: { fields: { category: 'technical' } },
      decides: { 'Answer to Ada Lovelace: Login': { edits: { '': 'Dear Ada,\n\nplease update the app.' } } },
      mails: ['team@example.com: Answer to Ada Lovelace: Login', 'ada@example.com: Re: Login'],
      says: ['please update the app.'],
    },
    {
      name: 'rejected',
      sent: invoice,
      decides: { [asked]: 'rejected' },
      mails: [`billing@example.com: ${asked}`, 'billing@example.com: Please answer by hand: Invoice 12'],
      says: ['The drafted answer was rejected, so nothing was sent.'],
    },
    {
      name: 'nobody decides',
      sent: invoice,
      mails: [
        `billing@example.com: ${asked}`,
        `billing@example.com: Reminder: ${asked}`,
        'billing@example.com: Please answer by hand: Invoice 12',
      ],
      says: ['Nobody approved the drafted answer within two days'],
      waits: ['2027-01-04T14:00:00.000Z', '2027-01-06T10:00:00.000Z'],
    },
    {
      name: 'no model answers',
      sent: invoice,
      ai: 'down',
      mails: ['team@example.com: Please answer by hand: Invoice 12'],
      says: ['The AI could not draft an answer', 'charged twice'],
    },
  ],
  'workflow-failure-alert': [
    {
      name: 'taken care of',
      sent: failure,
      decides: { 'Failed: Welcome new leads': 'approved' },
      mails: ['admin@example.com: Failed: Welcome new leads'],
      says: ['at the step “Send e-mail”', '550 no such user', 'Check the address', 'https://mailweave.example/runs/r'],
    },
    {
      name: 'nobody reacts',
      sent: { ...failure, error: { code: 'internal', message: 'Something broke.' }, step: null },
      mails: [
        'admin@example.com: Failed: Welcome new leads',
        'admin@example.com: Reminder: Failed: Welcome new leads',
        'backup@example.com: Nobody took care of: Welcome new leads',
      ],
      says: ['failed 4 hours ago, and admin@example.com has not reacted', 'the failed step is marked'],
      waits: ['2027-01-04T11:00:00.000Z', '2027-01-04T14:00:00.000Z'],
    },
  ],
  'mail-with-sign-off': [
    {
      name: 'signed off with a correction',
      sent: offer,
      decides: { 'Send this? Your offer': { edits: { '': 'Dear Ada, here is our offer at last.' } } },
      mails: ['approver@example.com: Send this? Your offer', 'ada@example.com: Your offer'],
      says: ['Dear Ada, here is our offer at last.'],
      result: { sent: true, by: 'approver@example.com' },
    },
    {
      name: 'rejected',
      sent: offer,
      decides: { 'Send this? Your offer': 'rejected' },
      mails: ['approver@example.com: Send this? Your offer'],
      result: { sent: false, reason: 'rejected', comment: '' },
    },
    {
      name: 'not decided',
      sent: offer,
      mails: ['approver@example.com: Send this? Your offer'],
      waits: ['2027-01-05T10:00:00.000Z'],
      result: { sent: false, reason: 'timeout', comment: '' },
    },
  ],
  'customer-onboarding-checklist': [
    {
      name: 'all done, one after the other',
      values: onboarding,
      sent: { ...ada, company: 'Engines Ltd' },
      decides: { 'Create the account: Ada Lovelace': 'approved', 'Send the contract: Ada Lovelace': 'approved' },
      mails: [
        'ada@example.com: Welcome to Acme!',
        'team@example.com: Create the account: Ada Lovelace',
        'team@example.com: Send the contract: Ada Lovelace',
        'ada@example.com, manager@example.com: Everything is ready for you',
      ],
      says: ['Task 1 for Ada Lovelace <ada@example.com> of Engines Ltd: Create the account.', 'Task 2 for'],
    },
    {
      name: 'one cannot be done, one takes too long',
      values: onboarding,
      sent: byAda({ company: null }),
      decides: { 'Create the account: Ada Lovelace': 'rejected' },
      mails: [
        'ada@example.com: Welcome to Acme!',
        'team@example.com: Create the account: Ada Lovelace',
        'manager@example.com: Onboarding of Ada Lovelace: Create the account',
        'team@example.com: Send the contract: Ada Lovelace',
        'team@example.com: Reminder: Send the contract: Ada Lovelace',
        'manager@example.com: Onboarding of Ada Lovelace has open tasks',
        'manager@example.com: Onboarding of Ada Lovelace: Send the contract',
      ],
      says: ['cannot be done: no reason was given', 'was not done within 3 days', '- Create the account: open'],
    },
  ],
  'supplier-price-comparison': [
    {
      name: 'approved',
      values: { name_a: 'Alpha', name_b: 'Beta', url_a: 'WEB/supplier-a', url_b: 'WEB/supplier-b' },
      sent: { articles: 'CH-1\ntb-1\nLM-1\nXX-9', email: 'ada@example.com' },
      decides: { 'Order at the better price?': 'approved' },
      mails: [
        'approver@example.com: Order at the better price?',
        'ada@example.com, buyer@example.com: Please order (approved by approver@example.com)',
      ],
      says: [
        'CH-1 Chair\n  Alpha: 49.00, 5 days\n  Beta: 52.50, 2 days\n  Better: Alpha',
        'TB-1 Table\n  Alpha: 149.00, 14 days\n  Beta: 129.90, 10 days\n  Better: Beta',
        'LM-1 Lamp\n  Alpha: 20.00, 3 days\n  Beta: not offered\n  Better: Alpha',
        'XX-9: neither supplier has it',
      ],
    },
    {
      name: 'rejected',
      values: { name_a: 'Alpha', name_b: 'Beta', url_a: 'WEB/empty', url_b: 'WEB/supplier-b' },
      sent: { articles: 'CH-1', email: 'ada@example.com' },
      decides: { 'Order at the better price?': 'rejected' },
      mails: ['approver@example.com: Order at the better price?', 'ada@example.com: Your order was not approved'],
      says: ['Alpha: not offered\n  Beta: 52.50, 2 days\n  Better: Beta'],
    },
    {
      name: 'a list is gone',
      values: { name_a: 'Alpha', name_b: 'Beta', url_a: 'WEB/gone', url_b: 'WEB/supplier-b' },
      sent: { articles: 'CH-1', email: 'ada@example.com' },
      mails: ['buyer@example.com: A price list could not be read'],
      says: ['404', 'CH-1'],
    },
  ],
};
