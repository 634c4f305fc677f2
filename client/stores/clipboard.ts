import { z } from 'zod';
import { edgeBetween, nextNodeId, workflowEdgeSchema, workflowNodeSchema } from '../../shared/workflow/graph.ts';
import type { WorkflowEdge, WorkflowGraph, WorkflowNode } from '../../shared/workflow/graph.ts';
import type { NodeCatalogue } from '../../shared/nodes/contract.ts';
import { absolutePosition, containersOf, withContent } from '../../shared/workflow/containers.ts';
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

/** Steps on the system clipboard: JSON with a marker, so that they travel between workflows, tabs and browsers. */
const marker = 'mailweave/steps';

const clipSchema = z.object({
  type: z.literal(marker),
  nodes: z.array(workflowNodeSchema).min(1),
  edges: z.array(workflowEdgeSchema),
});
/** A whole workflow, as exported or as the API gives it, can be pasted too. */
const graphSchema = z.object({ nodes: z.array(workflowNodeSchema).min(1), edges: z.array(workflowEdgeSchema) });

export interface Clip {
  nodes: readonly WorkflowNode[];
  edges: readonly WorkflowEdge[];
}

/**
 * The text for the clipboard: the chosen steps, with all that stands in them, and the connections among them. A step whose container was not
 * chosen says where it was seen on the canvas.
 */
export function copyText(graph: WorkflowGraph, ids: ReadonlySet<string>): string {
  const byId = new Map(graph.nodes.map((node) => [node.id, node]));
  const chosen = withContent(graph.nodes, ids);
  const nodes = graph.nodes
    .filter((node) => chosen.has(node.id))
    .map((node) =>
      node.parent === undefined || chosen.has(node.parent)
        ? node
        : { ...node, position: absolutePosition(byId, node.id) },
    );
  const edges = graph.edges.filter((edge) => chosen.has(edge.source) && chosen.has(edge.target));
  return JSON.stringify({ type: marker, nodes, edges }, null, 2);
}

/** Reads steps from pasted text; null when the text is something else. */
export function parseClip(text: string): Clip | null {
  if (!text.trimStart().startsWith('{')) return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const clip = clipSchema.safeParse(value);
  if (clip.success) return clip.data;
  const whole = z.union([graphSchema, z.object({ graph: graphSchema }).transform((one) => one.graph)]).safeParse(value);
  return whole.success ? whole.data : null;
}

/** Rewrites `steps.<id>` and `steps['<id>']` in every string of a value for the ids that were renamed. */
export function remapExpressions(value: unknown, ids: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') {
    if (!value.includes('steps')) return value;
    return value.replace(/\bsteps(\.|\[\s*['"])([a-z][a-z0-9_]*)/g, (match, glue: string, id: string) =>
      ids.has(id) ? `steps${glue}${ids.get(id)}` : match,
    );
  }
  if (Array.isArray(value)) return value.map((item) => remapExpressions(item, ids));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, remapExpressions(item, ids)]));
  }
  return value;
}

export interface PasteTarget {
  offset: Point;
  /** The container that the steps are put into; null: the canvas itself; absent: each where its original stands. */
  into?: string | null;
}

/** Puts copied steps into a graph under fresh ids, moved by `offset`. Answers with the graph and the new ids. */
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
  const pasted = { ...graph, nodes: [...graph.nodes, ...nodes], edges: [...graph.edges, ...edges] };
  const fresh = new Set(ids.values());
  const begun = target.into ? withBeginning(pasted, target.into, fresh, catalogue) : pasted;
  return { graph: settled(graph, withoutCrossing(begun, fresh, catalogue), catalogue), ids: fresh };
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
