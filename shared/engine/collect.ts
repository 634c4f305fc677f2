import type { LoopOutput } from '../workflow/run.ts';
import type { LoopState, StepState } from './state.ts';

/** What steps came to together. A step is an end when nothing went on from it. `order`: ids of nodes, those without a step among them. */
export function endsOf(order: readonly string[], steps: ReadonlyMap<string, StepState>): unknown {
  const went = new Set<string>();
  for (const { taken } of steps.values()) for (const { source } of taken) went.add(source);
  const ends = order.filter((id) => steps.get(id)?.status === 'done' && !went.has(id));
  if (ends.length === 1) return steps.get(ends[0]!)?.output ?? null;
  return ends.length === 0 ? null : Object.fromEntries(ends.map((id) => [id, steps.get(id)?.output ?? null]));
}

/** What a container puts out when all its items are through. Failures come in the order of the items. */
export function loopOutput({ results, count, failed, failures }: LoopState): LoopOutput {
  return { results, count, failed, failures: failures.toSorted((a, b) => a.index - b.index) };
}
