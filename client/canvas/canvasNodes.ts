import type { Edge, Node, NodeChange, XYPosition } from '@xyflow/react';
import { useCallback, useMemo, useRef, useState } from 'react';
import { outPortsOf } from '../../shared/nodes/contract.ts';
import type { NodeCatalogue, NodeDefinition, Port } from '../../shared/nodes/contract.ts';
import type { WorkflowEdge, WorkflowGraph, WorkflowNode } from '../../shared/workflow/graph.ts';
import { t } from '../i18n/t.ts';
import { useEditor, useEditorStore } from '../stores/context.tsx';
import { flowOrder } from '../stores/graph-edits.ts';
import { nodeSize } from '../../shared/workflow/geometry.ts';
import { useContainers } from './containerBoxes.ts';
import type { ContainerBox } from './containerBoxes.ts';
import { branchPorts, containerHandles, handlesOf, stepHeight } from './geometry.ts';
import type { Direction } from './geometry.ts';

export interface StepData extends Record<string, unknown> {
  node: WorkflowNode;
  definition: NodeDefinition | undefined;
  ports: readonly Port[];
  /** Outputs that lead somewhere, joined by commas. */
  connected: string;
  direction: Direction;
  /** Where it stands in the flow, for screen readers. */
  label: string;
  /** How large a container is drawn and whether nothing is in it; null for all other steps. */
  container: ContainerBox | null;
}
export type CanvasNode = Node<StepData, 'step' | 'container'>;

export interface EdgeData extends Record<string, unknown> {
  label: string;
  /** Leads from a container to the first steps inside it. */
  inner: boolean;
  direction: Direction;
}
export type CanvasEdge = Edge<EdgeData, 'step'>;

interface Dimensions {
  width: number;
  height: number;
}

interface Cached {
  node: WorkflowNode;
  position: XYPosition;
  size: Dimensions | undefined;
  selected: boolean;
  direction: Direction;
  readOnly: boolean;
  place: Place;
  container: ContainerBox | null;
  value: CanvasNode;
}

/**
 * The document as React Flow wants it. A step's object is made anew only when something about that step changed, and a drag compares each
 * step only once per frame. Sizes that the canvas has measured live beside the document, so that an undo never loses them (a step without a
 * size is hidden for a frame, and its edges are gone).
 */
export function useCanvasNodes(moving: ReadonlyMap<string, XYPosition> | null, frozen: boolean) {
  const { catalogue } = useEditorStore();
  const graph = useEditor((state) => state.graph);
  const selected = useEditor((state) => state.selected);
  const readOnly = useEditor((state) => state.readOnly);
  const [sizes, setSizes] = useState<ReadonlyMap<string, Dimensions>>(() => new Map());
  const cache = useRef(new Map<string, Cached>());
  const places = usePlaces(graph);
  const containers = useContainers(graph, catalogue, frozen);

  const nodes = useMemo(() => {
    const list: CanvasNode[] = [];
    for (const place of places) {
      const node = graph.nodes[place.index];
      if (node === undefined) continue;
      const key = {
        node,
        position: moving?.get(node.id) ?? node.position,
        size: sizes.get(node.id),
        selected: selected.has(node.id),
        direction: graph.direction,
        readOnly,
        place,
        container: containers.get(node.id) ?? null,
      };
      const hit = cache.current.get(node.id);
      const value = hit !== undefined && isSame(hit, key) ? hit.value : canvasNode(key, catalogue, hit?.value);
      if (value !== hit?.value) cache.current.set(node.id, { ...key, value });
      list.push(value);
    }
    return list;
  }, [graph.nodes, graph.direction, places, selected, catalogue, moving, readOnly, sizes, containers]);

  const measure = useCallback((changes: readonly NodeChange<CanvasNode>[]) => {
    if (changes.some((change) => change.type === 'dimensions')) setSizes((before) => measuredAfter(before, changes));
  }, []);
  return { nodes, measure };
}

function isSame(a: Cached, b: Omit<Cached, 'value'>): boolean {
  return (
    a.node === b.node &&
    a.position === b.position &&
    a.size === b.size &&
    a.selected === b.selected &&
    a.direction === b.direction &&
    a.readOnly === b.readOnly &&
    a.place === b.place &&
    a.container === b.container
  );
}

