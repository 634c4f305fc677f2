import { simpleParser } from 'mailparser';
import { expect, test } from 'vitest';
import type { MailPreview } from '../../shared/api/runs.ts';
import { composeMail } from '../../server/drivers/mail/mime.ts';
import { differences } from './mail.ts';

const content = {
  to: ['Grace Hopper <grace@example.com>', 'Alan@example.com'],
  cc: ['ada@example.com'],
  bcc: ['secret@example.com'],
  subject: 'Grüße, and a long subject that is folded over more than one line because it is so long',
  text: 'Hello,\n\nthis is it.\n',
  html: '<p>Hello,</p>\n<p>this is it.</p>',
};
const confirmed: MailPreview = {
  nodeId: 'email_send_1',
  from: 'Mailweave <mailweave@localhost>',
  hash: 'h',
  exact: true,
  ...content,
};

async function arrive(changes: Partial<typeof content> = {}) {
  const options = { messageId: '<a@b>', date: new Date(0), from: 'Mailweave <mailweave@localhost>' };
  return simpleParser(await composeMail({ ...content, ...changes }, options), { skipImageLinks: true });
}

test('a mail that arrived as it was confirmed differs in nothing', async () => {
  expect(differences(await arrive(), confirmed)).toEqual([]);
});

const changes: [string, Partial<typeof content>, string][] = [
  ['another recipient', { to: ['eve@example.com'] }, 'recipients'],
  ['a copy more', { cc: ['ada@example.com', 'eve@example.com'] }, 'copies'],
  ['another subject', { subject: 'Grüße' }, 'subject'],
  ['a word in the text', { text: 'Hello,\n\nthis is not it.\n' }, 'text'],
  ['a word in the HTML', { html: '<p>Hello,</p>\n<p>this is not it.</p>' }, 'HTML'],
];
test.each(changes)('%s is noticed', async (_name, change, part) => {
  expect(differences(await arrive(change), confirmed)).toEqual([part]);
});
