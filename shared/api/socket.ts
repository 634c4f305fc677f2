import type { RunEvent, RunSummary, StepProgress } from '../workflow/run.ts';

/** Somebody who has a workflow open. */
export interface PersonHere {
  userId: string;
  name: string;
}

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
  /** The workflow is on the screen. The answer tells who else has it open, oneself included, and how new the draft is. */
  'workflow.open': (
    input: { workflowId: string },
    answer: (result: { people: PersonHere[]; revision: number } | { error: string }) => void,
  ) => void;
  'workflow.close': (input: { workflowId: string }) => void;
}

export interface ServerToClient {
  'run.events': (message: { runId: string; events: RunEvent[] }) => void;
  'run.progress': (progress: StepProgress) => void;
  /** To everyone in the workspace: a run was created or changed its status. */
  'run.changed': (summary: RunSummary) => void;
  /** To everyone in the workspace: something waits for a decision, or does no more. */
  'approval.changed': (message: { runId: string }) => void;
  'inbox.arrived': (message: { id: string; from: string; subject: string }) => void;
  /** To everyone who has the workflow open: who does now, oneself included. */
  'workflow.people': (message: { workflowId: string; people: PersonHere[] }) => void;
  /** A draft was saved; a tab that has an older revision and did not save it itself learns that its own is stale. */
  'workflow.saved': (message: { workflowId: string; revision: number; by: string }) => void;
}
