import type { HistoryEntry } from '../../../shared/api/workflows.ts';
import { AppError } from '../../../shared/errors.ts';
import type { WorkflowGraph } from '../../../shared/workflow/graph.ts';
import type { Actor } from '../../actor.ts';
import type { HistoryRow, KeptReason } from '../../store/history.ts';
import { summaryOf } from './collection.ts';
import { draftOf } from './drafts.ts';
import type { WorkflowDeps } from './ports.ts';
import { workflowNotFound } from './present.ts';

/** Versions and kept drafts, newest first. @throws AppError `not_found`, also for another workspace's workflow. */
export async function listHistory(
  deps: WorkflowDeps,
  actor: Actor,
  { id, ...page }: { id: string; cursor?: string | undefined; limit: number },
): Promise<{ items: HistoryEntry[]; nextCursor: string | null }> {
  await summaryOf(deps, actor, id);
  const { rows, nextCursor } = await deps.history.list(actor.workspaceId, id, page);
  return { items: rows.map(presentEntry), nextCursor };
}

/** Keeps a state of the draft beside the draft. @throws AppError `not_found`; `too_large` for settings that no draft may have. */
export async function keepDraft(
  deps: WorkflowDeps,
  actor: Actor,
  input: { id: string; graph: WorkflowGraph; reason: KeptReason },
): Promise<{ id: string }> {
  const { graph } = draftOf(deps, input.graph);
  const { reason } = input;
  const id = await deps.history.keep(actor.workspaceId, input.id, { graph, reason, userId: actor.userId });
  if (id === null) throw workflowNotFound();
  return { id };
}

/** A kept draft, brought to the current versions of its steps. @throws AppError `not_found`. */
export async function getKeptDraft(
  deps: WorkflowDeps,
  actor: Actor,
  { id, draftId }: { id: string; draftId: string },
): Promise<HistoryEntry & { graph: WorkflowGraph }> {
  const row = await deps.history.kept(actor.workspaceId, id, draftId);
  if (!row) throw new AppError('not_found', 'There is no such kept draft of this workflow.');
  return { ...presentEntry(row), graph: deps.upgrade(row.graph) };
}

function presentEntry({ id, number, reason, at, by, live, changes }: HistoryRow): HistoryEntry {
  return { id, number, reason, at: at.toISOString(), by, live, changes };
}
