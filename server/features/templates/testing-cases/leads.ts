import { byAda, type TemplateCases } from './case.ts';

export const leads: TemplateCases = {
  'welcome-new-lead': [
    {
      name: 'built-in',
      sent: byAda({ message: 'I need 20 chairs for our office.' }),
      mails: ['ada@example.com: Your enquiry at Acme', 'sales@example.com: New lead: Ada Lovelace'],
      says: ['Hello Ada,', 'I need 20 chairs'],
    },
    {
      name: 'no model answers',
      sent: byAda({ message: 'I need 20 chairs for our office.' }),
      ai: 'down',
      mails: ['ada@example.com: Your enquiry at Acme', 'sales@example.com: New lead: Ada Lovelace'],
      says: ['within one working day'],
    },
  ],
  'lead-scoring-and-routing': [
    {
      name: 'hot',
      sent: byAda({
        company: 'Engines Ltd',
        size: '50-249',
        budget: 'over 10,000',
        timing: 'at once',
        need: 'We need new machines. They must be quiet. Our old ones are loud.',
      }),
      mails: ['ada@example.com: We will call you today', 'sales@example.com: Hot lead (95): Ada Lovelace, Engines Ltd'],
      says: ['Points: 95', 'In short: We need new machines.'],
    },
    {
      name: 'hot, no model answers',
      sent: byAda({
        company: null,
        size: '250 or more',
        budget: 'over 10,000',
        timing: 'within 3 months',
        need: 'Machines.',
      }),
      ai: 'down',
      mails: ['ada@example.com: We will call you today', 'sales@example.com: Hot lead (90): Ada Lovelace, no company'],
      says: ['In short: Machines.'],
    },
    {
      name: 'warm',
      sent: byAda({
        company: null,
        size: '1-9',
        budget: 'under 1,000',
        timing: 'within 3 months',
        need: 'A machine.',
      }),
      mails: ['ada@example.com: Your offer is on its way', 'team@example.com: Warm lead (40): Ada Lovelace'],
    },
    {
      name: 'cold',
      sent: byAda({ company: null, size: '1-9', budget: 'not known yet', timing: 'just looking', need: 'Hm.' }),
      mails: ['ada@example.com: Thank you for your interest'],
    },
  ],
  'contact-form-with-ai-summary': [
    {
      name: 'an enquiry',
      sent: byAda({
        message: 'What is the price of ten chairs? Call me: +44 20 7946 0958. I write from Engines Ltd.',
      }),
      mails: ['ada@example.com: We have your message', 'sales@example.com: Price or offer: Ada Lovelace'],
      says: ['Phone: +44 20 7946 0958'],
    },
    {
      name: 'no model answers',
      sent: byAda({ message: 'Ten chairs, please.' }),
      ai: 'down',
      mails: ['ada@example.com: We have your message', 'sales@example.com: Contact request: Ada Lovelace'],
    },
    { name: 'spam', sent: byAda({ message: 'We sell Backlinks!' }), mails: [] },
  ],
  'demo-request-scheduling': [
    {
      name: 'large',
      sent: byAda({ company: 'Engines Ltd', people: 120, interest: null }),
      mails: ['ada@example.com: Your demo of Acme', 'sales@example.com: Large prospect: Engines Ltd (120 people)'],
      says: ['Wants to see: not said'],
    },
    {
      name: 'small',
      sent: byAda({ company: 'Ada', people: 1, interest: 'Reports' }),
      mails: ['ada@example.com: Choose a time for your demo', 'ada@example.com: Did you find a time?'],
      says: ['what you wrote: Reports'],
    },
  ],
  'abandoned-quote-follow-up': [
    {
      name: 'to the end',
      sent: byAda({ number: 'Q-17', subject: 'ten chairs', amount: 1200, currency: 'EUR' }),
      mails: [
        'ada@example.com: Your quote Q-17: any questions?',
        'ada@example.com: Quote Q-17: shall we keep it open?',
        'seller@example.com: Call Ada Lovelace about quote Q-17',
      ],
      says: ['€1,200.00'],
    },
  ],
  'cold-lead-re-engagement': [
    {
      name: 'to the end',
      sent: byAda({ topic: 'ten chairs' }),
      mails: [
        'ada@example.com: Still interested in ten chairs?',
        'ada@example.com: Something useful about ten chairs',
        'ada@example.com: Shall we close your file?',
        'seller@example.com: Three mails sent: Ada Lovelace',
      ],
    },
  ],
  'lead-enrichment-by-http': [
    {
      name: 'known',
      values: { service_url: 'WEB/company' },
      sent: { name: 'Ada', email: 'ada@engines.example', message: 'Hello' },
      mails: ['sales@example.com: Large lead: Engines Ltd'],
      says: ['People: 120'],
      answer: 200,
    },
    {
      name: 'unknown',
      values: { service_url: 'WEB/company' },
      sent: { email: 'bob@example.com' },
      mails: ['team@example.com: Lead: bob@example.com'],
      says: ['Company: not known'],
      answer: 200,
    },
    { name: 'no address', values: { service_url: 'WEB/company' }, sent: { name: 'Bob' }, mails: [], answer: 422 },
  ],
};
