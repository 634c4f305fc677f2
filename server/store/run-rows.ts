import type { Knex } from 'knex';
import type { Pause, RerunReason, RunStatus, RunSummary } from '../../shared/workflow/run.ts';

export interface RunRow {
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

/** A workspace's runs (as `r`) with their workflow (`w`) and their version (`v`). */
export function selectRuns(knex: Knex, workspaceId: string): Knex.QueryBuilder<RunRow, RunRow[]> {
  return knex('runs as r')
    .join('workflows as w', 'w.id', 'r.workflow_id')
    .join('workflow_versions as v', 'v.id', 'r.version_id')
    .where('r.workspace_id', workspaceId)
    .select<RunRow[]>('r.*', 'w.name as workflow_name', 'v.number');
}

/** The run that tried `r` again. */
export function retryOf(knex: Knex): Knex.QueryBuilder {
  return knex('runs as again').select(knex.raw('1')).whereRaw("again.parent_run_id = r.id AND again.reason = 'retry'");
}

export function summaryOf(row: RunRow): RunSummary {
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
