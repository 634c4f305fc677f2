import { awaitsSignal, decide, hasRunning, isAtRest, nextDue, type Decision } from '../../shared/engine/plan.ts';
import { newRunState, type RunState } from '../../shared/engine/state.ts';
import { decidedEvent, type UncertainDecision } from '../../shared/engine/uncertain.ts';
import { AppError } from '../../shared/errors.ts';
import type { Answer, RunEventBody, Wish } from '../../shared/workflow/run.ts';
import { faultPoint } from '../faults.ts';
import { continueStep, launch, restartInterrupted, resumeDue, sendAnswer, settleAll } from './attempts.ts';
import { maySpend } from './ceiling.ts';
import { abort, end, guard, leave, nothingWritten, record, write, writeSoon, type Live } from './live.ts';
import { hearWish } from './pause.ts';
import { isAtHand } from './payloads.ts';
import type { EnginePorts, ExecutableVersion, NewRun, TakenRun } from './ports.ts';
import { bindToCancel, sendHeld } from './release.ts';
import { owesRollback, rollBack } from './rollback.ts';
import { readWords } from './words.ts';

/** Timers cannot be set further ahead. */
const longestTimerMs = 2_147_483_647;
/** A loop that rests for longer leaves memory. */
const worthLeavingMs = 1_000;
/** For what is to happen in this turn of the event loop, but not within whatever is going on. */
const inAMoment = Promise.resolve();
/** A run that launches as many steps without a pause lets others have a turn. */
const stepsInOneGo = 200;
/** … or after so long. */
const turnMs = 20;

/**
 * One run in memory, between being taken and being let go. All its events pass through `record`, which folds them into the state and puts
 * them in line for the next commit. The order of writes is the order of events.
 */
export interface Session {
  readonly run: TakenRun;
  readonly state: RunState;
  /** Resolves when the run has left memory: it ended, rests until `dueAt`, or was taken over. With an error when this process had to leave it. */
  readonly gone: Promise<unknown>;
  /** Resolves with the answer of a Respond step as soon as it is durable, or null when the run ends without one. */
  readonly answered: Promise<Answer | null>;
  cancel(): void;
  /** What somebody wants of it has been stored: it pauses, or goes on. */
  steer(wish: Wish): void;
  /** A word for one of its steps has been stored: it is read, and the step that waits for it goes on. */
  signalled(): void;
  /** A person says what became of an uncertain step. */
  resolveUncertain(node: string, decision: UncertainDecision): void;
  /** Starts no further step; lets go of the run once what is under way has settled. For a clean shutdown. */
  release(): void;
}

/** Begins a new run: its first event is recorded, nothing is written yet. Call `durable` before acknowledging it to anyone. */
export function openNewRun(
  create: NewRun,
  version: ExecutableVersion,
  ports: EnginePorts,
  started: Extract<RunEventBody, { type: 'run.started' }>,
): { session: Session; durable: () => Promise<void> } {
  const { live, session } = openSession(create, version, ports, newRunState());
  live.create = create;
  record(live, started);
  void inAMoment.then(() => advance(live));
  return {
    session,
    durable: async () => {
      await write(live);
      faultPoint('run_committed');
    },
  };
}

/** Goes on with a run whose state was folded from its journal. Steps that had started without an outcome run again under the same key. */
export function reopenRun(run: TakenRun, version: ExecutableVersion, ports: EnginePorts, state: RunState): Session {
  const { live, session } = openSession(run, version, ports, state);
  if (run.cancelRequested) bindToCancel(state);
  const goOn = (): void => {
    if (live.over) return;
    guard(live, () => {
      if (run.wish) hearWish(live, run.wish);
      restartInterrupted(live);
      resumeDue(live);
    });
    advance(live);
  };
  if (awaitsSignal(state)) void readWords(live).then(goOn);
  else void inAMoment.then(goOn);
  return session;
}

function openSession(
  run: TakenRun,
  version: ExecutableVersion,
  ports: EnginePorts,
  state: RunState,
): { live: Live; session: Session } {
  const gone = Promise.withResolvers<unknown>();
  const answered = Promise.withResolvers<Answer | null>();
  const live: Live = {
    run,
    version,
    ports,
    state,
    pending: [],
    outbox: [],
    outcomes: [],
    undo: 'none',
    create: undefined,
    writing: nothingWritten,
    timer: undefined,
    dueTimer: undefined,
    arrived: new Map(),
    reading: 0,
    missed: false,
    abort: undefined,
    settled: [],
    releasing: false,
    over: false,
    answerSent: false,
    advancing: false,
    launched: 0,
    goOn: () => advanceSoon(live),
    left: gone.resolve,
    answer: answered.resolve,
  };
  const session: Session = {
    run,
    state,
    gone: gone.promise,
    answered: answered.promise,
    cancel: () => cancel(live),
    steer: (wish) => steer(live, wish),
    signalled: () => {
      void readWords(live).then(() => {
        if (live.over) return;
        guard(live, () => resumeDue(live));
        advance(live);
      });
    },
    resolveUncertain: (node, decision) => resolveUncertain(live, node, decision),
    release: () => {
      live.releasing = true;
      advance(live);
    },
  };
  return { live, session };
}