/** The sizes after what the canvas has measured; the same map where nothing differs. */
function measuredAfter(
  before: ReadonlyMap<string, Dimensions>,
  changes: readonly NodeChange<CanvasNode>[],
): ReadonlyMap<string, Dimensions> {
  const after = new Map(before);
  let changed = false;
  for (const change of changes) {
    if (change.type !== 'dimensions' || change.dimensions === undefined) continue;
    const old = after.get(change.id);
    if (old?.width === change.dimensions.width && old.height === change.dimensions.height) continue;
    after.set(change.id, change.dimensions);
    changed = true;
  }
  return changed ? after : before;
}

function canvasNode(
  { node, position, selected, direction, readOnly, place, size, container }: Omit<Cached, 'value'>,
  catalogue: NodeCatalogue,
  before: CanvasNode | undefined,
): CanvasNode {
  const definition = catalogue.get(node.kind);
  const old = before?.data.node;
  const samePorts = old?.config === node.config && old.onError === node.onError && old.kind === node.kind;
  const ports = samePorts
    ? before!.data.ports
    : definition === undefined
      ? noPorts
      : outPortsOf(definition, node.config, node.onError);
  const outs = branchPorts(ports);
  const ins = (definition?.ports.in ?? fallbackIn).map((port) => port.id);
  const common = {
    id: node.id,
    position,
    selected,
    draggable: !readOnly,
    connectable: !readOnly,
    ariaLabel: place.label,
    ...(place.parent === undefined ? {} : { parentId: place.parent }),
    data: { node, definition, ports, connected: place.connected, direction, label: place.label, container },
  };
  if (container === null) {
    return {
      ...common,
      type: 'step',
      measured: size ?? { width: nodeSize.width, height: stepHeight(direction, outs.length) },
      handles: handlesOf(direction, {
        ins,
        outs: outs.map((port) => port.id),
        fails: definition !== undefined && definition.group !== 'trigger',
      }),
    };
  }
  return {
    ...common,
    type: 'container',
    measured: { width: container.width, height: container.height },
    handles: containerHandles(direction, container, { ins, outs }),
    // Its ground belongs to the canvas: what is drawn or dropped there is meant for what stands inside.
    style: groundless,
    dragHandle: '.mw-container-head',
    // A selected container stays below the words at the connections inside it.
    zIndex: selected ? -selectedZ : 0,
  };
}

/** What React Flow lifts selected nodes by. */
const selectedZ = 1_000;
const groundless = { pointerEvents: 'none' } as const;

const noPorts: readonly Port[] = [];
/** What a step of an unknown kind offers. */
export const fallbackIn = [{ id: 'in', label: '', type: 'data' }] as const;

function connectedPorts(edges: readonly WorkflowEdge[]): Map<string, { ports: string; targets: string[] }> {
  const result = new Map<string, { ports: string; targets: string[] }>();
  for (const [source, list] of Map.groupBy(edges, (edge) => edge.source)) {
    result.set(source, {
      ports: [...new Set(list.map((edge) => edge.sourcePort))].join(','),
      targets: list.map((edge) => edge.target),
    });
  }
  return result;
}

/** Where a step stands in the flow. */
interface Place {
  /** In `graph.nodes`. */
  index: number;
  connected: string;
  label: string;
  /** The container that it stands in. */
  parent: string | undefined;
}

/**
 * The steps in flow order: Tab walks through the canvas as a run does. The same object until a title, a connection or the set of steps
 * changed; a drag changes none of them.
 */
function usePlaces(graph: WorkflowGraph): readonly Place[] {
  const last = useRef<{ nodes: readonly WorkflowNode[]; edges: readonly WorkflowEdge[]; places: Place[] } | null>(null);
  const known = last.current;
  const isKnown =
    known?.edges === graph.edges &&
    known.nodes.length === graph.nodes.length &&
    known.nodes.every((node, i) => node === graph.nodes[i] || hasSameWords(node, graph.nodes[i]));
  const places = isKnown ? known.places : placesOf(graph, known?.places ?? []);
  last.current = { nodes: graph.nodes, edges: graph.edges, places };
  return places;
}

function hasSameWords(a: WorkflowNode, b: WorkflowNode | undefined): boolean {
  return a.id === b?.id && a.title === b.title && a.parent === b.parent;
}

