import type { Knex } from 'knex';
import type { Pause, RerunReason, RunStatus, RunSummary } from '../../shared/workflow/run.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';

interface Row {
  id: string;
  workspace_id: string;
  workflow_id: string;
  workflow_name: string;
  version_id: string;
  number: number | null;
  mode: 'test' | 'live';
  trigger_node: string;
  status: RunStatus;
  error: { code: string; message: string; nodeId?: string } | null;
  created_at: Date;
  finished_at: Date | null;
  cost_micro: number;
  parent_run_id: string | null;
  reason: RerunReason | null;
  uncertain_steps: number;
  pause: Pause | null;
}

export interface RunFilter {
  workflowId?: string | undefined;
  status?: RunStatus | undefined;
  /** Only runs that wait for a person's word about an uncertain step. */
  uncertain?: boolean | undefined;
  /** Only runs that are paused. */
  paused?: boolean | undefined;
  /** Only runs that have not been tried again. */
  untried?: boolean | undefined;
  cursor?: string | undefined;
  limit: number;
}

/** Which failed runs: of one workflow, created in [since, until). */
export interface FailedFilter {
  workflowId?: string | undefined;
  since?: string | undefined;
  until?: string | undefined;
}

/** Reading runs. Their writing is the journal's (`journal.ts`), their taking the queue's (`server/queue`). */
export function createRunStore(knex: Knex) {
  const select = (workspaceId: string) =>
    knex('runs as r')
      .join('workflows as w', 'w.id', 'r.workflow_id')
      .join('workflow_versions as v', 'v.id', 'r.version_id')
      .where('r.workspace_id', workspaceId)
      .select<Row[]>('r.*', 'w.name as workflow_name', 'v.number');

  return {
    /** Newest first. */
    async list(workspaceId: string, filter: RunFilter): Promise<{ items: RunSummary[]; nextCursor: string | null }> {
      // Those that do a share of a list show with the run that they do it for.
      const query = select(workspaceId)
        .whereNull('r.part')
        .orderBy([
          { column: 'r.created_at', order: 'desc' },
          { column: 'r.id', order: 'desc' },
        ]);
      if (filter.workflowId) void query.where('r.workflow_id', filter.workflowId);
      if (filter.status) void query.where('r.status', filter.status);
      if (filter.untried) void query.whereNotExists(retryOf(knex));
      if (filter.paused) void query.whereNotNull('r.pause').whereNull('r.finished_at');
      if (filter.uncertain) void query.where('r.uncertain_steps', '>', 0);
      if (filter.cursor)
        void query.whereRaw('(r.created_at, r.id) < (?::timestamptz, ?::uuid)', decodeCursor(filter.cursor));
      const rows = await query.limit(filter.limit + 1);
      const page = rows.slice(0, filter.limit);
      const last = page.at(-1);
      return {
        items: page.map(summaryOf),
        nextCursor: rows.length > page.length && last ? encodeCursor(last.created_at, last.id) : null,
      };
    },
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

/** The run that tried `r` again. */
function retryOf(knex: Knex): Knex.QueryBuilder {
  return knex('runs as again').select(knex.raw('1')).whereRaw("again.parent_run_id = r.id AND again.reason = 'retry'");
}

function summaryOf(row: Row): RunSummary {
  return {
    id: row.id,
    workflowId: row.workflow_id,
    workflowName: row.workflow_name,
    versionId: row.version_id,
    versionNumber: row.number ?? 0,
    mode: row.mode,
    trigger: row.trigger_node,
    status: row.status,
    error: row.error && {
      code: row.error.code,
      message: row.error.message,
      ...(row.error.nodeId ? { nodeId: row.error.nodeId } : {}),
    },
    createdAt: row.created_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
    costMicro: row.cost_micro,
    parentRunId: row.parent_run_id,
    reason: row.reason,
    uncertainSteps: row.uncertain_steps,
    paused: row.finished_at === null ? row.pause : null,
  };
}
