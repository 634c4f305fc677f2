import type { z } from 'zod';
import type { versionSchema, WorkflowSummary } from '../../../shared/api/workflows.ts';
import { withoutPins } from '../../../shared/engine/pins.ts';
import { AppError } from '../../../shared/errors.ts';
import { countChanges } from '../../../shared/workflow/changes.ts';
import type { WorkflowGraph } from '../../../shared/workflow/graph.ts';
import { diffGraphs } from '../../../shared/workflow/patch.ts';
import type { Actor } from '../../actor.ts';
import type { VersionRow } from '../../store/workflows.ts';
import { summaryOf } from './collection.ts';
import type { TriggerInfo, WorkflowDeps } from './ports.ts';
import { workflowNotFound } from './present.ts';

export type Version = z.infer<typeof versionSchema>;

/**
 * Freezes the draft as the next version and makes its triggers live, in one transaction.
 * @throws AppError `conflict` when the draft is not the revision that was looked at; `invalid_graph` with the problems.
 */
export async function publishWorkflow(
  deps: WorkflowDeps,
  actor: Actor,
  { id, revision }: { id: string; revision: number },
): Promise<{ version: Version; triggers: TriggerInfo[] }> {
  const { workspaceId, userId } = actor;
  const published = await deps.store.transaction(async (trx) => {
    const draft = await deps.store.lock(trx, workspaceId, id);
    if (!draft) throw workflowNotFound();
    if (draft.revision !== revision) {
      throw new AppError('conflict', 'The draft was changed in the meantime. Look at it again, then publish.', {
        details: { revision: draft.revision },
      });
    }
    const graph = withoutPins(deps.upgrade(draft.graph));
    refuseInvalid(deps, graph);
    const before = await deps.store.latestVersion(trx, workspaceId, id);
    const changes = before ? countChanges(diffGraphs(deps.upgrade(before), graph)) : null;
    const version = await deps.store.addVersion(trx, workspaceId, id, { graph, revision, userId, changes });
    await deps.triggers.deploy(trx, { workspaceId, workflowId: id, versionId: version.id, graph });
    return { graph, version };
  });
  const triggers = await deps.triggers.describe({ workspaceId, workflowId: id, graph: published.graph });
  return { version: presentVersion({ ...published.version, publishedBy: actor.name }), triggers };
}

function refuseInvalid(deps: WorkflowDeps, graph: WorkflowGraph): void {
  const problems = deps.check(graph);
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return;
  const what = errors.length === 1 ? 'one problem' : `${errors.length} problems`;
  throw new AppError('invalid_graph', `The workflow has ${what} to be solved before it can be published.`, {
    details: { problems },
  });
}

/** Switches the published triggers on or off. @throws AppError `conflict` when nothing is published yet. */
export async function setWorkflowActive(
  deps: WorkflowDeps,
  actor: Actor,
  { id, active }: { id: string; active: boolean },
): Promise<WorkflowSummary> {
  const { workspaceId } = actor;
  await deps.store.transaction(async (trx) => {
    const workflow = await deps.store.lock(trx, workspaceId, id);
    if (!workflow) throw workflowNotFound();
    if (active && workflow.publishedVersionId === null) {
      throw new AppError('conflict', 'Publish the workflow first: only published triggers can be switched on.');
    }
    await deps.store.setActive(trx, workspaceId, id, active);
    await deps.triggers.setActive(trx, { workspaceId, workflowId: id, active });
  });
  return summaryOf(deps, actor, id);
}

export async function listVersions(
  deps: WorkflowDeps,
  actor: Actor,
  { id }: { id: string },
): Promise<{ items: Version[] }> {
  await summaryOf(deps, actor, id);
  const rows = await deps.store.versions(actor.workspaceId, id);
  return { items: rows.map(presentVersion) };
}

/** The graph as it was published, brought to the current node versions for drawing. */
export async function getVersion(
  deps: WorkflowDeps,
  actor: Actor,
  { id, number }: { id: string; number: number },
): Promise<Version & { graph: WorkflowGraph }> {
  const row = await deps.store.version(actor.workspaceId, id, number);
  if (!row) throw new AppError('not_found', `There is no version ${number} of this workflow.`);
  return { ...presentVersion(row), graph: deps.upgrade(row.graph) };
}

function presentVersion({ id, number, publishedAt, publishedBy }: VersionRow): Version {
  return { id, number, publishedAt: publishedAt.toISOString(), publishedBy };
}
