import { AppError, toErrorBody } from '../../../shared/errors.ts';
import type { HearOutcome } from '../../connection-outcome.ts';
import type { SmtpTransport } from '../../drivers/mail/smtp.ts';
import type { EnginePorts, OutboxOutcome } from '../../engine/ports.ts';
import { faultPoint } from '../../faults.ts';
import type { OutboxStore } from '../../store/outbox.ts';

/** The way out for mail, and who learns whether it works. */
export interface MailWay {
  smtp: SmtpTransport;
  hear?: HearOutcome;
}

/**
 * Hands one stored mail to the server; `run`: whose mail it is. @returns what became of it; `cause` is the error when it was not sent.
 */
export async function deliverMail(
  { smtp, hear }: MailWay,
  run: { id: string; workspaceId: string; workflowId: string },
  mail: { key: string; messageId: string; raw: Buffer; sender: string; recipients: string[] },
  signal: AbortSignal,
): Promise<{ outcome: OutboxOutcome; cause?: unknown }> {
  const { key, messageId, raw, sender, recipients } = mail;
  const at = { workspaceId: run.workspaceId, connection: 'mail', runId: run.id, workflowId: run.workflowId };
  try {
    const { response, accepted, rejected } = await smtp.send(raw, { from: sender, to: recipients }, signal);
    faultPoint('smtp_250');
    hear?.({ ...at, error: null });
    return { outcome: { key, status: 'sent', receipt: { messageId, response, accepted, rejected }, error: null } };
  } catch (cause) {
    const error = toErrorBody(cause);
    hear?.({ ...at, error });
    const status = error.code === 'mail_uncertain' ? 'uncertain' : 'failed';
    return { outcome: { key, status, receipt: null, error }, cause };
  }
}

/** Sends mails that waited until their run had succeeded. One that another run has sent under the same key is not sent again. */
export function createHeldMailSender(way: MailWay, outbox: OutboxStore): EnginePorts['sendHeld'] {
  return async (run, key, signal) => {
    try {
      const stored = await outbox.byKey(run.workspaceId, key);
      if (!stored) throw new AppError('not_found', 'The mail that was held is gone.');
      if (stored.status === 'sent') return { key, status: 'sent', receipt: stored.receipt, error: null };
      return (await deliverMail(way, run, { key, ...stored }, signal)).outcome;
    } catch (error) {
      return { key, status: 'failed', receipt: null, error: toErrorBody(error) };
    }
  };
}
