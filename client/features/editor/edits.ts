import type { NodeDefinition } from '../../../shared/nodes/contract.ts';
import { arranged } from '../../../shared/workflow/layout.ts';
import { copyText, parseClip, paste } from '../../stores/clipboard.ts';
import type { EditorStore } from '../../stores/editor.ts';
import {
  addAfter,
  addNode,
  dropDanglingEdges,
  flowOrder,
  freePosition,
  insertOnEdge,
  moveNodes,
  newNode,
  removeEdges,
  removeNodes,
  setNodeOption,
  updateNode,
} from '../../stores/graph-edits.ts';
import type { Point } from '../../stores/graph-edits.ts';
import { announce } from '../../ui/announce.ts';
import type { PickRequest } from './context.tsx';

/** What keys, menus and buttons do to the document: one entry of the history each. */

const pasteOffset = 40;

/** Adds a step where it was asked for: into a connection, behind a step, or on free ground. Selects and opens it. */
export function addStep(
  store: EditorStore,
  definition: NodeDefinition,
  request: PickRequest | null,
  at: Point,
): string {
  const state = store.getState();
  const node = newNode(definition, state.graph, at);
  state.change(`Add ${definition.texts.title}`, (graph) => {
    if (request?.kind === 'edge') {
      const edge = graph.edges.find((one) => one.id === request.edgeId);
      if (edge !== undefined && definition.ports.in.length > 0) return insertOnEdge(graph, edge, node, store.catalogue);
    }
    if (request?.kind === 'after') return addAfter(graph, request.nodeId, node, store.catalogue, request.port);
    const [only] = state.selected;
    if (request === null && state.selected.size === 1 && only !== undefined && definition.ports.in.length > 0) {
      return addAfter(graph, only, node, store.catalogue);
    }
    const last = request === null && definition.ports.in.length > 0 ? lastOpenStep(store) : null;
    if (last !== null) return addAfter(graph, last, node, store.catalogue);
    return addNode(graph, { ...node, position: freePosition(graph, at) });
  });
  store.getState().open(node.id);
  announce(`${definition.texts.title} added`);
  return node.id;
}

/** The last step in flow order that leads nowhere yet: where the next one belongs when nothing is selected. */
function lastOpenStep(store: EditorStore): string | null {
  const { graph } = store.getState();
  const sources = new Set(graph.edges.map((edge) => edge.source));
  return flowOrder(graph).findLast((node) => !sources.has(node.id))?.id ?? null;
}

export function removeSelected(store: EditorStore): void {
  const { selected, selectedEdges, change } = store.getState();
  if (selected.size === 0 && selectedEdges.size === 0) return;
  const label =
    selected.size > 1 ? `Delete ${selected.size} steps` : selected.size === 1 ? 'Delete step' : 'Remove connection';
  change(label, (graph) => removeNodes(removeEdges(graph, selectedEdges), selected));
  announce(label);
}

export function removeStep(store: EditorStore, id: string): void {
  store.getState().change('Delete step', (graph) => removeNodes(graph, new Set([id])));
}

export function removeConnection(store: EditorStore, id: string): void {
  store.getState().change('Remove connection', (graph) => removeEdges(graph, new Set([id])));
}

export function duplicate(store: EditorStore, ids: ReadonlySet<string>): void {
  const clip = ids.size > 0 ? parseClip(copyText(store.getState().graph, ids)) : null;
  if (clip === null) return;
  let fresh: ReadonlySet<string> = new Set();
  store.getState().change(ids.size > 1 ? `Duplicate ${ids.size} steps` : 'Duplicate step', (graph) => {
    const result = paste(graph, clip, { x: pasteOffset, y: pasteOffset });
    fresh = result.ids;
    return result.graph;
  });
  store.getState().select(fresh);
}

/** Puts pasted steps near `centre`, or beside the originals when they stand there already. False: the text holds no steps. */
export function pasteText(store: EditorStore, text: string, centre: Point): boolean {
  const clip = parseClip(text);
  if (clip === null) return false;
  const { graph, change } = store.getState();
  const own = new Set(graph.nodes.map((node) => node.id));
  const near = clip.nodes.every((node) => own.has(node.id));
  const left = Math.min(...clip.nodes.map((node) => node.position.x));
  const top = Math.min(...clip.nodes.map((node) => node.position.y));
  const offset = near
    ? { x: pasteOffset, y: pasteOffset }
    : { x: Math.round(centre.x - left), y: Math.round(centre.y - top) };
  let fresh: ReadonlySet<string> = new Set();
  change(clip.nodes.length > 1 ? `Paste ${clip.nodes.length} steps` : 'Paste step', (current) => {
    const result = paste(current, clip, offset);
    fresh = result.ids;
    return result.graph;
  });
  store.getState().select(fresh);
  announce(`${clip.nodes.length} ${clip.nodes.length === 1 ? 'step' : 'steps'} pasted`);
  return true;
}

export function tidy(store: EditorStore): void {
  store.getState().change('Tidy up', (graph) => arranged(graph));
  store.getState().markArranged();
}

/** Another direction is another layout. */
export function turn(store: EditorStore): void {
  store
    .getState()
    .change('Change direction', (graph) =>
      arranged({ ...graph, direction: graph.direction === 'down' ? 'right' : 'down' }),
    );
  store.getState().markArranged();
}

export function toggleDisabled(store: EditorStore, ids: ReadonlySet<string>): void {
  const { graph, change } = store.getState();
  const nodes = graph.nodes.filter((node) => ids.has(node.id));
  if (nodes.length === 0) return;
  const off = nodes.some((node) => node.disabled !== true);
  change(off ? 'Switch step off' : 'Switch step on', (current) =>
    nodes.reduce((result, node) => setNodeOption(result, node.id, 'disabled', off ? true : undefined), current),
  );
}

export function nudge(store: EditorStore, by: Point): void {
  const { graph, selected, change } = store.getState();
  if (selected.size === 0) return;
  const positions = new Map(
    graph.nodes
      .filter((node) => selected.has(node.id))
      .map((node) => [node.id, { x: node.position.x + by.x, y: node.position.y + by.y }]),
  );
  change('Move', (current) => moveNodes(current, positions), 'nudge');
}

/** Settings of a step that change by one action. Typing in the same field is one entry. */
export function setConfig(store: EditorStore, id: string, fields: Readonly<Record<string, unknown>>): void {
  store.getState().change(
    'Change settings',
    (graph) =>
      dropDanglingEdges(
        updateNode(graph, id, (node) => ({ ...node, config: { ...node.config, ...fields } })),
        store.catalogue,
      ),
    `config:${id}:${Object.keys(fields).join()}`,
  );
}
