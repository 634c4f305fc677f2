/**
 * Taking only a part of a patch. What can be chosen are steps: one that is added, changed or removed is taken or left, and connections follow
 * from the steps. Leaving a step leaves what depends on it. Pure.
 */
import { withAnnotations, withoutStrays } from './annotations.ts';
import { edgeBetween } from './graph.ts';
import type { WorkflowEdge, WorkflowGraph, WorkflowNode } from './graph.ts';
import { applyPatch, isEmptyPatch } from './patch.ts';
import type { GraphPatch } from './patch.ts';

export type PatchMark = 'added' | 'changed' | 'removed';

/** What the patch does to each step that it touches. A step that was only moved is not marked. */
export function patchMarks(patch: GraphPatch): Map<string, PatchMark> {
  const changed = patch.nodes.changed.filter(({ fields }) => fields.some((field) => field !== 'position'));
  return new Map<string, PatchMark>([
    ...patch.nodes.added.map(({ id }) => [id, 'added'] as const),
    ...changed.map(({ id }) => [id, 'changed'] as const),
    ...patch.nodes.removed.map(({ id }) => [id, 'removed'] as const),
  ]);
}

/**
 * What has to be left, too, when these steps are left: added steps that stand inside of them, hang on a branch of theirs or refer to them,
 * changes that refer to them, and removals of steps that a change which is left still refers to. The given ids are part of the answer.
 */
export function dependentsOf(patch: GraphPatch, ids: Iterable<string>): Set<string> {
  const left = new Set(ids);
  const needs = needsOf(patch);
  for (let grown = -1; grown !== left.size;) {
    grown = left.size;
    for (const [id, needed] of needs) if (!left.has(id) && needed.some((one) => left.has(one))) left.add(id);
  }
  return left;
}

/** What has to be taken, too, when this step is taken: the other direction of `dependentsOf`. */
export function neededBy(patch: GraphPatch, id: string): Set<string> {
  const needs = needsOf(patch);
  const taken = new Set([id]);
  for (const one of taken) for (const needed of needs.get(one) ?? []) taken.add(needed);
  return taken;
}

/**
 * The graph when the patch is taken without the steps in `left` (and what depends on them). Connections are healed around steps that are not
 * taken, and come back around steps that stay.
 */
export function chosenGraph(base: WorkflowGraph, patch: GraphPatch, left: Iterable<string>): WorkflowGraph {
  const after = applyPatch(patch, base);
  const refused = dependentsOf(patch, left);
  const marks = patchMarks(patch);
  for (const id of refused) if (!marks.has(id)) refused.delete(id);
  if (refused.size === 0) return after;
  if (refused.size === marks.size || isEmptyPatch(patch)) return base;
  const nodes = chosenNodes(base, after, patch, refused);
  const edges = chosenEdges(base, after, patch, { refused, nodes });
  // A step that was to go and stays is in its group as before.
  const groups = patch.groups === undefined ? base.groups : after.groups;
  return withoutStrays({ ...withAnnotations(after, { groups: groups ?? [] }), nodes, edges });
}

/** Step → steps without which it makes no sense, all of them touched by the patch. */
function needsOf({ nodes, edges }: GraphPatch): Map<string, string[]> {
  const added = new Set(nodes.added.map(({ id }) => id));
  const changed = new Set(nodes.changed.map(({ id }) => id));
  const branches = branchesOf(nodes.added, edges.added);
  const needs = new Map<string, string[]>();
  for (const node of nodes.added) {
    const references = referencedSteps(node).filter((id) => added.has(id) && id !== node.id);
    const containers = node.parent !== undefined && added.has(node.parent) ? [node.parent] : [];
    needs.set(node.id, [...references, ...containers, ...(branches.get(node.id) ?? [])]);
  }
  for (const { id, before, after } of nodes.changed) {
    const old = new Set(referencedSteps(before));
    const references = referencedSteps(after).filter((one) => added.has(one) && !old.has(one));
    const moved = after.parent !== before.parent && after.parent !== undefined && added.has(after.parent);
    needs.set(id, [...references, ...(moved ? [after.parent!] : [])]);
  }
  for (const node of nodes.removed) {
    // Whoever referred to it, or stood in it, has to be changed first.
    const users = nodes.changed.filter(
      ({ before, after }) =>
        (referencedSteps(before).includes(node.id) && !referencedSteps(after).includes(node.id)) ||
        (before.parent === node.id && after.parent !== node.id),
    );
    const inner = nodes.removed.filter(({ parent }) => parent === node.id);
    needs.set(node.id, [...users.map(({ id }) => id).filter((id) => changed.has(id)), ...inner.map(({ id }) => id)]);
  }
  return needs;
}

