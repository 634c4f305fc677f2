import { AppError } from '../shared/errors.ts';
import type { Role } from '../shared/api/workspace.ts';

/** Who is acting, in which workspace, with which rights. Every use case of a tenant takes it. */
export interface Actor {
  workspaceId: string;
  role: Role;
  /** The signed-in person, or the one who made the API key. */
  userId: string;
  /** What others see: the person's or the key's name. */
  name: string;
  via: 'session' | 'api-key';
}

const rank: Record<Role, number> = { viewer: 0, editor: 1, owner: 2 };

export function mayActAs(actor: Pick<Actor, 'role'>, needed: Role): boolean {
  return rank[actor.role] >= rank[needed];
}

/** @throws AppError `forbidden` saying which role it takes. */
export function requireRole(actor: Pick<Actor, 'role'>, needed: Role): void {
  if (mayActAs(actor, needed)) return;
  throw new AppError('forbidden', `This takes the role ${needed}; yours is ${actor.role}.`, {
    details: { needed, role: actor.role },
  });
}
