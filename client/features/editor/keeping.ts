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
  // Another tab may have kept something of the same workflow: that is not ours to forget.
  let isOurs = false;
  const keep = () => {
    const [workflowId, { kind }] = [id(), draft.getState().status];
    if (workflowId === null || editor.getState().readOnly) return;
    if (kind !== 'saved') {
      const kept = { revision: draft.getState().revision, graph: documentOf(editor.getState()) };
      isOurs = keepDraft(workflowId, { ...kept, base: draft.saved() }) || keepDraft(workflowId, kept);
    } else if (isOurs) {
      isOurs = false;
      forgetDraft(workflowId);
    }
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
  // Somebody saved in between: merged, and where both changed the same a person decides, as with any other save of theirs.
  if (kept.revision !== revision && kept.base !== undefined) draft.rebase(kept.revision, kept.base);
  else draft.touch();
  toastDone(t('Changes that were not saved are back'));
}
