import type { Group, Note } from '../../shared/workflow/annotations.ts';
import { absolutePosition, withContent } from '../../shared/workflow/containers.ts';
import type { WorkflowEdge, WorkflowGraph, WorkflowNode } from '../../shared/workflow/graph.ts';
import { stepsOf } from './annotation-edits.ts';

/** Steps, notes and groups on the system clipboard: JSON with a marker, so that they travel between workflows, tabs and browsers. */
export const clipMarker = 'mailweave/steps';

export interface Clip {
  nodes: readonly WorkflowNode[];
  edges: readonly WorkflowEdge[];
  notes?: readonly Note[] | undefined;
  groups?: readonly Group[] | undefined;
  /** The workspace that it was copied in; absent where that is not known. */
  workspace?: string | undefined;
}

/**
 * The text for the clipboard: the chosen steps, with all that stands in them, the connections among them, the chosen notes, and the groups that
 * are chosen or come along as a whole. A step whose container was not chosen says where it was seen on the canvas.
 */
export function copyText(graph: WorkflowGraph, ids: ReadonlySet<string>, workspace?: string): string {
  const byId = new Map(graph.nodes.map((node) => [node.id, node]));
  const chosen = withContent(graph.nodes, stepsOf(graph, ids));
  const nodes = graph.nodes
    .filter((node) => chosen.has(node.id))
    .map((node) =>
      node.parent === undefined || chosen.has(node.parent)
        ? node
        : { ...node, position: absolutePosition(byId, node.id) },
    );
  const edges = graph.edges.filter((edge) => chosen.has(edge.source) && chosen.has(edge.target));
  const notes = (graph.notes ?? []).filter(({ id }) => ids.has(id));
  const groups = (graph.groups ?? []).filter(({ members }) => members.every((id) => chosen.has(id)));
  const clip = {
    type: clipMarker,
    ...(workspace === undefined ? {} : { workspace }),
    nodes,
    edges,
    ...(notes.length > 0 ? { notes } : {}),
    ...(groups.length > 0 ? { groups } : {}),
  };
  return JSON.stringify(clip, null, 2);
}
