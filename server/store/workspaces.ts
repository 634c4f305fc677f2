import type { Knex } from 'knex';
import type { Me, Retention, Role } from '../../shared/api/workspace.ts';

export interface Membership {
  workspaceId: string;
  name: string;
  timezone: string;
  role: Role;
}

export interface MemberRow {
  id: string;
  userId: string;
  name: string;
  email: string;
  role: Role;
  joinedAt: Date;
}

export interface InvitationRow {
  id: string;
  email: string;
  role: Role;
  expiresAt: Date;
}

/** What an invitation link shows before it is accepted. */
export interface InvitationView extends InvitationRow {
  status: string;
  workspaceId: string;
  workspaceName: string;
  inviterName: string;
}

/** Why a change of a member was refused: `last_owner` keeps every workspace manageable. */
export type MemberChange = { type: 'changed'; member: MemberRow } | { type: 'not_found' } | { type: 'last_owner' };

const membership = { workspaceId: 'w.id', name: 'w.name', timezone: 'w.timezone', role: 'm.role' };
const memberColumns = {
  id: 'm.id',
  userId: 'm.user_id',
  name: 'u.name',
  email: 'u.email',
  role: 'm.role',
  joinedAt: 'm.created_at',
};

/** Workspaces, their members and invitations. Reading by a person's id comes before any tenant is known; all else names the workspace. */
export function createWorkspaceStore(knex: Knex) {
  return {
    /** Makes a workspace with its first owner; `then` runs in the same transaction. */
    async create(
      owner: { id: string },
      name: string,
      then: (workspaceId: string, transaction: Knex.Transaction) => Promise<void>,
    ): Promise<string> {
      return knex.transaction(async (trx) => {
        const [row] = await trx('workspaces')
          .insert({ name, slug: trx.raw('gen_random_uuid()::text') })
          .returning<{ id: string }[]>('id');
        if (!row) throw new Error('INSERT INTO workspaces gave no row');
        await trx('members').insert({ workspace_id: row.id, user_id: owner.id, role: 'owner' });
        await then(row.id, trx);
        return row.id;
      });
    },

    /** Oldest first. */
    async membershipsOf(userId: string): Promise<Membership[]> {
      return knex('members as m')
        .join('workspaces as w', 'w.id', 'm.workspace_id')
        .where('m.user_id', userId)
        .orderBy(['m.created_at', 'm.id'])
        .select(membership);
    },

    async membership(userId: string, workspaceId: string): Promise<Membership | undefined> {
      return knex('members as m')
        .join('workspaces as w', 'w.id', 'm.workspace_id')
        .where({ 'm.user_id': userId, 'm.workspace_id': workspaceId })
        .first(membership);
    },

    async user(userId: string): Promise<Me['user'] | undefined> {
      return knex('users').where({ id: userId }).first('id', 'name', 'email', { emailVerified: 'email_verified' });
    },

    async setActive(sessionId: string, userId: string, workspaceId: string): Promise<void> {
      await knex('sessions').where({ id: sessionId, user_id: userId }).update({ active_workspace_id: workspaceId });
    },

    async find(workspaceId: string): Promise<{ name: string; timezone: string } | undefined> {
      return knex('workspaces').where({ id: workspaceId }).first('name', 'timezone');
    },

    async update(workspaceId: string, change: { name?: string; timezone?: string }): Promise<void> {
      if (Object.keys(change).length > 0) await knex('workspaces').where({ id: workspaceId }).update(change);
    },

    async retention(workspaceId: string): Promise<Retention | undefined> {
      return knex('workspaces').where({ id: workspaceId }).first({ days: 'retention_days', runs: 'retention_runs' });
    },

    async setRetention(workspaceId: string, { days, runs }: Retention): Promise<void> {
      await knex('workspaces').where({ id: workspaceId }).update({ retention_days: days, retention_runs: runs });
    },

    async members(workspaceId: string): Promise<MemberRow[]> {
      return memberQuery(knex, workspaceId).orderBy(['m.created_at', 'm.id']);
    },

    async openInvitations(workspaceId: string, now: Date): Promise<InvitationRow[]> {
      return knex('invitations')
        .where({ workspace_id: workspaceId, status: 'pending' })
        .where('expires_at', '>', now)
        .orderBy('created_at', 'desc')
        .select('id', 'email', 'role', { expiresAt: 'expires_at' });
    },

    async withdrawInvitation(workspaceId: string, id: string): Promise<boolean> {
      const changed = await knex('invitations')
        .where({ workspace_id: workspaceId, id, status: 'pending' })
        .update({ status: 'canceled' });
      return changed === 1;
    },

    /** By the id of a link whose signature was checked: the reader may be signed in nowhere yet. */
    async invitation(id: string): Promise<InvitationView | undefined> {
      return knex('invitations as i')
        .join('workspaces as w', 'w.id', 'i.workspace_id')
        .join('users as u', 'u.id', 'i.inviter_id')
        .where('i.id', id)
        .first({
          id: 'i.id',
          email: 'i.email',
          role: 'i.role',
          status: 'i.status',
          expiresAt: 'i.expires_at',
          workspaceId: 'i.workspace_id',
          workspaceName: 'w.name',
          inviterName: 'u.name',
        });
    },

    async markEmailVerified(userId: string): Promise<void> {
      await knex('users').where({ id: userId }).update({ email_verified: true });
    },

    async setRole(workspaceId: string, memberId: string, role: Role): Promise<MemberChange> {
      return changeMember(knex, workspaceId, memberId, role === 'owner', (query) => query.update({ role }));
    },

    async removeMember(workspaceId: string, memberId: string): Promise<MemberChange> {
      return changeMember(knex, workspaceId, memberId, false, (query) => query.delete());
    },
  };
}

export type WorkspaceStore = ReturnType<typeof createWorkspaceStore>;

function memberQuery(knex: Knex, workspaceId: string): Knex.QueryBuilder<object, MemberRow[]> {
  return knex('members as m')
    .join('users as u', 'u.id', 'm.user_id')
    .where('m.workspace_id', workspaceId)
    .select(memberColumns);
}

/** The workspace's row is locked, so that two owners who demote each other at once do not leave it without one. */
async function changeMember(
  knex: Knex,
  workspaceId: string,
  memberId: string,
  staysOwner: boolean,
  change: (query: Knex.QueryBuilder) => Knex.QueryBuilder,
): Promise<MemberChange> {
  return knex.transaction(async (trx) => {
    await trx('workspaces').where({ id: workspaceId }).forUpdate().first('id');
    const members: MemberRow[] = await memberQuery(trx, workspaceId);
    const member = members.find(({ id }) => id === memberId);
    if (!member) return { type: 'not_found' };
    const owners = members.filter(({ role }) => role === 'owner');
    if (!staysOwner && member.role === 'owner' && owners.length === 1) return { type: 'last_owner' };
    await change(trx('members').where({ workspace_id: workspaceId, id: memberId }));
    const [changed = member]: MemberRow[] = await memberQuery(trx, workspaceId).where('m.id', memberId);
    return { type: 'changed', member: changed };
  });
}
