import type { Knex } from 'knex';
import type { RunSummary } from '../../shared/workflow/run.ts';
import { listRuns, type RunFilter, type RunListPage } from './run-list.ts';
import { retryOf, selectRuns, summaryOf } from './run-rows.ts';

/** Which failed runs: of one workflow, created in [since, until). */
export interface FailedFilter {
  workflowId?: string | undefined;
  since?: string | undefined;
  until?: string | undefined;
}

/** Reading runs. Their writing is the journal's (`journal.ts`), their taking the queue's (`server/queue`). */
export function createRunStore(knex: Knex) {
  const select = (workspaceId: string) => selectRuns(knex, workspaceId);

  return {
    /** Newest first. */
    list: (workspaceId: string, filter: RunFilter): Promise<RunListPage> => listRuns(knex, workspaceId, filter),
    async find(workspaceId: string, runId: string): Promise<RunSummary | null> {
      const row = await select(workspaceId).where('r.id', runId).first();
      return row ? summaryOf(row) : null;
    },
    /** Those of the runs that exist, oldest first. */
    async findMany(workspaceId: string, runIds: readonly string[]): Promise<RunSummary[]> {
      const rows = await select(workspaceId)
        .whereIn('r.id', [...runIds])
        .orderBy(['r.created_at', 'r.id']);
      return rows.map(summaryOf);
    },
    /** The number of the last journaled event of each run that has any. */
    async heads(runs: readonly { workspaceId: string; runId: string }[]): Promise<Map<string, number>> {
      const { rows } = await knex.raw<{ rows: { id: string; seq: number }[] }>(
        `SELECT j.run_id AS id, max(j.seq) AS seq FROM run_journal j
         JOIN unnest(?::uuid[], ?::uuid[]) AS t (run_id, workspace_id) USING (run_id, workspace_id) GROUP BY 1`,
        [runs.map((run) => run.runId), runs.map((run) => run.workspaceId)],
      );
      return new Map(rows.map((row) => [row.id, row.seq]));
    },
    /**
     * Failed runs that have not been tried again yet, oldest first, so that they go on in the order they began; at most `limit`. `matching`
     * counts all of them.
     */
    async failed(
      workspaceId: string,
      filter: FailedFilter,
      limit: number,
    ): Promise<{ ids: string[]; matching: number }> {
      const query = knex('runs as r')
        .where({ 'r.workspace_id': workspaceId, 'r.status': 'failed' })
        .whereNull('r.part')
        .whereNotExists(retryOf(knex));
      if (filter.workflowId) void query.where('r.workflow_id', filter.workflowId);
      if (filter.since) void query.where('r.created_at', '>=', filter.since);
      if (filter.until) void query.where('r.created_at', '<', filter.until);
      const [counted] = await query.clone().count<{ count: number }[]>({ count: '*' });
      const rows = await query.orderBy(['r.created_at', 'r.id']).limit(limit).select<{ id: string }[]>('r.id');
      return { ids: rows.map((row) => row.id), matching: Number(counted?.count ?? 0) };
    },
    /** Makes the wish durable; the process that has the run, or the next that takes it, acts on it. False: it has ended already. */
    async requestCancel(workspaceId: string, runId: string): Promise<boolean> {
      const changed = await knex('runs')
        .where({ workspace_id: workspaceId, id: runId })
        .whereIn('status', ['queued', 'running', 'waiting'])
        .update({ cancel_requested: true });
      return changed > 0;
    },
  };
}

export type RunStore = ReturnType<typeof createRunStore>;
