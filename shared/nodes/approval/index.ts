import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { formatAddress, maxRecipients, parseAddresses, withoutRepeats } from '../addresses.ts';
import { defineNode, inPort, type ApprovalRequest } from '../contract.ts';
import { choiceField, clip, field, switchField, textField, valueField } from '../fields.ts';
import { longestSpanMs, spanInWords, spanLabels, spanMs, spanUnits } from '../spans.ts';
import { approvalMail } from './mail.ts';

const amountField = (title: string, description: string, standard: number) =>
  field(z.number().min(0).max(1_000_000).default(standard), { title, description, widget: 'number' });

export const config = z.object({
  title: textField({ title: 'Title', default: 'Please approve', max: 1_000, placeholder: 'Send this answer?' }),
  message: textField({
    title: 'Message',
    widget: 'textarea',
    rows: 4,
    max: 20_000,
    placeholder: 'This draft would go to {{ trigger.body.email }}.',
  }),
  payload: valueField({
    title: 'What is to be approved',
    default: '{{ input }}',
    placeholder: '{{ steps.ai_generate_1.text }}',
    description: 'Shown to whoever decides, and handed on as “payload”.',
  }),
  approvers: textField({
    title: 'Who decides',
    max: 50_000,
    placeholder: 'boss@example.com',
    description: 'They get a mail with a link. Empty: it is decided in Mailweave only.',
  }),
  editable: switchField({
    title: 'May change the texts',
    default: false,
    description: 'Whoever decides can correct texts before approving.',
  }),
  timeout: amountField('Give up after', '0 waits until somebody decides.', 7),
  timeoutUnit: choiceField(spanUnits, 'days', { title: 'Unit', labels: spanLabels }),
  reminder: amountField('Remind after', 'One more mail. 0 sends none.', 0),
  reminderUnit: choiceField(spanUnits, 'days', { title: 'Unit of the reminder', labels: spanLabels }),
});
type Config = z.output<typeof config>;

/**
 * What somebody is asked, as bound settings say.
 *
 * @throws AppError `bad_request` naming the field that is wrong.
 */
export function approvalRequest(bound: Config, now: Date): ApprovalRequest {
  const title = bound.title.replace(/\s+/g, ' ').trim();
  if (title === '') throw new AppError('bad_request', 'The title came out empty.', { details: { field: 'title' } });
  const [approvers = []] = withoutRepeats([parseAddresses(bound.approvers, 'approvers', 'Who decides')]);
  if (approvers.length > maxRecipients) {
    throw new AppError('bad_request', `At most ${maxRecipients} people can be asked.`, {
      details: { field: 'approvers' },
    });
  }
  return {
    title,
    message: bound.message,
    payload: bound.payload ?? null,
    editable: bound.editable,
    approvers: approvers.map(formatAddress),
    expiresAt: bound.timeout > 0 ? Math.round(now.getTime() + spanMs(bound.timeout, bound.timeoutUnit)) : null,
  };
}

function tooLong(settings: Config): readonly { field: string; message: string }[] {
  const message = 'A step can wait for two years at most.';
  return [
    ...(spanMs(settings.timeout, settings.timeoutUnit) > longestSpanMs ? [{ field: 'timeout', message }] : []),
    ...(spanMs(settings.reminder, settings.reminderUnit) > longestSpanMs ? [{ field: 'reminder', message }] : []),
  ];
}

/** Addresses that are written out can be checked before anything runs; what holds expressions cannot. */
function approversProblem({ approvers }: Config): readonly { field: string; message: string }[] {
  if (approvers.includes('{{') || approvers.includes('{%')) return [];
  try {
    parseAddresses(approvers, 'approvers', 'Who decides');
    return [];
  } catch (error) {
    return [{ field: 'approvers', message: error instanceof AppError ? error.message : String(error) }];
  }
}

function reminderProblem(settings: Config): readonly { field: string; message: string; severity: 'warning' }[] {
  const { timeout, timeoutUnit, reminder, reminderUnit } = settings;
  if (reminder === 0) return [];
  if (settings.approvers.trim() === '')
    return [{ field: 'reminder', message: 'Nobody is mailed, so nobody can be reminded.', severity: 'warning' }];
  const isLate = timeout > 0 && spanMs(reminder, reminderUnit) >= spanMs(timeout, timeoutUnit);
  return isLate
    ? [{ field: 'reminder', message: 'By then the step has given up. Remind earlier.', severity: 'warning' }]
    : [];
}

export const node = defineNode({
  kind: 'approval',
  version: 1,
  group: 'logic',
  icon: 'user-check',
  texts: {
    title: 'Ask for approval',
    description: 'Waits until somebody approves or rejects',
    help:
      'Shows somebody what is about to happen and waits for a yes or a no: in Mailweave, or by a link in a mail. Goes on along “approved”, “rejected” or, when ' +
      'nobody decides in time, “timeout”. Its output has the decision, who made it, a comment and the payload, with the corrections that were made.',
  },
  config,
  ports: {
    in: [inPort],
    out: [
      { id: 'approved', label: 'approved', type: 'data' },
      { id: 'rejected', label: 'rejected', type: 'data' },
      { id: 'timeout', label: 'timeout', type: 'data' },
    ],
  },
  effect: 'irreversible',
  summary: ({ title, approvers }) =>
    `${clip(title, 60) || 'Untitled'}, asks ${approvers.trim() === '' ? 'in Mailweave' : clip(approvers, 45)}`,
  check: (settings) => [
    ...(settings.title.trim() === '' ? [{ field: 'title', message: 'Add a title.' }] : []),
    ...approversProblem(settings),
    ...tooLong(settings),
    ...reminderProblem(settings),
  ],
  sample: ({ payload }, input) => ({
    decision: 'approved',
    by: 'ada@example.com',
    comment: '',
    payload: payload === '{{ input }}' ? (input ?? {}) : (payload ?? null),
  }),
  preview(bound, { now }) {
    try {
      const request = approvalRequest(bound, now);
      const who = request.approvers.length === 0 ? 'in Mailweave' : request.approvers.slice(0, 3).join(', ');
      const limit = bound.timeout > 0 ? ` for ${spanInWords(bound.timeout, bound.timeoutUnit)} at most` : '';
      const mail = approvalMail(request, { url: 'https://mailweave.example/approve/…', reminder: false });
      return {
        summary: `Asks ${who} about “${clip(request.title, 60)}” and waits${limit}`,
        port: 'approved',
        undecided: true,
        wait: { kind: 'approval', approvalId: '', at: request.expiresAt },
        ...(request.approvers.length > 0 ? { mail } : {}),
      };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return { summary: error.message, error: error.toBody() };
    }
  },
});
