import type { Run } from '../../../shared/api/runs.ts';
import { AppError } from '../../../shared/errors.ts';
import type { RunEvent } from '../../../shared/workflow/run.ts';
import type { Actor } from '../../actor.ts';
import type { Journal } from '../../engine/ports.ts';
import type { ChainStore, PartRow } from '../../store/chains.ts';
import type { RunStore } from '../../store/runs.ts';
import type { VersionStore } from '../../store/versions.ts';

export interface ReadRunDeps {
  runs: RunStore;
  versions: VersionStore;
  journal: Journal;
  chains: Pick<ChainStore, 'lineage' | 'parts'>;
}

/** A run with the graph it runs on, whatever the workflow looks like by now, and its journal so far. */
export async function readRun(deps: ReadRunDeps, actor: Pick<Actor, 'workspaceId'>, runId: string): Promise<Run> {
  const summary = await deps.runs.find(actor.workspaceId, runId);
  if (!summary) throw new AppError('not_found', 'There is no such run.');
  const [version, events, line] = await Promise.all([
    deps.versions.find(actor.workspaceId, summary.versionId),
    deps.journal.read(actor.workspaceId, runId),
    deps.chains.lineage(actor.workspaceId, runId),
  ]);
  if (!version) throw new AppError('not_found', 'The version of this run does not exist any more.');
  const caller = line[1];
  const calledBy = caller ? { runId: caller.runId, workflowName: caller.workflowName } : null;
  return { ...summary, graph: version.graph, events, calledBy };
}

/** The number of the run's last journal entry. @throws AppError not_found */
export async function readHead(
  deps: Pick<ReadRunDeps, 'runs'>,
  { workspaceId }: Pick<Actor, 'workspaceId'>,
  runId: string,
): Promise<number> {
  if (!(await deps.runs.find(workspaceId, runId))) throw new AppError('not_found', 'There is no such run.');
  return (await deps.runs.heads([{ workspaceId, runId }])).get(runId) ?? 0;
}

/** Journal entries with a higher number than `after`. */
export async function readEvents(
  deps: ReadRunDeps,
  actor: Pick<Actor, 'workspaceId'>,
  runId: string,
  after: number,
): Promise<RunEvent[]> {
  if (!(await deps.runs.find(actor.workspaceId, runId))) throw new AppError('not_found', 'There is no such run.');
  return deps.journal.read(actor.workspaceId, runId, after);
}

/** A large value that events of the run refer to. @throws AppError not_found */
export async function readPayload(
  deps: Pick<ReadRunDeps, 'runs' | 'journal'>,
  { workspaceId }: Pick<Actor, 'workspaceId'>,
  { id, ref }: { id: string; ref: string },
): Promise<unknown> {
  if (!(await deps.runs.find(workspaceId, id))) throw new AppError('not_found', 'There is no such run.');
  return (await deps.journal.payloads(workspaceId, id, [ref])).get(ref);
}

/** The runs that do shares of its lists. @throws AppError not_found */
export async function readParts(
  deps: Pick<ReadRunDeps, 'runs' | 'chains'>,
  { workspaceId }: Pick<Actor, 'workspaceId'>,
  runId: string,
): Promise<(Omit<PartRow, 'finishedAt'> & { finishedAt: string | null })[]> {
  if (!(await deps.runs.find(workspaceId, runId))) throw new AppError('not_found', 'There is no such run.');
  const rows = await deps.chains.parts(workspaceId, runId);
  return rows.map((row) => ({ ...row, finishedAt: row.finishedAt?.toISOString() ?? null }));
}
