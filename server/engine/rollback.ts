import { setTimeout as sleep } from 'node:timers/promises';
import { nodeOf } from '../../shared/engine/address.ts';
import { bind } from '../../shared/engine/bind.ts';
import { applyEvent } from '../../shared/engine/fold.ts';
import { inputOf, newRunState, stepAt, type RunState } from '../../shared/engine/state.ts';
import { stepsToUndo } from '../../shared/engine/undo.ts';
import { AppError, toErrorBody, type ErrorBody } from '../../shared/errors.ts';
import type { RunEventBody } from '../../shared/workflow/run.ts';
import { faultPoint } from '../faults.ts';
import { StepContext } from './context.ts';
import type { StepInvocation } from './invocation.ts';
import { fail, leave, record, write, type Live } from './live.ts';
import type { ExecutableStep, ExecutableVersion } from './ports.ts';
import { loadFor } from './payloads.ts';
import { scopeOf } from './step.ts';

/*
 * Rollback: when a run fails, the effects of its steps that can be taken back are, the last one first. Each undoing is announced before it
 * begins and written down when it is done, so that a process that dies goes on where it was, under the same key. Nothing stops it: neither
 * cancelling the run nor an undoing that fails, which is noted while the others go on. Steps that failed themselves are left alone.
 */

const attempts = 3;
const pauseMs = 500;
const timeoutMs = 60_000;

/** True when this end of the run has to wait until what can be undone is. Once a held mail is out, nothing is. */
export function owesRollback(live: Live, end: Extract<RunEventBody, { type: 'run.finished' }>): boolean {
  if (end.status !== 'failed' || live.version.settings.onFailure !== 'rollback' || live.undo === 'done') return false;
  return ![...(live.state.mails?.all.values() ?? [])].some(({ status }) => status === 'sent');
}

/** Takes back what can be taken back; the run then comes to its end. */
export async function rollBack(live: Live): Promise<void> {
  live.undo = 'running';
  try {
    await write(live);
    const past = await pastOf(live);
    for (const node of stepsToUndo(past.events, canUndo(live.version))) {
      if (live.over) return;
      if (live.releasing) return void leave(live);
      await undoStep(live, past.state, node);
    }
    live.undo = 'done';
    live.goOn();
  } catch (error) {
    fail(live, error);
  }
}

/** The run as it was, with the items that the fold lets go of when they are through. */
async function pastOf({ ports, run, version }: Live) {
  const events = await ports.journal.read(run.workspaceId, run.id);
  const state = newRunState({ keepsItems: true });
  for (const event of events) applyEvent(version.graph, state, event);
  return { events, state };
}

function canUndo(version: ExecutableVersion): (address: string) => boolean {
  return (address) => {
    const step = version.steps.get(nodeOf(address));
    if (!step?.runner?.compensate || version.graph.nodes.get(nodeOf(address))?.node.disabled) return false;
    return step.definition.undo?.possible({ ...step.config.config }) ?? false;
  };
}

async function undoStep(live: Live, past: RunState, node: string): Promise<void> {
  record(live, { type: 'step.compensating', node });
  await write(live);
  faultPoint('intent_journaled');
  const error = await undoWithRetries(live, past, node);
  if (live.over) return;
  faultPoint('effect_done');
  record(live, error ? { type: 'step.compensate_failed', node, error } : { type: 'step.compensated', node });
  await write(live);
  faultPoint('outcome_journaled');
}

async function undoWithRetries(live: Live, past: RunState, node: string): Promise<ErrorBody | null> {
  for (let attempt = 1; ; attempt++) {
    try {
      await undoOnce(live, past, node);
      return null;
    } catch (cause) {
      if (!(cause instanceof AppError)) live.ports.report(cause, live.run);
      const error = toErrorBody(cause);
      if (!error.retryable || attempt === attempts || live.over) return error;
      await sleep(pauseMs * 4 ** (attempt - 1));
    }
  }
}

async function undoOnce(live: Live, past: RunState, node: string): Promise<void> {
  const { run, version, ports } = live;
  const { config, runner } = version.steps.get(nodeOf(node)) as ExecutableStep;
  const time = new AbortController();
  const invocation: StepInvocation = {
    run,
    version,
    state: past,
    node,
    ports,
    signal: time.signal,
    outcomeUnknown: false,
    undoes: true,
    // It has been announced.
    intend: () => Promise.resolve(),
    hold: () => {},
    settleMail: (outcome) => live.outcomes.push(outcome),
    durable: () => write(live),
  };
  await loadFor({ ...live, state: past }, node);
  const input = inputOf(past, node);
  const context = new StepContext(invocation, input);
  const output = stepAt(past, node)?.output;
  const bound = bind(config, { ...scopeOf(invocation, input, context.now()), output });
  const expired = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    const error = new AppError('timeout', `Undoing took longer than ${timeoutMs / 1_000} s.`, { retryable: true });
    time.abort(error);
    expired.reject(error);
  }, timeoutMs);
  try {
    await Promise.race([runner!.compensate!(bound, output, context), expired.promise]);
  } finally {
    clearTimeout(timer);
  }
}
