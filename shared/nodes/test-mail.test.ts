import { expect, it } from 'vitest';
import { asTestMail } from './test-mail.ts';

const mail = {
  to: ['Ada <ada@example.com>'],
  cc: ['boss@example.com'],
  bcc: ['secret@example.com'],
  replyTo: 'other@example.com',
  subject: 'Welcome',
  text: 'Hello',
};

it('goes to one address only, and says whom it would have gone to', () => {
  const test = asTestMail(mail, 'me@example.com');
  expect(test).toEqual({
    to: ['me@example.com'],
    cc: [],
    bcc: [],
    subject: '[Test] Welcome',
    text: 'This is a test. The mail would go to Ada <ada@example.com>, boss@example.com, secret@example.com.\n\nHello',
  });
});

it.each([
  ['<p>Hello</p>', /^<p style="[^"]*">This is a test\. [^<]*&lt;ada@example\.com&gt;[^<]*<\/p><p>Hello<\/p>$/],
  ['<html><body class="x"><p>Hello</p></body></html>', /^<html><body class="x"><p style=.*<\/p><p>Hello<\/p><\/body>/],
])('has the note on top of %s', (html, expected) => {
  expect(asTestMail({ ...mail, html }, 'me@example.com').html).toMatch(expected);
});

it('names five recipients at most', () => {
  const to = Array.from({ length: 30 }, (_, i) => `p${i}@example.com`);
  expect(asTestMail({ ...mail, to, cc: [], bcc: [] }, 'me@example.com').text).toContain('p4@example.com and 25 more.');
});
