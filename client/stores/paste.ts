import { annotationLimits, nextAnnotationId, withAnnotations } from '../../shared/workflow/annotations.ts';
import type { Group, Note } from '../../shared/workflow/annotations.ts';
import { absolutePosition, containersOf } from '../../shared/workflow/containers.ts';
import { edgeBetween, nextNodeId } from '../../shared/workflow/graph.ts';
import type { WorkflowGraph, WorkflowNode } from '../../shared/workflow/graph.ts';
import { workspaceFields } from '../../shared/nodes/workspace-fields.ts';
import { remapExpressions } from '../../shared/workflow/references.ts';
import type { NodeCatalogue } from '../../shared/nodes/contract.ts';
import type { Clip } from './copying.ts';
import {
  heightOf,
  isContainer,
  kindProblem,
  nodesById,
  placedIn,
  settled,
  withBeginning,
  withoutCrossing,
} from './container-edits.ts';
import type { Point } from './graph-edits.ts';

/** Putting copied steps into a graph, as pure functions. */

export interface PasteTarget {
  offset: Point;
  /** The container that the steps are put into; null: the canvas itself; absent: each where its original stands. */
  into?: string | null;
}

/**
 * A clip from another workspace without what its settings name there (a workflow by its id): what is left of it means nothing here. `dropped`
 * says how many settings were emptied.
 */
export function withoutForeign(
  clip: Clip,
  workspace: string,
  catalogue: NodeCatalogue,
): { clip: Clip; dropped: number } {
  if (clip.workspace === undefined || clip.workspace === workspace) return { clip, dropped: 0 };
  let dropped = 0;
  const nodes = clip.nodes.map((node) => {
    const fields = workspaceFields(catalogue.get(node.kind)).filter((field) => Boolean(node.config[field]));
    if (fields.length === 0) return node;
    dropped += fields.length;
    return { ...node, config: { ...node.config, ...Object.fromEntries(fields.map((field) => [field, ''])) } };
  });
  return { clip: { ...clip, nodes }, dropped };
}

/** Puts copied steps and notes into a graph under fresh ids, moved by `offset`. Answers with the graph and the new ids. */
export function paste(
  graph: WorkflowGraph,
  clip: Clip,
  target: PasteTarget,
  catalogue: NodeCatalogue,
): { graph: WorkflowGraph; ids: Set<string> } {
  const ids = freshIds(graph, clip);
  const byId = nodesById(graph);
  const nodes = clip.nodes.map((node): WorkflowNode => {
    const copy = {
      ...node,
      id: ids.get(node.id) ?? node.id,
      config: remapExpressions(node.config, ids) as Record<string, unknown>,
    };
    const inClip = node.parent === undefined ? undefined : ids.get(node.parent);
    if (inClip !== undefined) return { ...copy, parent: inClip };
    const container = levelFor(node, target.into, { clip, graph, catalogue });
    const origin = container === null ? { x: 0, y: 0 } : absolutePosition(byId, container);
    return placedIn(copy, container, {
      x: node.position.x + target.offset.x - origin.x,
      y: node.position.y + target.offset.y - origin.y,
    });
  });
  const edges = clip.edges.flatMap((edge) => {
    const [source, end] = [ids.get(edge.source), ids.get(edge.target)];
    return source === undefined || end === undefined
      ? []
      : [edgeBetween(source, end, edge.sourcePort, edge.targetPort)];
  });
  const laid = annotationsOf(graph, clip, ids, target.offset);
  const pasted = withAnnotations(
    { ...graph, nodes: [...graph.nodes, ...nodes], edges: [...graph.edges, ...edges] },
    { notes: [...(graph.notes ?? []), ...laid.notes], groups: [...(graph.groups ?? []), ...laid.groups] },
  );
  const fresh = new Set(ids.values());
  const begun = target.into ? withBeginning(pasted, target.into, fresh, catalogue) : pasted;
  const whole = settled(graph, withoutCrossing(begun, fresh, catalogue), catalogue);
  return { graph: whole, ids: new Set([...fresh, ...laid.notes.map(({ id }) => id)]) };
}

/** The notes and groups of a clip as they are put in. */
function annotationsOf(
  graph: WorkflowGraph,
  clip: Clip,
  ids: ReadonlyMap<string, string>,
  offset: Point,
): { notes: Note[]; groups: Group[] } {
  const taken = new Set([...(graph.notes ?? []), ...(graph.groups ?? [])].map(({ id }) => id));
  const fresh = (kind: 'note' | 'group') => {
    const id = nextAnnotationId(kind, taken);
    taken.add(id);
    return id;
  };
  const room = {
    notes: annotationLimits.notes - (graph.notes?.length ?? 0),
    groups: annotationLimits.groups - (graph.groups?.length ?? 0),
  };
  const notes = (clip.notes ?? []).slice(0, room.notes).map((note) => ({
    ...note,
    id: fresh('note'),
    position: { x: note.position.x + offset.x, y: note.position.y + offset.y },
  }));
  const used = new Set<string>();
  const groups = (clip.groups ?? []).slice(0, room.groups).flatMap((group): Group[] => {
    const members = group.members.flatMap((id) => ids.get(id) ?? []).filter((id) => !used.has(id));
    for (const id of members) used.add(id);
    return members.length === 0 ? [] : [{ ...group, id: fresh('group'), members }];
  });
  return { notes, groups };
}

function freshIds(graph: WorkflowGraph, clip: Clip): Map<string, string> {
  const taken = new Set(graph.nodes.map((node) => node.id));
  const ids = new Map<string, string>();
  for (const node of clip.nodes) {
    const id = taken.has(node.id) ? nextNodeId(node.kind, taken) : node.id;
    taken.add(id);
    ids.set(node.id, id);
  }
  return ids;
}

/** The container that an outermost step of a clip may stand in; null: the canvas itself. */
function levelFor(
  node: WorkflowNode,
  into: string | null | undefined,
  { clip, graph, catalogue }: { clip: Clip; graph: WorkflowGraph; catalogue: NodeCatalogue },
): string | null {
  const wanted = into === undefined ? (node.parent ?? null) : into;
  const byId = nodesById(graph);
  if (wanted === null || !isContainer(catalogue, byId.get(wanted))) return null;
  const depth = containersOf(byId, wanted).length + 1 + heightOf(clip, node.id);
  return kindProblem(catalogue, node.kind, depth) === null ? wanted : null;
}
