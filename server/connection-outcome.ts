import type { ErrorBody } from '../shared/errors.ts';

/** How one use of a service outside ended, told by whoever used it. */
export interface ConnectionOutcome {
  workspaceId: string;
  /** A provider's id, or `mail`. */
  connection: string;
  /** Null: it worked. */
  error: ErrorBody | null;
  runId?: string | undefined;
  workflowId?: string | undefined;
}

/** Takes note without keeping its caller waiting; never throws. */
export type HearOutcome = (outcome: ConnectionOutcome) => void;
