import { z } from 'zod';
import { groupsSchema, notesSchema } from './annotations.ts';
import { workflowSettingsSchema } from './settings.ts';

/** Hard limits of a workflow. Each ends in a named error that says the number. */
export const limits = {
  nodes: 2_000,
  edges: 4_000,
  configBytes: 256_000,
  /** Of one pinned output, as JSON, and of all of a workflow. */
  pinBytes: 256_000,
  pinsBytes: 1_000_000,
  promptChars: 20_000,
  containerDepth: 5,
} as const;

/** Readable and stable: expressions refer to steps by it (`steps.ai_generate_1.text`). The title can change freely. */
export const nodeIdSchema = z.string().regex(/^[a-z][a-z0-9_]{0,63}$/, 'use a-z, 0-9 and _, starting with a letter');

export const retryPolicySchema = z.object({
  /** Attempts in all, the first included. */
  attempts: z.int().min(1).max(20),
  delayMs: z.int().min(0).max(3_600_000),
  /** Each further delay is this many times the one before. */
  factor: z.number().min(1).max(10),
});
/** How often a step may begin, and how many of it may be at work at once, over all runs and processes. */
export const stepLimitSchema = z
  .object({
    perMinute: z.int().min(1).max(100_000).optional(),
    concurrency: z.int().min(1).max(10_000).optional(),
    /** Liquid. Steps with the same value share the limit; absent: all of this step of the workflow do. */
    key: z.string().max(500).optional(),
  })
  .refine((limit) => limit.perMinute !== undefined || limit.concurrency !== undefined, 'say how many');
export type StepLimit = z.infer<typeof stepLimitSchema>;

/** Stands in for a step's outcome in test runs: it is not done, and goes out along `port` with this. */
export const pinnedOutputSchema = z.object({ output: z.unknown(), port: z.string().min(1).max(64).optional() });
export type PinnedOutput = z.infer<typeof pinnedOutputSchema>;

export type RetryPolicy = z.infer<typeof retryPolicySchema>;

/** What happens to the run when a step has failed for good. `port`: go on along the step's `error` port. */
export const onErrorSchema = z.enum(['stop', 'continue', 'port']);
export type OnError = z.infer<typeof onErrorSchema>;

export const workflowNodeSchema = z.object({
  id: nodeIdSchema,
  kind: z.string().min(1).max(64),
  /** Version of the node kind that wrote `config`; older ones are upgraded when read. */
  version: z.int().min(1),
  title: z.string().max(120),
  config: z.record(z.string(), z.unknown()),
  /** The container that the step stands in; absent: it stands on the canvas itself. */
  parent: nodeIdSchema.optional(),
  /** Within the container, if it stands in one. */
  position: z.object({ x: z.number(), y: z.number() }),
  disabled: z.boolean().optional(),
  retry: retryPolicySchema.optional(),
  timeoutMs: z.int().min(100).max(86_400_000).optional(),
  limit: stepLimitSchema.optional(),
  onError: onErrorSchema.optional(),
  /**
   * When a crash or a cut line leaves it unknown whether an irreversible effect took place: `repeat` it under the same idempotency key (at
   * least once, the default) or `ask` a person (at most once).
   */
  onUnknown: z.enum(['repeat', 'ask']).optional(),
  /** Only in drafts: publishing and files leave it out. */
  pinned: pinnedOutputSchema.optional(),
});
export type WorkflowNode = z.infer<typeof workflowNodeSchema>;

export const workflowEdgeSchema = z.object({
  id: z.string().min(1).max(200),
  source: nodeIdSchema,
  sourcePort: z.string().min(1).max(64),
  target: nodeIdSchema,
  targetPort: z.string().min(1).max(64),
});
export type WorkflowEdge = z.infer<typeof workflowEdgeSchema>;

export const workflowGraphSchema = z.object({
  nodes: z.array(workflowNodeSchema).max(limits.nodes, `a workflow holds at most ${limits.nodes} steps`),
  edges: z.array(workflowEdgeSchema).max(limits.edges, `a workflow holds at most ${limits.edges} connections`),
  /** Which way the graph flows on the canvas. */
  direction: z.enum(['down', 'right']).default('down'),
  settings: workflowSettingsSchema.optional(),
  notes: notesSchema.optional(),
  groups: groupsSchema.optional(),
});
export type WorkflowGraph = z.infer<typeof workflowGraphSchema>;

export const emptyGraph: WorkflowGraph = { nodes: [], edges: [], direction: 'down' };

/** An edge's id is made from its ends, so that the same connection is never drawn twice. */
export function edgeId(edge: Omit<WorkflowEdge, 'id'>): string {
  return `${edge.source}:${edge.sourcePort}>${edge.target}:${edge.targetPort}`;
}

/** Builds an edge with its id; ports default to the only ones most steps have. */
export function edgeBetween(source: string, target: string, sourcePort = 'out', targetPort = 'in'): WorkflowEdge {
  const ends = { source, sourcePort, target, targetPort };
  return { id: edgeId(ends), ...ends };
}

/** The first free id of the form `<kind with underscores>_<n>`. */
export function nextNodeId(kind: string, taken: ReadonlySet<string>): string {
  const stem = kind.replace(/[^a-z0-9]+/g, '_');
  for (let n = 1; ; n++) {
    const id = `${stem}_${n}`;
    if (!taken.has(id)) return id;
  }
}
