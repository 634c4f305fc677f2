import type { WorkflowGraph } from '../../shared/workflow/graph.ts';

/** Edits that the server could not take, kept on this device until it does: a closed tab or an empty battery loses nothing. */
export interface KeptDraft {
  /** The revision that they were made on. */
  revision: number;
  /** What the server had at it, so that what others have saved since can be told apart. Absent in what an earlier version kept. */
  base?: WorkflowGraph;
  graph: WorkflowGraph;
}

const prefix = 'mailweave-draft-';

/** @returns false when this device has no room for it. */
export function keepDraft(workflowId: string, draft: KeptDraft, storage: Storage = localStorage): boolean {
  try {
    storage.setItem(prefix + workflowId, JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}

export function keptDraft(workflowId: string, storage: Storage = localStorage): KeptDraft | null {
  try {
    const kept = JSON.parse(storage.getItem(prefix + workflowId) ?? 'null') as Partial<KeptDraft> | null;
    const { revision, base, graph } = kept ?? {};
    return typeof revision === 'number' && isGraph(graph)
      ? { revision, graph, ...(isGraph(base) ? { base } : {}) }
      : null;
  } catch {
    return null;
  }
}

const isGraph = (value: WorkflowGraph | undefined): value is WorkflowGraph =>
  Array.isArray(value?.nodes) && Array.isArray(value.edges);

export function forgetDraft(workflowId: string, storage: Storage = localStorage): void {
  try {
    storage.removeItem(prefix + workflowId);
  } catch {
    // Storage is switched off: there is nothing to forget.
  }
}

/** Whoever signs out leaves nothing of their work on the device. */
export function forgetAllDrafts(storage: Storage = localStorage): void {
  try {
    for (const key of Object.keys(storage)) if (key.startsWith(prefix)) storage.removeItem(key);
  } catch {
    // As above.
  }
}
