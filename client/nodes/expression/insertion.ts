import type { EditorView } from '@codemirror/view';
import { createStore } from 'zustand/vanilla';

/** What a field that is dragged carries beside its text. */
export const pathType = 'application/x-mailweave-path';

export interface InsertionTarget {
  /** Name of the setting. */
  label: string;
  view: EditorView;
}

/** The setting that the person was in last: fields of data go there. */
export const insertion = createStore<{ target: InsertionTarget | null }>()(() => ({ target: null }));

/** Whether a place in a text stands between `{{` or `{%` and its end. */
export function isInside(text: string, position: number): boolean {
  const before = text.slice(Math.max(0, position - 1_000), position);
  const open = Math.max(before.lastIndexOf('{{'), before.lastIndexOf('{%'));
  return open > Math.max(before.lastIndexOf('}}'), before.lastIndexOf('%}'));
}

/** Writes `{{ path }}` over the selection or at `position`; inside of an expression that is there the path alone. */
export function insertPath(view: EditorView, path: string, position?: number): void {
  const { from, to } = position === undefined ? view.state.selection.main : { from: position, to: position };
  const insert = isInside(view.state.doc.toString(), from) ? path : `{{ ${path} }}`;
  view.dispatch({
    changes: { from, to, insert },
    selection: { anchor: from + insert.length },
    userEvent: 'input.paste',
  });
}
