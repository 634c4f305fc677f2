import { chooseTrigger, triggerSample } from '../../../shared/engine/trigger.ts';
import { AppError } from '../../../shared/errors.ts';
import type { NodeCatalogue } from '../../../shared/nodes/contract.ts';
import type { WorkflowGraph } from '../../../shared/workflow/graph.ts';
import type { Problem } from '../../../shared/workflow/problem.ts';
import type { Pin, RunSummary } from '../../../shared/workflow/run.ts';
import type { Actor } from '../../actor.ts';
import type { Engine } from '../../engine/engine.ts';
import { begin, newRun } from '../../engine/begin.ts';
import type { RoomFor } from '../../engine/room.ts';
import type { PreviewStore } from '../../store/previews.ts';
import type { RunStore } from '../../store/runs.ts';
import type { VersionRow, VersionStore } from '../../store/versions.ts';

export interface RunDeps {
  engine: Engine;
  roomFor: RoomFor;
  worker: number;
  runs: RunStore;
  versions: VersionStore;
  previews: PreviewStore;
  catalogue: NodeCatalogue;
  validate(graph: WorkflowGraph): Problem[];
  workspaceName(workspaceId: string): Promise<string>;
  /** Tells the queue that there is something to take. */
  wake(): void;
}

export interface StartInput {
  workflowId: string;
  version: 'draft' | 'published';
  trigger?: string | undefined;
  payload?: unknown;
  previewId?: string | undefined;
  idempotencyKey?: string | undefined;
}

/**
 * Starts a run by hand or by API. With `previewId` the run executes exactly what was previewed: its version, its trigger data, its generated
 * texts; a mail that would come out differently is refused.
 */
export async function startRun(deps: RunDeps, actor: Actor, input: StartInput): Promise<RunSummary> {
  const plan = input.previewId ? await confirmedPlan(deps, actor, input) : await freshPlan(deps, actor, input);
  refuseBroken(deps.validate(plan.version.graph));
  const create = newRun(deps, actor.workspaceId, await deps.workspaceName(actor.workspaceId), plan.version, {
    mode: input.version === 'published' ? 'live' : 'test',
    trigger: plan.trigger,
    idempotencyKey: input.idempotencyKey ?? null,
  });
  const id = await begin(deps, { create, output: plan.output, pins: plan.pins });
  const summary = await deps.runs.find(actor.workspaceId, id);
  if (!summary) throw new AppError('not_found', 'The run was deleted.');
  return summary;
}

interface Plan {
  version: VersionRow;
  trigger: string;
  output: unknown;
  pins: Record<string, Pin>;
}

async function confirmedPlan(deps: RunDeps, actor: Actor, input: StartInput): Promise<Plan> {
  const preview = await deps.previews.find(actor.workspaceId, input.previewId!);
  if (!preview || preview.workflowId !== input.workflowId)
    throw new AppError('not_found', 'This preview does not exist any more. Preview again.');
  const version = await deps.versions.find(actor.workspaceId, preview.versionId);
  if (!version) throw new AppError('not_found', 'The previewed version does not exist any more. Preview again.');
  return { version, trigger: preview.view.trigger, output: preview.view.payload, pins: preview.pins };
}

async function freshPlan(deps: RunDeps, actor: Actor, input: StartInput): Promise<Plan> {
  const version = await chosenVersion(deps, actor, input.workflowId, input.version);
  const trigger = chooseTrigger(deps.catalogue, version.graph, input.trigger);
  return { version, trigger: trigger.id, output: input.payload ?? triggerSample(deps.catalogue, trigger), pins: {} };
}

/** The published version, or the draft frozen as it is now. @throws AppError not_found */
export async function chosenVersion(
  deps: Pick<RunDeps, 'versions'>,
  actor: Actor,
  workflowId: string,
  which: 'draft' | 'published',
): Promise<VersionRow> {
  const version =
    which === 'published'
      ? await deps.versions.published(actor.workspaceId, workflowId)
      : await deps.versions.freezeDraft(actor.workspaceId, workflowId);
  if (version) return version;
  throw new AppError(
    'not_found',
    which === 'published' ? 'This workflow has not been published yet.' : 'This workflow does not exist.',
  );
}

/** @throws AppError invalid_graph with the first error in words and all of them as details */
export function refuseBroken(problems: readonly Problem[]): void {
  const errors = problems.filter((problem) => problem.severity === 'error');
  if (errors.length === 0) return;
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  throw new AppError('invalid_graph', `${errors[0]!.message}${more}`, { details: { problems: errors } });
}
