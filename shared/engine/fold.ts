import type { ErrorBody } from '../errors.ts';
import type { WorkflowEdge } from '../workflow/graph.ts';
import type {
  Answer,
  LogLine,
  Pause,
  Pin,
  Resumption,
  RunEvent,
  RunStatus,
  StepStatus,
  Wait,
} from '../workflow/run.ts';
import type { CompiledGraph, CompiledNode } from './graph.ts';

/**
 * A run's state is the fold over its journal. Rules, all of them here:
 *
 * 1. An edge is settled when its source is done, skipped, or has failed in a way that lets the run go on. It is taken when its source went
 *    out along the edge's port; all others are untaken.
 * 2. A step is ready when every incoming edge is settled and at least one is taken (`join: any`: as soon as one is taken).
 * 3. A step whose incoming edges are all settled and untaken is skipped, and settles its own edges untaken (dead-path elimination).
 * 4. Edges from nodes that this run's trigger cannot reach count as untaken from the start.
 * 5. A step that fails for good with `onError: stop`, or a step that stops the run, ends it: nothing new is started, what is under way settles.
 *
 * The state is changed in place; whoever needs an old one folds again.
 */
export interface StepState {
  status: StepStatus;
  attempt: number;
  startedAt?: number;
  finishedAt?: number;
  /** Milliseconds of the last attempt. */
  ms?: number;
  port?: string;
  output?: unknown;
  error?: ErrorBody;
  costMicro: number;
  /** Intent of the attempt under way, journaled under this key: the effect may have happened. */
  intent?: string;
  /** The key of its first intent. Every further attempt uses it, also one in a rerun that repeats an unknown outcome. */
  key?: string;
  wait?: Wait;
  /** What ended its last wait. */
  resumed?: Resumption;
  retryAt?: number;
  log: LogLine[];
  /** Incoming edges that have settled, and those of them that were taken, in the order they settled. */
  settled: number;
  taken: WorkflowEdge[];
}

export interface RunState {
  status: RunStatus;
  seq: number;
  trigger: string;
  startedAt: number;
  finishedAt?: number;
  steps: Map<string, StepState>;
  pins: Record<string, Pin>;
  /** Steps that may start now, in the order they became ready. */
  ready: Set<string>;
  /** Steps that have started and not settled: running, retrying, waiting or uncertain. */
  open: Set<string>;
  costMicro: number;
  error?: ErrorBody & { nodeId?: string };
  answer?: Answer;
  /** Set while it is paused: nothing new starts. */
  paused?: Pause;
  /** The last wish of a person that was acted on. */
  wish?: string;
  /** Set once the run is bound to end: nothing new starts. */
  ending?: { status: 'done' | 'failed' | 'cancelled'; error?: ErrorBody & { nodeId?: string } };
}

export function newRunState(): RunState {
  return {
    status: 'queued',
    seq: 0,
    trigger: '',
    startedAt: 0,
    steps: new Map(),
    pins: {},
    ready: new Set(),
    open: new Set(),
    costMicro: 0,
  };
}

/** Folds a whole journal. Events must come in order of `seq`. */
export function foldRun(graph: CompiledGraph, events: Iterable<RunEvent>): RunState {
  const state = newRunState();
  for (const event of events) applyEvent(graph, state, event);
  return state;
}

/** Brings `state` forward by one event. */
export function applyEvent(graph: CompiledGraph, state: RunState, event: RunEvent): void {
  state.seq = event.seq;
  switch (event.type) {
    case 'run.started':
      return startRun(graph, state, event);
    case 'run.finished':
      return finishRun(state, event);
    case 'run.paused':
      state.paused = { at: event.at, by: event.by };
      state.wish = event.wish;
      return;
    case 'run.resumed':
      delete state.paused;
      state.wish = event.wish;
      return;
    case 'step.started': {
      const step = stepOf(state, event.node);
      step.status = 'running';
      step.attempt = event.attempt;
      step.startedAt ??= event.at;
      delete step.retryAt;
      // Whatever became of the attempt before is known, or a person has decided: this one announces its effect anew.
      delete step.intent;
      return openStep(state, event.node);
    }
    case 'step.intent': {
      const step = stepOf(state, event.node);
      step.intent = event.key;
      step.key ??= event.key;
      return;
    }
    case 'step.waiting': {
      const step = stepOf(state, event.node);
      step.status = 'waiting';
      step.wait = event.wait;
      // What it had announced has happened: what it does when it goes on is announced anew.
      delete step.intent;
      return openStep(state, event.node);
    }
    case 'step.resumed': {
      const step = stepOf(state, event.node);
      step.status = 'running';
      if (step.wait) step.resumed = { wait: step.wait, signal: event.signal ?? { kind: 'time' } };
      return;
    }
    case 'step.uncertain': {
      const step = stepOf(state, event.node);
      step.status = 'uncertain';
      step.error = event.error;
      return openStep(state, event.node);
    }
    case 'step.done':
      return completeStep(graph, state, event);
    case 'step.failed':
      return failStep(graph, state, event);
  }
}

/** What the step gets as `input`: the one output that arrived, or `{ <nodeId>: output }` where several did. */
export function inputOf(state: RunState, node: string): unknown {
  const taken = state.steps.get(node)?.taken ?? [];
  if (taken.length === 0) return null;
  if (taken.length === 1) return outputAlong(state, taken[0]!);
  return Object.fromEntries(taken.map((edge) => [edge.source, outputAlong(state, edge)]));
}

