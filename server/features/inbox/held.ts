import type { HeldMailContent, HeldMailItem } from '../../../shared/api/inbox.ts';
import { AppError } from '../../../shared/errors.ts';
import type { Actor } from '../../actor.ts';
import { parseMail } from '../../drivers/mail/parse.ts';
import type { HeldMailRow, OutboxStore } from '../../store/outbox.ts';

export interface HeldDeps {
  outbox: OutboxStore;
}

/** Mails that runs of the workspace hold until they have succeeded, last written first. */
export async function listHeld(
  { outbox }: HeldDeps,
  { workspaceId }: Actor,
  query: { search?: string | undefined; cursor?: string | undefined; limit: number },
): Promise<{ items: HeldMailItem[]; nextCursor: string | null; total: number }> {
  const { rows, nextCursor, total } = await outbox.held(workspaceId, query);
  return { items: rows.map(presentHeld), nextCursor, total };
}

/** One of them, as it will go out. @throws AppError not_found also when it has gone out or was discarded meanwhile. */
export async function readHeld(
  { outbox }: HeldDeps,
  { workspaceId }: Actor,
  { id }: { id: string },
): Promise<HeldMailContent> {
  const row = await outbox.heldMail(workspaceId, id);
  if (!row) throw new AppError('not_found', 'This mail is not held any more: it has been sent or discarded.');
  const { from, cc, replyTo, html, text } = await parseMail(row.raw);
  return { ...presentHeld(row), from: from || row.from, cc, replyTo, html, text, size: row.raw.length };
}

function presentHeld({ id, runId, workflowId, workflowName, from, to, subject, heldAt }: HeldMailRow): HeldMailItem {
  return { id, runId, workflowId, workflowName, from, to, subject, heldAt: heldAt.toISOString() };
}
