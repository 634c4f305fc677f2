import type { ErrorBody } from '../errors.ts';
import type { RunEvent } from '../workflow/run.ts';
import { addressAt, nodeOf } from './address.ts';
import { loopOutput } from './collect.ts';
import { settleEdges } from './edges.ts';
import { applyMailEvent, discardMails } from './held.ts';
import type { CompiledGraph } from './graph.ts';
import { beginItems, endPart, failItem, openLoop, settleItem } from './loop.ts';
import { withPlaceholders } from './payloads.ts';
import { startRun } from './start.ts';
import {
  frameOf,
  inputOf,
  isEnding,
  isItem,
  newRunState,
  stepAt,
  type Frame,
  type RunState,
  type StepState,
} from './state.ts';
import { closeStep, openStep, setOutput, stepIn, type Place } from './steps.ts';

export { inputOf, inputsOf, newRunState, type RunState, type StepState } from './state.ts';

/**
 * A run's state is the fold over its journal. Rules, all of them here:
 *
 * 1. An edge is settled when its source is done, skipped, or has failed in a way that lets the run go on. It is taken when its source went
 *    out along the edge's port; all others are untaken.
 * 2. A step is ready when every incoming edge is settled and at least one is taken (`join: any`: as soon as one is taken).
 * 3. A step whose incoming edges are all settled and untaken is skipped, and settles its own edges untaken (dead-path elimination).
 * 4. Edges from nodes that this run's trigger cannot reach count as untaken from the start.
 * 5. A step that fails for good with `onError: stop`, or a step that stops the run, ends it: nothing new is started, what is under way settles.
 * 6. In a container the same rules hold for the steps of each item (`loop.ts`); what ends there by rule 5 is the item.
 *
 * 7. In a run of a part of the workflow, edges to steps that take no part lead nowhere.
 * 8. Mails that were held are sent when all else of the run is done (`held.ts`); then only it ends.
 *
 * The state is changed in place; whoever needs an old one folds again.
 */

/** Folds a whole journal. Events must come in order of `seq`. */
export function foldRun(graph: CompiledGraph, events: Iterable<RunEvent>): RunState {
  const state = newRunState();
  for (const event of events) applyEvent(graph, state, event);
  return state;
}

/** Brings `state` forward by one event. */
export function applyEvent(graph: CompiledGraph, state: RunState, journaled: RunEvent): void {
  const event = withPlaceholders(journaled);
  if (event !== journaled) state.hasPayloads = true;
  state.seq = event.seq;
  switch (event.type) {
    case 'run.started':
      return startRun(graph, state, event);
    case 'run.finished':
      return finishRun(state, event);
    case 'run.paused':
      state.paused = { at: event.at, by: event.by ?? null, cost: event.cost ?? null };
      if (event.wish !== undefined) state.wish = event.wish;
      return;
    case 'run.resumed':
      delete state.paused;
      state.wish = event.wish;
      if (event.costLimitMicro !== undefined) state.costLimitMicro = event.costLimitMicro;
      return;
    case 'step.compensating':
      (state.undo ??= new Map()).set(event.node, { status: 'compensating' });
      return;
    case 'step.compensated':
      (state.undo ??= new Map()).set(event.node, { status: 'compensated' });
      return;
    case 'step.compensate_failed':
      (state.undo ??= new Map()).set(event.node, { status: 'compensate_failed', error: event.error });
      return;
    case 'mail.held':
    case 'mail.sending':
    case 'mail.sent':
    case 'mail.failed':
    case 'mail.uncertain':
      state.mails = applyMailEvent(graph, state.mails, event);
      return;
    case 'loop.items':
      return beginItems(graph, state, event);
    case 'loop.part':
      state.costMicro += event.cost;
      return endPart(state, event);
    default: {
      const frame = frameOf(state, event.node);
      if (!frame) return;
      const node = nodeOf(event.node);
      applyStepEvent(graph, state, { frame, node, step: stepIn(frame, node) }, event);
      return settleItem(state, frame);
    }
  }
}

type StepEvent = Exclude<
  RunEvent,
  { type: `run.${string}` | `mail.${string}` | `step.compensat${string}` | 'loop.items' | 'loop.part' }
>;

