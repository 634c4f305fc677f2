import { AppError } from '../../../shared/errors.ts';
import { uuid } from '../../../shared/api/common.ts';
import type { Workflow } from '../../../shared/api/workflows.ts';
import { emptyGraph, limits, type WorkflowGraph } from '../../../shared/workflow/graph.ts';
import type { Problem } from '../../../shared/workflow/problem.ts';
import type { Actor } from '../../actor.ts';
import type { Draft } from '../../store/workflows.ts';
import type { TriggerInfo, WorkflowDeps } from './ports.ts';
import { presentWorkflow, workflowNotFound } from './present.ts';

/** Makes a workflow whose draft is `graph`, problems and all: an unfinished workflow can be kept, only not published. */
export async function createWorkflow(
  deps: WorkflowDeps,
  actor: Actor,
  input: { name: string; graph?: WorkflowGraph | undefined },
): Promise<Workflow> {
  const draft = draftOf(deps, input.graph ?? emptyGraph);
  const id = await deps.store.create(actor.workspaceId, actor.userId, input.name, draft);
  return getWorkflow(deps, actor, { id });
}

/** @throws AppError `not_found`, also for another workspace's workflow. */
export async function getWorkflow(deps: WorkflowDeps, actor: Actor, { id }: { id: string }): Promise<Workflow> {
  const row = await deps.store.find(actor.workspaceId, id);
  if (!row) throw workflowNotFound();
  const graph = deps.upgrade(row.graph);
  const current = graph === row.graph ? row : { ...row, graph, problems: deps.check(graph) };
  return presentWorkflow(current, await describe(deps, actor, id, graph));
}

/**
 * Saves the draft if nobody else saved since `revision`.
 * @throws AppError `conflict` with the newer revision and who made it; nothing is overwritten.
 */
export async function saveDraft(
  deps: WorkflowDeps,
  actor: Actor,
  input: { id: string; revision: number; graph: WorkflowGraph },
): Promise<{ revision: number; updatedAt: string; problems: Problem[]; triggers: TriggerInfo[] }> {
  const { id } = input;
  const draft = draftOf(deps, input.graph);
  const saved = await deps.store.saveDraft(actor.workspaceId, id, actor.userId, input.revision, draft);
  switch (saved.type) {
    case 'not_found':
      throw workflowNotFound();
    case 'conflict':
      throw revisionConflict(saved);
    case 'saved': {
      const { revision, updatedAt } = saved;
      deps.announceSave?.({ workspaceId: actor.workspaceId, workflowId: id, revision, by: actor.name });
      const triggers = await describe(deps, actor, id, draft.graph);
      return { revision, updatedAt: updatedAt.toISOString(), problems: draft.problems, triggers };
    }
  }
}

/** How often the draft was saved. @throws AppError `not_found`, also for another workspace's workflow and for what is no id. */
export async function readRevision(
  { workflows }: { workflows: Pick<WorkflowDeps['store'], 'summary'> },
  { workspaceId }: Pick<Actor, 'workspaceId'>,
  id: string,
): Promise<number> {
  const row = uuid.safeParse(id).success ? await workflows.summary(workspaceId, id) : undefined;
  if (!row) throw workflowNotFound();
  return row.revision;
}

export function revisionConflict(newer: { revision: number; updatedBy: string | null; updatedAt: Date }): AppError {
  const who = newer.updatedBy ?? 'Somebody';
  return new AppError('conflict', `${who} saved this workflow in the meantime. Load it again to see what changed.`, {
    details: { revision: newer.revision, updatedBy: newer.updatedBy, updatedAt: newer.updatedAt.toISOString() },
  });
}

/** Checks the graph once, for storing it together with what was found. */
export function draftOf(
  deps: Pick<WorkflowDeps, 'check' | 'upgrade'>,
  graph: WorkflowGraph,
): Draft & { problems: Problem[] } {
  const tooLarge = graph.nodes.find((node) => JSON.stringify(node.config).length > limits.configBytes);
  if (tooLarge) {
    throw new AppError('too_large', `The settings of “${tooLarge.title}” are over ${limits.configBytes / 1000} kB.`, {
      details: { nodeId: tooLarge.id },
    });
  }
  refuseLargePins(graph);
  const current = deps.upgrade(graph);
  return { graph: current, problems: deps.check(current) };
}

/** @throws AppError too_large, naming the step whose pinned output is over the limit, or the sum of all */
function refuseLargePins({ nodes }: WorkflowGraph): void {
  let all = 0;
  for (const { id, title, pinned } of nodes) {
    if (pinned === undefined) continue;
    const bytes = Buffer.byteLength(JSON.stringify(pinned.output ?? null));
    all += bytes;
    if (bytes > limits.pinBytes)
      throw new AppError(
        'too_large',
        `The pinned output of “${title || id}” has ${kB(bytes)} kB; at most ${kB(limits.pinBytes)} kB can be pinned.`,
        { details: { nodeId: id } },
      );
  }
  if (all > limits.pinsBytes)
    throw new AppError(
      'too_large',
      `The pinned outputs of this workflow have ${kB(all)} kB together; at most ${kB(limits.pinsBytes)} kB can be pinned.`,
    );
}

const kB = (bytes: number): number => Math.ceil(bytes / 1_000);

function describe(deps: WorkflowDeps, actor: Actor, workflowId: string, graph: WorkflowGraph): Promise<TriggerInfo[]> {
  return deps.triggers.describe({ workspaceId: actor.workspaceId, workflowId, graph });
}
