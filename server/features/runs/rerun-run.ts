import { compileGraph } from '../../../shared/engine/graph.ts';
import { draftPins } from '../../../shared/engine/pins.ts';
import { failedSteps, rerunEvents, stoppedBy, type KeptEvent } from '../../../shared/engine/rerun.ts';
import { chooseTrigger } from '../../../shared/engine/trigger.ts';
import { AppError } from '../../../shared/errors.ts';
import type { RerunReason, RunEvent, RunSummary } from '../../../shared/workflow/run.ts';
import type { Actor } from '../../actor.ts';
import { begin, newRun } from '../../engine/begin.ts';
import { loadEvent } from '../../engine/payloads.ts';
import type { VersionRow } from '../../store/versions.ts';
import { chosenVersion, refuseBroken, type RunDeps } from './start-run.ts';

export type RerunDeps = RunDeps;

/**
 * A new run on the version of an earlier one, from a step on; what stands before it is kept and not done again.
 * @throws AppError not_found, conflict while the run is under way or where the step was not reached, bad_request, invalid_graph
 */
export async function rerunRun(
  deps: RerunDeps,
  actor: Actor,
  input: { id: string; from: string; idempotencyKey?: string | undefined },
): Promise<RunSummary> {
  const old = await endedRun(deps, actor, input.id);
  const kept = rerunEvents(compileGraph(old.version.graph, deps.catalogue), old.events, [input.from]);
  return repeat(deps, actor, old, 'rerun', kept, input.idempotencyKey ?? null);
}

/**
 * Goes on where a run failed or was cancelled: everything settled is kept. A run is tried again once; asking twice gives the same new run,
 * which can be tried again itself.
 * @throws AppError as `rerunRun`; conflict for a run that is done, or that a Stop step ended
 */
export async function retryRun(deps: RerunDeps, actor: Actor, runId: string): Promise<RunSummary> {
  const old = await endedRun(deps, actor, runId);
  if (old.run.status === 'done')
    throw new AppError('conflict', 'This run is done. To repeat a part of it, run it again from a step.');
  const graph = compileGraph(old.version.graph, deps.catalogue);
  const stop = stoppedBy(old.events);
  if (stop !== undefined && failedSteps(graph, old.events).length === 0) {
    const title = graph.nodes.get(stop)?.node.title ?? stop;
    throw new AppError(
      'conflict',
      `The step “${title}” ended this run and would end it again. Run it again from an earlier step.`,
    );
  }
  return repeat(deps, actor, old, 'retry', rerunEvents(graph, old.events, []), `retry:${runId}`);
}

/**
 * The same trigger data once more, on the draft as a test or on the published version.
 * @throws AppError not_found, bad_request when that version has no such trigger, invalid_graph
 */
export async function replayRun(
  deps: RerunDeps,
  actor: Actor,
  input: { id: string; version: 'draft' | 'published'; idempotencyKey?: string | undefined },
): Promise<RunSummary> {
  const run = await deps.runs.find(actor.workspaceId, input.id);
  if (!run) throw new AppError('not_found', 'There is no such run.');
  const [first] = await deps.journal.read(actor.workspaceId, input.id);
  if (first?.type !== 'run.started')
    throw new AppError('conflict', 'This run never started, so there is nothing to repeat.');
  const start = await loadEvent(deps.journal, { id: run.id, workspaceId: actor.workspaceId }, first);
  const version = await chosenVersion(deps, actor, run.workflowId, input.version);
  const trigger = chooseTrigger(deps.catalogue, version.graph, start.trigger);
  refuseBroken(deps.validate(version.graph));
  const create = newRun(deps, actor.workspaceId, await deps.workspaceName(actor.workspaceId), version, {
    mode: input.version === 'published' ? 'live' : 'test',
    trigger: trigger.id,
    idempotencyKey: input.idempotencyKey ?? null,
    repeats: { runId: run.id, reason: 'replay' },
  });
  const pins = input.version === 'draft' ? draftPins(version.graph, deps.catalogue) : {};
  return summaryOf(deps, actor, await begin(deps, { create, output: start.output, pins }));
}

interface EndedRun {
  run: RunSummary;
  version: VersionRow;
  events: RunEvent[];
}

async function endedRun(deps: RerunDeps, actor: Actor, runId: string): Promise<EndedRun> {
  const run = await deps.runs.find(actor.workspaceId, runId);
  if (!run) throw new AppError('not_found', 'There is no such run.');
  if (run.finishedAt === null)
    throw new AppError('conflict', 'This run is still under way. Wait for its end, or stop it.');
  const [version, events] = await Promise.all([
    deps.versions.find(actor.workspaceId, run.versionId),
    deps.journal.read(actor.workspaceId, runId),
  ]);
  if (!version) throw new AppError('not_found', 'The version of this run does not exist any more.');
  return { run, version, events };
}

async function repeat(
  deps: RerunDeps,
  actor: Actor,
  { run, version }: EndedRun,
  reason: RerunReason,
  [start, ...kept]: readonly KeptEvent[],
  idempotencyKey: string | null,
): Promise<RunSummary> {
  if (start?.type !== 'run.started') throw new Error('A repeated run has to begin with its start.');
  refuseBroken(deps.validate(version.graph));
  const create = newRun(deps, actor.workspaceId, await deps.workspaceName(actor.workspaceId), version, {
    mode: run.mode,
    trigger: start.trigger,
    idempotencyKey,
    repeats: { runId: run.id, reason },
    adoptsMails: kept.flatMap((event) => (event.type === 'mail.held' ? [event.key] : [])),
    adoptsPayloadsOf: run.id,
  });
  const from = { id: run.id, workspaceId: actor.workspaceId };
  const { output, pins, section, mailsTo } = await loadEvent(deps.journal, from, start);
  const again = {
    ...(pins ? { pins } : {}),
    ...(section ? { section } : {}),
    ...(mailsTo === undefined ? {} : { mailsTo }),
  };
  return summaryOf(deps, actor, await begin(deps, { create, output, kept, ...again }));
}

async function summaryOf(deps: RerunDeps, actor: Actor, id: string): Promise<RunSummary> {
  const summary = await deps.runs.find(actor.workspaceId, id);
  if (!summary) throw new AppError('not_found', 'The run was deleted.');
  return summary;
}
