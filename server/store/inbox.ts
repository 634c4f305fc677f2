import type { Knex } from 'knex';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { containing } from './like.ts';

/**
 * Who looks. They see the mails of the workspace and, with a user, those addressed to the user's own e-mail address (invitations and
 * password resets belong to no workspace). An API key has no user: it must not read a person's mail.
 */
export interface InboxViewer {
  workspaceId: string;
  userId: string | null;
}

export interface InboxRow {
  id: string;
  from: string;
  /** All recipients of the envelope; of another workspace's mail only the viewer. */
  to: string[];
  subject: string;
  snippet: string;
  hasAttachments: boolean;
  /** Bytes of the whole message. */
  size: number;
  receivedAt: Date;
  read: boolean;
}

export interface NewInboxMail {
  /** As the mail claims; a workspace that does not exist (any more) counts as none. */
  workspaceId: string | null;
  messageId: string | null;
  from: string;
  to: readonly string[];
  subject: string;
  snippet: string;
  hasAttachments: boolean;
  raw: Buffer;
  receivedAt: Date;
}

const email = 'ARRAY[(SELECT email FROM users WHERE id = CAST(:userId AS uuid))]';
const addressedToViewer = `m.to_addresses @> ${email}`;
const visible = `(m.workspace_id = :workspaceId OR ${addressedToViewer})`;
const removable = `(m.workspace_id = :workspaceId OR (m.workspace_id IS NULL AND ${addressedToViewer}))`;
const columns = `
  m.id, m.from_address AS "from", m.subject, m.snippet, m.has_attachments AS "hasAttachments", m.size, m.received_at AS "receivedAt",
  m.read_at IS NOT NULL AS "read", CASE WHEN m.workspace_id = :workspaceId THEN m.to_addresses ELSE ${email} END AS "to"`;

/** Mails that the built-in mail server has received. */
export function createInboxStore(knex: Knex) {
  return {
    async insert(mail: NewInboxMail): Promise<{ id: string; workspaceId: string | null }> {
      const { rows } = await knex.raw<{ rows: { id: string; workspaceId: string | null }[] }>(
        `INSERT INTO inbox_messages
           (workspace_id, message_id, from_address, to_addresses, subject, snippet, has_attachments, size, raw, received_at)
         VALUES ((SELECT id FROM workspaces WHERE id = CAST(:workspaceId AS uuid)), :messageId, :from, CAST(:to AS text[]), :subject, :snippet,
                 :hasAttachments, :size, :raw, :receivedAt)
         RETURNING id, workspace_id AS "workspaceId"`,
        {
          workspaceId: mail.workspaceId,
          messageId: mail.messageId && storable(mail.messageId),
          from: storable(mail.from),
          to: mail.to.map((address) => storable(address.toLowerCase())),
          subject: storable(mail.subject),
          snippet: storable(mail.snippet),
          hasAttachments: mail.hasAttachments,
          size: mail.raw.length,
          raw: mail.raw,
          receivedAt: mail.receivedAt,
        },
      );
      const [row] = rows;
      if (!row) throw new Error('INSERT INTO inbox_messages gave no row');
      return row;
    },

    /** Last received first. `search` looks into sender, recipients, subject and the beginning of the text. */
    async list(
      viewer: InboxViewer,
      query: { search?: string | undefined; cursor?: string | undefined; limit: number },
    ): Promise<{ rows: InboxRow[]; nextCursor: string | null }> {
      const conditions = [visible];
      const bindings: Record<string, string | number | null> = { ...viewer, limit: query.limit + 1 };
      if (query.search) {
        conditions.push(
          `concat_ws(' ', m.from_address, array_to_string(m.to_addresses, ' '), m.subject, m.snippet) ILIKE :search`,
        );
        bindings['search'] = containing(query.search);
      }
      if (query.cursor) {
        const [at, id] = decodeCursor(query.cursor);
        conditions.push('(m.received_at, m.id) < (CAST(:at AS timestamptz), CAST(:id AS uuid))');
        Object.assign(bindings, { at, id });
      }
      const { rows } = await knex.raw<{ rows: InboxRow[] }>(
        `SELECT ${columns} FROM inbox_messages m WHERE ${conditions.join(' AND ')}
          ORDER BY m.received_at DESC, m.id DESC LIMIT :limit`,
        bindings,
      );
      const page = rows.slice(0, query.limit);
      const last = page.at(-1);
      return {
        rows: page,
        nextCursor: rows.length > query.limit && last ? encodeCursor(last.receivedAt, last.id) : null,
      };
    },

    async countUnread(viewer: InboxViewer): Promise<number> {
      const { rows } = await knex.raw<{ rows: { unread: number }[] }>(
        `SELECT count(*)::integer AS unread FROM inbox_messages m WHERE m.read_at IS NULL AND ${visible}`,
        { ...viewer },
      );
      return rows[0]?.unread ?? 0;
    },

    async find(
      viewer: InboxViewer,
      id: string,
    ): Promise<(InboxRow & { raw: Buffer; messageId: string | null }) | undefined> {
      const { rows } = await knex.raw<{ rows: (InboxRow & { raw: Buffer; messageId: string | null })[] }>(
        `SELECT ${columns}, m.raw, m.message_id AS "messageId" FROM inbox_messages m WHERE m.id = :id AND ${visible}`,
        { ...viewer, id },
      );
      return rows[0];
    },

    async markRead(viewer: InboxViewer, id: string): Promise<void> {
      await knex.raw(
        `UPDATE inbox_messages m SET read_at = coalesce(m.read_at, now()) WHERE m.id = :id AND ${visible}`,
        { ...viewer, id },
      );
    },

    /** @returns false when there is no such mail, or it belongs to another workspace. */
    async remove(viewer: InboxViewer, id: string): Promise<boolean> {
      const { rowCount } = await knex.raw<{ rowCount: number }>(
        `DELETE FROM inbox_messages m WHERE m.id = :id AND ${removable}`,
        {
          ...viewer,
          id,
        },
      );
      return rowCount === 1;
    },

    /** Deletes what `remove` may delete. @returns how many mails went. */
    async clear(viewer: InboxViewer): Promise<number> {
      const { rowCount } = await knex.raw<{ rowCount: number }>(`DELETE FROM inbox_messages m WHERE ${removable}`, {
        ...viewer,
      });
      return rowCount;
    },

    /** Keeps the newest `keep` mails of a workspace, or of those without one. */
    async trim(workspaceId: string | null, keep: number): Promise<void> {
      await knex.raw(
        `DELETE FROM inbox_messages
          WHERE workspace_id IS NOT DISTINCT FROM CAST(:workspaceId AS uuid) AND (received_at, id) <= (
            SELECT received_at, id FROM inbox_messages WHERE workspace_id IS NOT DISTINCT FROM CAST(:workspaceId AS uuid)
             ORDER BY received_at DESC, id DESC OFFSET :keep LIMIT 1)`,
        { workspaceId, keep },
      );
    },
  };
}

export type InboxStore = ReturnType<typeof createInboxStore>;

/** PostgreSQL cannot store U+0000 in text, and a stranger's mail may hold it. */
function storable(text: string): string {
  return text.replaceAll('\0', '\uFFFD');
}
