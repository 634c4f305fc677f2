import { z } from 'zod';
import { instant, route, uuid } from './common.ts';

export const approvalSchema = z.object({
  id: uuid,
  runId: uuid,
  nodeId: z.string(),
  workflowId: uuid,
  workflowName: z.string(),
  title: z.string(),
  message: z.string(),
  payload: z.unknown(),
  /** Whoever decides may change the texts of the payload (`shared/nodes/approval/payload.ts`). */
  editable: z.boolean(),
  /** Addresses that were mailed; empty: it is asked in the app only. */
  approvers: z.array(z.string()),
  expiresAt: instant.nullable(),
  createdAt: instant,
});
export type Approval = z.infer<typeof approvalSchema>;

export const verdictSchema = z.object({
  decision: z.enum(['approved', 'rejected']),
  comment: z.string().max(10_000).default(''),
  /** New texts by their key in the payload; the key of a payload that is itself a text is empty. */
  edits: z.record(z.string(), z.string().max(100_000)).default({}),
});

export const approvals = {
  list: route
    .route({
      method: 'GET',
      path: '/approvals',
      tags: ['Approvals'],
      summary: 'What waits for a decision, oldest first',
    })
    .input(z.object({ runId: uuid.optional(), limit: z.coerce.number().int().min(1).max(100).default(50) }))
    .output(z.object({ items: z.array(approvalSchema) })),
  decide: route
    .route({ method: 'POST', path: '/approvals/{id}/decision', tags: ['Approvals'], summary: 'Approve or reject' })
    .input(verdictSchema.extend({ id: uuid }))
    .output(z.object({ id: uuid, decision: z.enum(['approved', 'rejected']), by: z.string() })),
};
