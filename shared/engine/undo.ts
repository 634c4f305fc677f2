import type { ErrorBody } from '../errors.ts';
import type { RunEvent } from '../workflow/run.ts';

/** How the undoing of a step stands. */
export interface StepUndo {
  status: 'compensating' | 'compensated' | 'compensate_failed';
  error?: ErrorBody;
}

/**
 * Addresses of the steps whose effects are to be taken back: those that are done and can be undone, the last one first. What an earlier run
 * did is that run's; what was undone, or could not be, is not tried again.
 */
export function stepsToUndo(events: readonly RunEvent[], canUndo: (address: string) => boolean): string[] {
  const done = new Set<string>();
  for (const event of events) {
    if (event.type === 'step.done' && !event.copied && canUndo(event.node)) done.add(event.node);
    else if (event.type === 'step.compensated' || event.type === 'step.compensate_failed') done.delete(event.node);
  }
  return [...done].toReversed();
}

/** Steps whose effects were taken back, or may have been. */
export function undoneSteps(events: readonly RunEvent[]): Set<string> {
  const undone = new Set<string>();
  for (const event of events)
    if (event.type === 'step.compensating' || event.type === 'step.compensated') undone.add(event.node);
  return undone;
}
