import { parseMail, snippetOf } from '../../drivers/mail/parse.ts';
import type { ReceivedMail } from '../../drivers/mail/test-inbox.ts';
import type { InboxStore } from '../../store/inbox.ts';

/** What others are told of a new mail. */
export interface Arrival {
  id: string;
  /** Null: the product's own mail, or one from outside; `recipients` say whom it concerns. */
  workspaceId: string | null;
  recipients: readonly string[];
  from: string;
  subject: string;
}

export interface ReceiverDeps {
  store: InboxStore;
  announce?(arrival: Arrival): void;
  /** Mails kept per workspace; default 5,000. */
  keep?: number;
}

const WORKSPACE_HEADER = 'x-mailweave-workspace';
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const TRIM_EVERY = 50;

/** Makes the `onMessage` of the built-in mail server: files the mail and drops the oldest beyond the limit now and then. */
export function createReceiver({ store, announce, keep = 5_000 }: ReceiverDeps): (mail: ReceivedMail) => Promise<void> {
  const sinceTrim = new Map<string | null, number>();
  return async ({ envelope, raw, receivedAt }) => {
    const mail = await parseMail(raw);
    const { id, workspaceId } = await store.insert({
      workspaceId: workspaceOf(mail.headers),
      messageId: mail.messageId,
      from: mail.from || envelope.from,
      to: envelope.to,
      subject: mail.subject,
      snippet: snippetOf(mail),
      hasAttachments: mail.attachments.length > 0,
      raw,
      receivedAt,
    });
    announce?.({ id, workspaceId, recipients: envelope.to, from: mail.from || envelope.from, subject: mail.subject });
    const count = (sinceTrim.get(workspaceId) ?? 0) + 1;
    sinceTrim.set(workspaceId, count % TRIM_EVERY);
    if (count === TRIM_EVERY) await store.trim(workspaceId, keep);
  };
}

/** Only a single, well-formed header counts. */
function workspaceOf(headers: readonly { name: string; value: string }[]): string | null {
  const claims = headers.filter(({ name }) => name.toLowerCase() === WORKSPACE_HEADER);
  const [claim] = claims;
  return claims.length === 1 && claim && UUID.test(claim.value) ? claim.value : null;
}
