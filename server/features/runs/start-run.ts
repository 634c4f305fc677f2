import type { SectionInput } from '../../../shared/api/runs.ts';
import { draftPins } from '../../../shared/engine/pins.ts';
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
import { plannedSection, sectionProblems, type PlannedSection, type SectionDeps } from './section.ts';

export interface RunDeps extends Pick<SectionDeps, 'journal'> {
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
  section?: SectionInput | undefined;
  /** The only address that mails of this run go to. */
  mailsTo?: string | undefined;
}

/**
 * Starts a run by hand or by API. With `previewId` the run executes exactly what was previewed: its version, its trigger data, its generated
 * texts; a mail that would come out differently is refused.
 */
export async function startRun(deps: RunDeps, actor: Actor, input: StartInput): Promise<RunSummary> {
  const plan = input.previewId ? await confirmedPlan(deps, actor, input) : await freshPlan(deps, actor, input);
  const problems = deps.validate(plan.version.graph);
  refuseBroken(plan.part ? sectionProblems(problems, plan.part) : problems);
  const create = newRun(deps, actor.workspaceId, await deps.workspaceName(actor.workspaceId), plan.version, {
    mode: input.version === 'published' ? 'live' : 'test',
    trigger: plan.trigger,
    idempotencyKey: input.idempotencyKey ?? null,
    ...(plan.part?.basedOn ? { repeats: { runId: plan.part.basedOn, reason: 'test' as const } } : {}),
  });
  const id = await begin(deps, {
    create,
    output: plan.output,
    pins: plan.pins,
    ...(plan.part ? { section: plan.part.section, kept: plan.part.kept } : {}),
    ...(input.mailsTo === undefined ? {} : { mailsTo: input.mailsTo }),
  });
  const summary = await deps.runs.find(actor.workspaceId, id);
  if (!summary) throw new AppError('not_found', 'The run was deleted.');
  return summary;
}

interface Plan {
  version: VersionRow;
  trigger: string;
  output: unknown;
  pins: Record<string, Pin>;
  /** Set where only a part of the draft is tested. */
  part?: PlannedSection;
}

async function confirmedPlan(deps: RunDeps, actor: Actor, input: StartInput): Promise<Plan> {
  const preview = await deps.previews.find(actor.workspaceId, input.previewId!);
  if (!preview || preview.workflowId !== input.workflowId)
    throw new AppError('not_found', 'This preview does not exist any more. Preview again.');
  const version = await deps.versions.find(actor.workspaceId, preview.versionId);
  if (!version) throw new AppError('not_found', 'The previewed version does not exist any more. Preview again.');
  const { trigger, payload, section } = preview.view;
  const plan = { version, trigger, output: payload, pins: preview.pins };
  if (!section) return plan;
  return { ...plan, part: await plannedSection(deps, actor, version, section, { payload, trigger, now: new Date() }) };
}

async function freshPlan(deps: RunDeps, actor: Actor, input: StartInput): Promise<Plan> {
  const version = await chosenVersion(deps, actor, input.workflowId, input.version);
  if (input.section) {
    if (input.version === 'published')
      throw new AppError('bad_request', 'Parts of a workflow are tested on its draft, not on what is published.');
    const part = await plannedSection(deps, actor, version, input.section, { ...input, now: new Date() });
    return { version, trigger: part.trigger, output: part.output, pins: part.pins, part };
  }
  const trigger = chooseTrigger(deps.catalogue, version.graph, input.trigger);
  const isTest = input.version === 'draft';
  const standing = isTest && trigger.pinned ? (trigger.pinned.output ?? null) : triggerSample(deps.catalogue, trigger);
  return {
    version,
    trigger: trigger.id,
    output: input.payload ?? standing,
    pins: isTest ? draftPins(version.graph, deps.catalogue) : {},
  };
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
