/** Containers in the fold: an item is a frame of steps of its own, the loop counts them through and collects what they come to. */
import type { ErrorBody } from '../errors.ts';
import type { RunEvent, RunEventBody } from '../workflow/run.ts';
import { addressAt, itemPath, nodeOf } from './address.ts';
import { endsOf } from './collect.ts';
import type { CompiledGraph } from './graph.ts';
import { leastBytes, mostCollectedBytes } from './payloads.ts';
import {
  isEnding,
  isItem,
  type Frame,
  type ItemFrame,
  type LoopState,
  type RunState,
  type StepState,
} from './state.ts';
import { makeReady, stepIn } from './steps.ts';

type Opened = Extract<RunEventBody, { type: 'loop.opened' }>;

/** Gives the container at `address` its list. `from`: index of the first item, in a run that does a part. */
export function openLoop(
  graph: CompiledGraph,
  state: RunState,
  frame: Frame,
  step: StepState,
  { node: address, count, items = [], parts, concurrency, perMinute, onItemError }: Opened,
  at: number,
  from = 0,
): void {
  const container = graph.nodes.get(nodeOf(address));
  const loop: LoopState = {
    address,
    title: container?.node.title ?? address,
    body: container?.body?.nodes ?? [],
    frame,
    openedAt: at,
    from,
    items,
    count,
    next: 0,
    lastBegunAt: null,
    frames: new Set(),
    done: 0,
    failed: 0,
    results: [],
    bytes: 0,
    failures: [],
    concurrency,
    onItemError,
    ...(perMinute === undefined ? {} : { perMinute }),
    ...(parts === undefined ? {} : { parts: { count: parts, ended: new Set() } }),
  };
  step.status = 'running';
  step.loop = loop;
  state.loops.set(address, loop);
}

/** Begins items; the first steps of their bodies become ready. */
export function beginItems(
  graph: CompiledGraph,
  state: RunState,
  { node: address, from, to, at }: Extract<RunEvent, { type: 'loop.items' }>,
): void {
  const loop = state.loops.get(address)!;
  loop.lastBegunAt = at;
  for (let index = from; index < to; index++) beginItem(graph, state, loop, index);
}

function beginItem(graph: CompiledGraph, state: RunState, loop: LoopState, index: number): void {
  const body = graph.nodes.get(nodeOf(loop.address))!.body!;
  const path = itemPath(loop.address, index);
  const { outputs } = loop.frame;
  const item = loop.items[index - loop.from];
  const frame: ItemFrame = {
    path,
    parent: loop.frame,
    loop,
    index,
    item,
    steps: new Map(),
    outputs: { ...outputs },
    active: 0,
  };
  loop.next++;
  loop.frames.add(frame);
  state.frames.set(path, frame);
  for (const [node, settled] of body.outside) stepIn(frame, node).settled = settled;
  for (const edge of body.entries) {
    if (state.within?.has(edge.target) === false) continue;
    const step = stepIn(frame, edge.target);
    step.settled++;
    step.taken.push(edge);
    if (step.taken.length > 1) continue;
    const { incoming, join } = graph.nodes.get(edge.target)!;
    if (join === 'any' || step.settled === incoming.length) makeReady(state, frame, edge.target);
  }
  settleItem(state, frame);
}

/** To be called when a step of the frame has settled: an item with nothing under way is through. */
export function settleItem(state: RunState, frame: Frame): void {
  if (!isItem(frame) || frame.active > 0) return;
  const { loop, index, failure } = frame;
  if (!loop.frames.delete(frame)) return;
  if (!state.keepsItems) state.frames.delete(frame.path);
  if (failure) {
    loop.failed++;
    loop.failures.push({ index, error: failure });
  } else loop.done++;
  const result = failure ? null : endsOf(loop.body, frame.steps);
  loop.results[index - loop.from] = result;
  loop.bytes += leastBytes(result);
}

/** The item cannot go on: what has not begun is dropped, what is under way settles. */
export function failItem(state: RunState, frame: ItemFrame, error: NonNullable<ItemFrame['failure']>): void {
  const { loop, index } = frame;
  stopItem(state, frame, error);
  if (loop.onItemError === 'continue') return;
  const details = { ...error.details, index, ...(error.nodeId === undefined ? {} : { nodeId: error.nodeId }) };
  loop.failure ??= { code: error.code, message: `Item ${index + 1}: ${error.message}`, details };
  for (const other of loop.frames) stopItem(state, other, stopped);
}

const stopped: ErrorBody = { code: 'cancelled', message: 'Stopped because another item failed.' };

/** Nothing more starts for the item or below it. */
function stopItem(state: RunState, frame: ItemFrame, error: NonNullable<ItemFrame['failure']>): void {
  if (frame.failure) return;
  frame.failure = error;
  for (const [node, step] of frame.steps) {
    const address = addressAt(frame.path, node);
    const rests = step.status === 'waiting' || step.status === 'retrying';
    if (state.ready.delete(address) || (rests && state.open.delete(address))) {
      step.status = 'skipped';
      frame.active--;
    } else for (const inner of step.loop?.frames ?? []) stopItem(state, inner, error);
  }
  settleItem(state, frame);
}

