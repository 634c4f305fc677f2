import { z } from 'zod';
import { instant, route, uuid } from './common.ts';

/** Services outside that workflows use. The built-in engine is none: it is always there. */
export const connectionIds = ['openai', 'claude', 'inhouse', 'mail'] as const;
export type ConnectionId = (typeof connectionIds)[number];

export const connectionProblemSchema = z.object({
  id: z.enum(connectionIds),
  label: z.string(),
  /** `failing`: its last use did not work. `missing`: it is not set up, and a live workflow needs it. */
  state: z.enum(['failing', 'missing']),
  /** What went wrong, or how it is set up. */
  message: z.string(),
  /** Of what fails: since when, and how often in a row. */
  since: instant.nullable(),
  failures: z.int(),
  /** The run in which it failed last. */
  runId: uuid.nullable(),
  /** The workflow that it failed in last, or one that misses it, with the step. Null when there is none (any more). */
  workflow: z.object({ id: uuid, name: z.string(), nodeId: z.string().nullable() }).nullable(),
  /** How many further live workflows miss it. */
  others: z.int(),
});
export type ConnectionProblem = z.infer<typeof connectionProblemSchema>;

export const connections = {
  problems: route
    .route({
      method: 'GET',
      path: '/connections/problems',
      tags: ['Connections'],
      summary: 'Models and mail servers that do not work, or that a live workflow misses',
    })
    .output(z.object({ items: z.array(connectionProblemSchema) })),
  /** Asks a model for one word, which may cost a fraction of a credit, or logs in to the mail server without sending. */
  test: route
    .route({
      method: 'POST',
      path: '/connections/{id}/test',
      tags: ['Connections'],
      summary: 'Try whether a model or the mail server works',
    })
    .input(z.object({ id: z.enum(connectionIds) }))
    .output(z.object({ ok: z.boolean(), message: z.string().nullable() })),
};
