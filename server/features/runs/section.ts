import type { SectionInput } from '../../../shared/api/runs.ts';
import { applyEvent, newRunState } from '../../../shared/engine/fold.ts';
import { compileGraph } from '../../../shared/engine/graph.ts';
import { draftPins } from '../../../shared/engine/pins.ts';
import { planSection, type SectionPlan, type SeenRun } from '../../../shared/engine/section.ts';
import { upgradeGraph } from '../../../shared/engine/upgrade.ts';
import { AppError } from '../../../shared/errors.ts';
import type { NodeCatalogue } from '../../../shared/nodes/contract.ts';
import type { Problem } from '../../../shared/workflow/problem.ts';
import type { Pin, RunSummary } from '../../../shared/workflow/run.ts';
import type { Actor } from '../../actor.ts';
import { loadEvents } from '../../engine/payloads.ts';
import type { Journal } from '../../engine/ports.ts';
import type { RunStore } from '../../store/runs.ts';
import type { VersionRow, VersionStore } from '../../store/versions.ts';

export interface SectionDeps {
  runs: Pick<RunStore, 'find' | 'list'>;
  versions: Pick<VersionStore, 'find'>;
  journal: Pick<Journal, 'read' | 'payloads'>;
  catalogue: NodeCatalogue;
  workspaceName(workspaceId: string): Promise<string>;
}

export interface PlannedSection extends SectionPlan {
  pins: Record<string, Pin>;
  /** The run whose data is used first; null: none. */
  basedOn: string | null;
}

/** A test of a part goes back through so many tests of parts for what the last one did not come by. */
const mostEarlier = 6;

/**
 * What a test of a part of a draft starts from.
 * @throws AppError not_found: no such run of this workflow; else as `planSection`.
 */
export async function plannedSection(
  deps: SectionDeps,
  actor: Actor,
  version: VersionRow,
  { basedOn, ...request }: SectionInput,
  start: { payload?: unknown; trigger?: string | undefined; mailsTo?: string | undefined; now: Date },
): Promise<PlannedSection> {
  const draft = upgradeGraph(version.graph, deps.catalogue);
  const base = await baseRun(deps, actor, version.workflowId, basedOn);
  const [seen, workspaceName] = await Promise.all([
    earlierRuns(deps, actor, base),
    deps.workspaceName(actor.workspaceId),
  ]);
  const pins = draftPins(draft, deps.catalogue);
  // Whoever wants to see the mail itself is not served with what stands for it.
  if (start.mailsTo !== undefined) delete pins[request.node];
  const plan = planSection(compileGraph(draft, deps.catalogue), deps.catalogue, request, {
    ...start,
    pins,
    seen,
    workspaceName,
  });
  return { ...plan, pins, basedOn: base?.id ?? null };
}

async function baseRun(
  { runs }: SectionDeps,
  { workspaceId }: Actor,
  workflowId: string,
  basedOn: string | null | undefined,
): Promise<RunSummary | null> {
  if (basedOn === null) return null;
  if (basedOn === undefined) return (await runs.list(workspaceId, { workflowId, limit: 1 })).items[0] ?? null;
  const run = await runs.find(workspaceId, basedOn);
  if (run?.workflowId === workflowId) return run;
  throw new AppError('not_found', 'There is no such run of this workflow.');
}

/** The run and, where it is itself a test of a part, those whose data it stood on. */
async function earlierRuns(deps: SectionDeps, { workspaceId }: Actor, base: RunSummary | null): Promise<SeenRun[]> {
  const seen: SeenRun[] = [];
  for (let run = base; run !== null && seen.length < mostEarlier;) {
    const [version, events] = await Promise.all([
      deps.versions.find(workspaceId, run.versionId),
      deps.journal.read(workspaceId, run.id),
    ]);
    if (version && events[0]?.type === 'run.started') {
      const graph = compileGraph(version.graph, deps.catalogue);
      const state = newRunState({ keepsItems: true });
      for (const event of await loadEvents(deps.journal, { id: run.id, workspaceId }, events))
        applyEvent(graph, state, event);
      seen.push({ graph, state });
    }
    run = run.reason === 'test' && run.parentRunId ? await deps.runs.find(workspaceId, run.parentRunId) : null;
  }
  return seen;
}

/** What is wrong with the steps that a test does; the rest of the draft may be unfinished. */
export function sectionProblems(problems: readonly Problem[], { section, kept }: SectionPlan): Problem[] {
  const standing = new Set(kept.flatMap((event) => (event.type === 'step.done' ? [event.node] : [])));
  const steps = new Set(section.steps.filter((id) => !standing.has(id)));
  return problems.filter(({ nodeId }) => nodeId === undefined || steps.has(nodeId));
}
