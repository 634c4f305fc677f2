import { t } from '../../i18n/t.ts';
import type { DraftSaver } from '../../stores/draft.ts';
import type { EditorStore } from '../../stores/editor.ts';
import { forgetDraft, keepDraft, keptDraft } from '../../stores/kept-draft.ts';
import { documentOf } from '../../stores/review.ts';
import { toastDone } from '../../ui/toast.ts';

/**
 * Keeps on this device what the server cannot take just now, and brings it back when the workflow is opened again. `id` answers null as long
 * as the workflow was never saved. @returns how to stop.
 */
export function keepEdits(editor: EditorStore, draft: DraftSaver, id: () => string | null): () => void {
  bringBack(editor, draft, id());
  const keep = () => {
    const [workflowId, { kind }] = [id(), draft.getState().status];
    if (workflowId === null || editor.getState().readOnly) return;
    if (kind === 'saved') forgetDraft(workflowId);
    else keepDraft(workflowId, { revision: draft.getState().revision, graph: documentOf(editor.getState()) });
  };
  const stop = draft.subscribe((state, before) => {
    const { kind } = state.status;
    if (kind !== before.status.kind && (kind === 'saved' || kind === 'failed')) keep();
  });
  const back = () => void draft.flush();
  window.addEventListener('pagehide', keep);
  window.addEventListener('online', back);
  return () => {
    stop();
    window.removeEventListener('pagehide', keep);
    window.removeEventListener('online', back);
  };
}

function bringBack(editor: EditorStore, draft: DraftSaver, workflowId: string | null): void {
  const kept = workflowId === null || editor.getState().readOnly ? null : keptDraft(workflowId);
  if (kept === null || workflowId === null) return;
  forgetDraft(workflowId);
  const { revision } = draft.getState();
  if (JSON.stringify(kept.graph) === JSON.stringify(documentOf(editor.getState()))) return;
  editor.getState().change(t('Changes that were not saved'), () => kept.graph);
  // Somebody saved in between: a person decides, as with any other conflict.
  if (kept.revision === revision) draft.touch();
  else draft.noticed(revision + 1, null);
  toastDone(t('Changes that were not saved are back'));
}
