import { ada, byAda, type TemplateCases } from './case.ts';

const request = (subject: string, message: string) => byAda({ subject, message });

export const support: TemplateCases = {
  'support-triage': [
    {
      name: 'billing',
      sent: request('Invoice 12', 'I was charged twice on my invoice. Please check the payment.'),
      mails: ['ada@example.com: We have your request: Invoice 12', 'billing@example.com: [Billing] Invoice 12'],
      says: ['charged twice'],
    },
    {
      name: 'technical',
      sent: request('Login', 'I get an error when I log in to the app, it crashes.'),
      mails: ['ada@example.com: We have your request: Login', 'tech@example.com: [Technical] Login'],
    },
    {
      name: 'complaint',
      sent: request('Terrible', 'This is unacceptable. I am very disappointed and angry, the chair arrived damaged.'),
      mails: ['ada@example.com: We have your request: Terrible', 'complaints@example.com: [Complaint] Terrible'],
    },
    {
      name: 'something else',
      sent: request('Hello', 'My dog likes your garden.'),
      mails: ['ada@example.com: We have your request: Hello', 'team@example.com: [Request] Hello'],
    },
    {
      name: 'no model answers',
      sent: request('Invoice', 'Where is it?'),
      ai: 'down',
      mails: ['ada@example.com: We have your request: Invoice', 'team@example.com: [Request] Invoice'],
    },
  ],
  'acknowledge-by-urgency': [
    {
      name: 'urgent',
      sent: request('Shop is down', 'Our shop is down, this is urgent, we need help immediately!'),
      mails: ['ada@example.com: We are on it: Shop is down', 'oncall@example.com: URGENT: Shop is down'],
      answer: 200,
    },
    {
      name: 'normal',
      sent: request('Question', 'What are your opening hours?'),
      mails: ['ada@example.com: We have your request: Question', 'team@example.com: Request: Question'],
      says: ['Urgency: normal'],
    },
    {
      name: 'no model answers',
      sent: request('Question', 'What are your opening hours?'),
      ai: 'down',
      mails: ['ada@example.com: We have your request: Question', 'team@example.com: Request: Question'],
      says: ['Urgency: not known'],
    },
  ],
  'complaint-escalation': [
    {
      name: 'complaint',
      sent: { ...ada, message: 'The chair arrived broken. I am very disappointed and want my money back.' },
      mails: [
        'ada@example.com: We are sorry, and we will sort it out',
        'manager@example.com: Complaint: Ada Lovelace',
        'manager@example.com: Is it solved? Complaint of Ada Lovelace',
      ],
    },
    {
      name: 'question',
      sent: { ...ada, message: 'Do you deliver on Saturdays?' },
      mails: ['team@example.com: Message from Ada Lovelace'],
    },
    { name: 'empty', sent: {}, ai: 'down', mails: ['team@example.com: Message from a customer'], says: ['(no text)'] },
  ],
  'faq-answer-draft': [
    {
      name: 'built-in',
      sent: byAda({ question: 'When are you open?' }),
      mails: ['ada@example.com: We have your question', 'team@example.com: Please check: answer to Ada Lovelace'],
      says: ['Hello Ada,', 'Opening hours: Monday to Friday'],
    },
    {
      name: 'no model answers',
      sent: byAda({ question: 'When are you open?' }),
      ai: 'down',
      mails: ['ada@example.com: We have your question', 'team@example.com: Please check: answer to Ada Lovelace'],
      says: ['A colleague is looking into it'],
    },
  ],
  'satisfaction-survey': [
    {
      name: 'happy',
      sent: byAda({ rating: '5 - excellent', comment: null }),
      mails: ['ada@example.com: Thank you, Ada!'],
    },
    { name: 'happy, no address', sent: { rating: '4 - good', comment: null, name: null, email: null }, mails: [] },
    {
      name: 'middling',
      sent: { rating: '3 - all right', comment: 'Slow.', name: null, email: null },
      mails: ['manager@example.com: Survey: 3 of 5 from a customer'],
      says: ['Address: not given'],
    },
    {
      name: 'unhappy',
      sent: byAda({ rating: '1 - bad', comment: 'Never again.' }),
      mails: [
        'ada@example.com: We are sorry that we let you down',
        'manager@example.com: Unhappy customer: 1 of 5 from Ada Lovelace',
      ],
      says: ['Never again.'],
    },
  ],
};
