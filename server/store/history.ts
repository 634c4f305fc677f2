import type { Knex } from 'knex';
import type { ChangeCounts } from '../../shared/workflow/changes.ts';
import type { WorkflowGraph } from '../../shared/workflow/graph.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';

export type KeptReason = 'restore' | 'conflict';

/** A version, or a draft that was kept when another took its place. */
export interface HistoryRow {
  id: string;
  /** Null for a kept draft. */
  number: number | null;
  /** Null for a version. */
  reason: KeptReason | null;
  at: Date;
  by: string | null;
  live: boolean;
  changes: ChangeCounts | null;
}

export type KeptRow = HistoryRow & { graph: WorkflowGraph };

/** Of one workflow, this many drafts are kept; then the oldest goes. */
export const keptDrafts = 50;

const entries = /* sql */ `
  SELECT v.id, v.number, NULL::text AS reason, date_trunc('milliseconds', v.published_at) AS at, u.name AS by,
         w.active AND w.published_version_id = v.id AS live, v.changes
    FROM workflow_versions v
    JOIN workflows w ON w.id = v.workflow_id AND w.workspace_id = v.workspace_id
    LEFT JOIN users u ON u.id = v.published_by
   WHERE v.workspace_id = :workspaceId AND v.workflow_id = :workflowId AND v.number IS NOT NULL
  UNION ALL
  SELECT k.id, NULL, k.reason, k.kept_at, u.name, false, NULL
    FROM kept_drafts k LEFT JOIN users u ON u.id = k.kept_by
   WHERE k.workspace_id = :workspaceId AND k.workflow_id = :workflowId`;

/** What a workflow was before. Every statement names the workspace. */
export function createHistoryStore(knex: Knex) {
  return {
    /** Newest first. */
    async list(
      workspaceId: string,
      workflowId: string,
      query: { cursor?: string | undefined; limit: number },
    ): Promise<{ rows: HistoryRow[]; nextCursor: string | null }> {
      const [at, id] = query.cursor ? decodeCursor(query.cursor) : [null, null];
      const { rows } = await knex.raw<{ rows: HistoryRow[] }>(
        `SELECT * FROM (${entries}) entry
          WHERE :at::timestamptz IS NULL OR (at, id) < (:at::timestamptz, :id::uuid)
          ORDER BY at DESC, id DESC LIMIT :limit`,
        { workspaceId, workflowId, at, id, limit: query.limit + 1 },
      );
      const page = rows.slice(0, query.limit);
      const last = page.at(-1);
      return { rows: page, nextCursor: rows.length > query.limit && last ? encodeCursor(last.at, last.id) : null };
    },

    async kept(workspaceId: string, workflowId: string, id: string): Promise<KeptRow | undefined> {
      const { rows } = await knex.raw<{ rows: KeptRow[] }>(
        `SELECT entry.*, k.graph FROM (${entries}) entry JOIN kept_drafts k ON k.id = entry.id WHERE entry.id = :id`,
        { workspaceId, workflowId, id },
      );
      return rows[0];
    },

    /** Answers with its id; null: there is no such workflow in the workspace. The oldest beyond `keptDrafts` go. */
    async keep(
      workspaceId: string,
      workflowId: string,
      draft: { graph: WorkflowGraph; reason: KeptReason; userId: string },
    ): Promise<string | null> {
      const { rows } = await knex.raw<{ rows: { id: string }[] }>(
        `INSERT INTO kept_drafts (workspace_id, workflow_id, graph, reason, kept_by)
         SELECT workspace_id, id, :graph::jsonb, :reason, :userId FROM workflows
          WHERE workspace_id = :workspaceId AND id = :workflowId
         RETURNING id`,
        { workspaceId, workflowId, ...draft, graph: JSON.stringify(draft.graph) },
      );
      const id = rows[0]?.id ?? null;
      if (id !== null) {
        await knex.raw(
          `DELETE FROM kept_drafts WHERE workspace_id = :workspaceId AND id IN (
             SELECT id FROM kept_drafts WHERE workspace_id = :workspaceId AND workflow_id = :workflowId
              ORDER BY kept_at DESC, id DESC OFFSET :keep)`,
          { workspaceId, workflowId, keep: keptDrafts },
        );
      }
      return id;
    },
  };
}

export type HistoryStore = ReturnType<typeof createHistoryStore>;
