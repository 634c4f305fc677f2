import type { NodeDefinition } from '../../../shared/nodes/contract.ts';
import { arranged } from '../../../shared/workflow/layout.ts';
import { copyText, parseClip, paste } from '../../stores/clipboard.ts';
import type { EditorStore } from '../../stores/editor.ts';
import { absolutePosition, containersOf } from '../../../shared/workflow/containers.ts';
import { drawnSizes, layoutGap, nodeSize } from '../../../shared/workflow/geometry.ts';
import type { WorkflowGraph, WorkflowNode } from '../../../shared/workflow/graph.ts';
import {
  boxesOn,
  containerAt,
  innerPortOf,
  isContainer,
  kindProblem,
  moveInto,
  nodesById,
  outermost,
  settled,
} from '../../stores/container-edits.ts';
import {
  addNode,
  dropDanglingEdges,
  flowOrder,
  moveNodes,
  newNode,
  removeEdges,
  removeNodes,
  setNodeOption,
  updateNode,
} from '../../stores/graph-edits.ts';
import type { Point } from '../../stores/graph-edits.ts';
import { addAfter, addInside, firstPlace, freePosition, insertOnEdge } from '../../stores/insert-edits.ts';
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
    if (request?.kind === 'inside') {
      return addInside(graph, request.container, node, firstPlace(graph.direction), store.catalogue);
    }
    const [only] = state.selected;
    if (request === null && state.selected.size === 1 && only !== undefined && definition.ports.in.length > 0) {
      return addAfter(graph, only, node, store.catalogue, emptyContainerPort(store, only));
    }
    const last = request === null && definition.ports.in.length > 0 ? lastOpenStep(store) : null;
    if (last !== null) return addAfter(graph, last, node, store.catalogue);
    return addOnGround(store, graph, node, at);
  });
  store.getState().open(node.id);
  announce(`${definition.texts.title} added`);
  return node.id;
}

/** Where it was dropped: in the container that is there, else on the canvas. */
function addOnGround(store: EditorStore, graph: WorkflowGraph, node: WorkflowNode, at: Point): WorkflowGraph {
  const { catalogue } = store;
  const middle = { x: at.x + nodeSize.width / 2, y: at.y + nodeSize.height / 2 };
  const over = containerAt(graph, catalogue, middle);
  if (over === null || roomProblem(store, node.kind, over) !== null)
    return addNode(graph, { ...node, position: freePosition(graph, at, null, catalogue) });
  const origin = absolutePosition(nodesById(graph), over);
  return addInside(graph, over, node, { x: at.x - origin.x, y: at.y - origin.y }, catalogue);
}

/** Why a step of this kind cannot be put into a container, in a few words; null when it can. */
export function roomProblem(store: EditorStore, kind: string, container: string): string | null {
  const nodes = nodesById(store.getState().graph);
  return kindProblem(store.catalogue, kind, containersOf(nodes, container).length + 1);
}

/** What comes after a container that has nothing in it yet belongs inside. */
function emptyContainerPort(store: EditorStore, id: string): string | undefined {
  const { graph } = store.getState();
  const node = graph.nodes.find((one) => one.id === id);
  const isEmpty = graph.nodes.every(({ parent }) => parent !== id);
  return node !== undefined && isEmpty ? innerPortOf(store.catalogue, node.kind) : undefined;
}

/** The last step on the canvas in flow order that leads nowhere yet: where the next one belongs when nothing is selected. */
function lastOpenStep(store: EditorStore): string | null {
  const { graph } = store.getState();
  const nodes = nodesById(graph);
  const sources = new Set(
    graph.edges.filter(({ target }) => nodes.get(target)?.parent === undefined).map((edge) => edge.source),
  );
  return flowOrder(graph).findLast((node) => node.parent === undefined && !sources.has(node.id))?.id ?? null;
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
    const result = paste(graph, clip, { offset: { x: pasteOffset, y: pasteOffset } }, store.catalogue);
    fresh = result.ids;
    return result.graph;
  });
  selectFresh(store, fresh);
}

/** What was put in is selected, without what stands in it: that goes with it. */
function selectFresh(store: EditorStore, fresh: ReadonlySet<string>): void {
  store.getState().select(outermost(nodesById(store.getState().graph), fresh));
}

