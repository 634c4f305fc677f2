import type { LoopPolicy, RunEventBody } from '../../shared/workflow/run.ts';
import type { StepInvocation } from './step.ts';

type Opened = Extract<RunEventBody, { type: 'loop.opened' }>;

/** The event that gives a container its list. */
export async function openedEvent(
  { node }: StepInvocation,
  { items, concurrency, perMinute, onItemError }: { items: readonly unknown[] } & LoopPolicy,
): Promise<Opened> {
  const rate = perMinute === undefined ? {} : { perMinute };
  return { type: 'loop.opened', node, count: items.length, items, concurrency, onItemError, ...rate };
}
