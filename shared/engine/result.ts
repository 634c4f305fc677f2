import type { RunState } from './fold.ts';
import type { CompiledGraph } from './graph.ts';

/**
 * What a run came to, for whoever called it: the body of the first answer; else the output of the step it ended at, or `{ <nodeId>: output }`
 * where several branches ended. A step is an end when nothing went on from it.
 */
export function resultOf(graph: CompiledGraph, state: RunState): unknown {
  if (state.answer) return state.answer.body;
  const went = new Set([...state.steps.values()].flatMap((step) => step.taken.map((edge) => edge.source)));
  const ends = graph.order.filter((id) => state.steps.get(id)?.status === 'done' && !went.has(id));
  if (ends.length === 1) return state.steps.get(ends[0]!)?.output ?? null;
  return Object.fromEntries(ends.map((id) => [id, state.steps.get(id)?.output ?? null]));
}
