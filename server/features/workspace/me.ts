import { AppError } from '../../../shared/errors.ts';
import type { Me } from '../../../shared/api/workspace.ts';
import type { Actor } from '../../actor.ts';
import type { WorkspaceStore } from '../../store/workspaces.ts';

export interface MeDeps {
  store: WorkspaceStore;
  /** Micro-credits that can be spent. */
  balance(workspaceId: string): Promise<number>;
}

/** Who is acting and where. A request by API key names the person who made the key and sees that key's workspace only. */
export async function me(deps: MeDeps, actor: Actor): Promise<Me> {
  const [found, user, memberships, creditsMicro] = await Promise.all([
    deps.store.find(actor.workspaceId),
    deps.store.user(actor.userId),
    actor.via === 'session' ? deps.store.membershipsOf(actor.userId) : [],
    deps.balance(actor.workspaceId),
  ]);
  if (!found || !user) throw new AppError('not_found', 'This workspace does not exist any more.');
  const workspace = { id: actor.workspaceId, role: actor.role, ...found };
  const { id, name, role } = workspace;
  return {
    user,
    workspace,
    workspaces:
      actor.via === 'session'
        ? memberships.map((entry) => ({ id: entry.workspaceId, name: entry.name, role: entry.role }))
        : [{ id, name, role }],
    creditsMicro,
  };
}
