import { z } from 'zod';
import { edgeBetween, nodeIdSchema, onErrorSchema, retryPolicySchema } from './graph.ts';
import type { WorkflowEdge, WorkflowGraph, WorkflowNode } from './graph.ts';

/**
 * A workflow as a composer (the built-in engine or a language model) proposes it: what the person gets to see before any of it is kept.
 * It has no positions and no versions; `compositionGraph` adds those.
 */
export const composedNodeSchema = z.object({
  id: nodeIdSchema,
  kind: z.string().min(1).max(64),
  title: z.string().min(1).max(120),
  config: z.record(z.string(), z.unknown()).default({}),
  /** The container that it stands in. */
  parent: nodeIdSchema.optional(),
  onError: onErrorSchema.optional(),
  retry: retryPolicySchema.optional(),
});
export type ComposedNode = z.infer<typeof composedNodeSchema>;

export const composedEdgeSchema = z.object({
  source: nodeIdSchema,
  sourcePort: z.string().min(1).max(64).default('out'),
  target: nodeIdSchema,
  targetPort: z.string().min(1).max(64).default('in'),
});
export type ComposedEdge = z.infer<typeof composedEdgeSchema>;

/** A part of the request that the product cannot do, in the person's own words. */
export const unsupportedPartSchema = z.object({
  text: z.string().min(1).max(1_000),
  reason: z.string().min(1).max(1_000),
  suggestion: z.string().max(1_000).optional(),
});
export type UnsupportedPart = z.infer<typeof unsupportedPartSchema>;

export const compositionSchema = z.object({
  name: z.string().min(1).max(120),
  nodes: z.array(composedNodeSchema).max(200),
  edges: z.array(composedEdgeSchema).max(400),
  /** What the workflow does, in plain words, in the language of the request. */
  summary: z.string().max(4_000),
  /** What was decided for the person where the request left it open, one sentence each. */
  assumptions: z.array(z.string().max(1_000)).max(50).default([]),
  unsupported: z.array(unsupportedPartSchema).max(50).default([]),
  /** Language of the request: a two-letter ISO 639-1 code. */
  language: z
    .string()
    .regex(/^[a-z]{2}$/, 'a two-letter language code')
    .default('en'),
});
export type Composition = z.infer<typeof compositionSchema>;

/** `now` and `timezone` (IANA) give relative dates and plain times of day their meaning. */
export interface ComposeRequest {
  prompt: string;
  now: Date;
  timezone: string;
  /** Two-letter code; absent: recognised from the prompt. */
  language?: string;
}

/** What a streaming composer yields: nodes and edges in drawing order (an edge comes after both its ends), then the whole. */
export type CompositionEvent =
  | { type: 'node'; node: ComposedNode }
  | { type: 'edge'; edge: ComposedEdge }
  | { type: 'done'; composition: Composition };

export function composedNodeToNode(node: ComposedNode, version = 1): WorkflowNode {
  return { ...node, version, position: { x: 0, y: 0 } };
}

export function composedEdgeToEdge(edge: ComposedEdge): WorkflowEdge {
  return edgeBetween(edge.source, edge.target, edge.sourcePort, edge.targetPort);
}

/** The graph of a composition, all positions 0,0. `versionOf` gives the current version of a kind. */
export function compositionGraph(
  composition: Pick<Composition, 'nodes' | 'edges'>,
  versionOf: (kind: string) => number = () => 1,
): WorkflowGraph {
  return {
    nodes: composition.nodes.map((node) => composedNodeToNode(node, versionOf(node.kind))),
    edges: composition.edges.map(composedEdgeToEdge),
    direction: 'down',
  };
}

/** The events of a finished composition: each edge as soon as both its ends are there. */
export function* compositionEvents(composition: Composition): Generator<CompositionEvent> {
  const drawn = new Set<string>();
  const pending = new Set(composition.edges);
  for (const node of composition.nodes) {
    yield { type: 'node', node };
    drawn.add(node.id);
    for (const edge of pending) {
      if (!drawn.has(edge.source) || !drawn.has(edge.target)) continue;
      pending.delete(edge);
      yield { type: 'edge', edge };
    }
  }
  yield { type: 'done', composition };
}
