import type { RunState, StepState } from '../../../shared/engine/fold.ts';
import { AppError, type ErrorBody } from '../../../shared/errors.ts';
import type { Answer } from '../../../shared/workflow/run.ts';
import { newRun } from '../../engine/begin.ts';
import type { Engine } from '../../engine/engine.ts';
import { DuplicateRun, type ExecutableVersion, type VersionSource } from '../../engine/ports.ts';
import type { RoomFor } from '../../engine/room.ts';
import type { Session } from '../../engine/session.ts';
import type { OpenTrigger } from '../../store/triggers.ts';
import type { TriggerLookup } from './lookup.ts';

export interface HookDeps {
  lookup: TriggerLookup;
  versions: VersionSource;
  engine: Engine;
  roomFor: RoomFor;
  worker: number;
  wake(): void;
}

/** Whoever waits for an answer gets word after this long at the latest; the run goes on. */
const patienceMs = 60_000;

/** @throws AppError not_found for an unknown, unpublished or switched-off trigger: from outside they look the same. */
export async function openTrigger(
  deps: Pick<HookDeps, 'lookup'>,
  kind: 'webhook' | 'form',
  token: string,
): Promise<OpenTrigger & { versionId: string }> {
  const trigger = await deps.lookup.find(token);
  if (!trigger || trigger.kind !== kind || !trigger.active || trigger.versionId === null) {
    throw new AppError(
      'not_found',
      'Nothing listens here. Either the address is wrong, or the workflow is not published or is switched off.',
    );
  }
  return { ...trigger, versionId: trigger.versionId };
}

/** What came of a call by the time the caller gets an answer. */
export type Fired =
  /** The run is durable; nobody waits for it (any longer). */
  | { type: 'accepted'; runId: string }
  /** Its Respond step has spoken. */
  | { type: 'answered'; runId: string; answer: Answer }
  /** It ended without a word; `output` is that of the step that finished last. */
  | { type: 'done'; runId: string; output: unknown }
  | { type: 'failed'; runId: string; error: ErrorBody };

/**
 * Starts a run for what arrived at a public trigger. Waits for its answer where the trigger says so or a Respond step is on the way. Whatever
 * it returns, the run is durable.
 * @throws AppError rate_limited when somebody would have to wait and there is no room to run at once.
 */
export async function fireTrigger(
  deps: HookDeps,
  trigger: OpenTrigger & { versionId: string },
  output: unknown,
  options: { idempotencyKey: string | null; answer: 'at_once' | 'when_finished' },
): Promise<Fired> {
  const version = await deps.versions.load(trigger.workspaceId, trigger.versionId);
  const waits = options.answer === 'when_finished' || answersItself(version, trigger.nodeId);
  const create = newRun(deps, trigger.workspaceId, trigger.workspaceName, version, {
    mode: 'live',
    trigger: trigger.nodeId,
    idempotencyKey: options.idempotencyKey && `${trigger.nodeId}:${options.idempotencyKey}`,
  });
  try {
    if (waits && deps.engine.capacity() === 0) {
      throw new AppError('rate_limited', 'The server is busy. Try again in a second.', {
        retryable: true,
        retryAfterMs: 1_000,
      });
    }
    if (!waits && !(await deps.roomFor(trigger.workspaceId))) {
      await deps.engine.enqueue({ create, output });
      deps.wake();
      return { type: 'accepted', runId: create.id };
    }
    // A key must be known to be free before anything runs under it.
    const acknowledge = waits && create.idempotencyKey === null ? 'answer' : 'start';
    const session = await deps.engine.start({ create, output, acknowledge });
    return waits ? await outcomeOf(session) : { type: 'accepted', runId: create.id };
  } catch (error) {
    if (error instanceof DuplicateRun) return { type: 'accepted', runId: error.existingId };
    throw error;
  }
}

/** By version and trigger; versions never change. */
const answering = new WeakMap<ExecutableVersion, Map<string, boolean>>();

/** True when a Respond step can be reached from the trigger. */
function answersItself(version: ExecutableVersion, trigger: string): boolean {
  const known = answering.get(version) ?? new Map<string, boolean>();
  answering.set(version, known);
  let answers = known.get(trigger);
  if (answers === undefined) known.set(trigger, (answers = reachesAnswer(version, trigger)));
  return answers;
}

function reachesAnswer(version: ExecutableVersion, trigger: string): boolean {
  for (const id of version.graph.reachableFrom(trigger)) {
    const node = version.graph.nodes.get(id)?.node;
    if (node?.kind === 'respond' && !node.disabled) return true;
  }
  return false;
}

async function outcomeOf(session: Session): Promise<Fired> {
  const answer = await patiently(session.answered);
  const runId = session.run.id;
  if (answer) return { type: 'answered', runId, answer };
  const { state } = session;
  switch (state.status) {
    case 'done':
      return { type: 'done', runId, output: lastOutput(state) };
    case 'failed':
      return { type: 'failed', runId, error: state.error ?? { code: 'internal', message: 'The run failed.' } };
    case 'queued':
    case 'running':
    case 'waiting':
    case 'cancelled':
      return { type: 'accepted', runId };
  }
}

/** Null when it takes too long. */
function patiently(answered: Promise<Answer | null>): Promise<Answer | null> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, patienceMs, null);
    void answered.then((answer) => {
      clearTimeout(timer);
      resolve(answer);
    });
  });
}

function lastOutput(state: RunState): unknown {
  let last: StepState | undefined;
  for (const step of state.steps.values()) {
    if (step.output !== undefined && step.finishedAt! >= (last?.finishedAt ?? 0)) last = step;
  }
  return last?.output ?? null;
}