/** Does everything that the state allows now. Called after every event that could have changed what may happen next. */
function advance(live: Live): void {
  const until = live.ports.now().getTime() + turnMs;
  guard(live, () => {
    do {
      settleAll(live);
      if (live.over || live.undo === 'running') return;
      const decision = decided(live);
      if (decision.type === 'finish') return finish(live, decision.event);
      if (decision.type === 'start' && !live.releasing) startReady(live, decision.nodes, until);
      if (decision.type === 'send' && !live.releasing) sendHeld(live, decision.events);
      // Steps that needed no waiting have ended already: what follows from them begins at once.
    } while (live.settled.length > 0 && !hasHadItsTurn(live, until));
    const rests = isAtRest(live.state) && live.reading === 0 && !goesOnSoon(live);
    if (rests || (live.releasing && !hasRunning(live.state))) return void leave(live);
    sendAnswer(live);
    writeSoon(live);
    lookWhenDue(live);
    if (live.settled.length > 0 || hasHadItsTurn(live, until)) live.goOn();
  });
}

function finish(live: Live, event: Extract<RunEventBody, { type: 'run.finished' }>): void {
  if (owesRollback(live, event)) {
    sendAnswer(live);
    return void rollBack(live);
  }
  record(live, event);
  void end(live);
}

/** Between two items of a loop with a rate it does not pay to leave memory. */
function goesOnSoon({ state, ports }: Live): boolean {
  if (state.loops.size === 0 || state.paused) return false;
  const due = nextDue(state);
  return due !== null && due - ports.now().getTime() < worthLeavingMs;
}

/** What to do next, once the loops' own events are recorded. */
function decided(live: Live): Exclude<Decision, { type: 'record' }> {
  for (;;) {
    const decision = decide(live.state, live.ports.now().getTime());
    if (decision.type !== 'record') return decision;
    for (const event of decision.events) record(live, event);
  }
}

function startReady(live: Live, nodes: readonly string[], until: number): void {
  for (const node of nodes) {
    if (isAtHand(live, node) && maySpend(live, node, { holdsBack: true })) launch(live, node, 1);
    if (live.state.paused || hasHadItsTurn(live, until)) return;
  }
}

/** By the number of its steps, or by the clock: one step with much to compute may take as long as hundreds without. */
function hasHadItsTurn(live: Live, until: number): boolean {
  if (live.launched < stepsInOneGo && live.ports.now().getTime() >= until) live.launched = stepsInOneGo;
  return live.launched >= stepsInOneGo;
}

/** Goes on once for all steps that settle in this turn. After many steps in one go, other runs and connections get theirs. */
function advanceSoon(live: Live): void {
  if (live.advancing) return;
  live.advancing = true;
  const goOn = (): void => {
    live.advancing = false;
    advance(live);
  };
  if (live.launched < stepsInOneGo) return void inAMoment.then(goOn);
  live.launched = 0;
  setImmediate(goOn);
}

function lookWhenDue(live: Live): void {
  clearTimeout(live.dueTimer);
  const due = nextDue(live.state);
  if (due === null || live.releasing) return;
  const after = Math.min(Math.max(due - live.ports.now().getTime(), 0), longestTimerMs);
  live.dueTimer = setTimeout(() => {
    if (live.over) return;
    guard(live, () => resumeDue(live));
    advance(live);
  }, after);
}

function cancel(live: Live): void {
  if (live.over) return;
  bindToCancel(live.state);
  abort(live, new AppError('cancelled', 'The run was cancelled.'));
  advance(live);
}

function steer(live: Live, wish: Wish): void {
  if (live.over) return;
  guard(live, () => {
    if (hearWish(live, wish)) resumeDue(live);
  });
  advance(live);
}

function resolveUncertain(live: Live, node: string, decision: UncertainDecision): void {
  if (live.over)
    throw new AppError('conflict', 'This run has just gone to rest. Try again in a moment.', { retryable: true });
  const event = decidedEvent(live.state, node, decision);
  record(live, event);
  if (event.type === 'step.started') continueStep(live, node);
  advance(live);
}
