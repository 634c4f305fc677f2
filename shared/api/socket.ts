import type { RunEvent, RunSummary, StepProgress } from '../workflow/run.ts';

/**
 * Socket.IO events. The socket authenticates by the session cookie and sees only its active workspace. Journal events are numbered per run:
 * whoever notices a gap watches again with the last number it has.
 */
export interface ClientToServer {
  /** Follow a run. The answer holds every journaled event after `after`; later ones follow as `run.events`. */
  'run.watch': (
    input: { runId: string; after: number },
    answer: (result: { events: RunEvent[] } | { error: string }) => void,
  ) => void;
  'run.unwatch': (input: { runId: string }) => void;
}

export interface ServerToClient {
  'run.events': (message: { runId: string; events: RunEvent[] }) => void;
  'run.progress': (progress: StepProgress) => void;
  /** To everyone in the workspace: a run was created or changed its status. */
  'run.changed': (summary: RunSummary) => void;
  /** To everyone in the workspace: something waits for a decision, or does no more. */
  'approval.changed': (message: { runId: string }) => void;
  'inbox.arrived': (message: { id: string; from: string; subject: string }) => void;
  /** A draft was saved; a tab that has an older revision and did not save it itself learns that its own is stale. */
  'workflow.saved': (message: { workflowId: string; revision: number; by: string }) => void;
}
