import type { z } from 'zod';
import type { invitationSchema, memberSchema, Me, Retention, Role } from '../../../shared/api/workspace.ts';
import { AppError } from '../../../shared/errors.ts';
import type { Actor } from '../../actor.ts';
import type { Auth } from '../../drivers/auth/auth.ts';
import type { InvitationRow, MemberChange, MemberRow, WorkspaceStore } from '../../store/workspaces.ts';

type Member = z.infer<typeof memberSchema>;
type Invitation = z.infer<typeof invitationSchema>;

export interface WorkspaceDeps {
  auth: Auth;
  store: WorkspaceStore;
  now(): Date;
}

export async function updateWorkspace(
  deps: WorkspaceDeps,
  actor: Actor,
  input: { name?: string | undefined; timezone?: string | undefined },
): Promise<Me['workspace']> {
  const { name, timezone } = input;
  if (timezone !== undefined && !isTimeZone(timezone)) {
    const message = 'choose a time zone such as Europe/Berlin';
    throw new AppError('bad_request', `timezone: ${message}`, { details: { fields: { timezone: message } } });
  }
  await deps.store.update(actor.workspaceId, {
    ...(name === undefined ? {} : { name }),
    ...(timezone === undefined ? {} : { timezone }),
  });
  const found = await deps.store.find(actor.workspaceId);
  if (!found) throw new AppError('not_found', 'This workspace does not exist any more.');
  return { id: actor.workspaceId, role: actor.role, ...found };
}

/** How long this workspace keeps its runs. */
export async function readRetention(deps: WorkspaceDeps, actor: Actor): Promise<Retention> {
  const found = await deps.store.retention(actor.workspaceId);
  if (!found) throw new AppError('not_found', 'This workspace does not exist any more.');
  return found;
}

export async function setRetention(deps: WorkspaceDeps, actor: Actor, rule: Retention): Promise<Retention> {
  await deps.store.setRetention(actor.workspaceId, rule);
  return readRetention(deps, actor);
}

function isTimeZone(name: string): boolean {
  try {
    // Offsets such as +02:00 are accepted by Intl, but are no places: they know no daylight saving time.
    return !/^[+-]/.test(name) && new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** Makes another workspace of the signed-in person the active one of this session. */
export async function switchWorkspace(
  deps: WorkspaceDeps,
  actor: Actor,
  session: { sessionId: string } | undefined,
  { id }: { id: string },
): Promise<{ ok: true }> {
  if (!session) throw new AppError('forbidden', 'An API key belongs to one workspace and cannot switch.');
  const target = await deps.store.membership(actor.userId, id);
  if (!target) throw new AppError('not_found', 'You are not a member of such a workspace.');
  await deps.store.setActive(session.sessionId, actor.userId, id);
  return { ok: true };
}

export async function listMembers(
  deps: WorkspaceDeps,
  actor: Actor,
): Promise<{ members: Member[]; invitations: Invitation[] }> {
  const [members, invitations] = await Promise.all([
    deps.store.members(actor.workspaceId),
    deps.store.openInvitations(actor.workspaceId, deps.now()),
  ]);
  return { members: members.map(presentMember), invitations: invitations.map(presentInvitation) };
}

/** Sends an invitation; an open one for the same address is replaced. `headers` carry the session of the inviting owner. */
export async function invite(
  deps: WorkspaceDeps,
  actor: Actor,
  headers: Headers,
  input: { email: string; role: Role },
): Promise<Invitation> {
  const email = input.email.toLowerCase();
  const members = await deps.store.members(actor.workspaceId);
  if (members.some((member) => member.email === email)) {
    throw new AppError('conflict', `${email} is a member already.`, {
      details: { fields: { email: 'is a member already' } },
    });
  }
  const made = await deps.auth.api.createInvitation({
    headers,
    body: { email, role: input.role, organizationId: actor.workspaceId },
  });
  return { id: made.id, email, role: input.role, expiresAt: new Date(made.expiresAt).toISOString() };
}

export async function revokeInvitation(
  deps: WorkspaceDeps,
  actor: Actor,
  { id }: { id: string },
): Promise<{ ok: true }> {
  if (await deps.store.withdrawInvitation(actor.workspaceId, id)) return { ok: true };
  throw new AppError('not_found', 'There is no such open invitation in this workspace.');
}

export async function setRole(
  deps: WorkspaceDeps,
  actor: Actor,
  { id, role }: { id: string; role: Role },
): Promise<Member> {
  return presentMember(changed(await deps.store.setRole(actor.workspaceId, id, role)));
}

/** Takes effect with the person's next request: rights are read from the membership each time. */
export async function removeMember(deps: WorkspaceDeps, actor: Actor, { id }: { id: string }): Promise<{ ok: true }> {
  changed(await deps.store.removeMember(actor.workspaceId, id));
  return { ok: true };
}

function changed(change: MemberChange): MemberRow {
  switch (change.type) {
    case 'changed':
      return change.member;
    case 'not_found':
      throw new AppError('not_found', 'There is no such member in this workspace.');
    case 'last_owner':
      throw new AppError('conflict', 'A workspace needs at least one owner. Make somebody else an owner first.');
  }
}

function presentMember(row: MemberRow): Member {
  return { ...row, joinedAt: row.joinedAt.toISOString() };
}

function presentInvitation({ id, email, role, expiresAt }: InvitationRow): Invitation {
  return { id, email, role, expiresAt: expiresAt.toISOString() };
}
