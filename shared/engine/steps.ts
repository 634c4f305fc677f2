/** What the fold does to single steps. */
import { addressAt } from './address.ts';
import type { Frame, RunState, StepState } from './state.ts';

/** Where an event of a step takes place. */
export interface Place {
  frame: Frame;
  node: string;
  step: StepState;
}

/** The step of a frame, made when it is first spoken of. */
export function stepIn(frame: Frame, node: string): StepState {
  let step = frame.steps.get(node);
  if (!step) {
    step = { status: 'pending', attempt: 0, costMicro: 0, log: [], settled: 0, taken: [] };
    frame.steps.set(node, step);
  }
  return step;
}

export function makeReady(state: RunState, frame: Frame, node: string): void {
  state.ready.add(addressAt(frame.path, node));
  frame.active++;
}

export function setOutput({ frame, node, step }: Place, output: unknown): void {
  step.output = output;
  if (output !== undefined) frame.outputs[node] = output;
}

export function openStep(state: RunState, frame: Frame, address: string): void {
  if (!state.ready.delete(address) && !state.open.has(address)) frame.active++;
  state.open.add(address);
}

export function closeStep(state: RunState, frame: Frame, address: string): void {
  const wasReady = state.ready.delete(address);
  if (state.open.delete(address) || wasReady) frame.active--;
}
