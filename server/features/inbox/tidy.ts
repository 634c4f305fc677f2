import { requireRole, type Actor } from '../../actor.ts';
import { mailNotFound, viewerOf, type InboxDeps } from './present.ts';

/** Deletes one mail of the workspace, or one that the product sent to the person. */
export async function removeMail(deps: InboxDeps, actor: Actor, { id }: { id: string }): Promise<{ ok: true }> {
  requireRole(actor, 'editor');
  if (!(await deps.store.remove(viewerOf(actor), id))) throw mailNotFound();
  return { ok: true };
}

export async function clearInbox(deps: InboxDeps, actor: Actor): Promise<{ ok: true }> {
  requireRole(actor, 'editor');
  await deps.store.clear(viewerOf(actor));
  return { ok: true };
}
