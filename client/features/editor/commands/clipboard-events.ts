import { useEffect, useEffectEvent } from 'react';
import { useMe } from '../../../api/session.ts';
import { plural, t } from '../../../i18n/t.ts';
import { copyText } from '../../../stores/copying.ts';
import type { EditorStore } from '../../../stores/editor.ts';
import type { Point } from '../../../stores/graph-edits.ts';
import { isTyping } from '../../../ui/hotkeys.ts';
import { toastDone, toastProblem } from '../../../ui/toast.ts';
import { removeSelected } from '../edits.ts';
import { lazily } from '../lazily.ts';

/** Steps through the system clipboard by the browser's own copy, cut and paste. Text fields and marked text keep theirs. */
export function useClipboard(store: EditorStore, centre: () => Point): void {
  const workspace = useMe().workspace.id;
  const onCopy = useEffectEvent((event: ClipboardEvent) => {
    const { graph, selected, readOnly } = store.getState();
    const marked = window.getSelection()?.isCollapsed === false;
    if (isTyping(event.target) || marked || selected.size === 0 || event.clipboardData === null) return;
    const steps = graph.nodes.filter(({ id }) => selected.has(id)).length;
    const count = steps === 0 ? selected.size : steps;
    event.preventDefault();
    event.clipboardData.setData('text/plain', copyText(graph, selected, workspace));
    if (event.type === 'cut' && !readOnly) removeSelected(store);
    else toastDone(count === 1 ? t('Step copied') : plural(count, '{n} step copied', '{n} steps copied'));
  });
  const onPaste = useEffectEvent((event: ClipboardEvent) => {
    if (isTyping(event.target) || store.getState().readOnly) return;
    event.preventDefault();
    const text = event.clipboardData?.getData('text/plain') ?? '';
    lazily(
      () => import('./pasting.ts'),
      ({ pasteText }) => {
        const result = pasteText(store, text, { centre: centre(), workspace });
        if (!result.done) toastProblem(t('Nothing was pasted'), result.problem);
        else if (result.note !== null) toastDone(result.note);
      },
    );
  });
  useEffect(() => {
    const copy = (event: ClipboardEvent) => onCopy(event);
    const paste = (event: ClipboardEvent) => onPaste(event);
    window.addEventListener('copy', copy);
    window.addEventListener('cut', copy);
    window.addEventListener('paste', paste);
    return () => {
      window.removeEventListener('copy', copy);
      window.removeEventListener('cut', copy);
      window.removeEventListener('paste', paste);
    };
  }, []);
}
