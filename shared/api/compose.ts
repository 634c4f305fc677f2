import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { providerIds } from '../nodes/contract.ts';
import { workflowEdgeSchema, workflowNodeSchema } from '../workflow/graph.ts';
import { problemSchema } from '../workflow/problem.ts';
import { route, uuid } from './common.ts';

export const providerSchema = z.object({
  id: z.enum(providerIds),
  label: z.string(),
  configured: z.boolean(),
  model: z.string(),
  /** How to switch it on, when it is off. */
  remedy: z.string().nullable(),
});
export type Provider = z.infer<typeof providerSchema>;

export const unsupportedSchema = z.object({ text: z.string(), reason: z.string(), suggestion: z.string().optional() });

/** What arrives while a workflow is being generated. Nodes come with positions; `done` closes the stream. */
export const composeEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('status'), text: z.string() }),
  z.object({ type: z.literal('node'), node: workflowNodeSchema }),
  z.object({ type: z.literal('edge'), edge: workflowEdgeSchema }),
  z.object({
    type: z.literal('done'),
    name: z.string(),
    graph: z.object({
      nodes: z.array(workflowNodeSchema),
      edges: z.array(workflowEdgeSchema),
      direction: z.enum(['down', 'right']),
    }),
    summary: z.string(),
    assumptions: z.array(z.string()),
    unsupported: z.array(unsupportedSchema),
    problems: z.array(problemSchema),
    provider: z.enum(providerIds),
    costMicro: z.int(),
  }),
]);
export type ComposeEvent = z.infer<typeof composeEventSchema>;

export const compose = {
  providers: route
    .route({ method: 'GET', path: '/providers', tags: ['AI'], summary: 'AI providers and whether they are set up' })
    .output(z.object({ items: z.array(providerSchema), default: z.enum(providerIds) })),
  /** Streams as server-sent events. Nothing is saved; create a workflow with the final graph. */
  generate: route
    .route({ method: 'POST', path: '/compose', tags: ['AI'], summary: 'Turn a request in words into a workflow' })
    .input(
      z.object({
        prompt: z.string(),
        provider: z.union([z.enum(providerIds), z.literal('auto')]).default('auto'),
        timezone: z.string().max(64).default('UTC'),
        /** Set when it is asked from the editor of a workflow: only for the statement. */
        workflowId: uuid.optional(),
      }),
    )
    .output(eventIterator(composeEventSchema)),
};
