import type { EditorView } from '@codemirror/view';
import { createStore } from 'zustand/vanilla';

/** What a field that is dragged carries beside its text. */
export const pathType = 'application/x-mailweave-path';

export interface InsertionTarget {
  /** Name of the setting. */
  label: string;
  view: EditorView;
}

interface Insertion {
  /** The setting that the person was in last: fields of data go there. */
  target: InsertionTarget | null;
  /** A field of data is on its way: settings that take it light up. */
  dragging: boolean;
}

export const insertion = createStore<Insertion>()(() => ({ target: null, dragging: false }));

/** Whether a place in a text stands between `{{` or `{%` and its end. */
export function isInside(text: string, position: number): boolean {
  return openAt(text, position) >= 0;
}

/** Where the expression around a place begins, after its `{{` or `{%`; -1 outside of all. */
function openAt(text: string, position: number): number {
  const start = Math.max(0, position - 1_000);
  const before = text.slice(start, position);
  const open = Math.max(before.lastIndexOf('{{'), before.lastIndexOf('{%'));
  return open > Math.max(before.lastIndexOf('}}'), before.lastIndexOf('%}')) ? start + open + 2 : -1;
}

export interface TextChange {
  from: number;
  to: number;
  insert: string;
}

/** After these a value is wanted: nothing yet, an operator, a colon or comma of a filter, a word of Liquid's. */
const wantsValue = /(?:^-?|[:,=<>(]|\b(?:if|elsif|unless|case|when|in|contains|and|or|not|echo))\s*$/;

/**
 * How a path is written into a text in place of `from` to `to`, so that a right expression comes out: `{{ path }}`; the path alone where an
 * expression waits for a value; and behind an expression that is complete, never into its middle.
 */
export function changeFor(text: string, path: string, from: number, to: number): TextChange {
  const open = openAt(text, from);
  if (open < 0) return { from, to, insert: `{{ ${path} }}` };
  const end = text.slice(from).search(/[}%]\}|\{[{%]/);
  const isClosed = end >= 0 && text[from + end] !== '{';
  const close = isClosed ? from + end : -1;
  if (close < 0) {
    // Still being written: what stands before the caret is the beginning of a path.
    const word = /[\w.[\]"'-]*$/.exec(text.slice(open, from))?.[0].length ?? 0;
    const start = from - word;
    return { from: start, to, insert: `${isSpace(text[start - 1]) ? '' : ' '}${path} }}` };
  }
  if (to <= close && (from < to || wantsValue.test(text.slice(open, from)))) {
    const before = isSpace(text[from - 1]) ? '' : ' ';
    return { from, to, insert: `${before}${path}${isSpace(text[to]) ? '' : ' '}` };
  }
  return { from: close + 2, to: Math.max(close + 2, to), insert: `{{ ${path} }}` };
}

const isSpace = (character: string | undefined) => character !== undefined && /\s/.test(character);

/** Writes a path over the selection or at `position`, as `changeFor` says. */
export function insertPath(view: EditorView, path: string, position?: number): void {
  const { from, to } = position === undefined ? view.state.selection.main : { from: position, to: position };
  const change = changeFor(view.state.doc.toString(), path, from, to);
  view.dispatch({
    changes: change,
    selection: { anchor: change.from + change.insert.length },
    userEvent: 'input.paste',
    scrollIntoView: true,
  });
}
