import { z } from 'zod';

/** What holds for every run of a workflow, as part of its version. All of it may be left out. */
export const workflowSettingsSchema = z.object({
  /** What a run may spend, in micro-credits, before it pauses and asks. Absent: as much as there is. */
  costLimitMicro: z.int().min(1).max(1_000_000_000_000_000).optional(),
  /** Mails are written while the run goes on, and sent when it has succeeded; when it fails or is stopped, never. */
  holdMails: z.boolean().optional(),
  /** When a run fails, effects that can be taken back stay (`keep`, the default) or are taken back, the last one first. */
  onFailure: z.enum(['keep', 'rollback']).optional(),
});
export type WorkflowSettings = z.infer<typeof workflowSettingsSchema>;
