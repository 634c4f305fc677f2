import type { Knex } from 'knex';
import { durationClassOf, quarterOf } from './durations.ts';

export interface RetentionRule {
  workspaceId: string;
  /** Ended runs are kept this many days after their end. */
  days: number;
  /** Of all runs, the newest this many are kept. */
  runs: number;
}

/** Where the newest runs that are kept end: this run and older ones may go. */
export interface Boundary {
  createdAt: Date;
  id: string;
}

/** So many runs go in one statement: short enough to be in nobody's way. */
const batch = 500;

/** Deletes the oldest runs that may go, with their journals and mails, and adds them to what the dashboard counts. Rows that somebody else holds are left for the next time. */
const prune = (condition: string): string => `
  WITH old AS (
    SELECT id, workflow_id, status, created_at, finished_at FROM runs WHERE workspace_id = :workspaceId AND status IN ('done', 'failed', 'cancelled') AND part IS NULL AND ${condition}
    ORDER BY created_at, id LIMIT ${batch} FOR UPDATE SKIP LOCKED),
  parts AS (SELECT id, workflow_id FROM runs WHERE caller_run_id IN (SELECT id FROM old) AND part IS NOT NULL),
  mails AS (
    DELETE FROM outbox o USING (SELECT id, workflow_id FROM old UNION SELECT id, workflow_id FROM parts) gone
    WHERE o.run_id = gone.id AND o.status IN ('sent', 'failed', 'discarded') RETURNING o.status, o.sent_at, gone.workflow_id),
  counted_mails AS (
    INSERT INTO mail_history AS h (workspace_id, workflow_id, quarter, mails)
    SELECT :workspaceId::uuid, workflow_id, ${quarterOf('sent_at')}, count(*) FROM mails WHERE status = 'sent' AND sent_at IS NOT NULL GROUP BY 2, 3
    ON CONFLICT (workspace_id, quarter, workflow_id) DO UPDATE SET mails = h.mails + excluded.mails),
  counted_runs AS (
    INSERT INTO run_history AS h (workspace_id, workflow_id, quarter, status, duration_class, runs)
    SELECT :workspaceId::uuid, workflow_id, ${quarterOf('created_at')}, status, ${durationClassOf('created_at', 'finished_at')}, count(*)
    FROM old WHERE finished_at IS NOT NULL GROUP BY 2, 3, 4, 5
    ON CONFLICT (workspace_id, quarter, workflow_id, status, duration_class) DO UPDATE SET runs = h.runs + excluded.runs),
  shares AS (DELETE FROM runs WHERE id IN (SELECT id FROM parts))
  DELETE FROM runs WHERE id IN (SELECT id FROM old)`;
const prunedByAge = prune('created_at < :before AND finished_at < :before');
const prunedByCount = prune('(created_at, id) <= (:createdAt::timestamptz, :id::uuid)');

/** Deleting what a workspace need not keep any longer. Only ended runs go, a few hundred at a time. */
export function createRetentionStore(knex: Knex) {
  const remove = async (text: string, values: Record<string, unknown>): Promise<number> => {
    const { rowCount } = await knex.raw<{ rowCount: number }>(text, values as Record<string, Knex.Value>);
    return rowCount;
  };
  return {
    /** The next workspace that nobody has looked at since `before`; it is marked as looked at, so that each is pruned by one process. */
    async claim(before: Date): Promise<RetentionRule | null> {
      const { rows } = await knex.raw<{ rows: RetentionRule[] }>(
        `UPDATE workspaces SET pruned_at = now() WHERE id = (
           SELECT id FROM workspaces WHERE pruned_at IS NULL OR pruned_at < :before ORDER BY pruned_at NULLS FIRST LIMIT 1
           FOR NO KEY UPDATE SKIP LOCKED)
         RETURNING id AS "workspaceId", retention_days AS days, retention_runs AS runs`,
        { before },
      );
      return rows[0] ?? null;
    },
    /** The newest run beyond the number that is kept; null when there are no more than that. */
    async boundary({ workspaceId, runs }: RetentionRule): Promise<Boundary | null> {
      const row = await knex('runs')
        .where({ workspace_id: workspaceId, part: null })
        .orderBy([
          { column: 'created_at', order: 'desc' },
          { column: 'id', order: 'desc' },
        ])
        .offset(runs)
        .first<Boundary>({ createdAt: 'created_at' }, 'id');
      return row ?? null;
    },
    /** One batch of runs that ended before an instant. @returns how many went; fewer than `batch`: no more are left. */
    removeEndedBefore: (workspaceId: string, before: Date): Promise<number> =>
      remove(prunedByAge, { workspaceId, before }),
    /** Conversations in which nothing was said since: they are as old as the runs that they may speak of. */
    removeTalksBefore: (workspaceId: string, before: Date): Promise<number> =>
      remove('DELETE FROM conversations WHERE workspace_id = :workspaceId AND updated_at < :before', {
        workspaceId,
        before,
      }),
    /** What the dashboard shows of before that: it goes back no further. */
    async removeHistoryBefore(workspaceId: string, before: Date): Promise<void> {
      for (const table of ['run_history', 'mail_history', 'ai_usage'])
        await knex(table).where({ workspace_id: workspaceId }).where('quarter', '<', before).delete();
    },
    /** One batch of runs at or beyond the boundary. */
    removeBeyond: (workspaceId: string, boundary: Boundary): Promise<number> =>
      remove(prunedByCount, { workspaceId, ...boundary }),
    batch,
  };
}

export type RetentionStore = ReturnType<typeof createRetentionStore>;
