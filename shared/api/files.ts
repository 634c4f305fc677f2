import { z } from 'zod';
import { workflowGraphSchema } from '../workflow/graph.ts';

/** A parameter is asked for in a small form; its value replaces `[[key]]` wherever it stands in the graph's config strings. */
export const templateParameterSchema = z.object({
  key: z.string().regex(/^[a-z][a-z0-9_]*$/),
  label: z.string(),
  help: z.string().optional(),
  type: z.enum(['text', 'textarea', 'email', 'url', 'number', 'time', 'select']),
  options: z.array(z.object({ value: z.string(), label: z.string() })).optional(),
  default: z.string().default(''),
  required: z.boolean().default(true),
});

/**
 * A workflow or template as a file that can be kept, mailed, and read by another installation. It holds no secrets and no ids of a workspace;
 * `removed` says where some stood, so that whoever reads it knows what to fill in.
 */
export const workflowFileSchema = z.object({
  format: z.literal('mailweave/workflow', 'this is no file of a Mailweave workflow'),
  version: z.literal(1, 'this file comes from a newer Mailweave; update this one to read it'),
  name: z.string().trim().min(1, 'the file has no name').max(120),
  description: z.string().max(500).default(''),
  keywords: z.array(z.string().max(60)).max(40).default([]),
  parameters: z.array(templateParameterSchema).max(40).default([]),
  graph: workflowGraphSchema,
  removed: z
    .array(z.object({ node: z.string().max(64), field: z.string().max(200) }))
    .max(10_000)
    .default([]),
});
export type WorkflowFile = z.infer<typeof workflowFileSchema>;