function applyStepEvent(graph: CompiledGraph, state: RunState, place: Place, event: StepEvent): void {
  const { frame, step } = place;
  switch (event.type) {
    case 'step.started':
      step.status = 'running';
      step.attempt = event.attempt;
      step.startedAt ??= event.at;
      delete step.retryAt;
      // Whatever became of the attempt before is known, or a person has decided: this one announces its effect anew.
      delete step.intent;
      return openStep(state, frame, event.node);
    case 'step.intent':
      step.intent = event.key;
      step.key ??= event.key;
      return;
    case 'step.waiting':
      step.status = 'waiting';
      step.wait = event.wait;
      // What it had announced has happened: what it does when it goes on is announced anew.
      delete step.intent;
      return restStep(state, place, event.node);
    case 'step.resumed':
      step.status = 'running';
      if (!step.wait || step.wait.kind === 'turn') return;
      step.resumed = { wait: step.wait, signal: event.signal ?? { kind: 'time' } };
      step.goes = (step.goes ?? 0) + 1;
      return;
    case 'step.uncertain':
      step.status = 'uncertain';
      step.error = event.error;
      return openStep(state, frame, event.node);
    case 'loop.opened':
      openStep(state, frame, event.node);
      step.attempt ||= 1;
      return openLoop(graph, state, frame, step, event, event.at);
    case 'step.done':
      return completeStep(graph, state, place, event);
    case 'step.failed':
      return failStep(graph, state, place, event);
  }
}

/** A step that comes to rest where nothing goes on any more is given up. */
function restStep(state: RunState, { frame, step }: Place, address: string): void {
  if (!isItem(frame) || !isEnding(state, frame)) return openStep(state, frame, address);
  step.status = 'skipped';
  closeStep(state, frame, address);
}

function finishRun(state: RunState, event: Extract<RunEvent, { type: 'run.finished' }>): void {
  state.status = event.status;
  state.finishedAt = event.at;
  delete state.paused;
  if (event.error) state.error = state.ending?.error ?? state.mails?.error ?? event.error;
  if (state.mails) discardMails(state.mails);
  state.ready.clear();
  for (const id of state.open) {
    const step = stepAt(state, id);
    if (step && (step.status === 'waiting' || step.status === 'retrying' || step.loop)) step.status = 'skipped';
  }
  state.open.clear();
  state.loops.clear();
  if (!state.keepsItems) state.frames.clear();
}

function completeStep(
  graph: CompiledGraph,
  state: RunState,
  place: Place,
  event: Extract<RunEvent, { type: 'step.done' }>,
): void {
  const { frame, node, step } = place;
  step.status = 'done';
  step.finishedAt = event.at;
  step.ms = event.ms;
  step.port = event.port;
  if (event.collected && step.loop) setOutput(place, loopOutput(step.loop));
  else setOutput(place, event.pass ? inputOf(state, event.node) : event.output);
  closeLoop(state, step);
  delete step.error;
  delete step.retryAt;
  if (event.cost) {
    step.costMicro += event.cost;
    state.costMicro += event.cost;
  }
  if (event.log) step.log.push(...event.log);
  if (event.answer) state.answer ??= event.answer;
  closeStep(state, frame, event.node);
  if (event.stop) {
    const error =
      event.stop.status === 'failed'
        ? { code: 'stopped' as const, message: event.stop.message, nodeId: event.node }
        : undefined;
    state.ending ??= error ? { status: 'failed', error } : { status: 'done' };
    return;
  }
  goOn(graph, state, frame, node, event.port);
}

function closeLoop(state: RunState, { loop }: StepState): void {
  if (!loop) return;
  state.loops.delete(loop.address);
  if (!state.keepsItems) loop.items = [];
}

function failStep(
  graph: CompiledGraph,
  state: RunState,
  place: Place,
  event: Extract<RunEvent, { type: 'step.failed' }>,
): void {
  const { frame, node, step } = place;
  step.attempt = event.attempt;
  step.error = event.error;
  step.ms = event.ms;
  if (event.log) step.log.push(...event.log);
  if (event.retryAt !== undefined) {
    step.status = 'retrying';
    step.retryAt = event.retryAt;
    return restStep(state, place, event.node);
  }
  step.status = 'failed';
  step.finishedAt = event.at;
  closeLoop(state, step);
  closeStep(state, frame, event.node);
  const onError = state.part?.loop === event.node ? 'stop' : (graph.nodes.get(node)?.node.onError ?? 'stop');
  if (onError === 'stop') return endBy(state, frame, { ...event.error, nodeId: event.node });
  step.port = onError === 'port' ? 'error' : graph.nodes.get(node)?.body ? 'done' : 'out';
  setOutput(place, { error: event.error, input: inputOf(state, event.node) });
  goOn(graph, state, frame, node, step.port);
}

/** Rules 5 and 6. */
function endBy(state: RunState, frame: Frame, error: ErrorBody & { nodeId: string }): void {
  if (isItem(frame)) failItem(state, frame, error);
  else state.ending ??= { status: 'failed', error };
}

/** A run that does a part of a list ends with its container; where an item has failed, nothing new becomes ready. */
function goOn(graph: CompiledGraph, state: RunState, frame: Frame, node: string, port: string): void {
  if (state.part?.loop === addressAt(frame.path, node)) return;
  if (isItem(frame) && isEnding(state, frame)) return;
  settleEdges(graph, state, frame, node, port);
}
