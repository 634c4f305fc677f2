import type { WorkflowGraph } from '../../shared/workflow/graph.ts';

/** Edits that the server could not take, kept on this device until it does: a closed tab or an empty battery loses nothing. */
export interface KeptDraft {
  /** The revision that they were made on. */
  revision: number;
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
    const { revision, graph } = kept ?? {};
    return typeof revision === 'number' && Array.isArray(graph?.nodes) && Array.isArray(graph.edges)
      ? { revision, graph }
      : null;
  } catch {
    return null;
  }
}

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
