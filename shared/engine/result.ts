import type { CompiledGraph } from './graph.ts';
import { endsOf, loopOutput } from './collect.ts';
import { stepAt, type RunState } from './state.ts';

/**
 * What a run came to, for whoever called it: the body of the first answer; else the output of the step it ended at, or `{ <nodeId>: output }`
 * where several branches ended. A run that did a part of a loop came to a PartOutput.
 */
export function resultOf(graph: CompiledGraph, state: RunState): unknown {
  if (state.part) {
    const loop = stepAt(state, state.part.loop)?.loop;
    return loop ? { part: state.part.part, ...loopOutput(loop) } : null;
  }
  if (state.answer) return state.answer.body;
  return endsOf(graph.order, state.steps);
}
