import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';
import { applyEvent } from '../../shared/engine/fold.ts';
import {
  inputOf,
  newRunState,
  stepAt,
  type LoopState,
  type RunState,
  type StepState,
} from '../../shared/engine/state.ts';
import { shownStatus } from '../../shared/engine/plan.ts';
import type { StepUndo } from '../../shared/engine/undo.ts';
import type { HeldMail } from '../../shared/engine/held.ts';
import { compileGraph } from '../../shared/engine/graph.ts';
import { filledIn, missingIn } from '../../shared/engine/payloads.ts';
import type { CompiledGraph } from '../../shared/engine/graph.ts';
import type { ErrorBody } from '../../shared/errors.ts';
import type { NodeCatalogue } from '../../shared/nodes/contract.ts';
import type { WorkflowGraph } from '../../shared/workflow/graph.ts';
import type { Pause, RunEvent, RunStatus, StepProgress } from '../../shared/workflow/run.ts';
import { uncertainSteps, viewOf, viewsOf, type StepView } from './run-views.ts';

/** Where journal events come from: the socket in the product, a script in tests. */
export interface RunFeed {
  /** Starts to follow a run; answers with every event after `after`. */
  watch(runId: string, after: number): Promise<RunEvent[]>;
  unwatch(runId: string): void;
  /** A large value of a run, whole. */
  payload(runId: string, ref: string): Promise<unknown>;
  onEvents(listener: (runId: string, events: readonly RunEvent[]) => void): () => void;
  onProgress(listener: (progress: StepProgress) => void): () => void;
  /** Called with false when the line is lost and with true when it is back. */
  onConnection(listener: (connected: boolean) => void): () => void;
}

/** A mail that waits for the run to succeed, or what has become of it. */
export type MailView = Readonly<HeldMail> & { key: string };

export interface RunViewState {
  runId: string | null;
  status: RunStatus | null;
  startedAt: number | null;
  finishedAt: number | null;
  costMicro: number;
  error: (ErrorBody & { nodeId?: string }) | null;
  /** Mails that it sends when it has succeeded, in the order they were written. */
  mails: readonly MailView[];
  /** Steps whose effects were taken back, in that order. */
  undo: readonly (StepUndo & { node: string })[];
  /** Set while it is paused. */
  paused: Pause | null;
  steps: Readonly<Record<string, StepView>>;
  /** What running AI steps have written so far. */
  partial: Readonly<Record<string, string>>;
  events: readonly RunEvent[];
  /** How many large values have been loaded. */
  loaded: number;
  /** The steps that take part, in a test of a part; null: all. */
  within: ReadonlySet<string> | null;
  /** The newest run, whose data is known though it is not on the canvas. `at`: when it was made, ISO. */
  recalled: { runId: string; at: string } | null;
  connected: boolean;
}

/** What a step came to: in the run on the canvas, or where that did not come by it, in one before. */
export interface SeenStep {
  step: StepState;
  input: unknown;
  output: unknown;
  from: 'canvas' | 'earlier';
}

export interface RunStore extends StoreApi<RunViewState> {
  /** Follows a run of this graph, from the start or after the events one has already. */
  follow(runId: string, graph: WorkflowGraph, events?: readonly RunEvent[]): void;
  /** Takes in the data of a run that has ended, for tests and autocomplete. The canvas does not show it. */
  recall(run: { runId: string; at: string }, graph: WorkflowGraph, events: readonly RunEvent[]): void;
  /** Stops following; what was seen stays until the next run. */
  leave(): void;
  clear(): void;
  /** Steps are named by their address: inside a container with the item. A large value is a StoredPayload until it has been loaded. */
  inputOf(address: string): unknown;
  outputOf(address: string): unknown;
  /** Undefined also while some of it has not been loaded. */
  wholeOutputOf(address: string): unknown;
  /** Loads a large value of the run; with `shows`, to be seen from then on. */
  load(ref: string, options: { shows: boolean }): Promise<unknown>;
  viewAt(address: string): StepView | undefined;
  seenAt(address: string): SeenStep | undefined;
  /** What that put out; undefined also while some of it has not been loaded. */
  wholeSeen(address: string): unknown;
  /** The container at work or through at an address. */
  loopAt(address: string): LoopState | undefined;
  uncertain(): { address: string; error?: ErrorBody }[];
  dispose(): void;
}

