import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { formatAddress, maxRecipients, parseAddresses, withoutRepeats } from '../addresses.ts';
import { defineNode, inPort, outPort, type MailContent } from '../contract.ts';
import { choiceField, clip, htmlField, textField } from '../fields.ts';
import { htmlToText } from '../html-text.ts';

export const config = z.object({
  to: textField({
    max: 50_000,
    title: 'To',
    placeholder: '{{ trigger.body.email }}',
    description: 'One or more addresses, parted by commas.',
  }),
  subject: textField({ max: 5_000, title: 'Subject', placeholder: 'Welcome, {{ trigger.body.name }}!' }),
  format: choiceField(['text', 'html'], 'text', {
    title: 'Format',
    description: 'An HTML mail carries a plain-text version too; it is made from the HTML.',
    labels: { text: 'Plain text', html: 'HTML' },
  }),
  text: textField({
    title: 'Message',
    widget: 'textarea',
    rows: 10,
    placeholder: 'Hello {{ trigger.body.name }},\n\n…',
    showWhen: { field: 'format', in: ['text'] },
  }),
  html: htmlField({
    title: 'Message',
    rows: 14,
    placeholder: '<p>Hello {{ trigger.body.name }},</p>',
    description:
      'Values are put in as text, never as HTML. Add “| raw” for trusted HTML, “| paragraphs” for text with line breaks.',
    showWhen: { field: 'format', in: ['html'] },
  }),
  cc: textField({ max: 50_000, title: 'Cc', placeholder: 'boss@example.com', advanced: true }),
  bcc: textField({
    max: 50_000,
    title: 'Bcc',
    placeholder: 'archive@example.com',
    description: 'Gets a copy; nobody else sees it.',
    advanced: true,
  }),
  from: textField({
    max: 5_000,
    title: 'From',
    placeholder: 'Sales <sales@example.com>',
    description: 'Empty: the sender that this installation is set up with.',
    advanced: true,
  }),
  replyTo: textField({
    max: 5_000,
    title: 'Reply to',
    placeholder: 'support@example.com',
    description: 'Where answers go.',
    advanced: true,
  }),
});
type Config = z.output<typeof config>;

/** At most as long as a header may reasonably be; mail programs show some 80 characters. */
const maxSubjectChars = 500;

/**
 * The mail that a bound config describes: addresses read and each person once, the subject on one line, HTML with its text alternative.
 *
 * @throws AppError `bad_request` naming the field and the text that is wrong.
 */
export function composeMail(bound: Config): MailContent {
  const [to = [], cc = [], bcc = []] = withoutRepeats([
    parseAddresses(bound.to, 'to', 'To'),
    parseAddresses(bound.cc, 'cc', 'Cc'),
    parseAddresses(bound.bcc, 'bcc', 'Bcc'),
  ]);
  const count = to.length + cc.length + bcc.length;
  if (count === 0) refuse('to', 'The mail has no recipient: “To” came out empty.');
  if (count > maxRecipients)
    refuse('to', `The mail has ${count} recipients; at most ${maxRecipients} are allowed in one mail.`);
  const subject = bound.subject.replace(/\s+/g, ' ').trim();
  if (subject.length > maxSubjectChars)
    refuse('subject', `The subject has ${subject.length} characters; at most ${maxSubjectChars} are allowed.`);
  const from = oneSender(bound.from, 'from', 'From');
  const replyTo = oneSender(bound.replyTo, 'replyTo', 'Reply to');
  return {
    to: to.map(formatAddress),
    cc: cc.map(formatAddress),
    bcc: bcc.map(formatAddress),
    subject,
    text: bound.format === 'html' ? htmlToText(bound.html) : bound.text,
    ...(bound.format === 'html' ? { html: bound.html } : {}),
    ...(from === undefined ? {} : { from }),
    ...(replyTo === undefined ? {} : { replyTo }),
  };
}

function oneSender(text: string, field: string, label: string): string | undefined {
  const addresses = parseAddresses(text, field, label);
  if (addresses.length > 1) refuse(field, `“${label}” takes one address.`);
  return addresses[0] && formatAddress(addresses[0]);
}

function refuse(field: string, message: string): never {
  throw new AppError('bad_request', message, { details: { field } });
}

export const node = defineNode({
  kind: 'email-send',
  version: 1,
  group: 'email',
  icon: 'mail',
  texts: {
    title: 'Send e-mail',
    description: 'Sends a mail to one or more people',
    help:
      'Sends a plain-text or HTML mail. Recipients, subject and message can hold values of earlier steps, such as {{ trigger.body.email }} or ' +
      '{{ steps.ai_generate_1.text }}. Each person gets one copy, at most 100 in one mail. The step is done when the mail server has taken the mail.',
  },
  config,
  ports: { in: [inPort], out: [outPort] },
  effect: 'irreversible',
  summary: ({ to, subject }) =>
    to.trim() === ''
      ? 'No recipient yet'
      : `To ${clip(to, 50)}${subject.trim() === '' ? '' : `: ${clip(subject, 60)}`}`,
  check(settings) {
    const problems: { field: string; message: string; severity?: 'error' | 'warning' }[] = [];
    if ([settings.to, settings.cc, settings.bcc].every((list) => list.trim() === '')) {
      problems.push({ field: 'to', message: 'Add at least one recipient, for example {{ trigger.body.email }}.' });
    }
    if (settings.subject.trim() === '') problems.push({ field: 'subject', message: 'Add a subject.' });
    const body = settings.format === 'html' ? 'html' : 'text';
    if (settings[body].trim() === '') problems.push({ field: body, message: 'Write the message.' });
    for (const field of ['to', 'cc', 'bcc', 'from', 'replyTo'] as const) {
      const message = literalProblem(settings[field], field);
      if (message !== undefined) problems.push({ field, message });
    }
    return problems;
  },
  sample: ({ subject }) => ({
    messageId: '<0199-example@mailweave>',
    accepted: ['ada@example.com'],
    rejected: [],
    subject: subject || 'Welcome, Ada!',
    to: ['ada@example.com'],
  }),
  preview(bound) {
    try {
      const mail = composeMail(bound);
      return { summary: `Sends “${clip(mail.subject, 60) || '(no subject)'}” to ${recipientsInWords(mail)}`, mail };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return { summary: error.message, error: error.toBody() };
    }
  },
});

/** Addresses that are written out can be checked before anything runs; what holds expressions cannot. */
function literalProblem(text: string, field: string): string | undefined {
  if (text.includes('{{') || text.includes('{%')) return undefined;
  try {
    parseAddresses(text, field);
    return undefined;
  } catch (error) {
    return error instanceof AppError ? error.message : String(error);
  }
}

function recipientsInWords({ to, cc, bcc }: MailContent): string {
  const all = [...to, ...cc, ...bcc];
  return all.length <= 3 ? all.join(', ') : `${all.slice(0, 2).join(', ')} and ${all.length - 2} more`;
}
