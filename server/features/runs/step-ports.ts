import { createHash } from 'node:crypto';
import { AppError } from '../../../shared/errors.ts';
import type { MailContent, MailReceipt, Ports } from '../../../shared/nodes/contract.ts';
import { asTestMail } from '../../../shared/nodes/test-mail.ts';
import { composeMail, envelopeOf, mailHash } from '../../drivers/mail/mime.ts';
import type { OutboxRow, StepScope } from '../../engine/ports.ts';
import type { OutboxStore } from '../../store/outbox.ts';
import { deliverMail, type MailWay } from './deliver-mail.ts';

export interface StepDrivers extends MailWay {
  /** Sender where a mail names none. */
  from: string;
  /** Right-hand side of Message-IDs. */
  domain: string;
  /** Mails name their workspace, for the built-in inbox to file them. A real server has no business knowing it. */
  markWorkspace: boolean;
  outbox: OutboxStore;
  http(signal: AbortSignal): Ports['http'];
  llm(scope: StepScope): Ports['llm'];
  approvals(scope: StepScope): Ports['approvals'];
  workflows(scope: StepScope): Ports['workflows'];
}

/** Users cannot set headers, so this one cannot be forged. */
const workspaceHeader = 'X-Mailweave-Workspace';

/** Binds the drivers to one step: its key, its signal, and the journal that learns of an effect before and after it. */
export function createStepPorts(drivers: StepDrivers): (scope: StepScope) => Ports {
  return (scope) => {
    // Made on first use, once per step: it numbers the calls of a step, and most steps make none.
    let llm: Ports['llm'] | undefined;
    const mails = new Set<string>();
    return {
      mail: {
        send(mail, part) {
          const key = part === undefined ? scope.key : `${scope.key}:${part}`;
          // A step that never announced anything has no mail in the outbox.
          const isNew = !scope.effects.announcedBefore && !mails.has(key);
          mails.add(key);
          return sendMail(drivers, scope, mail, key, isNew);
        },
      },
      http: { request: (request) => callHttp(drivers, scope, request) },
      llm: { generate: (request, onText) => (llm ??= drivers.llm(scope)).generate(request, onText ?? scope.progress) },
      approvals: {
        open: (request) => drivers.approvals(scope).open(request),
        expire: (id) => drivers.approvals(scope).expire(id),
      },
      workflows: { call: (request) => drivers.workflows(scope).call(request) },
    };
  };
}

/**
 * Sends one mail with its promises: the mail and the intent are durable before the server hears of it; a mail that the server has confirmed
 * is never sent again; every attempt carries the same bytes and the same Message-ID. `key` tells the mails of one step apart; `isNew`: none
 * under this key can have been stored.
 */
async function sendMail(
  drivers: StepDrivers,
  scope: StepScope,
  written: MailContent,
  key: string,
  isNew: boolean,
): Promise<MailReceipt> {
  const { run, effects } = scope;
  const contentHash = mailHash(written);
  if (effects.confirmedMailHash !== undefined && effects.confirmedMailHash !== contentHash) {
    throw new AppError(
      'preview_mismatch',
      'This mail is not the one that was confirmed in the preview, so it was not sent. Preview again.',
    );
  }
  const mail = effects.mailsTo === undefined ? written : asTestMail(written, effects.mailsTo);
  const stored = isNew ? null : await drivers.outbox.byKey(run.workspaceId, key);
  if (stored?.status === 'sent' && stored.receipt) return stored.receipt;
  const envelope = envelopeOf(mail, drivers.from);
  const messageId = stored?.messageId ?? messageIdOf(key, drivers.domain);
  const raw =
    stored?.raw ??
    (await composeMail(mail, {
      messageId,
      date: new Date(),
      from: drivers.from,
      headers: drivers.markWorkspace ? { [workspaceHeader]: run.workspaceId } : {},
    }));
  const row: OutboxRow = {
    workspaceId: run.workspaceId,
    runId: run.id,
    nodeId: scope.nodeId,
    key,
    messageId,
    sender: envelope.from,
    recipients: envelope.to,
    subject: mail.subject,
    raw,
    contentHash,
  };
  if (effects.hold) {
    effects.hold(row);
    return { messageId, response: 'Held until the run has succeeded', accepted: envelope.to, rejected: [], held: true };
  }
  await effects.intend(row);
  const { outcome, cause } = await deliverMail(
    drivers,
    run,
    { key, messageId, raw, sender: envelope.from, recipients: envelope.to },
    scope.signal,
  );
  effects.settle(outcome);
  if (outcome.receipt) return outcome.receipt;
  throw cause;
}

/** Made from the step's key alone, so that a repeat after a crash is recognised as the same message (RFC 5322, 3.6.4). */
function messageIdOf(key: string, domain: string): string {
  return `<${createHash('sha256').update(key).digest('hex').slice(0, 32)}@${domain}>`;
}

/** Methods that change nothing at the other side (RFC 9110, 9.2.1) need no intent. */
const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

async function callHttp(
  drivers: StepDrivers,
  scope: StepScope,
  request: Parameters<Ports['http']['request']>[0],
): ReturnType<Ports['http']['request']> {
  const port = drivers.http(scope.signal);
  if (safeMethods.has(request.method.toUpperCase())) return port.request(request);
  await scope.effects.intend();
  return port.request({ ...request, headers: { 'idempotency-key': scope.key, ...request.headers } });
}
