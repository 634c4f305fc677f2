import type { Workflow, WorkflowSummary } from '../../../shared/api/workflows.ts';
import { AppError } from '../../../shared/errors.ts';
import type { WorkflowRow, WorkflowSummaryRow } from '../../store/workflows.ts';
import type { TriggerInfo } from './ports.ts';

export function presentSummary(row: WorkflowSummaryRow): WorkflowSummary {
  const { id, name, active, nodeKinds, lastRun } = row;
  return {
    id,
    name,
    active,
    publishedVersion: row.publishedNumber,
    changed: row.publishedNumber !== null && row.revision !== row.publishedRevision,
    nodeKinds,
    updatedAt: row.updatedAt.toISOString(),
    createdAt: row.createdAt.toISOString(),
    lastRun: lastRun && { ...lastRun, at: new Date(lastRun.at).toISOString() },
  };
}

export function presentWorkflow(row: WorkflowRow, triggers: TriggerInfo[]): Workflow {
  return { ...presentSummary(row), graph: row.graph, revision: row.revision, problems: row.problems, triggers };
}

export function workflowNotFound(): AppError {
  return new AppError('not_found', 'There is no such workflow in this workspace.');
}