/** Takes in what a run came to that did a part of the list. */
export function endPart(state: RunState, { node, output, error }: Extract<RunEvent, { type: 'loop.part' }>): void {
  const loop = state.loops.get(node)!;
  if (!output) {
    loop.failure ??= error ?? { code: 'internal', message: 'A part of the list could not be done.' };
    return;
  }
  const { part, results, count, failed, failures } = output;
  if (loop.parts!.ended.has(part)) return;
  loop.parts!.ended.add(part);
  const from = part * partSize;
  for (const [i, result] of results.entries()) loop.results[from + i] = result;
  loop.bytes += leastBytes(results);
  loop.next += count;
  loop.done += count - failed;
  loop.failed += failed;
  loop.failures.push(...failures);
}

/** Lists longer than this go to runs of their own, in parts of `partSize`, which all workers share. */
export const longestHere = 1_000;
export const partSize = 500;
/** Parts of one loop under way at once, at most. */
const maxLanes = 4;

/** How many runs share the items at once, and how each of them goes about it so that together they keep to the policy. */
export function lanesOf(
  { concurrency, perMinute }: Pick<LoopState, 'concurrency' | 'perMinute'>,
  parts: number,
): {
  lanes: number;
  concurrency: number;
  perMinute?: number;
} {
  const lanes = Math.min(maxLanes, concurrency, perMinute ?? maxLanes, parts);
  const share = { lanes, concurrency: Math.floor(concurrency / lanes) };
  return perMinute === undefined ? share : { ...share, perMinute: Math.max(1, Math.floor(perMinute / lanes)) };
}

/** The earliest instant (milliseconds) at which the rate lets another item begin; null: the rate is not what it waits for. */
export function itemDue(state: RunState, loop: LoopState): number | null {
  const { perMinute, lastBegunAt, next, count, frames, concurrency, parts } = loop;
  if (perMinute === undefined || lastBegunAt === null || parts || next === count || frames.size >= concurrency)
    return null;
  return failureOf(state, loop) ? null : Math.ceil(lastBegunAt + 60_000 / perMinute);
}

/** The next event of each loop that has one coming at `now` (milliseconds): further items begin, or the loop is through. */
export function loopEvents(state: RunState, now: number): RunEventBody[] {
  const events: RunEventBody[] = [];
  for (const loop of state.loops.values()) {
    const event = nextEvent(state, loop, now);
    if (event) events.push(event);
  }
  return events;
}

function nextEvent(state: RunState, loop: LoopState, now: number): RunEventBody | null {
  const { address: node, frames, parts, count, next } = loop;
  const ms = now - loop.openedAt;
  const failure = failureOf(state, loop);
  if (failure) return frames.size === 0 ? { type: 'step.failed', node, attempt: 1, error: failure, ms } : null;
  const isThrough = parts ? parts.ended.size === parts.count : next === count && frames.size === 0;
  if (isThrough) return { type: 'step.done', node, port: 'done', collected: true, ms };
  const free = parts ? 0 : itemsFree(state, loop, now);
  return free === 0 ? null : { type: 'loop.items', node, from: loop.from + next, to: loop.from + next + free };
}

/** Why no further item begins; the loop fails with it once what is under way has settled. */
function failureOf(state: RunState, loop: LoopState): ErrorBody | undefined {
  if (loop.failure) return loop.failure;
  if (isEnding(state, loop.frame)) return outside;
  return loop.bytes > mostCollectedBytes ? tooLarge(loop) : undefined;
}

function tooLarge({ title }: LoopState): ErrorBody {
  return {
    code: 'too_large',
    message: `The items of “${title}” have come to more than ${mostCollectedBytes / 1_000_000} MB together. End what is done for each item with a step that puts out only what is needed after the loop: a “Set fields” step does that.`,
    details: { limit: mostCollectedBytes },
  };
}

const outside: ErrorBody = { code: 'cancelled', message: 'Stopped because something outside of the loop failed.' };

function itemsFree(state: RunState, loop: LoopState, now: number): number {
  const free = Math.min(loop.concurrency - loop.frames.size, loop.count - loop.next);
  if (loop.perMinute === undefined) return free;
  if (loop.lastBegunAt === null) return Math.min(free, 1);
  if ((itemDue(state, loop) ?? now) > now) return 0;
  // At high rates several are due between two looks; what a loop could not use for longer is lost.
  const elapsed = Math.min(now - loop.lastBegunAt, catchUpMs);
  return Math.min(free, Math.max(1, Math.floor((elapsed * loop.perMinute) / 60_000)));
}

const catchUpMs = 100;
