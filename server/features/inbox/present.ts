import type { InboxItem } from '../../../shared/api/inbox.ts';
import { AppError } from '../../../shared/errors.ts';
import type { Actor } from '../../actor.ts';
import type { InboxRow, InboxStore, InboxViewer } from '../../store/inbox.ts';

export interface InboxDeps {
  store: InboxStore;
  /** False when SMTP_URL names a real server: nothing arrives here then. */
  builtIn: boolean;
}

export function viewerOf(actor: Actor): InboxViewer {
  return { workspaceId: actor.workspaceId, userId: actor.via === 'session' ? actor.userId : null };
}

export function presentItem({
  id,
  from,
  to,
  subject,
  snippet,
  receivedAt,
  read,
  size,
  hasAttachments,
}: InboxRow): InboxItem {
  return { id, from, to, subject, snippet, receivedAt: receivedAt.toISOString(), read, size, hasAttachments };
}

export function mailNotFound(): AppError {
  return new AppError('not_found', 'There is no such mail in this inbox.');
}
