import type { InboxItem, InboxMail } from '../../../shared/api/inbox.ts';
import { AppError } from '../../../shared/errors.ts';
import type { Actor } from '../../actor.ts';
import { parseMail } from '../../drivers/mail/parse.ts';
import { mailNotFound, presentItem, viewerOf, type InboxDeps } from './present.ts';

const MAX_SOURCE = 500_000;

export async function listInbox(
  { store, builtIn }: InboxDeps,
  actor: Actor,
  query: { search?: string | undefined; cursor?: string | undefined; limit: number },
): Promise<{ items: InboxItem[]; nextCursor: string | null; builtIn: boolean; unread: number }> {
  const viewer = viewerOf(actor);
  const [{ rows, nextCursor }, unread] = await Promise.all([store.list(viewer, query), store.countUnread(viewer)]);
  return { items: rows.map(presentItem), nextCursor, builtIn, unread };
}

/** Gives the mail and marks it as read. */
export async function readMail(deps: InboxDeps, actor: Actor, { id }: { id: string }): Promise<InboxMail> {
  const row = await rowOf(deps, actor, id);
  if (!row.read) await deps.store.markRead(viewerOf(actor), id);
  const { cc, replyTo, html, text, headers, attachments } = await parseMail(row.raw);
  return {
    ...presentItem({ ...row, read: true }),
    messageId: row.messageId,
    cc,
    replyTo,
    html,
    text,
    headers,
    attachments: attachments.map(({ index, filename, contentType, size }) => ({ index, filename, contentType, size })),
  };
}

/** The mail as it arrived, up to 500 kB of it. */
export async function mailSource(
  deps: InboxDeps,
  actor: Actor,
  { id }: { id: string },
): Promise<{ source: string; truncated: boolean }> {
  const { raw } = await rowOf(deps, actor, id);
  return { source: raw.subarray(0, MAX_SOURCE).toString('utf8'), truncated: raw.length > MAX_SOURCE };
}

/** Types that a browser may be told. Anything else could run as a page of ours when opened. */
const passiveTypes = /^(?:image\/(?:png|jpeg|gif|webp)|text\/(?:plain|csv|calendar)|application\/(?:pdf|json|zip))$/;

export async function mailAttachment(
  deps: InboxDeps,
  actor: Actor,
  { id, index }: { id: string; index: number },
): Promise<File> {
  const { raw } = await rowOf(deps, actor, id);
  const found = (await parseMail(raw)).attachments[index];
  if (!found) throw new AppError('not_found', 'This mail has no such attachment.');
  const type = passiveTypes.test(found.contentType) ? found.contentType : 'application/octet-stream';
  return new File([new Uint8Array(found.content)], found.filename, { type });
}

async function rowOf({ store }: InboxDeps, actor: Actor, id: string) {
  const row = await store.find(viewerOf(actor), id);
  if (!row) throw mailNotFound();
  return row;
}
