import { AppError } from '../../../shared/errors.ts';
import type { Answer } from '../../../shared/workflow/run.ts';
import { newRun } from '../../engine/begin.ts';
import type { Engine } from '../../engine/engine.ts';
import { DuplicateRun, type ExecutableVersion, type VersionSource } from '../../engine/ports.ts';
import type { Session } from '../../engine/session.ts';
import type { OpenTrigger } from '../../store/triggers.ts';
import type { TriggerLookup } from './lookup.ts';
import { tokenHash } from './token.ts';

export interface HookDeps {
  lookup: TriggerLookup;
  versions: VersionSource;
  engine: Engine;
  worker: number;
  wake(): void;
}

/** Whoever waits for an answer gets word after this long at the latest; the run goes on. */
const patienceMs = 60_000;

/** @throws AppError not_found for an unknown, unpublished or switched-off trigger: from outside they look the same. */
export async function openTrigger(deps: Pick<HookDeps, 'lookup'>, kind: 'webhook' | 'form', token: string): Promise<OpenTrigger & { versionId: string }> {
  const trigger = await deps.lookup.find(tokenHash(token));
  if (!trigger || trigger.kind !== kind || !trigger.active || trigger.versionId === null) {
    throw new AppError('not_found', 'Nothing listens here. Either the address is wrong, or the workflow is not published or is switched off.');
  }
  return { ...trigger, versionId: trigger.versionId };
}

/**
 * Starts a run for what arrived at a public trigger and answers: at once with the run's id, or with what the run's Respond step says, or
 * when it has ended. A 2xx means that the run is durable.
 */
export async function fireTrigger(
  deps: HookDeps,
  trigger: OpenTrigger & { versionId: string },
  output: unknown,
  options: { idempotencyKey: string | null; answer: 'at_once' | 'when_finished' },
): Promise<Answer> {
  const version = await deps.versions.load(trigger.workspaceId, trigger.versionId);
  const waits = options.answer === 'when_finished' || answersItself(version, trigger.nodeId);
  const create = newRun(deps, trigger.workspaceId, trigger.workspaceName, version, {
    mode: 'live',
    trigger: trigger.nodeId,
    idempotencyKey: options.idempotencyKey && `${trigger.nodeId}:${options.idempotencyKey}`,
  });
  try {
    if (deps.engine.capacity() === 0) {
      if (waits) throw new AppError('rate_limited', 'The server is busy. Try again in a second.', { retryable: true, retryAfterMs: 1_000 });
      await deps.engine.enqueue({ create, output });
      deps.wake();
      return accepted(create.id);
    }
    // A key must be known to be free before anything runs under it.
    const acknowledge = waits && create.idempotencyKey === null ? 'answer' : 'start';
    const session = await deps.engine.start({ create, output, acknowledge });
    return waits ? await answerOf(session) : accepted(create.id);
  } catch (error) {
    if (error instanceof DuplicateRun) return accepted(error.existingId);
    throw error;
  }
}

function accepted(runId: string): Answer {
  return json(202, { runId });
}

function json(status: number, body: unknown): Answer {
  return { status, headers: { 'content-type': 'application/json; charset=utf-8' }, body };
}

/** True when a Respond step can be reached from the trigger. */
function answersItself(version: ExecutableVersion, trigger: string): boolean {
  for (const id of version.graph.reachableFrom(trigger)) {
    const node = version.graph.nodes.get(id)?.node;
    if (node?.kind === 'respond' && !node.disabled) return true;
  }
  return false;
}

async function answerOf(session: Session): Promise<Answer> {
  const late = Promise.withResolvers<'late'>();
  const timer = setTimeout(() => late.resolve('late'), patienceMs);
  const answer = await Promise.race([session.answered, late.promise]);
  clearTimeout(timer);
  const runId = session.run.id;
  if (answer === 'late') return json(202, { runId, status: 'running' });
  if (answer) return answer;
  const { status, error } = session.state;
  if (status === 'failed') {
    const { code = 'internal', message = 'The run failed.' } = error ?? {};
    return json(500, { error: { code, message }, runId });
  }
  return json(status === 'done' ? 200 : 202, { runId, status });
}
