import type { ErrorBody } from '../errors.ts';
import { endsWait, type PartOutput, type RunEventBody, type WaitSignal } from '../workflow/run.ts';
import { itemDue, loopEvents } from './loop.ts';
import { hasOpenMails, isSendingMail, isUnsettled, mailDue, nextMails } from './held.ts';
import { stepAt, type RunState, type StepState } from './state.ts';

/**
 * What to do next, decided from the state alone. `record`: write these events of loops and ask again. `start`: these steps may begin now, in
 * parallel. `send`: these held mails go out now, each event says which. `finish`: write this event, the run is over. `rest`: nothing to start
 * until something under way settles, a wait ends or a person decides. `now` is milliseconds since the epoch.
 */
export type Decision =
  | { type: 'record'; events: RunEventBody[] }
  | { type: 'start'; nodes: string[] }
  | { type: 'send'; events: Extract<RunEventBody, { type: 'mail.sending' }>[] }
  | { type: 'finish'; event: Extract<RunEventBody, { type: 'run.finished' }> }
  | { type: 'rest' };

export function decide(state: RunState, now: number): Decision {
  if (state.status === 'done' || state.status === 'failed' || state.status === 'cancelled') return { type: 'rest' };
  if (state.ending) {
    if (isAnythingRunning(state)) return { type: 'rest' };
    if (state.ending.status === 'done') return close(state, now);
    return isUnsettled(state.mails) ? { type: 'rest' } : { type: 'finish', event: finishedAs(state.ending) };
  }
  // A paused run does not even end by itself: its end may do something too.
  if (state.paused) return { type: 'rest' };
  const events = state.loops.size > 0 ? loopEvents(state, now) : [];
  if (events.length > 0) return { type: 'record', events };
  if (state.ready.size > 0) return { type: 'start', nodes: [...state.ready] };
  if (state.open.size > 0) return { type: 'rest' };
  return close(state, now);
}

/** The steps are through and the run is to end well: held mails go out first. */
function close(state: RunState, now: number): Decision {
  const { mails } = state;
  const next = mails ? nextMails(mails, now) : 'none';
  if (next === 'none')
    return {
      type: 'finish',
      event: finishedAs(mails?.error ? { status: 'failed', error: mails.error } : { status: 'done' }),
    };
  if (next === 'rest' || state.paused) return { type: 'rest' };
  return {
    type: 'send',
    events: next.map((mail) => ({ type: 'mail.sending', node: mails!.all.get(mail.key)!.node, ...mail })),
  };
}

/** True while a step may still be doing something outside: its outcome must be journaled before the run can end. */
function isAnythingRunning(state: RunState): boolean {
  for (const id of state.open) {
    const step = stepAt(state, id);
    if (isAtWork(step) || step?.status === 'uncertain') return true;
  }
  return false;
}

/** A container whose items are under way does nothing itself. */
function isAtWork(step: StepState | undefined): boolean {
  return step?.status === 'running' && !step.loop;
}

function finishedAs(ending: NonNullable<RunState['ending']>): Extract<RunEventBody, { type: 'run.finished' }> {
  const { status, error } = ending;
  if (!error) return { type: 'run.finished', status };
  const { nodeId: _nodeId, ...body } = error;
  return { type: 'run.finished', status, error: body };
}

/** True when no step is under way and none may start, for some wait for a time, a retry or a person, or the run is paused: it can leave memory. */
export function isAtRest(state: RunState): boolean {
  if (state.paused) return !hasRunning(state);
  const isOpen = state.open.size > 0 || hasOpenMails(state.mails);
  return (state.ready.size === 0 || state.ending !== undefined) && isOpen && !hasRunning(state);
}

/** True while a step or a mail is under way in this process. */
export function hasRunning(state: RunState): boolean {
  if (isSendingMail(state.mails)) return true;
  for (const id of state.open) if (isAtWork(stepAt(state, id))) return true;
  return false;
}

/** How a run shows: the fold says `running` until the end, also while it is at rest. */
export function shownStatus(state: RunState): RunState['status'] {
  return state.status === 'running' && isAtRest(state) ? 'waiting' : state.status;
}

/** The earliest instant (milliseconds) at which something in this run is due, or null: it rests until it is told to go on. */
export function nextDue(state: RunState): number | null {
  if (state.paused) return null;
  let due = mailDue(state.mails);
  for (const id of state.open) {
    const step = stepAt(state, id)!;
    const at = step.loop
      ? itemDue(state, step.loop)
      : step.status === 'retrying'
        ? step.retryAt
        : step.status === 'waiting'
          ? step.wait?.at
          : undefined;
    if (at !== undefined && at !== null && (due === null || at < due)) due = at;
  }
  return due;
}

/** A word for a step, from outside of the run. */
export interface Word {
  node: string;
  signal: WaitSignal;
}

/** The waiting steps that go on at `now` (milliseconds), each with what ends its wait: a word among those that have arrived, or its time. */
export function resumptions(state: RunState, arrived: readonly Word[], now: number): Word[] {
  if (state.ending || state.paused) return [];
  const result: Word[] = [];
  for (const node of state.open) {
    const step = stepAt(state, node)!;
    if (step.status !== 'waiting' || !step.wait) continue;
    const { wait } = step;
    const word = arrived.find((one) => one.node === node && endsWait(wait, one.signal));
    if (word) result.push({ node, signal: word.signal });
    else if (wait.at !== null && wait.at <= now) result.push({ node, signal: { kind: 'time' } });
  }
  return result;
}

/** What the runs have come to that share the list of a container, as far as they have told and it is not written down yet. */
export function partEvents(state: RunState, arrived: readonly Word[]): RunEventBody[] {
  const events: RunEventBody[] = [];
  for (const { node, signal } of state.ending || state.paused ? [] : arrived) {
    const loop = state.loops.get(node);
    if (!loop?.parts || loop.failure || signal.kind !== 'run') continue;
    const { runId, status, costMicro: cost = 0, error } = signal;
    const output = status === 'done' ? (signal.output as PartOutput) : null;
    if (output && loop.parts.ended.has(output.part)) continue;
    events.push({ type: 'loop.part', node, runId, output, cost, ...(output ? {} : { error: error ?? cancelled }) });
  }
  return events;
}

const cancelled: ErrorBody = { code: 'cancelled', message: 'A run that did a part of the list was stopped.' };

/** True when a word from outside may be for this run: a step waits for one, or is on its way to such a wait. */
export function awaitsSignal(state: RunState): boolean {
  for (const id of state.open) {
    const step = stepAt(state, id)!;
    if (step.status === 'running' || (step.status === 'waiting' && step.wait?.kind !== 'until')) return true;
  }
  return false;
}
