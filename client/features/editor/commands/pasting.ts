import { drawnSizes, layoutGap } from '../../../../shared/workflow/geometry.ts';
import type { WorkflowGraph } from '../../../../shared/workflow/graph.ts';
import { plural } from '../../../i18n/t.ts';
import { parseClip, readClip, roomForClip } from '../../../stores/clipboard.ts';
import { copyText } from '../../../stores/copying.ts';
import type { Clip } from '../../../stores/copying.ts';
import { boxesOn, isContainer, nodesById, outermost } from '../../../stores/container-edits.ts';
import type { EditorStore } from '../../../stores/editor.ts';
import type { Point } from '../../../stores/graph-edits.ts';
import { firstPlace } from '../../../stores/insert-edits.ts';
import { paste, withoutForeign } from '../../../stores/paste.ts';
import { announce } from '../../../ui/announce.ts';

/** Copies of what is chosen, and what comes from the clipboard: one entry of the history each. Loaded when it is first asked for. */

const pasteOffset = 40;

export function duplicate(store: EditorStore, ids: ReadonlySet<string>): void {
  const clip = ids.size > 0 ? parseClip(copyText(store.getState().graph, ids)) : null;
  if (clip === null || roomForClip(store.getState().graph, clip) !== null) return;
  let fresh: ReadonlySet<string> = new Set();
  store.getState().change(plural(ids.size, 'Duplicate step', 'Duplicate {n} steps'), (graph) => {
    const result = paste(graph, clip, { offset: { x: pasteOffset, y: pasteOffset } }, store.catalogue);
    fresh = result.ids;
    return result.graph;
  });
  selectFresh(store, fresh);
}

/** What was put in is selected, without what stands in it: that goes with it. */
function selectFresh(store: EditorStore, fresh: ReadonlySet<string>): void {
  const { graph, select } = store.getState();
  select([
    ...outermost(nodesById(graph), fresh),
    ...(graph.notes ?? []).map(({ id }) => id).filter((id) => fresh.has(id)),
  ]);
}

/**
 * Puts pasted steps near `centre`, or beside the originals when they stand there already. They go into the container that is selected or that
 * the selected step stands in. Answers with what there is to say about it, or why nothing was pasted.
 */
export function pasteText(
  store: EditorStore,
  text: string,
  { centre, workspace }: { centre: Point; workspace: string },
): { done: true; note: string | null } | { done: false; problem: string } {
  const read = readClip(text, store.catalogue);
  if ('problem' in read) return { done: false, problem: read.problem };
  const { clip, dropped } = withoutForeign(read.clip, workspace, store.catalogue);
  const { graph, change } = store.getState();
  const full = roomForClip(graph, clip);
  if (full !== null) return { done: false, problem: full };
  const target = placeFor(store, clip, centre);
  let fresh: ReadonlySet<string> = new Set();
  const count = clip.nodes.length + (clip.notes?.length ?? 0);
  change(plural(count, 'Paste step', 'Paste {n} steps'), (current) => {
    const result = paste(current, clip, target, store.catalogue);
    fresh = result.ids;
    return result.graph;
  });
  selectFresh(store, fresh);
  announce(plural(count, '{n} step pasted', '{n} steps pasted'));
  const note =
    dropped === 0
      ? null
      : plural(
          dropped,
          'It came from another workspace: {n} setting that names something there was left empty.',
          'It came from another workspace: {n} settings that name something there were left empty.',
        );
  return { done: true, note };
}

/** Where a clip goes: by how much it is moved, and into which container. */
function placeFor(store: EditorStore, clip: Clip, centre: Point): { offset: Point; into: string | null } {
  const { graph } = store.getState();
  const own = nodesById(graph);
  const ids = new Set(clip.nodes.map((node) => node.id));
  const outer = new Set(outermost(nodesById(clip), ids));
  const tops = clip.nodes.filter(({ id }) => outer.has(id));
  const laid = [...tops, ...(clip.notes ?? [])];
  const left = Math.min(...laid.map(({ position }) => position.x));
  const top = Math.min(...laid.map(({ position }) => position.y));
  const into = tops.length === 0 ? null : pasteContainer(store, ids);
  const origin =
    into !== null && tops.some((node) => node.parent !== into) ? boxesOn(graph, store.catalogue).get(into) : undefined;
  if (origin !== undefined && into !== null) {
    const start = firstPlace(graph.direction);
    return {
      offset: { x: origin.x + start.x - left, y: origin.y + start.y - top + contentEnd(graph, into) },
      into,
    };
  }
  const notes = new Set(graph.notes?.map(({ id }) => id));
  const near = clip.nodes.every((node) => own.has(node.id)) && (clip.notes ?? []).every(({ id }) => notes.has(id));
  const offset = near
    ? { x: pasteOffset, y: pasteOffset }
    : { x: Math.round(centre.x - left), y: Math.round(centre.y - top) };
  return { offset, into };
}

/** How far the content of a container reaches down from where its first step stands. */
function contentEnd(graph: WorkflowGraph, container: string): number {
  const { y } = firstPlace(graph.direction);
  const sizes = drawnSizes(graph, undefined);
  return graph.nodes
    .filter((node) => node.parent === container)
    .reduce((most, node) => Math.max(most, node.position.y - y + (sizes.get(node.id)?.height ?? 0) + layoutGap.y), 0);
}

/** The container that pasted steps go into; null: the canvas itself. */
function pasteContainer(store: EditorStore, clip: ReadonlySet<string>): string | null {
  const { graph, selected } = store.getState();
  const nodes = nodesById(graph);
  const steps = [...selected].filter((id) => nodes.has(id));
  const [only] = steps;
  if (steps.length === 1 && only !== undefined && !clip.has(only) && isContainer(store.catalogue, nodes.get(only)))
    return only;
  const around = new Set(steps.map((id) => nodes.get(id)?.parent ?? null));
  const [one = null] = around;
  return around.size === 1 ? one : null;
}
