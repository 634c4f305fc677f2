import { AppError } from '../../../shared/errors.ts';
import type { NodeCatalogue } from '../../../shared/nodes/contract.ts';
import type { WorkflowGraph, WorkflowNode } from '../../../shared/workflow/graph.ts';
import type { Problem } from '../../../shared/workflow/problem.ts';
import type { Pin, RunSummary } from '../../../shared/workflow/run.ts';
import type { Actor } from '../../actor.ts';
import type { Engine } from '../../engine/engine.ts';
import { DuplicateRun, type NewRun } from '../../engine/ports.ts';
import { uuidv7 } from '../../ids.ts';
import type { PreviewStore } from '../../store/previews.ts';
import type { RunStore } from '../../store/runs.ts';
import type { VersionRow, VersionStore } from '../../store/versions.ts';

export interface RunDeps {
  engine: Engine;
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

/** Starts here when there is room, else leaves it to the queue. The id of the earlier run where the idempotency key has been used. */
export async function begin(
  deps: Pick<RunDeps, 'engine' | 'wake'>,
  start: { create: NewRun; output: unknown; pins?: Record<string, Pin> },
): Promise<string> {
  try {
    if (deps.engine.capacity() > 0) await deps.engine.start(start);
    else {
      await deps.engine.enqueue(start);
      deps.wake();
    }
    return start.create.id;
  } catch (error) {
    if (error instanceof DuplicateRun) return error.existingId;
    throw error;
  }
}

export function newRun(
  deps: { worker: number },
  workspaceId: string,
  workspaceName: string,
  version: { id: string; workflowId: string },
  options: { mode: 'test' | 'live'; trigger: string; idempotencyKey: string | null },
): NewRun {
  return {
    id: uuidv7(),
    workspaceId,
    workspaceName,
    workflowId: version.workflowId,
    versionId: version.id,
    fence: 1,
    cancelRequested: false,
    mode: options.mode,
    triggerNode: options.trigger,
    createdAt: new Date(),
    worker: deps.worker,
    idempotencyKey: options.idempotencyKey,
  };
}

interface Plan {
  version: VersionRow;
  trigger: string;
  output: unknown;
  pins: Record<string, Pin>;
}

async function confirmedPlan(deps: RunDeps, actor: Actor, input: StartInput): Promise<Plan> {
  const preview = await deps.previews.find(actor.workspaceId, input.previewId!);
  if (!preview || preview.workflowId !== input.workflowId) throw new AppError('not_found', 'This preview does not exist any more. Preview again.');
  const version = await deps.versions.find(actor.workspaceId, preview.versionId);
  if (!version) throw new AppError('not_found', 'The previewed version does not exist any more. Preview again.');
  return { version, trigger: preview.view.trigger, output: preview.view.payload, pins: preview.pins };
}

async function freshPlan(deps: RunDeps, actor: Actor, input: StartInput): Promise<Plan> {
  const version =
    input.version === 'published'
      ? await deps.versions.published(actor.workspaceId, input.workflowId)
      : await deps.versions.freezeDraft(actor.workspaceId, input.workflowId);
  if (!version) {
    throw new AppError('not_found', input.version === 'published' ? 'This workflow has not been published yet.' : 'This workflow does not exist.');
  }
  const trigger = chooseTrigger(deps.catalogue, version.graph, input.trigger);
  return { version, trigger: trigger.id, output: input.payload ?? sampleOf(deps.catalogue, trigger), pins: {} };
}

/** The named trigger; else the manual one; else the first. */
export function chooseTrigger(catalogue: NodeCatalogue, graph: WorkflowGraph, wanted: string | undefined): WorkflowNode {
  const triggers = graph.nodes.filter((node) => catalogue.get(node.kind)?.group === 'trigger' && !node.disabled);
  const chosen = wanted === undefined ? (triggers.find((node) => node.kind === 'manual') ?? triggers[0]) : triggers.find((node) => node.id === wanted);
  if (chosen) return chosen;
  if (wanted === undefined) throw new AppError('invalid_graph', 'The workflow has no trigger. Add one, for example “Start by hand”.');
  throw new AppError('bad_request', `The workflow has no trigger “${wanted}”.`, { details: { field: 'trigger', triggers: triggers.map((node) => node.id) } });
}

export function sampleOf(catalogue: NodeCatalogue, trigger: WorkflowNode): unknown {
  const definition = catalogue.get(trigger.kind)!;
  return definition.sample(definition.config.parse(trigger.config), null);
}

function refuseBroken(problems: readonly Problem[]): void {
  const errors = problems.filter((problem) => problem.severity === 'error');
  if (errors.length === 0) return;
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  throw new AppError('invalid_graph', `${errors[0]!.message}${more}`, { details: { problems: errors } });
}
