/** Groups that are collapsed: one box stands for their steps. The document says so; whoever draws it asks here. */
import { withAnnotations } from '../../shared/workflow/annotations.ts';
import type { Annotated } from '../../shared/workflow/annotations.ts';
import { containersOf } from '../../shared/workflow/containers.ts';
import type { WorkflowGraph } from '../../shared/workflow/graph.ts';

export type Folds = ReadonlyMap<string, string>;
export const noFolds: Folds = new Map();

/** The collapsed group that each hidden step is in: its members, and what stands in containers among them. */
export function foldsOf({ nodes, groups }: Pick<WorkflowGraph, 'nodes' | 'groups'>): Folds {
  const folded = (groups ?? []).filter(({ collapsed }) => collapsed);
  if (folded.length === 0) return noFolds;
  const groupOf = new Map(folded.flatMap(({ id, members }) => members.map((one) => [one, id] as const)));
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const folds = new Map<string, string>();
  for (const { id } of nodes) {
    // The outermost one that is collapsed hides all that is in it.
    const way = [id, ...containersOf(byId, id).map((container) => container.id)].toReversed();
    const hidden = way.find((one) => groupOf.has(one));
    if (hidden !== undefined) folds.set(id, groupOf.get(hidden)!);
  }
  return folds;
}

/** Collapses these groups, and those that one of these steps is in; opens them where all of them are collapsed. */
export function toggleFold<G extends Annotated>(graph: G, ids: ReadonlySet<string>): G {
  const isMeant = ({ id, members }: { id: string; members: readonly string[] }) =>
    ids.has(id) || members.some((one) => ids.has(one));
  const meant = (graph.groups ?? []).filter(isMeant);
  if (meant.length === 0) return graph;
  const fold = meant.some(({ collapsed }) => !collapsed);
  const groups = (graph.groups ?? []).map((group) => {
    if (!isMeant(group)) return group;
    const { collapsed: _before, ...rest } = group;
    return fold ? { ...rest, collapsed: true as const } : rest;
  });
  return withAnnotations(graph, { groups });
}
