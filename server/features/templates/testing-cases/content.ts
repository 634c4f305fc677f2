import type { TemplateCases } from './case.ts';

const long = 'The board met on Monday and decided to buy the new printer for 900 euros. '.repeat(10);

export const content: TemplateCases = {
  'weekly-digest-to-each-team': [
    {
      name: 'two teams',
      values: { page: 'WEB/news', teams: 'sales@example.com\nwarehouse@example.com' },
      sent: {},
      mails: ['sales@example.com: The week for Sales', 'warehouse@example.com: The week for Warehouse'],
      says: ['Hello Sales team,', 'Hello Warehouse team,'],
    },
  ],
  'content-ideas-every-monday': [
    {
      name: 'built-in',
      sent: {},
      mails: ['to@example.com: Ideas for the week of 2027-01-11'],
      says: ['1. What did a customer ask', '5. What are you looking forward to', 'not by a language model'],
    },
    {
      name: 'model',
      sent: {},
      ai: { text: '1. A day in the workshop' },
      mails: ['to@example.com: Ideas for the week of 2027-01-11'],
      says: ['1. A day in the workshop'],
    },
  ],
  'product-description': [
    {
      name: 'built-in',
      sent: {
        product: 'Kettle',
        features: 'Steel\n1.5 litres\n',
        benefit: 'Tea in two minutes.',
        price: '39 EUR',
        email: 'shop@example.com',
      },
      mails: ['shop@example.com: Description: Kettle'],
      says: ['- Steel', '- 1.5 litres', 'Price: 39 EUR'],
    },
    {
      name: 'model',
      sent: { product: 'Kettle', features: 'Steel', benefit: 'Tea.', price: null, email: 'shop@example.com' },
      ai: { text: 'The kettle for people in a hurry.' },
      mails: ['shop@example.com: Description: Kettle'],
      says: ['The kettle for people in a hurry.'],
    },
  ],
  'social-media-post-drafts': [
    {
      name: 'no model answers',
      sent: {
        news: 'We open on Sundays now.',
        link: 'https://example.com',
        action: 'Come by!',
        email: 'pr@example.com',
      },
      ai: 'down',
      mails: ['pr@example.com: Your three posts: We open on Sundays now.'],
      says: ['News from', 'Come by!', 'https://example.com', 'Link in our profile.'],
    },
    {
      name: 'model',
      sent: { news: 'We open on Sundays now.', link: null, action: null, email: 'pr@example.com' },
      ai: { fields: { linkedin: 'For professionals.', instagram: 'Sunday!', facebook: 'See you?' } },
      mails: ['pr@example.com: Your three posts: We open on Sundays now.'],
      says: ['For professionals.', 'Sunday!', 'See you?'],
    },
  ],
  'blog-outline': [
    {
      name: 'built-in',
      sent: {
        topic: 'Heat pumps',
        question: 'Do they pay?',
        points: 'Grants\nNoise',
        length: 'Short (500 words)',
        email: 'ed@example.com',
      },
      mails: ['ed@example.com: Outline: Heat pumps'],
      says: ['- Grants', '- Noise', 'The question: Do they pay?'],
    },
    {
      name: 'model',
      sent: {
        topic: 'Heat pumps',
        question: 'Do they pay?',
        points: null,
        length: 'Short (500 words)',
        email: 'ed@example.com',
      },
      ai: { text: 'Title one' },
      mails: ['ed@example.com: Outline: Heat pumps'],
      says: ['Title one'],
    },
  ],
  'text-summary-by-mail': [
    {
      name: 'long',
      values: { recipients: 'x@example.com\ny@example.com' },
      sent: { title: 'Minutes', text: `${long}The printer comes on Friday.`, author: 'Ada' },
      mails: ['x@example.com, y@example.com: In short: Minutes'],
      says: ['from Ada', 'comes on Friday'],
    },
    {
      name: 'short',
      values: { recipients: 'x@example.com, y@example.com' },
      sent: { title: 'Note', text: 'See you on Friday.', author: null },
      mails: ['x@example.com, y@example.com: Note'],
    },
  ],
};