function placesOf(graph: WorkflowGraph, before: readonly Place[]): Place[] {
  const indexes = new Map(graph.nodes.map((node, index) => [node.id, index]));
  const titles = new Map(graph.nodes.map((node) => [node.id, node.title]));
  const outgoing = connectedPorts(graph.edges);
  const order = flowOrder(graph);
  return order.map((node, at) => {
    const index = indexes.get(node.id) ?? 0;
    const { ports: connected = '', targets = [] } = outgoing.get(node.id) ?? {};
    const next = targets.map((target) => titles.get(target) ?? target).join(t(' and '));
    const parent = indexes.has(node.parent ?? '') ? node.parent : undefined;
    const within = parent === undefined ? '' : t('inside {title}', { title: titles.get(parent) ?? parent });
    const label = [
      t('Step {n} of {total}, {title}', { n: at + 1, total: order.length, title: node.title }),
      within,
      next === '' ? '' : t('connects to {next}', { next }),
    ]
      .filter(Boolean)
      .join(', ');
    const old = before[at];
    return old?.index === index && old.connected === connected && old.label === label && old.parent === parent
      ? old
      : { index, connected, label, parent };
  });
}

/** The connections as React Flow wants them; an edge says which output it leaves where its step has several. */
export function useCanvasEdges(nodes: readonly CanvasNode[]): CanvasEdge[] {
  const edges = useEditor((state) => state.graph.edges);
  const direction = useEditor((state) => state.graph.direction);
  const selectedEdges = useEditor((state) => state.selectedEdges);
  const labels = useLabels(nodes);
  const cache = useRef(new Map<string, CanvasEdge>());
  return useMemo(() => {
    const before = cache.current;
    cache.current = new Map();
    for (const edge of edges) {
      if (!labels.ids.has(edge.source) || !labels.ids.has(edge.target)) continue;
      const label = labels.of.get(`${edge.source}:${edge.sourcePort}`) ?? '';
      const selected = selectedEdges.has(edge.id);
      const old = before.get(edge.id);
      const same = old?.selected === selected && old.data?.label === label && old.data.direction === direction;
      const inner = labels.inner.has(`${edge.source}:${edge.sourcePort}`);
      cache.current.set(edge.id, same ? old : canvasEdge(edge, selected, { label, inner, direction }));
    }
    return [...cache.current.values()];
  }, [edges, selectedEdges, labels, direction]);
}

/** An edge's id is made from its ends: the same id is the same connection. */
function canvasEdge(edge: WorkflowEdge, selected: boolean, data: EdgeData): CanvasEdge {
  return {
    id: edge.id,
    type: 'step',
    source: edge.source,
    target: edge.target,
    sourceHandle: edge.sourcePort,
    targetHandle: edge.targetPort,
    selected,
    data,
  };
}

interface Labels {
  of: ReadonlyMap<string, string>;
  /** Outputs that lead into their container. */
  inner: ReadonlySet<string>;
  ids: ReadonlySet<string>;
}

/** Labels of outputs; the same object until the outputs of a step changed, which a drag does not do. */
function useLabels(nodes: readonly CanvasNode[]): Labels {
  const last = useRef<{ nodes: readonly CanvasNode[]; value: Labels } | null>(null);
  return useMemo(() => {
    const known = last.current;
    const isKnown =
      known?.nodes.length === nodes.length &&
      known.nodes.every((node, i) => node === nodes[i] || hasSamePorts(node, nodes[i]));
    const value = isKnown ? known.value : labelsOf(nodes);
    last.current = { nodes, value };
    return value;
  }, [nodes]);
}

function hasSamePorts(a: CanvasNode, b: CanvasNode | undefined): boolean {
  return a.id === b?.id && a.data.ports === b.data.ports && a.data.direction === b.data.direction;
}

function labelsOf(nodes: readonly CanvasNode[]): Labels {
  const of = new Map<string, string>();
  const inner = new Set<string>();
  for (const { id, data } of nodes) {
    if (data.ports.length < 2) continue;
    // Flowing right, the outputs are rows that carry their labels already.
    const isLabelled = data.direction === 'down' || data.container !== null;
    const ports = isLabelled ? data.ports : data.ports.filter((port) => port.id === 'error');
    for (const port of ports) {
      of.set(`${id}:${port.id}`, port.label || port.id);
      if (port.inner) inner.add(`${id}:${port.id}`);
    }
  }
  return { of, inner, ids: new Set(nodes.map((node) => node.id)) };
}
