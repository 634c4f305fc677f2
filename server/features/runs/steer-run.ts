import type { UncertainDecision } from '../../../shared/engine/uncertain.ts';
import { AppError } from '../../../shared/errors.ts';
import type { CostPause, Wish } from '../../../shared/workflow/run.ts';
import type { Actor } from '../../actor.ts';
import type { Engine } from '../../engine/engine.ts';
import type { TakenRun } from '../../engine/ports.ts';
import type { Session } from '../../engine/session.ts';
import { uuidv7 } from '../../ids.ts';
import type { Dispatcher } from '../../queue/dispatcher.ts';
import type { ChainStore } from '../../store/chains.ts';
import type { PauseStore } from '../../store/pauses.ts';
import type { RunStore } from '../../store/runs.ts';
import type { Elsewhere } from './elsewhere.ts';

export interface SteerDeps {
  engine: Engine;
  dispatcher: Dispatcher;
  runs: RunStore;
  chains: ChainStore;
  pauses: PauseStore;
  elsewhere: Elsewhere;
  /** This process leaves the rest of a run to others once it has done what a person asked for. */
  handsOn: boolean;
  wake(): void;
}

/** Cancels a run wherever it is: here, at rest, or in another process, which hears of it at once, and at the latest sees the wish within a second. */
export async function cancelRun(deps: SteerDeps, actor: Actor, runId: string): Promise<void> {
  const run = await deps.runs.find(actor.workspaceId, runId);
  if (!run) throw new AppError('not_found', 'There is no such run.');
  if (!(await deps.runs.requestCancel(actor.workspaceId, runId)))
    throw new AppError('conflict', 'This run has already ended.');
  const session = await hold(deps, actor.workspaceId, runId);
  if (session) session.cancel();
  else deps.elsewhere.cancel(runId);
  await cancelCalled(deps, actor, runId);
}

/**
 * Pauses a run wherever it is. What is under way settles; nothing new starts until somebody resumes it. Runs that it has called go on.
 * @throws AppError not_found; conflict when it has ended or is paused
 */
export async function pauseRun(deps: SteerDeps, actor: Actor, runId: string): Promise<void> {
  const wish = await makeWish(deps, actor, runId, { to: 'pause' }, 'This run is paused already.');
  const session = await hold(deps, actor.workspaceId, runId);
  if (session) session.steer(wish);
  else deps.elsewhere.steer(runId, wish);
}

/**
 * Lets a paused run go on: what became due meanwhile is done now. A run at rest goes through the queue.
 * @throws AppError not_found; conflict when it has ended or is not paused; bad_request when it asks how much it may spend and gets too little
 */
export async function resumeRun(
  deps: SteerDeps,
  actor: Actor,
  { id: runId, costLimitMicro }: { id: string; costLimitMicro?: number | undefined },
): Promise<void> {
  const raise = costLimitMicro === undefined ? {} : { costLimitMicro };
  const wish = await makeWish(deps, actor, runId, { to: 'resume', ...raise }, 'This run is not paused.');
  const session = deps.engine.session(runId);
  if (session) session.steer(wish);
  else deps.elsewhere.steer(runId, wish);
  deps.wake();
}

async function makeWish(
  deps: SteerDeps,
  actor: Actor,
  runId: string,
  wanted: Pick<Wish, 'to' | 'costLimitMicro'>,
  asItIs: string,
): Promise<Wish> {
  const run = await deps.runs.find(actor.workspaceId, runId);
  if (!run) throw new AppError('not_found', 'There is no such run.');
  if (run.finishedAt !== null) throw new AppError('conflict', 'This run has already ended.');
  if (wanted.to === 'resume' && run.paused?.cost) refuseTooLittle(run.paused.cost, wanted.costLimitMicro);
  const wish: Wish = { id: uuidv7(), by: actor.name, ...wanted };
  if (!(await deps.pauses.wish(actor.workspaceId, runId, wish))) throw new AppError('conflict', asItIs);
  return wish;
}

/** With less than its next step may cost the run would only ask again. */
function refuseTooLittle({ spentMicro, stepMicro }: CostPause, costLimitMicro = 0): void {
  const needed = spentMicro + stepMicro;
  if (costLimitMicro >= needed) return;
  throw new AppError('bad_request', 'The next step may cost more than that. Say how much the run may spend in all.', {
    details: { field: 'costLimitMicro', least: needed },
  });
}

/** Nobody waits any more for the runs that it has called and waited for, so they are cancelled too. */
async function cancelCalled(
  { chains, engine, elsewhere, wake }: SteerDeps,
  actor: Actor,
  runId: string,
): Promise<void> {
  const called = await chains.cancelCalled(actor.workspaceId, runId);
  for (const id of called) {
    const session = engine.session(id);
    if (session) session.cancel();
    else elsewhere.cancel(id);
  }
  if (called.length > 0) wake();
}

/** A person says what became of a step whose outcome is unknown. */
export async function resolveUncertain(
  deps: SteerDeps,
  actor: Actor,
  input: { id: string; nodeId: string; decision: UncertainDecision },
): Promise<void> {
  const run = await deps.runs.find(actor.workspaceId, input.id);
  if (!run) throw new AppError('not_found', 'There is no such run.');
  const here = deps.engine.session(input.id);
  if (here) return here.resolveUncertain(input.nodeId, input.decision);
  const taken = await deps.dispatcher.takeResting(actor.workspaceId, input.id);
  if (taken) return decideHere(deps, taken, input);
  const { nodeId, decision } = input;
  if (await deps.elsewhere.resolve({ workspaceId: actor.workspaceId, runId: run.id, nodeId, decision })) return;
  throw new AppError('conflict', 'This run is busy elsewhere or has ended. Look again in a moment.', {
    retryable: true,
  });
}

async function decideHere(
  deps: SteerDeps,
  taken: TakenRun,
  { nodeId, decision }: { nodeId: string; decision: UncertainDecision },
): Promise<void> {
  try {
    await deps.engine.decide(taken, nodeId, decision);
  } finally {
    if (deps.handsOn) letGo(deps, deps.engine.session(taken.id));
  }
}

/** What is under way is finished here; the rest is for whoever takes runs from the queue. */
function letGo({ wake }: SteerDeps, session: Session | undefined): void {
  session?.release();
  void session?.gone.then(wake);
}

/** The run's session in this process; a resting run is taken for it. */
async function hold(
  { engine, dispatcher }: SteerDeps,
  workspaceId: string,
  runId: string,
): Promise<Session | undefined> {
  const here = engine.session(runId);
  if (here) return here;
  const taken = await dispatcher.takeResting(workspaceId, runId);
  if (taken) await engine.adopt([taken]);
  return engine.session(runId);
}
