/** Steps that may run only so often, or only so many at once, wait for their turn: a short while in memory, longer at rest. */
import { setTimeout as sleep } from 'node:timers/promises';
import { nodeOf } from '../../shared/engine/address.ts';
import { evaluate } from '../../shared/engine/bind.ts';
import { stepAt } from '../../shared/engine/state.ts';
import { AppError } from '../../shared/errors.ts';
import type { StepResult } from '../../shared/nodes/contract.ts';
import type { StepLimit } from '../../shared/workflow/graph.ts';
import type { StepInvocation } from './invocation.ts';
import type { TurnRequest } from './ports.ts';

/** So long a step waits in memory, all in all. */
const shortWaitMs = 2_000;
const lookAgainMs = 200;
/** A word that a turn has come is sent when one ends; should it get lost with its sender, the step looks by itself. */
const restAtLeastMs = 15_000;
const restAtMostMs = 300_000;
const restPerPlaceMs = 500;
const endTries = 5;
/** No step is tried as often as that. */
const goesApart = 10_000;

/**
 * Runs `work` when it is its turn. A wait for the turn is handed back as the step's result, and the step comes here again after it.
 * @throws AppError expression where the key cannot be rendered; cancelled.
 */
export async function inTurn(
  invocation: StepInvocation,
  limit: StepLimit,
  scope: Record<string, unknown>,
  work: () => StepResult | Promise<StepResult>,
): Promise<StepResult> {
  const request = requestOf(invocation, limit, scope);
  await invocation.durable();
  const wait = await untilGranted(invocation, request);
  if (wait) return wait;
  try {
    return await work();
  } finally {
    await endTurn(invocation, request);
  }
}

function requestOf(invocation: StepInvocation, limit: StepLimit, scope: Record<string, unknown>): TurnRequest {
  const { run, node, state } = invocation;
  const key = evaluate(limit.key ?? '', 'text', scope, 'limit.key');
  if (!key.ok)
    throw new AppError(key.error.code, key.error.message, key.error.details ? { details: key.error.details } : {});
  const { attempt = 1, goes = 0 } = stepAt(state, node) ?? {};
  return {
    run,
    node,
    // Going on after a wait is a turn of its own.
    attempt: attempt + goes * goesApart,
    lane: `${run.workflowId}:${nodeOf(node)}:${String(key.value).slice(0, 500)}`,
    limit,
  };
}

async function untilGranted(invocation: StepInvocation, request: TurnRequest): Promise<StepResult | null> {
  const { ports, signal } = invocation;
  const since = ports.now().getTime();
  for (;;) {
    if (signal.aborted) throw new AppError('cancelled', 'The run was cancelled.');
    const turn = await ports.turns.ask(request);
    if (turn.granted) return null;
    const now = ports.now().getTime();
    const left = since + shortWaitMs - now;
    if (turn.inMs !== null && turn.inMs > left) return waitFor(turn.turn, now + turn.inMs);
    if (left <= 0) {
      const rest = Math.min(restAtMostMs, restAtLeastMs + turn.ahead * restPerPlaceMs);
      return waitFor(turn.turn, now + rest);
    }
    await sleep(Math.min(left, turn.inMs ?? lookAgainMs));
  }
}

function waitFor(turn: string, at: number): StepResult {
  return { type: 'wait', wait: { kind: 'turn', turn, at } };
}

/** A turn that cannot be handed back would count for as long as its run is held: it is worth some tries. */
async function endTurn(invocation: StepInvocation, request: TurnRequest): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await invocation.ports.turns.end(request);
    } catch (error) {
      if (attempt < endTries) await sleep(attempt * lookAgainMs);
      else return invocation.ports.report(error, request.run);
    }
  }
}
