import { z } from 'zod';
import { edgeBetween, nextNodeId, workflowEdgeSchema, workflowNodeSchema } from '../../shared/workflow/graph.ts';
import type { WorkflowEdge, WorkflowGraph, WorkflowNode } from '../../shared/workflow/graph.ts';
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

/** The text for the clipboard: the chosen steps and the connections among them. */
export function copyText(graph: WorkflowGraph, ids: ReadonlySet<string>): string {
  const nodes = graph.nodes.filter((node) => ids.has(node.id));
  const edges = graph.edges.filter((edge) => ids.has(edge.source) && ids.has(edge.target));
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

/** Puts copied steps into a graph under fresh ids, moved by `offset`. Answers with the graph and the new ids. */
export function paste(graph: WorkflowGraph, clip: Clip, offset: Point): { graph: WorkflowGraph; ids: Set<string> } {
  const taken = new Set(graph.nodes.map((node) => node.id));
  const ids = new Map<string, string>();
  for (const node of clip.nodes) {
    const id = taken.has(node.id) ? nextNodeId(node.kind, taken) : node.id;
    taken.add(id);
    ids.set(node.id, id);
  }
  const nodes = clip.nodes.map((node) => ({
    ...node,
    id: ids.get(node.id) ?? node.id,
    config: remapExpressions(node.config, ids) as Record<string, unknown>,
    position: { x: node.position.x + offset.x, y: node.position.y + offset.y },
  }));
  const edges = clip.edges.flatMap((edge) => {
    const source = ids.get(edge.source);
    const target = ids.get(edge.target);
    return source === undefined || target === undefined
      ? []
      : [edgeBetween(source, target, edge.sourcePort, edge.targetPort)];
  });
  return {
    graph: { ...graph, nodes: [...graph.nodes, ...nodes], edges: [...graph.edges, ...edges] },
    ids: new Set(ids.values()),
  };
}
