import { useEffect, useEffectEvent } from 'react';
import { copyText } from '../../stores/clipboard.ts';
import type { EditorStore } from '../../stores/editor.ts';
import type { Point } from '../../stores/graph-edits.ts';
import { isTyping } from '../../ui/hotkeys.ts';
import { toastDone } from '../../ui/toast.ts';
import { pasteText, removeSelected } from './edits.ts';

/** Steps through the system clipboard by the browser's own copy, cut and paste. Text fields and marked text keep theirs. */
export function useClipboard(store: EditorStore, centre: () => Point): void {
  const onCopy = useEffectEvent((event: ClipboardEvent) => {
    const { graph, selected, readOnly } = store.getState();
    const marked = window.getSelection()?.isCollapsed === false;
    if (isTyping(event.target) || marked || selected.size === 0 || event.clipboardData === null) return;
    event.preventDefault();
    event.clipboardData.setData('text/plain', copyText(graph, selected));
    if (event.type === 'cut' && !readOnly) removeSelected(store);
    else toastDone(selected.size === 1 ? 'Step copied' : `${selected.size} steps copied`);
  });
  const onPaste = useEffectEvent((event: ClipboardEvent) => {
    if (isTyping(event.target) || store.getState().readOnly) return;
    if (pasteText(store, event.clipboardData?.getData('text/plain') ?? '', centre())) event.preventDefault();
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