/**
 * Puts pasted steps near `centre`, or beside the originals when they stand there already. They go into the container that is selected or that
 * the selected step stands in. False: the text holds no steps.
 */
export function pasteText(store: EditorStore, text: string, centre: Point): boolean {
  const clip = parseClip(text);
  if (clip === null) return false;
  const { graph, change } = store.getState();
  const own = nodesById(graph);
  const tops = outermost(nodesById(clip), new Set(clip.nodes.map((node) => node.id))).map((id) =>
    clip.nodes.find((node) => node.id === id)!,
  );
  const near = clip.nodes.every((node) => own.has(node.id));
  const left = Math.min(...tops.map((node) => node.position.x));
  const top = Math.min(...tops.map((node) => node.position.y));
  const into = pasteContainer(store, new Set(clip.nodes.map((node) => node.id)));
  const inside = into !== null && tops.some((node) => node.parent !== into);
  const origin = inside ? boxesOn(graph, store.catalogue).get(into) : undefined;
  const start = origin && firstPlace(graph.direction);
  const offset =
    origin && start
      ? { x: origin.x + start.x - left, y: origin.y + start.y - top + contentEnd(graph, into!) }
      : near
        ? { x: pasteOffset, y: pasteOffset }
        : { x: Math.round(centre.x - left), y: Math.round(centre.y - top) };
  let fresh: ReadonlySet<string> = new Set();
  change(clip.nodes.length > 1 ? `Paste ${clip.nodes.length} steps` : 'Paste step', (current) => {
    const result = paste(current, clip, { offset, into }, store.catalogue);
    fresh = result.ids;
    return result.graph;
  });
  selectFresh(store, fresh);
  announce(`${clip.nodes.length} ${clip.nodes.length === 1 ? 'step' : 'steps'} pasted`);
  return true;
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
  const [only] = selected;
  if (selected.size === 1 && only !== undefined && !clip.has(only) && isContainer(store.catalogue, nodes.get(only)))
    return only;
  const around = new Set([...selected].map((id) => nodes.get(id)?.parent ?? null));
  const [one = null] = around;
  return around.size === 1 ? one : null;
}

/** Puts steps into a container, or with null out of all, from a menu. */
export function putInto(store: EditorStore, ids: ReadonlySet<string>, container: string | null): void {
  const { change, graph } = store.getState();
  const name = container === null ? null : graph.nodes.find((node) => node.id === container)?.title;
  const label = name === null ? 'Take out of the container' : `Put into “${name ?? container}”`;
  change(label, (current) => {
    const first = firstPlace(current.direction);
    const moved = moveInto(current, ids, container, store.catalogue);
    const level = new Set(outermost(nodesById(current), ids));
    return moved.nodes.reduce((result, node) => {
      if (!level.has(node.id) || (node.parent ?? null) !== container || moved === current) return result;
      const rest = { ...result, nodes: result.nodes.filter((one) => one.id !== node.id) };
      const wanted = container === null ? besideContainer(current, node.id, store) : first;
      const at = freePosition(rest, wanted, container, store.catalogue);
      return settled(current, moveNodes(result, new Map([[node.id, at]])), store.catalogue);
    }, moved);
  });
  announce(label);
}

/** Right of the outermost container that a step stands in. */
function besideContainer(graph: WorkflowGraph, id: string, store: EditorStore): Point {
  const root = containersOf(nodesById(graph), id).at(-1);
  const box = root && boxesOn(graph, store.catalogue).get(root.id);
  return box ? { x: box.x + box.width + 32, y: box.y } : { x: 0, y: 0 };
}

export function tidy(store: EditorStore): void {
  store.getState().change('Tidy up', (graph) => arranged(graph, store.catalogue));
  store.getState().markArranged();
}

/** Another direction is another layout. */
export function turn(store: EditorStore): void {
  store
    .getState()
    .change('Change direction', (graph) =>
      arranged({ ...graph, direction: graph.direction === 'down' ? 'right' : 'down' }, store.catalogue),
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
  const nodes = nodesById(graph);
  const positions = new Map(
    outermost(nodes, selected).map((id) => {
      const { x, y } = nodes.get(id)!.position;
      return [id, { x: x + by.x, y: y + by.y }];
    }),
  );
  change('Move', (current) => settled(current, moveNodes(current, positions), store.catalogue), 'nudge');
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
