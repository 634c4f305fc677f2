import type { Knex } from 'knex';
import type { WorkspaceStore } from '../../store/workspaces.ts';

export interface WorkspaceBirth {
  store: WorkspaceStore;
  /** Grants start credits and the like, in the transaction that makes the workspace. */
  onWorkspaceCreated(workspaceId: string, transaction: Knex.Transaction): Promise<void>;
}

/** Gives a new person a workspace of their own, named after them. */
export async function giveWorkspace(deps: WorkspaceBirth, user: { id: string; name: string }): Promise<string> {
  return deps.store.create({ id: user.id }, workspaceName(user.name), deps.onWorkspaceCreated);
}

export function workspaceName(person: string): string {
  const first = person.trim().split(/\s+/)[0]?.slice(0, 60) ?? '';
  if (first === '') return 'My workspace';
  return /s$/i.test(first) ? `${first}’ workspace` : `${first}’s workspace`;
}
