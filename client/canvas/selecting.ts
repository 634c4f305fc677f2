import type { EdgeChange, NodeChange } from '@xyflow/react';
import type { MouseEvent as ReactMouseEvent } from 'react';
import type { EditorStore } from '../stores/editor.ts';
import type { AnyNode } from './annotations/nodes.ts';
import type { CanvasEdge } from './canvasEdges.ts';

/** The selection is the document's: what React Flow says of it is taken over. */

/** React Flow leaves groups out of its selection, so that a box drawn inside of one means the steps. */
export function selectGroup(store: EditorStore, event: ReactMouseEvent, { id, type }: AnyNode): void {
  if (type !== 'frame' && type !== 'folded') return;
  const more = event.shiftKey || event.ctrlKey || event.metaKey;
  store.getState().select(more ? [...store.getState().selected, id] : [id]);
}

export function selectNodes(store: EditorStore, changes: readonly NodeChange<AnyNode>[]): void {
  const selects = changes.filter((change) => change.type === 'select');
  if (selects.length === 0) return;
  store.getState().select(withSelects(store.getState().selected, selects), store.getState().selectedEdges);
}

export function selectEdges(store: EditorStore, changes: readonly EdgeChange<CanvasEdge>[]): void {
  const selects = changes.filter((change) => change.type === 'select');
  if (selects.length === 0) return;
  store.getState().select(store.getState().selected, withSelects(store.getState().selectedEdges, selects));
}

/** A selection after what React Flow says was added to it and taken from it. */
function withSelects(
  before: ReadonlySet<string>,
  selects: readonly { id: string; selected: boolean }[],
): ReadonlySet<string> {
  const chosen = new Set(before);
  for (const { id, selected } of selects) {
    if (selected) chosen.add(id);
    else chosen.delete(id);
  }
  return chosen;
}

/** The focus ring is the selection ring: Tab onto a step selects it, and goes on from there. A click does so by itself. */
export function selectFocused(store: EditorStore, target: EventTarget): void {
  if (!(target instanceof HTMLElement) || !target.matches('.react-flow__node:focus-visible')) return;
  const id = target.dataset['id'];
  if (id === undefined || store.getState().selected.has(id)) return;
  target.dataset['reached'] = '';
  const settle = () => delete target.dataset['reached'];
  for (const name of ['blur', 'pointerdown']) target.addEventListener(name, settle, { once: true });
  store.getState().select([id]);
}
