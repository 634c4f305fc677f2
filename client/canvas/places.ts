import { useRef } from 'react';
import type { WorkflowEdge, WorkflowGraph, WorkflowNode } from '../../shared/workflow/graph.ts';
import { t } from '../i18n/t.ts';
import { flowOrder } from '../stores/graph-edits.ts';

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
export interface Place {
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
export function usePlaces(graph: WorkflowGraph): readonly Place[] {
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
  const isPinned = a.pinned !== undefined;
  return a.id === b?.id && a.title === b.title && a.parent === b.parent && isPinned === (b.pinned !== undefined);
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
      node.pinned === undefined ? '' : t('its output is pinned'),
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
