import type { Knex } from 'knex';
import type { ChatMessage, ProposalOutcome } from '../../shared/api/assist.ts';
import type { GraphPatch } from '../../shared/workflow/patch.ts';

export interface ConversationRow {
  id: string;
  workflowId: string;
  title: string;
  updatedAt: Date;
}

type Notes = Pick<ChatMessage, 'assumptions' | 'unsupported' | 'problems'>;

export interface MessageRow extends Omit<ChatMessage, 'createdAt' | keyof Notes> {
  notes: Notes;
  createdAt: Date;
}

export type NewMessage = Omit<MessageRow, 'id' | 'createdAt'>;

/** More conversations than this are not kept per workflow, and a conversation has no more messages. */
export const conversationLimits = { perWorkflow: 50, messages: 400 } as const;

const messageColumns = {
  id: 'id',
  role: 'role',
  kind: 'kind',
  text: 'body',
  author: 'author',
  runId: 'run_id',
  changes: 'changes',
  patch: 'patch',
  outcome: 'outcome',
  notes: 'notes',
  provider: 'provider',
  createdAt: 'created_at',
} as const;
const columns = { id: 'id', workflowId: 'workflow_id', title: 'title', updatedAt: 'updated_at' } as const;

/** Conversations about workflows. Every statement names the workspace. */
export function createConversationStore(knex: Knex) {
  return {
    /** Newest first. */
    async list(workspaceId: string, workflowId: string): Promise<(ConversationRow & { messages: number })[]> {
      return knex('conversations as c')
        .where({ 'c.workspace_id': workspaceId, 'c.workflow_id': workflowId })
        .orderBy('c.updated_at', 'desc')
        .limit(conversationLimits.perWorkflow)
        .select(columns)
        .select({
          messages: knex.raw(
            '(SELECT count(*)::int FROM messages m WHERE m.conversation_id = c.id AND m.workspace_id = c.workspace_id)',
          ),
        });
    },

    async find(workspaceId: string, id: string): Promise<ConversationRow | null> {
      const row = await knex('conversations').where({ workspace_id: workspaceId, id }).first<ConversationRow>(columns);
      return row ?? null;
    },

    /** In the order in which they were written; of a long conversation the last ones. */
    async messages(
      workspaceId: string,
      conversationId: string,
      limit: number = conversationLimits.messages,
    ): Promise<MessageRow[]> {
      const rows: MessageRow[] = await knex('messages')
        .where({ workspace_id: workspaceId, conversation_id: conversationId })
        .orderBy('id', 'desc')
        .limit(limit)
        .select(messageColumns)
        .select({ costMicro: knex.raw('cost_micro::float8') });
      return rows.toReversed();
    },

    /**
     * Adds a question and its answer, beginning a conversation where none is named. Earlier proposals of the conversation that are still open
     * are superseded. @returns undefined when the named conversation is not there.
     */
    async append(
      workspaceId: string,
      where: { workflowId: string; conversationId: string | undefined; title: string },
      messages: readonly NewMessage[],
    ): Promise<{ conversationId: string; messages: MessageRow[] } | undefined> {
      return knex.transaction(async (trx) => {
        const conversationId = await touch(trx, workspaceId, where);
        if (conversationId === undefined) return undefined;
        await trx('messages')
          .where({ workspace_id: workspaceId, conversation_id: conversationId, outcome: 'open' })
          .update({ outcome: 'superseded', patch: null });
        const written: MessageRow[] = [];
        for (const message of messages) {
          const [row] = await trx('messages')
            .insert(rowOf(workspaceId, conversationId, message))
            .returning<{ id: string; created_at: Date }[]>(['id', 'created_at']);
          written.push({ ...message, id: row!.id, createdAt: row!.created_at });
        }
        await trimmed(trx, workspaceId, { ...where, conversationId });
        return { conversationId, messages: written };
      });
    },

    /** False: there is no such proposal, or it was decided before. */
    async decide(
      workspaceId: string,
      {
        id,
        messageId,
        outcome,
      }: { id: string; messageId: string; outcome: Exclude<ProposalOutcome, 'open' | 'superseded'> },
    ): Promise<boolean> {
      const count = await knex('messages')
        .where({ workspace_id: workspaceId, conversation_id: id, id: messageId, outcome: 'open' })
        .update({ outcome, patch: null });
      return count === 1;
    },

    async remove(workspaceId: string, id: string): Promise<boolean> {
      return (await knex('conversations').where({ workspace_id: workspaceId, id }).delete()) === 1;
    },

    /** The address of a member of the workspace. */
    async emailOf(workspaceId: string, userId: string): Promise<string | undefined> {
      const row = await knex('users as u')
        .join('members as m', 'm.user_id', 'u.id')
        .where({ 'm.workspace_id': workspaceId, 'u.id': userId })
        .first<{ email: string }>('u.email');
      return row?.email;
    },
  };
}

export type ConversationStore = ReturnType<typeof createConversationStore>;

function rowOf(workspaceId: string, conversationId: string, message: NewMessage): Record<string, unknown> {
  const json = (value: GraphPatch | object) => JSON.stringify(value);
  return {
    workspace_id: workspaceId,
    conversation_id: conversationId,
    role: message.role,
    kind: message.kind,
    body: message.text,
    author: message.author,
    run_id: message.runId,
    changes: json(message.changes),
    patch: message.patch === null ? null : json(message.patch),
    outcome: message.outcome,
    notes: json(message.notes),
    provider: message.provider,
    cost_micro: message.costMicro,
  };
}

async function touch(
  trx: Knex.Transaction,
  workspaceId: string,
  { workflowId, conversationId, title }: { workflowId: string; conversationId: string | undefined; title: string },
): Promise<string | undefined> {
  if (conversationId !== undefined) {
    const count = await trx('conversations')
      .where({ workspace_id: workspaceId, workflow_id: workflowId, id: conversationId })
      .update({ updated_at: trx.fn.now() });
    return count === 1 ? conversationId : undefined;
  }
  const { rows } = await trx.raw<{ rows: { id: string }[] }>(
    `INSERT INTO conversations (workspace_id, workflow_id, title)
     SELECT w.workspace_id, w.id, :title FROM workflows w WHERE w.workspace_id = :workspaceId AND w.id = :workflowId RETURNING id`,
    { workspaceId, workflowId, title },
  );
  return rows[0]?.id;
}

/** Old conversations of the workflow and old messages of this one go, so that neither grows without end. */
async function trimmed(
  trx: Knex.Transaction,
  workspaceId: string,
  { workflowId, conversationId }: { workflowId: string; conversationId: string },
): Promise<void> {
  await trx.raw(
    `DELETE FROM conversations WHERE workspace_id = :workspaceId AND id IN (
       SELECT id FROM conversations WHERE workspace_id = :workspaceId AND workflow_id = :workflowId
       ORDER BY updated_at DESC, id DESC OFFSET :most)`,
    { workspaceId, workflowId, most: conversationLimits.perWorkflow },
  );
  await trx.raw(
    `DELETE FROM messages WHERE workspace_id = :workspaceId AND id IN (
       SELECT id FROM messages WHERE workspace_id = :workspaceId AND conversation_id = :conversationId
       ORDER BY id DESC OFFSET :most)`,
    { workspaceId, conversationId, most: conversationLimits.messages },
  );
}