/** Added steps that only hang on branches of other added steps → those steps. */
function branchesOf(added: readonly WorkflowNode[], edges: readonly WorkflowEdge[]): Map<string, string[]> {
  const fresh = new Set(added.map(({ id }) => id));
  const result = new Map<string, string[]>();
  for (const [target, incoming] of Map.groupBy(edges, (edge) => edge.target)) {
    if (!fresh.has(target)) continue;
    const onBranches = incoming.every((edge) => fresh.has(edge.source) && edge.sourcePort !== 'out');
    if (onBranches) result.set(target, [...new Set(incoming.map((edge) => edge.source))]);
  }
  return result;
}

/** Ids in `steps.<id>` of all texts in the settings. */
function referencedSteps({ config }: WorkflowNode): string[] {
  const text = JSON.stringify(config);
  if (!text.includes('steps')) return [];
  const found = text.matchAll(/\bsteps(?:\.|\[\s*\\?["'])([a-z][a-z0-9_]{0,63})/g);
  return [...new Set([...found].map((match) => match[1]!))];
}

function chosenNodes(
  base: WorkflowGraph,
  after: WorkflowGraph,
  patch: GraphPatch,
  refused: ReadonlySet<string>,
): WorkflowNode[] {
  const added = new Set(patch.nodes.added.map(({ id }) => id));
  const before = new Map(patch.nodes.changed.map((change) => [change.id, change.before]));
  const kept = after.nodes.flatMap((node): WorkflowNode[] => {
    if (!refused.has(node.id)) return [node];
    if (added.has(node.id)) return [];
    return [{ ...(before.get(node.id) ?? node), position: node.position }];
  });
  // Steps that stay although the patch removes them, where they stood in the document.
  const there = new Set(kept.map(({ id }) => id));
  const back = base.nodes.filter(({ id }) => refused.has(id) && !there.has(id));
  const place = new Map(base.nodes.map(({ id }, index) => [id, index]));
  return back.length === 0
    ? kept
    : [...kept, ...back].toSorted((x, y) => (place.get(x.id) ?? Infinity) - (place.get(y.id) ?? Infinity) || 0);
}

interface Chosen {
  refused: ReadonlySet<string>;
  nodes: readonly WorkflowNode[];
}

function chosenEdges(
  base: WorkflowGraph,
  after: WorkflowGraph,
  { nodes: parts, edges }: GraphPatch,
  { refused, nodes }: Chosen,
): WorkflowEdge[] {
  const there = new Set(nodes.map(({ id }) => id));
  const added = new Set(parts.added.map(({ id }) => id));
  const removed = new Set(parts.removed.map(({ id }) => id));
  const changed = new Set(parts.changed.map(({ id }) => id));
  const isNew = new Set(edges.added.map(({ id }) => id));
  const present = ({ source, target }: WorkflowEdge) => there.has(source) && there.has(target);
  const leftChange = ({ source, target }: WorkflowEdge) =>
    [source, target].some((id) => refused.has(id) && changed.has(id));
  const leftAdded = (id: string) => refused.has(id) && added.has(id);
  const stays = (id: string) => refused.has(id) && removed.has(id);
  const old = passages(base.edges, stays);
  const fresh = passages(after.edges, leftAdded);

  const kept = after.edges.filter((edge) => {
    if (!present(edge) || !isNew.has(edge.id)) return present(edge);
    const touchesAdded = added.has(edge.source) || added.has(edge.target);
    if (!touchesAdded && leftChange(edge)) return false;
    // It only closed the gap of a step that stays.
    return !old.some(({ from, to }) => from.source === edge.source && to.target === edge.target);
  });
  const back = edges.removed.filter(
    (edge) =>
      present(edge) &&
      (stays(edge.source) ||
        stays(edge.target) ||
        leftChange(edge) ||
        fresh.some(({ from, to }) => from.source === edge.source && to.target === edge.target)),
  );
  const result = [...kept, ...back.filter(({ id }) => !kept.some((edge) => edge.id === id))];
  const seen = new Set(result.map(({ id }) => id));
  for (const { from, to } of fresh) {
    if (!there.has(from.source) || !there.has(to.target)) continue;
    if (result.some((edge) => edge.source === from.source && edge.target === to.target)) continue;
    if (!added.has(from.source) && !added.has(to.target)) continue;
    const healed = edgeBetween(from.source, to.target, from.sourcePort, to.targetPort);
    if (!seen.has(healed.id)) result.push(healed);
    seen.add(healed.id);
  }
  return result;
}

/** The ways that lead into steps of `inside`, through nothing else, and out again: the first and the last edge of each. */
function passages(
  edges: readonly WorkflowEdge[],
  inside: (id: string) => boolean,
): { from: WorkflowEdge; to: WorkflowEdge }[] {
  const leaving = Map.groupBy(edges, (edge) => edge.source);
  const found: { from: WorkflowEdge; to: WorkflowEdge }[] = [];
  for (const from of edges) {
    if (inside(from.source) || !inside(from.target)) continue;
    const seen = new Set([from.target]);
    for (const id of seen) {
      for (const to of leaving.get(id) ?? []) {
        if (inside(to.target)) seen.add(to.target);
        else found.push({ from, to });
      }
    }
  }
  return found;
}
