import { z } from 'zod';

/** One thing that is wrong or doubtful about a workflow, with its place, in words for the person who builds it. */
export const problemSchema = z.object({
  /** `error` keeps the workflow from being published or run; `warning` does not. */
  severity: z.enum(['error', 'warning']),
  code: z.enum([
    'no_trigger',
    'cycle',
    'unknown_kind',
    'missing_node',
    'missing_port',
    'duplicate_id',
    'duplicate_edge',
    'unreachable',
    'invalid_config',
    'expression',
    'unknown_reference',
    'trigger_has_input',
    'port_type',
    'too_large',
    'call_cycle',
    /** A step stands where it cannot: no such container, too deep, a trigger. */
    'container',
    /** A connection crosses the border of a container. */
    'border',
    'empty_container',
  ]),
  message: z.string(),
  nodeId: z.string().optional(),
  edgeId: z.string().optional(),
  /** Path of the config field, dots between parts: `rules.0.left`. */
  field: z.string().optional(),
  /** Character offset in an expression. */
  position: z.number().optional(),
});
export type Problem = z.infer<typeof problemSchema>;
