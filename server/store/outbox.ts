import type { Knex } from 'knex';
import type { MailReceipt } from '../../shared/nodes/contract.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { containing } from './like.ts';

export interface StoredMail {
  messageId: string;
  raw: Buffer;
  recipients: string[];
  contentHash: string;
  sender: string;
  status: 'sending' | 'sent' | 'failed' | 'uncertain' | 'held' | 'discarded';
  receipt: MailReceipt | null;
}

/** A mail that waits until its run has succeeded. */
export interface HeldMailRow {
  id: string;
  runId: string;
  workflowId: string;
  workflowName: string;
  from: string;
  /** All recipients of the envelope. */
  to: string[];
  subject: string;
  heldAt: Date;
}

const heldColumns = `o.id, o.run_id AS "runId", r.workflow_id AS "workflowId", w.name AS "workflowName", o.sender AS "from",
  o.recipients AS "to", o.subject, o.created_at AS "heldAt"`;
const heldTables = `outbox o JOIN runs r ON r.id = o.run_id AND r.workspace_id = o.workspace_id JOIN workflows w ON w.id = r.workflow_id`;
const isHeld = `o.workspace_id = :workspaceId AND o.status = 'held'`;

/** Reading mails on their way out. They are written with the journal, so that a mail and its step are never at odds. */
export function createOutboxStore(knex: Knex) {
  return {
    async byKey(workspaceId: string, key: string): Promise<StoredMail | null> {
      const row = await knex('outbox')
        .where({ workspace_id: workspaceId, key })
        .first<StoredMail>(
          { messageId: 'message_id', contentHash: 'content_hash' },
          'raw',
          'sender',
          'recipients',
          'status',
          'receipt',
        );
      return row ?? null;
    },

    /** Last written first. `search` looks into recipients and subject. `total` counts all that it finds. */
    async held(
      workspaceId: string,
      query: { search?: string | undefined; cursor?: string | undefined; limit: number },
    ): Promise<{ rows: HeldMailRow[]; nextCursor: string | null; total: number }> {
      const conditions = [isHeld];
      const bindings: Record<string, string | number> = { workspaceId, limit: query.limit + 1 };
      if (query.search) {
        conditions.push(`concat_ws(' ', array_to_string(o.recipients, ' '), o.subject) ILIKE :search`);
        bindings['search'] = containing(query.search);
      }
      const found = conditions.join(' AND ');
      if (query.cursor) {
        // Ids are in the order of their making.
        [, bindings['id']] = decodeCursor(query.cursor);
        conditions.push('o.id < CAST(:id AS uuid)');
      }
      const [{ rows }, counted] = await Promise.all([
        knex.raw<{ rows: HeldMailRow[] }>(
          `SELECT ${heldColumns} FROM ${heldTables} WHERE ${conditions.join(' AND ')}
            ORDER BY o.id DESC LIMIT :limit`,
          bindings,
        ),
        knex.raw<{ rows: { total: number }[] }>(
          `SELECT count(*)::integer AS total FROM ${heldTables} WHERE ${found}`,
          bindings,
        ),
      ]);
      const page = rows.slice(0, query.limit);
      const last = page.at(-1);
      return {
        rows: page,
        nextCursor: rows.length > query.limit && last ? encodeCursor(last.heldAt, last.id) : null,
        total: counted.rows[0]?.total ?? 0,
      };
    },

    /** One that is held, with its bytes. */
    async heldMail(workspaceId: string, id: string): Promise<(HeldMailRow & { raw: Buffer }) | undefined> {
      const { rows } = await knex.raw<{ rows: (HeldMailRow & { raw: Buffer })[] }>(
        `SELECT ${heldColumns}, o.raw FROM ${heldTables} WHERE ${isHeld} AND o.id = :id`,
        { workspaceId, id },
      );
      return rows[0];
    },
  };
}

export type OutboxStore = ReturnType<typeof createOutboxStore>;
