import { applyEvent, type RunState } from '../../shared/engine/fold.ts';
import { decide, nextDue } from '../../shared/engine/plan.ts';
import { uncertainSteps } from '../../shared/engine/uncertain.ts';
import type { Answer, RunEvent, RunEventBody } from '../../shared/workflow/run.ts';
import { faultPoint } from '../faults.ts';
import type { StepOutcome } from './step.ts';
import {
  LeaseLost,
  type EnginePorts,
  type ExecutableVersion,
  type NewRun,
  type OutboxOutcome,
  type OutboxRow,
  type RunStanding,
  type StoredWord,
  type TakenRun,
} from './ports.ts';

/** Events wait this long for company before they are written; a pure step never waits for a write. */
const writeDelayMs = 20;

/** A run in memory: its state, what is in line for the next commit, and what it listens to. */
export interface Live {
  run: TakenRun;
  version: ExecutableVersion;
  ports: EnginePorts;
  state: RunState;
  pending: RunEvent[];
  outbox: OutboxRow[];
  outcomes: OutboxOutcome[];
  create: NewRun | undefined;
  writing: Promise<void>;
  timer: NodeJS.Timeout | undefined;
  /** Runs out when a wait or a retry is due while other steps keep the run in memory. */
  dueTimer: NodeJS.Timeout | undefined;
  /** Words from outside that have been read, by their id. */
  arrived: Map<string, StoredWord>;
  /** Readings of them that are under way. */
  reading: number;
  /** The last reading failed: some may have been stored that this process does not know. */
  missed: boolean;
  /** Ends what its steps wait for; see `signalOf`. */
  abort: AbortController | undefined;
  /** Outcomes of steps that needed no waiting, to be written down before anything else. */
  settled: StepOutcome[];
  releasing: boolean;
  over: boolean;
  answerSent: boolean;
  /** It is about to go on. */
  advancing: boolean;
  /** Steps since others had a turn. */
  launched: number;
  /** Whether what can be taken back of a failed run is being, or has been. */
  undo: 'none' | 'running' | 'done';
  /** A step has settled: what follows from it begins. */
  goOn: () => void;
  left: (failure?: unknown) => void;
  answer: (answer: Answer | null) => void;
}

/** Folds one event into the state and puts it in line for the next commit. The order of writes is the order of events. */
export function record(live: Live, body: RunEventBody): void {
  const event: RunEvent = { ...body, seq: live.state.seq + 1, at: live.ports.now().getTime() };
  applyEvent(live.version.graph, live.state, event);
  live.pending.push(event);
}

/** Writes before long, together with what comes until then. */
export function writeSoon(live: Live): void {
  if (live.timer || live.pending.length === 0) return;
  live.timer = setTimeout(() => void write(live).catch(() => {}), writeDelayMs);
}

/** Hands everything in line to the journal; resolves when that and all before it is durable. */
export function write(live: Live, standing?: RunStanding): Promise<void> {
  clearTimeout(live.timer);
  live.timer = undefined;
  if (live.pending.length === 0 && live.outbox.length === 0 && live.outcomes.length === 0 && !standing && !live.create)
    return live.writing;
  const { run, pending: events, outbox, outcomes, create } = live;
  live.pending = [];
  live.outbox = [];
  live.outcomes = [];
  live.create = undefined;
  const written = live.ports.journal
    .commit({ run, events, outbox, outcomes, ...(create ? { create } : {}), ...(standing ? { standing } : {}) })
    .then((stored) => live.ports.broadcast.committed(run, stored, standing));
  live.writing = live.writing === nothingWritten ? written : Promise.all([live.writing, written]).then(() => undefined);
  live.writing.catch((error: unknown) => fail(live, error));
  return live.writing;
}

/** Before the first write of a run. */
export const nothingWritten = Promise.resolve();

/** Aborts when this process has nothing to do with the run any more. Made for the first who asks: most runs have no step that waits. */
export function signalOf(live: Live): AbortSignal {
  return (live.abort ??= new AbortController()).signal;
}

export function abort(live: Live, reason: unknown): void {
  signalOf(live);
  live.abort?.abort(reason);
}

/** Writes the end of a run and lets go of it. */
export async function end(live: Live): Promise<void> {
  live.over = true;
  const { state } = live;
  try {
    await write(live, {
      status: state.status as RunStanding['status'],
      error: state.error ?? null,
      costMicro: state.costMicro,
      finishedAt: new Date(state.finishedAt ?? live.ports.now()),
      dueAt: null,
      held: false,
      ...(state.mails && state.status !== 'done' ? { discardsMails: true } : {}),
    });
    if (state.answer) live.answer(state.answer);
    if (live.run.callerWaits || state.status !== 'done') live.ports.followUp(live.run);
    faultPoint('run_ended');
    if (live.version.holdsCredits) await live.ports.runEnded(live.run);
  } catch (error) {
    live.ports.report(error, live.run);
    return depart(live, error);
  }
  depart(live);
}

/** Lets go of a run that rests, so that it takes no memory until something in it is due. */
export async function leave(live: Live): Promise<void> {
  live.over = true;
  const { state } = live;
  // It is let go in the middle of something: steps that may start, or mails that may go out.
  const hasMore = live.releasing && decide(state, live.ports.now().getTime()).type !== 'rest';
  const goesOn = hasMore || live.undo === 'running' || live.reading > 0 || live.missed;
  const due = goesOn ? live.ports.now().getTime() : nextDue(state);
  try {
    await write(live, {
      status: hasMore ? 'queued' : 'waiting',
      error: null,
      costMicro: state.costMicro,
      finishedAt: null,
      dueAt: due === null ? null : new Date(due),
      held: false,
      uncertainSteps: uncertainSteps(state).length,
    });
  } catch (error) {
    live.ports.report(error, live.run);
    return depart(live, error);
  }
  depart(live);
}

/** The lease is lost or the journal refuses: this process stops touching the run, and whoever takes it next goes on from the journal. */
export function fail(live: Live, error: unknown): void {
  if (live.over && !(error instanceof LeaseLost)) return;
  live.over = true;
  abort(live, error);
  live.ports.report(error, live.run);
  depart(live, error);
}

/** `failure`: the run is still this process's by its row, and has to be given back. */
function depart(live: Live, failure?: unknown): void {
  clearTimeout(live.timer);
  clearTimeout(live.dueTimer);
  live.answer(failure === undefined ? (live.state.answer ?? null) : null);
  live.left(failure);
}

/** A defect in `work` costs this process the run, not the process. */
export function guard(live: Live, work: () => void): void {
  try {
    work();
  } catch (error) {
    fail(live, error);
  }
}
