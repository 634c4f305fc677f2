import type { Workflow, WorkflowSummary } from '../../../shared/api/workflows.ts';
import type { Actor } from '../../actor.ts';
import { createWorkflow, getWorkflow } from './drafts.ts';
import type { WorkflowDeps } from './ports.ts';
import { presentSummary, workflowNotFound } from './present.ts';

const NAME_LENGTH = 120;

export async function listWorkflows(
  deps: WorkflowDeps,
  actor: Actor,
  query: { search?: string | undefined; cursor?: string | undefined; limit: number },
): Promise<{ items: WorkflowSummary[]; nextCursor: string | null }> {
  const { rows, nextCursor } = await deps.store.list(actor.workspaceId, query);
  return { items: rows.map(presentSummary), nextCursor };
}

export async function renameWorkflow(
  deps: WorkflowDeps,
  actor: Actor,
  { id, name }: { id: string; name: string },
): Promise<WorkflowSummary> {
  if (!(await deps.store.rename(actor.workspaceId, id, actor.userId, name))) throw workflowNotFound();
  return summaryOf(deps, actor, id);
}

/** Copies the draft; the copy is not published. */
export async function duplicateWorkflow(deps: WorkflowDeps, actor: Actor, { id }: { id: string }): Promise<Workflow> {
  const { name, graph } = await getWorkflow(deps, actor, { id });
  const suffix = ' (copy)';
  return createWorkflow(deps, actor, { name: name.slice(0, NAME_LENGTH - suffix.length) + suffix, graph });
}

/** Deletes the workflow with its versions, triggers and runs. */
export async function removeWorkflow(deps: WorkflowDeps, actor: Actor, { id }: { id: string }): Promise<{ ok: true }> {
  if (!(await deps.store.remove(actor.workspaceId, id))) throw workflowNotFound();
  return { ok: true };
}

export async function summaryOf(deps: WorkflowDeps, actor: Actor, id: string): Promise<WorkflowSummary> {
  const row = await deps.store.summary(actor.workspaceId, id);
  if (!row) throw workflowNotFound();
  return presentSummary(row);
}