/** The outputs that arrived at a step, in the order of the graph's edges. */
export function inputsOf(state: RunState, compiled: CompiledNode): { node: string; port: string; output: unknown }[] {
  const taken = new Set(state.steps.get(compiled.node.id)?.taken);
  return compiled.incoming
    .filter((edge) => taken.has(edge))
    .map((edge) => ({ node: edge.source, port: edge.sourcePort, output: outputAlong(state, edge) }));
}

function outputAlong(state: RunState, edge: WorkflowEdge): unknown {
  return state.steps.get(edge.source)?.output;
}

function stepOf(state: RunState, node: string): StepState {
  let step = state.steps.get(node);
  if (!step) {
    step = { status: 'pending', attempt: 0, costMicro: 0, log: [], settled: 0, taken: [] };
    state.steps.set(node, step);
  }
  return step;
}

function openStep(state: RunState, node: string): void {
  state.ready.delete(node);
  state.open.add(node);
}

function startRun(graph: CompiledGraph, state: RunState, event: Extract<RunEvent, { type: 'run.started' }>): void {
  state.status = 'running';
  state.trigger = event.trigger;
  state.startedAt = event.at;
  state.pins = event.pins ?? {};
  const reachable = graph.reachableFrom(event.trigger);
  for (const id of reachable) {
    const outside = graph.nodes.get(id)?.incoming.filter((edge) => !reachable.has(edge.source)).length ?? 0;
    if (outside > 0) stepOf(state, id).settled = outside;
  }
  const step = stepOf(state, event.trigger);
  Object.assign(step, {
    status: 'done',
    attempt: 1,
    startedAt: event.at,
    finishedAt: event.at,
    ms: 0,
    port: 'out',
    output: event.output,
  });
  settleEdges(graph, state, event.trigger, 'out');
}

function finishRun(state: RunState, event: Extract<RunEvent, { type: 'run.finished' }>): void {
  state.status = event.status;
  state.finishedAt = event.at;
  delete state.paused;
  if (event.error) state.error = state.ending?.error ?? event.error;
  state.ready.clear();
  for (const id of state.open) {
    const step = stepOf(state, id);
    if (step.status === 'waiting' || step.status === 'retrying') step.status = 'skipped';
  }
  state.open.clear();
}

function completeStep(graph: CompiledGraph, state: RunState, event: Extract<RunEvent, { type: 'step.done' }>): void {
  const step = stepOf(state, event.node);
  step.status = 'done';
  step.finishedAt = event.at;
  step.ms = event.ms;
  step.port = event.port;
  step.output = event.pass ? inputOf(state, event.node) : event.output;
  delete step.error;
  delete step.retryAt;
  if (event.cost) {
    step.costMicro += event.cost;
    state.costMicro += event.cost;
  }
  if (event.log) step.log.push(...event.log);
  if (event.answer) state.answer ??= event.answer;
  closeStep(state, event.node);
  if (event.stop) {
    const error =
      event.stop.status === 'failed'
        ? { code: 'stopped' as const, message: event.stop.message, nodeId: event.node }
        : undefined;
    state.ending ??= error ? { status: 'failed', error } : { status: 'done' };
    return;
  }
  settleEdges(graph, state, event.node, event.port);
}

function failStep(graph: CompiledGraph, state: RunState, event: Extract<RunEvent, { type: 'step.failed' }>): void {
  const step = stepOf(state, event.node);
  step.attempt = event.attempt;
  step.error = event.error;
  step.ms = event.ms;
  if (event.log) step.log.push(...event.log);
  if (event.retryAt !== undefined) {
    step.status = 'retrying';
    step.retryAt = event.retryAt;
    return openStep(state, event.node);
  }
  step.status = 'failed';
  step.finishedAt = event.at;
  closeStep(state, event.node);
  const onError = graph.nodes.get(event.node)?.node.onError ?? 'stop';
  if (onError === 'stop') {
    state.ending ??= { status: 'failed', error: { ...event.error, nodeId: event.node } };
    return;
  }
  step.port = onError === 'port' ? 'error' : 'out';
  step.output = { error: event.error, input: inputOf(state, event.node) };
  settleEdges(graph, state, event.node, step.port);
}

function closeStep(state: RunState, node: string): void {
  state.ready.delete(node);
  state.open.delete(node);
}

/** Settles all outgoing edges of `source` and whatever that skips, iteratively. */
function settleEdges(graph: CompiledGraph, state: RunState, source: string, port: string): void {
  const skipped: string[] = [];
  settleFrom(graph, state, source, (edge) => edge.sourcePort === port, skipped);
  for (const node of skipped) settleFrom(graph, state, node, () => false, skipped);
}

function settleFrom(
  graph: CompiledGraph,
  state: RunState,
  source: string,
  isTaken: (edge: WorkflowEdge) => boolean,
  skipped: string[],
): void {
  for (const edge of graph.nodes.get(source)?.outgoing ?? []) {
    const target = graph.nodes.get(edge.target)!;
    const step = stepOf(state, edge.target);
    step.settled++;
    if (isTaken(edge)) step.taken.push(edge);
    if (step.status !== 'pending' || state.ready.has(edge.target)) continue;
    const all = step.settled === target.incoming.length;
    if (step.taken.length > 0 && (all || target.join === 'any')) {
      state.ready.add(edge.target);
    } else if (all) {
      step.status = 'skipped';
      skipped.push(edge.target);
    }
  }
}
