import type { WorkflowGraph } from '../workflow/graph.ts';
import type { RunEvent } from '../workflow/run.ts';
import { withHeads } from './payloads.ts';
import type { RunState, StepState } from './state.ts';

/** A journal as a release has written it, with what it came to then. Kept for ever: new code has to read it the same way. */
export interface RecordedJournal {
  name: string;
  graph: WorkflowGraph;
  events: RunEvent[];
  end: StateSummary;
}

/** What of a run's state people and later runs depend on, in a form that can be written down. */
export interface StateSummary {
  status: string;
  error: unknown;
  costMicro: number;
  answer: unknown;
  /** By node, those on the canvas itself. */
  steps: Record<string, Pick<StepState, 'status' | 'attempt'> & { port: unknown; output: unknown; error: unknown }>;
}

export function summaryOf(state: RunState): StateSummary {
  const steps = [...state.steps].map(
    ([id, { status, attempt, port = null, output = null, error = null }]) =>
      [id, { status, attempt, port, output: withHeads(output), error }] as const,
  );
  return {
    status: state.status,
    error: state.error ?? null,
    costMicro: state.costMicro,
    answer: state.answer ?? null,
    steps: Object.fromEntries(steps.toSorted(([a], [b]) => (a < b ? -1 : 1))),
  };
}
