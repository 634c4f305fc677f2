import type { Edge } from '@xyflow/react';
import { useMemo, useRef } from 'react';
import type { WorkflowEdge } from '../../shared/workflow/graph.ts';
import { useEditor } from '../stores/context.tsx';
import { useFolds } from './canvasNodes.ts';
import type { CanvasNode } from './canvasNodes.ts';
import { foldedEdge } from './foldedNodes.ts';
import type { Direction } from './geometry.ts';

export interface EdgeData extends Record<string, unknown> {
  label: string;
  /** Leads from a container to the first steps inside it. */
  inner: boolean;
  direction: Direction;
  /** The connection that is drawn to the box of a collapsed group: nothing can be done with it there. */
  of?: WorkflowEdge;
}
export type CanvasEdge = Edge<EdgeData, 'step'>;

/** The connections as React Flow wants them; an edge says which output it leaves where its step has several. */
export function useCanvasEdges(nodes: readonly CanvasNode[]): CanvasEdge[] {
  const edges = useEditor((state) => state.graph.edges);
  const direction = useEditor((state) => state.graph.direction);
  const selectedEdges = useEditor((state) => state.selectedEdges);
  const labels = useLabels(nodes);
  const folds = useFolds();
  const cache = useRef(new Map<string, CanvasEdge>());
  return useMemo(() => {
    const before = cache.current;
    cache.current = new Map();
    const drawn = new Set<string>();
    for (const one of edges) {
      const edge = folds.size === 0 ? one : foldedEdge(one, folds);
      if (edge === null) continue;
      // Several that lead to one box are one line.
      const ends = edge === one ? '' : `${edge.source} ${edge.sourcePort} ${edge.target} ${edge.targetPort}`;
      if (drawn.has(ends)) continue;
      if (ends !== '') drawn.add(ends);
      if (!labels.ids.has(edge.source) || !labels.ids.has(edge.target)) continue;
      const label = labels.of.get(`${edge.source}:${edge.sourcePort}`) ?? '';
      const selected = selectedEdges.has(edge.id);
      const old = before.get(edge.id);
      const same =
        old?.selected === selected &&
        old.data?.label === label &&
        old.data.direction === direction &&
        old.source === edge.source &&
        old.target === edge.target;
      const inner = labels.inner.has(`${edge.source}:${edge.sourcePort}`);
      const of = edge === one ? {} : { of: one };
      cache.current.set(edge.id, same ? old : canvasEdge(edge, selected, { label, inner, direction, ...of }));
    }
    return [...cache.current.values()];
  }, [edges, selectedEdges, labels, direction, folds]);
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
    ...(data.of === undefined ? {} : { selectable: false, focusable: false }),
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
