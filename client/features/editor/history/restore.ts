import { t } from '../../../i18n/t.ts';
import { diffGraphs, isEmptyPatch } from '../../../../shared/workflow/patch.ts';
import { api } from '../../../api/client.ts';
import { failureOf } from '../../../api/errors.ts';
import { documentOf } from '../../../stores/review.ts';
import { toastDone, toastProblem } from '../../../ui/toast.ts';
import type { EditorSession } from '../session.ts';
import { readSide } from './sides.ts';
import type { SideKey } from './sides.ts';

/**
 * Makes an earlier state the draft: one entry of the editor's history, so that one undo takes it back. The draft as it was is put into the
 * history of the workflow first, so that it is there also after the page has been closed. Nothing is published.
 * @returns whether the draft is that state now; people were told.
 */
export async function restore(session: EditorSession, key: SideKey, label: string): Promise<boolean> {
  const { id } = session.info.getState();
  const { editor } = session;
  if (id === null || editor.getState().readOnly) return false;
  try {
    const graph = await readSide(id, key);
    const draft = documentOf(editor.getState());
    if (isEmptyPatch(diffGraphs(draft, graph))) {
      toastDone(t('The draft is the same as this already.'));
      return true;
    }
    await api.workflows.keepDraft({ id, graph: draft, reason: 'restore' });
    editor.getState().change(t('Restore “{name}”', { name: label }), () => graph);
    editor.getState().markArranged();
  } catch (error) {
    toastProblem(t('It could not be restored'), failureOf(error).message);
    return false;
  }
  const words = t('“{name}” is the draft now. Ctrl Z takes it back.', { name: label });
  toastDone(words);
  void session.draft.flush();
  return true;
}
