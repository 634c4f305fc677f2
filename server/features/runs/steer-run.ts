import { AppError } from '../../../shared/errors.ts';
import type { Actor } from '../../actor.ts';
import type { Engine } from '../../engine/engine.ts';
import type { Session } from '../../engine/session.ts';
import type { Dispatcher } from '../../queue/dispatcher.ts';
import type { RunStore } from '../../store/runs.ts';

export interface SteerDeps {
  engine: Engine;
  dispatcher: Dispatcher;
  runs: RunStore;
}

/** Cancels a run wherever it is: here, at rest, or in another process, which sees the wish within a second. */
export async function cancelRun(deps: SteerDeps, actor: Actor, runId: string): Promise<void> {
  const run = await deps.runs.find(actor.workspaceId, runId);
  if (!run) throw new AppError('not_found', 'There is no such run.');
  if (!(await deps.runs.requestCancel(actor.workspaceId, runId))) throw new AppError('conflict', 'This run has already ended.');
  const session = await hold(deps, actor.workspaceId, runId);
  session?.cancel();
}

/** A person says what became of a step whose outcome is unknown. */
export async function resolveUncertain(
  deps: SteerDeps,
  actor: Actor,
  input: { id: string; nodeId: string; decision: 'was_sent' | 'send_again' },
): Promise<void> {
  const run = await deps.runs.find(actor.workspaceId, input.id);
  if (!run) throw new AppError('not_found', 'There is no such run.');
  const here = deps.engine.session(input.id);
  if (here) return here.resolveUncertain(input.nodeId, input.decision);
  const taken = await deps.dispatcher.takeResting(actor.workspaceId, input.id);
  if (!taken) throw new AppError('conflict', 'This run is busy elsewhere or has ended. Look again in a moment.', { retryable: true });
  await deps.engine.decide(taken, input.nodeId, input.decision);
}

/** The run's session in this process; a resting run is taken for it. */
async function hold({ engine, dispatcher }: SteerDeps, workspaceId: string, runId: string): Promise<Session | undefined> {
  const here = engine.session(runId);
  if (here) return here;
  const taken = await dispatcher.takeResting(workspaceId, runId);
  if (taken) await engine.adopt([taken]);
  return engine.session(runId);
}
