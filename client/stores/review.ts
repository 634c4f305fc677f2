import type { NodeCatalogue } from '../../shared/nodes/contract.ts';
import { layoutGap, nodeSize } from '../../shared/workflow/geometry.ts';
import type { WorkflowGraph, WorkflowNode } from '../../shared/workflow/graph.ts';
import { arranged } from '../../shared/workflow/layout.ts';
import { chosenGraph, dependentsOf, neededBy, patchMarks } from '../../shared/workflow/patch-choice.ts';
import type { PatchMark } from '../../shared/workflow/patch-choice.ts';
import { applyPatch } from '../../shared/workflow/patch.ts';
import type { GraphPatch } from '../../shared/workflow/patch.ts';
import { isArranged } from '../../shared/workflow/place.ts';

/** A change that waits for a yes or no, drawn over the document it would change. */
export interface Review {
  /** The document as it is. */
  base: WorkflowGraph;
  patch: GraphPatch;
  /** What the canvas shows: steps and connections of before and after, together. */
  shown: WorkflowGraph;
  marks: ReadonlyMap<string, PatchMark>;
  edgeMarks: ReadonlyMap<string, 'added' | 'removed'>;
  /** Steps of the patch that are not to be taken. */
  left: ReadonlySet<string>;
  /** Whether the person may change the workflow at all. */
  readOnly: boolean;
}

export function reviewOf(base: WorkflowGraph, patch: GraphPatch, catalogue: NodeCatalogue, readOnly: boolean): Review {
  const marks = patchMarks(patch);
  const review = { base, patch, marks, left: new Set<string>(), readOnly, shown: base, edgeMarks: new Map() };
  const both = withShown(review);
  // By hand everything stays where it stands; else the whole, with what goes and what comes, finds a place.
  if (isArranged(base, catalogue)) return { ...both, shown: arranged(both.shown, catalogue) };
  return { ...both, shown: uncovered(both.shown, marks) };
}

/** The review with one step taken or left, and what hangs on that. */
export function reviewed(review: Review, id: string): Review {
  const left = new Set(review.left);
  if (left.has(id)) for (const one of neededBy(review.patch, id)) left.delete(one);
  else for (const one of dependentsOf(review.patch, [id])) if (review.marks.has(one)) left.add(one);
  const next = withShown({ ...review, left });
  const places = new Map(review.shown.nodes.map(({ id: one, position }) => [one, position]));
  const nodes = next.shown.nodes.map((node) => ({ ...node, position: places.get(node.id) ?? node.position }));
  return { ...next, shown: { ...next.shown, nodes } };
}

/** The document after the review: the very same object when nothing is taken. */
export function accepted(review: Review, catalogue: NodeCatalogue): WorkflowGraph {
  const graph = chosenGraph(review.base, review.patch, review.left);
  if (graph === review.base) return graph;
  return isArranged(review.base, catalogue) ? arranged(graph, catalogue) : graph;
}

/** What is saved and run: the document itself, whatever is proposed for it. */
export function documentOf(state: { graph: WorkflowGraph; review: Review | null }): WorkflowGraph {
  return state.review?.base ?? state.graph;
}

/** The document as it would be. */
export function proposedGraph({ graph, review }: { graph: WorkflowGraph; review: Review | null }): WorkflowGraph {
  return review === null ? graph : chosenGraph(review.base, review.patch, review.left);
}

/** What goes makes way, to the side, where something else has come to stand in its place. */
function uncovered(shown: WorkflowGraph, marks: ReadonlyMap<string, PatchMark>): WorkflowGraph {
  const down = shown.direction === 'down';
  const step = down ? { x: nodeSize.width + layoutGap.x, y: 0 } : { x: 0, y: nodeSize.height + layoutGap.y };
  const standing = shown.nodes.filter(({ id }) => marks.get(id) !== 'removed');
  const covers = (a: WorkflowNode, b: WorkflowNode) =>
    a.parent === b.parent &&
    Math.abs(a.position.x - b.position.x) < nodeSize.width &&
    Math.abs(a.position.y - b.position.y) < nodeSize.height;
  const nodes = shown.nodes.map((node) => {
    if (marks.get(node.id) !== 'removed') return node;
    let placed = node;
    while (standing.some((other) => covers(other, placed))) {
      const { x, y } = placed.position;
      placed = { ...placed, position: { x: x + step.x, y: y + step.y } };
    }
    standing.push(placed);
    return placed;
  });
  return { ...shown, nodes };
}

function withShown(review: Review): Review {
  const { base, patch, left } = review;
  const after = applyPatch(patch, base);
  const chosen = chosenGraph(base, patch, left);
  const now = new Map([...base.nodes, ...after.nodes, ...chosen.nodes].map((node) => [node.id, node]));
  const old = new Set(base.edges.map(({ id }) => id));
  const kept = new Set(chosen.edges.map(({ id }) => id));
  const edges = new Map([...base.edges, ...chosen.edges].map((edge) => [edge.id, edge]));
  const edgeMarks = new Map<string, 'added' | 'removed'>();
  for (const id of edges.keys()) if (!kept.has(id)) edgeMarks.set(id, 'removed');
  for (const id of kept) if (!old.has(id)) edgeMarks.set(id, 'added');
  return { ...review, edgeMarks, shown: { ...after, nodes: [...now.values()], edges: [...edges.values()] } };
}