const retryMs = 3_000;
/** A test of a part shows the data of what it stood on; this many runs are kept for that. */
const mostEarlier = 3;

const idle: RunViewState = {
  runId: null,
  status: null,
  startedAt: null,
  finishedAt: null,
  costMicro: 0,
  error: null,
  mails: [],
  undo: [],
  paused: null,
  steps: {},
  partial: {},
  events: [],
  loaded: 0,
  within: null,
  recalled: null,
  connected: true,
};

/**
 * Folds a run's journal as it arrives. Events may come late, twice or with a gap (a lost connection): they are applied in the order of `seq`
 * only, and a gap is asked for again from the last number that is known. The store is written at most once per frame (`schedule`).
 */
export function createRunStore(options: {
  feed: RunFeed;
  catalogue: NodeCatalogue;
  schedule?: (flush: () => void) => void;
}): RunStore {
  const { feed, catalogue, schedule = (flush) => requestAnimationFrame(flush) } = options;
  const store = createStore<RunViewState>()(() => idle);
  let compiled: CompiledGraph | null = null;
  let state: RunState = newRunState({ keepsItems: true });
  let events: RunEvent[] = [];
  let early = new Map<number, RunEvent>();
  let loaded = new Map<string, unknown>();
  let partial: Record<string, string> = {};
  /** Nothing has become of held mails since the store was written. */
  let mailsTold = true;
  let current: string | null = null;
  let earlier: RunState[] = [];
  let asking = false;
  /** The line came back, or a gap showed, while an answer was on its way: that answer may not know of it. */
  let askAgain = false;
  let scheduled = false;
  let again: ReturnType<typeof setTimeout> | undefined;

  function take(arrived: readonly RunEvent[]): void {
    if (compiled === null) return;
    for (const event of arrived) if (event.seq > state.seq) early.set(event.seq, event);
    for (let next = early.get(state.seq + 1); next !== undefined; next = early.get(state.seq + 1)) {
      early.delete(next.seq);
      applyEvent(compiled, state, next);
      events.push(next);
      if (next.type.startsWith('mail.') || next.type === 'run.finished') mailsTold = false;
      if ('node' in next && next.type !== 'step.started' && partial[next.node] !== undefined) {
        const { [next.node]: _finished, ...rest } = partial;
        partial = rest;
      }
    }
    flushSoon();
    if (early.size > 0) void catchUp();
  }

  async function catchUp(): Promise<void> {
    if (current === null) return;
    if (asking) {
      askAgain = true;
      return;
    }
    const runId = current;
    asking = true;
    askAgain = false;
    try {
      const missed = await feed.watch(runId, state.seq);
      asking = false;
      if (runId === current) take(missed);
      if (runId !== current || askAgain) void catchUp();
    } catch {
      asking = false;
      // The line's return asks again; a server that could not answer is asked again after a pause.
      clearTimeout(again);
      again = setTimeout(() => void catchUp(), retryMs);
    }
  }

  function flushSoon(): void {
    if (scheduled) return;
    scheduled = true;
    schedule(() => {
      scheduled = false;
      if (current === null && store.getState().runId === null) return;
      store.setState({
        status: shownStatus(state),
        startedAt: state.startedAt || null,
        finishedAt: state.finishedAt ?? null,
        costMicro: state.costMicro,
        error: state.error ?? null,
        mails: mailsTold ? store.getState().mails : mailsOf(state),
        undo: state.undo ? [...state.undo].map(([node, undo]) => ({ ...undo, node })) : idle.undo,
        paused: state.paused ?? null,
        within: state.within ?? null,
        steps: viewsOf(state, store.getState().steps, events.at(-1)?.at ?? 0),
        partial,
        events: events.length === store.getState().events.length ? store.getState().events : [...events],
      });
      mailsTold = true;
    });
  }

  const stops = [
    feed.onEvents((runId, arrived) => {
      if (runId === current) take(arrived);
    }),
    feed.onProgress((progress) => {
      if (progress.runId !== current) return;
      partial = { ...partial, [progress.node]: progress.text };
      flushSoon();
    }),
    feed.onConnection((connected) => {
      store.setState({ connected });
      if (connected) void catchUp();
    }),
  ];

  function reset(): void {
    clearTimeout(again);
    if (current !== null) feed.unwatch(current);
    current = null;
    compiled = null;
    state = newRunState({ keepsItems: true });
    events = [];
    early = new Map();
    loaded = new Map();
    partial = {};
  }

  const seen = (value: unknown): unknown => (loaded.size === 0 ? value : filledIn(value, loaded));
  const outputOf = (address: string): unknown => seen(stepAt(state, address)?.output);
  const seenAt = (address: string): SeenStep | undefined => {
    for (const one of [state, ...(state.seq === 0 || state.section ? earlier : [])]) {
      const step = stepAt(one, address);
      if (step?.finishedAt === undefined) continue;
      const from = one === state ? 'canvas' : 'earlier';
      return { step, input: seen(inputOf(one, address)), output: seen(step.output), from };
    }
    return undefined;
  };

  return Object.assign(store, {
    follow(runId: string, graph: WorkflowGraph, known: readonly RunEvent[] = []) {
      if (state.seq > 0) earlier = [state, ...earlier].slice(0, mostEarlier);
      reset();
      current = runId;
      compiled = compileGraph(graph, catalogue);
      store.setState({ ...idle, runId, status: 'queued', connected: store.getState().connected });
      take(known);
      void catchUp();
    },
    leave() {
      if (current !== null) feed.unwatch(current);
      current = null;
    },
    clear() {
      reset();
      earlier = [];
      store.setState({ ...idle, connected: store.getState().connected });
    },
    inputOf: (address: string) => (stepAt(state, address) ? seen(inputOf(state, address)) : undefined),
    outputOf,
    wholeOutputOf(address: string) {
      const output = outputOf(address);
      return state.hasPayloads && missingIn(output).size > 0 ? undefined : output;
    },
    async load(ref: string, { shows }: { shows: boolean }) {
      const before = store.getState();
      const of = before.runId ?? before.recalled?.runId;
      if (of === undefined) return undefined;
      const value = await feed.payload(of, ref);
      if (shows && before.runId === store.getState().runId) {
        loaded.set(ref, value);
        // Whoever looks at steps looks again.
        store.setState({ loaded: loaded.size, steps: { ...store.getState().steps } });
      }
      return value;
    },
    recall(run: { runId: string; at: string }, graph: WorkflowGraph, known: readonly RunEvent[]) {
      const past = newRunState({ keepsItems: true });
      const order = compileGraph(graph, catalogue);
      for (const event of known) applyEvent(order, past, event);
      earlier = [past];
      store.setState({ recalled: run });
    },
    seenAt,
    wholeSeen(address: string) {
      const output = seenAt(address)?.output;
      return missingIn(output).size > 0 ? undefined : output;
    },
    viewAt(address: string) {
      const step = stepAt(state, address);
      return step && viewOf(step, events.at(-1)?.at ?? 0);
    },
    loopAt: (address: string) => stepAt(state, address)?.loop,
    uncertain: () =>
      uncertainSteps(state).map(([address, { error }]) => ({ address, ...(error === undefined ? {} : { error }) })),
    dispose() {
      reset();
      for (const stop of stops) stop();
    },
  });
}

function mailsOf({ mails }: RunState): readonly MailView[] {
  return [...(mails?.all ?? [])].map(([key, mail]) => ({ ...mail, key }));
}
