import type { WorkflowGraph } from '../../shared/workflow/graph.ts';
import { t } from '../i18n/t.ts';

/** The step and everything that it leads to, in the order of the graph's nodes. */
export function stepsFrom(graph: WorkflowGraph, from: string): string[] {
  const reached = new Set([from]);
  const outgoing = Map.groupBy(graph.edges, (edge) => edge.source);
  for (const id of reached) for (const edge of outgoing.get(id) ?? []) reached.add(edge.target);
  return graph.nodes.map((node) => node.id).filter((id) => reached.has(id));
}

/** The titles of steps in quotes, the first few of many. */
export function titlesOf(graph: WorkflowGraph, ids: readonly string[], most = 6): string {
  const titles = new Map(graph.nodes.map((node) => [node.id, node.title]));
  const named = ids.slice(0, most).map((id) => `“${titles.get(id) ?? id}”`);
  const more = ids.length - named.length;
  return more > 0 ? t('{join} and {more} more', { join: named.join(', '), more }) : named.join(', ');
}
