import type { Note } from '../../../../shared/workflow/annotations.ts';
import { t } from '../../../i18n/t.ts';
import { align, distribute, tidySteps } from '../../../stores/align-edits.ts';
import type { Alignment, Axis } from '../../../stores/align-edits.ts';
import { addNote, groupSteps, ungroup } from '../../../stores/annotation-edits.ts';
import type { EditorStore } from '../../../stores/editor.ts';
import { toggleFold } from '../../../stores/folding.ts';
import type { Point } from '../../../stores/graph-edits.ts';
import { announce } from '../../../ui/announce.ts';
import { toastProblem } from '../../../ui/toast.ts';

/** What is done with a selection as a whole: one entry of the history each. Loaded when it is first asked for. */

export function alignSelected(store: EditorStore, to: Alignment): void {
  const { change, selected, markArranged } = store.getState();
  change(t('Align'), (graph) => align(graph, selected, to, store.catalogue));
  markArranged();
}

export function distributeSelected(store: EditorStore, axis: Axis): void {
  const { change, selected, markArranged } = store.getState();
  change(t('Equal gaps'), (graph) => distribute(graph, selected, axis, store.catalogue));
  markArranged();
}

export function tidySelected(store: EditorStore): void {
  const { change, selected, markArranged } = store.getState();
  change(t('Tidy up the selection'), (graph) => tidySteps(graph, selected, store.catalogue));
  markArranged();
}

/** A frame around the selection, its title ready to be typed over. */
export function groupSelected(store: EditorStore): void {
  const { change, selected } = store.getState();
  let id: string | null = null;
  change(t('Group'), (graph) => {
    const grouped = groupSteps(graph, selected);
    id = grouped?.id ?? null;
    return grouped?.graph ?? graph;
  });
  if (id === null) return;
  store.getState().select([id]);
  store.getState().rename(id);
  announce(t('Grouped'));
}

export function ungroupSelected(store: EditorStore): void {
  const { change, selected, graph } = store.getState();
  change(t('Ungroup'), (current) => ungroup(current, selected));
  if (store.getState().graph !== graph) announce(t('Ungrouped'));
}

/** Collapses the groups of the selection, or opens them; they are selected then, for the next press of the key. */
export function foldSelected(store: EditorStore): void {
  const { change, selected, graph } = store.getState();
  const next = toggleFold(graph, selected);
  if (next === graph) return announce(t('Nothing that is selected is in a group'));
  const groups = (next.groups ?? []).filter((group, index) => group !== graph.groups?.[index]);
  const fold = groups.some(({ collapsed }) => collapsed);
  change(fold ? t('Collapse group') : t('Open group'), (current) => toggleFold(current, selected));
  store.getState().open(null);
  store.getState().select(groups.map(({ id }) => id));
  announce(fold ? t('Collapsed') : t('Opened'));
}

/** A new note at a point of the canvas, or beside what covers it there, ready to be written on. @returns null when there are too many. */
export function putNote(store: EditorStore, middle: Point): Note | null {
  const before = store.getState().graph.notes?.length ?? 0;
  store.getState().change(t('Add note'), (graph) => addNote(graph, middle, store.catalogue)?.graph ?? graph);
  const note = store.getState().graph.notes?.[before];
  if (note === undefined) {
    toastProblem(t('No note was added'), t('There are as many notes as a workflow can hold.'));
    return null;
  }
  store.getState().select([note.id]);
  store.getState().rename(note.id);
  return note;
}
