import type { Edge, Node, NodeChange, XYPosition } from '@xyflow/react';
import { useCallback, useMemo, useRef, useState } from 'react';
import { outPortsOf } from '../../shared/nodes/contract.ts';
import type { NodeCatalogue, NodeDefinition, Port } from '../../shared/nodes/contract.ts';
import type { WorkflowEdge, WorkflowGraph, WorkflowNode } from '../../shared/workflow/graph.ts';
import { useEditor, useEditorStore } from '../stores/context.tsx';
import { flowOrder } from '../stores/graph-edits.ts';
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
}
export type CanvasNode = Node<StepData, 'step'>;

export interface EdgeData extends Record<string, unknown> {
  label: string;
  direction: Direction;
}
export type CanvasEdge = Edge<EdgeData, 'step'>;

interface Dimensions {
  width: number;
  height: number;
}

interface Cached {
  key: readonly unknown[];
  value: CanvasNode;
}

/**
 * The document as React Flow wants it. A step's object is made anew only when something about that step changed. Sizes that the canvas has
 * measured live beside the document, so that an undo never loses them (a step without a size is hidden for a frame, and its edges are gone).
 */
export function useCanvasNodes(moving: ReadonlyMap<string, XYPosition> | null) {
  const { catalogue } = useEditorStore();
  const graph = useEditor((state) => state.graph);
  const selected = useEditor((state) => state.selected);
  const readOnly = useEditor((state) => state.readOnly);
  const [sizes, setSizes] = useState<ReadonlyMap<string, Dimensions>>(() => new Map());
  const cache = useRef(new Map<string, Cached>());
  const order = useOrder(graph);
  const outgoing = useMemo(() => connectedPorts(graph.edges), [graph.edges]);
  const titles = useMemo(() => new Map(graph.nodes.map((node) => [node.id, node.title])), [graph.nodes]);

  const nodes = useMemo(() => {
    const total = order.length;
    const byId = new Map(graph.nodes.map((node) => [node.id, node]));
    const list: CanvasNode[] = [];
    for (const [index, id] of order.entries()) {
      const node = byId.get(id);
      if (node === undefined) continue;
      const connected = outgoing.get(id)?.ports ?? '';
      const targets = outgoing.get(id)?.targets ?? none;
      const position = moving?.get(id) ?? node.position;
      const label = `Step ${index + 1} of ${total}, ${node.title}${targets.length > 0 ? `, connects to ${targets.map((target) => titles.get(target) ?? target).join(' and ')}` : ''}`;
      const key = [node, position, selected.has(id), sizes.get(id), connected, graph.direction, label, readOnly];
      const hit = cache.current.get(id);
      if (hit !== undefined && hit.key.every((part, i) => part === key[i])) {
        list.push(hit.value);
        continue;
      }
      const value = canvasNode(node, catalogue, {
        position,
        selected: selected.has(id),
        connected,
        direction: graph.direction,
        label,
        readOnly,
      });
      const size = sizes.get(id);
      if (size !== undefined) value.measured = size;
      cache.current.set(id, { key, value });
      list.push(value);
    }
    return list;
  }, [graph.nodes, graph.direction, order, outgoing, titles, selected, catalogue, moving, readOnly, sizes]);

  const measure = useCallback((changes: readonly NodeChange<CanvasNode>[]) => {
    if (changes.some((change) => change.type === 'dimensions')) setSizes((before) => measuredAfter(before, changes));
  }, []);
  return { nodes, measure };
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

const none: readonly string[] = [];

function canvasNode(
  node: WorkflowNode,
  catalogue: NodeCatalogue,
  view: {
    position: XYPosition;
    selected: boolean;
    connected: string;
    direction: Direction;
    label: string;
    readOnly: boolean;
  },
): CanvasNode {
  const definition = catalogue.get(node.kind);
  const ports = definition === undefined ? [] : outPortsOf(definition, node.config, node.onError);
  return {
    id: node.id,
    type: 'step',
    position: view.position,
    selected: view.selected,
    draggable: !view.readOnly,
    connectable: !view.readOnly,
    ariaLabel: view.label,
    data: { node, definition, ports, connected: view.connected, direction: view.direction, label: view.label },
  };
}

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

/** Ids in flow order: Tab walks through the canvas as a run does. Dragging changes no order, so nothing is computed per frame. */
function useOrder(graph: WorkflowGraph): readonly string[] {
  const last = useRef<{ edges: readonly WorkflowEdge[]; ids: readonly string[]; order: readonly string[] } | null>(
    null,
  );
  const known = last.current;
  const sameIds =
    known?.edges === graph.edges &&
    known.ids.length === graph.nodes.length &&
    known.ids.every((id, i) => id === graph.nodes[i]?.id);
  if (known !== null && sameIds) return known.order;
  const order = flowOrder(graph).map((node) => node.id);
  last.current = { edges: graph.edges, ids: graph.nodes.map((node) => node.id), order };
  return order;
}

/** The connections as React Flow wants them; an edge says which output it leaves where its step has several. */
export function useCanvasEdges(nodes: readonly CanvasNode[]): CanvasEdge[] {
  const edges = useEditor((state) => state.graph.edges);
  const direction = useEditor((state) => state.graph.direction);
  const selectedEdges = useEditor((state) => state.selectedEdges);
  const labels = useLabels(nodes);
  return useMemo(() => {
    const ids = new Set(labels.ids.split('\n'));
    return edges
      .filter((edge) => ids.has(edge.source) && ids.has(edge.target))
      .map((edge) => ({
        id: edge.id,
        type: 'step' as const,
        source: edge.source,
        target: edge.target,
        sourceHandle: edge.sourcePort,
        targetHandle: edge.targetPort,
        selected: selectedEdges.has(edge.id),
        data: { label: labels.of.get(`${edge.source}:${edge.sourcePort}`) ?? '', direction },
      }));
  }, [edges, selectedEdges, labels, direction]);
}

/** Labels of outputs; the same object until one of them changes. */
function useLabels(nodes: readonly CanvasNode[]): { of: ReadonlyMap<string, string>; ids: string } {
  const last = useRef<{ key: string; value: { of: ReadonlyMap<string, string>; ids: string } } | null>(null);
  return useMemo(() => {
    const of = new Map<string, string>();
    for (const { id, data } of nodes) {
      if (data.ports.length < 2) continue;
      // Flowing right, the outputs are rows that carry their labels already.
      const ports = data.direction === 'down' ? data.ports : data.ports.filter((port) => port.id === 'error');
      for (const port of ports) of.set(`${id}:${port.id}`, port.label || port.id);
    }
    const ids = nodes.map((node) => node.id).join('\n');
    const key = `${ids}|${[...of].join('\n')}`;
    if (last.current?.key === key) return last.current.value;
    last.current = { key, value: { of, ids } };
    return last.current.value;
  }, [nodes]);
}
