/** Merging of connections: each is there or not; what hangs on a step that is gone finds its way around it. Pure. */
import { edgeBetween } from './graph.ts';
import type { WorkflowEdge, WorkflowGraph } from './graph.ts';
import { rowsOf } from './merge-values.ts';
import type { MergeSide, Three } from './merge-values.ts';
import type { MergedNodes } from './merge-nodes.ts';
import { sameValue } from './patch.ts';

export function mergeEdges(graphs: Three<WorkflowGraph>, { nodes, revived }: MergedNodes): WorkflowEdge[] {
  const { base, mine, theirs } = graphs;
  const there = new Set(nodes.map(({ id }) => id));
  const survivors: WorkflowEdge[] = [];
  for (const row of rowsOf({ base: base.edges, mine: mine.edges, theirs: theirs.edges })) {
    const keeper = keeperOf(row.mine ?? row.theirs ?? row.base, revived);
    const edge = keeper === null ? plain(row) : row[keeper];
    if (edge !== undefined && !(revived.size > 0 && isDetour(edge, row.base, graphs, revived))) survivors.push(edge);
  }
  const edges = new Map(
    survivors.filter((edge) => there.has(edge.source) && there.has(edge.target)).map((e) => [e.id, e]),
  );
  for (const edge of healed(survivors, graphs, there)) if (!edges.has(edge.id)) edges.set(edge.id, edge);
  return [...edges.values()];
}

function plain({ base, mine, theirs }: ReturnType<typeof rowsOf<WorkflowEdge>>[number]): WorkflowEdge | undefined {
  if (mine !== undefined && theirs !== undefined) return sameValue(base, theirs) ? mine : theirs;
  // It is new on one side, or the other side took it away.
  return base === undefined ? (mine ?? theirs) : undefined;
}

/** Whose word counts for an edge at a step that one side wanted to go, and that stays for the other. */
function keeperOf(edge: WorkflowEdge | undefined, revived: ReadonlyMap<string, MergeSide>): MergeSide | null {
  if (edge === undefined || revived.size === 0) return null;
  return revived.get(edge.source) ?? revived.get(edge.target) ?? null;
}

/** An edge that one side drew around a step which stays after all. */
function isDetour(
  edge: WorkflowEdge,
  old: WorkflowEdge | undefined,
  graphs: Three<WorkflowGraph>,
  revived: ReadonlyMap<string, MergeSide>,
): boolean {
  if (old !== undefined || revived.has(edge.source) || revived.has(edge.target)) return false;
  return (['mine', 'theirs'] as const).some((side) => {
    const inner = new Set([...revived].filter(([, keeper]) => keeper === side).map(([id]) => id));
    if (inner.size === 0 || graphs[side].edges.some(({ id }) => id === edge.id)) return false;
    return waysThrough(graphs[side].edges, edge.source, inner).some(({ target }) => target === edge.target);
  });
}

/** The last edges of the ways that lead from a step through steps of `inner` only. */
function waysThrough(edges: readonly WorkflowEdge[], from: string, inner: ReadonlySet<string>): WorkflowEdge[] {
  const reached = new Set(
    edges.filter((edge) => edge.source === from && inner.has(edge.target)).map((edge) => edge.target),
  );
  const found: WorkflowEdge[] = [];
  for (const id of reached) {
    for (const edge of edges) {
      if (edge.source !== id) continue;
      if (inner.has(edge.target)) reached.add(edge.target);
      else found.push(edge);
    }
  }
  return found;
}

/** Where each side took out another of two steps in a row, each left an edge to the step that the other took out. */
function healed(
  survivors: WorkflowEdge[],
  { base, mine, theirs }: Three<WorkflowGraph>,
  there: ReadonlySet<string>,
): WorkflowEdge[] {
  const dangling = survivors.filter((edge) => there.has(edge.source) && !there.has(edge.target));
  if (dangling.length === 0) return [];
  const known = [...base.edges, ...mine.edges, ...theirs.edges];
  const gone = new Set(known.flatMap(({ source, target }) => [source, target]).filter((id) => !there.has(id)));
  const taken = new Set(survivors.map(({ id }) => id));
  return dangling.flatMap((edge) =>
    waysThrough([edge, ...known.filter(({ source }) => gone.has(source))], edge.source, gone)
      .filter((last) => there.has(last.target) && last.target !== edge.source)
      .map((last) => edgeBetween(edge.source, last.target, edge.sourcePort, last.targetPort))
      .filter(({ id }) => !taken.has(id)),
  );
}
