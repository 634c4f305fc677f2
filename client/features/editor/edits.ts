import type { NodeDefinition } from '../../../shared/nodes/contract.ts';
import { arranged } from '../../../shared/workflow/layout.ts';
import { t } from '../../i18n/t.ts';
import type { EditorStore } from '../../stores/editor.ts';
import { joinGroup, moveAll, removeAnnotations, stepsOf } from '../../stores/annotation-edits.ts';
import { absolutePosition, containersOf } from '../../../shared/workflow/containers.ts';
import { nodeSize } from '../../../shared/workflow/geometry.ts';
import type { WorkflowGraph, WorkflowNode } from '../../../shared/workflow/graph.ts';
import {
  boxesOn,
  containerAt,
  innerPortOf,
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
import { lazily } from './lazily.ts';

/** What keys, menus and buttons do to the document: one entry of the history each. */

/** Adds a step where it was asked for: into a connection, behind a step, or on free ground. Selects and opens it. */
export function addStep(
  store: EditorStore,
  definition: NodeDefinition,
  request: PickRequest | null,
  at: Point,
): string {
  const state = store.getState();
  const node = newNode(definition, state.graph, at);
  state.change(t('Add {title}', { title: definition.texts.title }), (graph) => {
    if (request?.kind === 'edge') {
      const edge = graph.edges.find((one) => one.id === request.edgeId);
      if (edge !== undefined && definition.ports.in.length > 0)
        return joinGroup(insertOnEdge(graph, edge, node, store.catalogue), node.id);
    }
    if (request?.kind === 'after') return addAfter(graph, request.nodeId, node, store.catalogue, request.port);
    if (request?.kind === 'inside') {
      return addInside(graph, request.container, node, firstPlace(graph.direction), store.catalogue);
    }
    const [only] = state.selected;
    const isStep = state.graph.nodes.some(({ id }) => id === only);
    if (
      request === null &&
      state.selected.size === 1 &&
      only !== undefined &&
      isStep &&
      definition.ports.in.length > 0
    ) {
      return addAfter(graph, only, node, store.catalogue, emptyContainerPort(store, only));
    }
    const last = request === null && definition.ports.in.length > 0 ? lastOpenStep(store) : null;
    if (last !== null) return addAfter(graph, last, node, store.catalogue);
    return addOnGround(store, graph, node, at);
  });
  store.getState().open(node.id);
  announce(t('{title} added', { title: definition.texts.title }));
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
    selected.size > 1
      ? t('Delete {n} steps', { n: selected.size })
      : selected.size === 1
        ? t('Delete step')
        : t('Remove connection');
  change(label, (graph) => removeAnnotations(removeNodes(removeEdges(graph, selectedEdges), selected), selected));
  announce(label);
}

export function removeStep(store: EditorStore, id: string): void {
  store.getState().change(t('Delete step'), (graph) => removeNodes(graph, new Set([id])));
}

export function removeConnection(store: EditorStore, id: string): void {
  store.getState().change(t('Remove connection'), (graph) => removeEdges(graph, new Set([id])));
}

export function duplicate(store: EditorStore, ids: ReadonlySet<string>): void {
  lazily(
    () => import('./commands/pasting.ts'),
    (part) => part.duplicate(store, ids),
  );
}

/** Puts steps into a container, or with null out of all, from a menu. */
export function putInto(store: EditorStore, ids: ReadonlySet<string>, container: string | null): void {
  const { change, graph } = store.getState();
  const name = container === null ? null : graph.nodes.find((node) => node.id === container)?.title;
  const label =
    name === null ? t('Take out of the container') : t('Put into “{name}”', { name: name ?? container ?? '' });
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
  store.getState().change(t('Tidy up'), (graph) => arranged(graph, store.catalogue));
  store.getState().markArranged();
}

/** Another direction is another layout. */
export function turn(store: EditorStore): void {
  store
    .getState()
    .change(t('Change direction'), (graph) =>
      arranged({ ...graph, direction: graph.direction === 'down' ? 'right' : 'down' }, store.catalogue),
    );
  store.getState().markArranged();
}

export function toggleDisabled(store: EditorStore, ids: ReadonlySet<string>): void {
  const { graph, change } = store.getState();
  const chosen = stepsOf(graph, ids);
  const nodes = graph.nodes.filter((node) => chosen.has(node.id));
  if (nodes.length === 0) return;
  const off = nodes.some((node) => node.disabled !== true);
  change(off ? t('Switch step off') : t('Switch step on'), (current) =>
    nodes.reduce((result, node) => setNodeOption(result, node.id, 'disabled', off ? true : undefined), current),
  );
}

export function nudge(store: EditorStore, by: Point): void {
  const { graph, selected, change } = store.getState();
  if (selected.size === 0) return;
  const nodes = nodesById(graph);
  const moved = [
    ...outermost(nodes, stepsOf(graph, selected)).map((id) => nodes.get(id)!),
    ...(graph.notes ?? []).filter(({ id }) => selected.has(id)),
  ];
  const places = new Map(
    moved.map(({ id, position }) => [id, { x: position.x + by.x, y: position.y + by.y }] as const),
  );
  change('Move', (current) => settled(current, moveAll(current, places, store.catalogue), store.catalogue), 'nudge');
}

/** Settings of a step that change by one action. Typing in the same field is one entry. */
export function setConfig(store: EditorStore, id: string, fields: Readonly<Record<string, unknown>>): void {
  store.getState().change(
    t('Change settings'),
    (graph) =>
      dropDanglingEdges(
        updateNode(graph, id, (node) => ({ ...node, config: { ...node.config, ...fields } })),
        store.catalogue,
      ),
    `config:${id}:${Object.keys(fields).join()}`,
  );
}
