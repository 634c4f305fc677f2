import { connectionIds, type ConnectionId, type ConnectionProblem } from '../../../shared/api/connections.ts';
import { AppError, toErrorBody } from '../../../shared/errors.ts';
import type { Ports } from '../../../shared/nodes/contract.ts';
import type { Actor } from '../../actor.ts';
import type { HearOutcome } from '../../connection-outcome.ts';
import type { Models } from '../../drivers/llm/models.ts';
import type { SmtpTransport } from '../../drivers/mail/smtp.ts';
import { uuidv7 } from '../../ids.ts';
import type { ConnectionFailure, ConnectionStore, ProviderUse } from '../../store/connections.ts';

export interface ConnectionDeps {
  store: Pick<ConnectionStore, 'failures' | 'uses' | 'worked'>;
  models: Pick<Models, 'available'>;
  smtp: Pick<SmtpTransport, 'verify'>;
  llm(caller: { workspaceId: string; key: string; signal: AbortSignal; purpose: string }): Ports['llm'];
  hear: HearOutcome;
  /** Counts one test of this person. @returns the seconds to wait, 0 when it may go. */
  countTest(userId: string): Promise<number>;
}

const mailLabel = 'Mail server';

/** What does not work, the latest first; then what live workflows miss. */
export async function connectionProblems(
  { store, models }: Pick<ConnectionDeps, 'store' | 'models'>,
  { workspaceId }: Actor,
): Promise<{ items: ConnectionProblem[] }> {
  const providers = new Map(models.available().map((info) => [info.id as string, info]));
  const missing = [...providers.values()].filter(({ configured }) => !configured).map(({ id }) => id as string);
  const [failures, uses] = await Promise.all([store.failures(workspaceId), store.uses(workspaceId, missing)]);
  const failing = failures.flatMap((failure): ConnectionProblem[] => {
    const id = connectionIds.find((known) => known === failure.connection);
    // A provider that was taken out since is not broken; where it is needed, it is missing.
    if (id === undefined || missing.includes(id)) return [];
    return [presentFailure(id, id === 'mail' ? mailLabel : (providers.get(id)?.label ?? id), failure)];
  });
  const missed = connectionIds.flatMap((id): ConnectionProblem[] => {
    const [first, ...rest] = uses.filter(({ provider }) => provider === id);
    const info = providers.get(id);
    return first && info ? [presentMissing(id, info.label, info.remedy ?? '', first, rest)] : [];
  });
  return { items: [...failing, ...missed] };
}

function presentFailure(id: ConnectionId, label: string, failure: ConnectionFailure): ConnectionProblem {
  const { message, failures, runId, workflowId, workflowName, since } = failure;
  const workflow = workflowId === null ? null : { id: workflowId, name: workflowName ?? '', nodeId: null };
  return { id, label, state: 'failing', message, since: since.toISOString(), failures, runId, workflow, others: 0 };
}

function presentMissing(
  id: ConnectionId,
  label: string,
  message: string,
  { workflowId, workflowName, nodeId }: ProviderUse,
  rest: readonly ProviderUse[],
): ConnectionProblem {
  const workflow = { id: workflowId, name: workflowName, nodeId };
  const others = new Set(rest.map((use) => use.workflowId).filter((other) => other !== workflowId)).size;
  return { id, label, state: 'missing', message, since: null, failures: 0, runId: null, workflow, others };
}

/**
 * Tries it now. What comes of it counts as a use: a service that works again is no problem any more.
 * @throws AppError rate_limited
 */
export async function testConnection(
  deps: ConnectionDeps,
  { workspaceId, userId }: Actor,
  { id }: { id: ConnectionId },
  signal: AbortSignal = new AbortController().signal,
): Promise<{ ok: boolean; message: string | null }> {
  const seconds = await deps.countTest(userId);
  if (seconds > 0)
    throw new AppError('rate_limited', `That were many tests. The next one can go in ${seconds} seconds.`, {
      retryAfterMs: seconds * 1_000,
    });
  try {
    await (id === 'mail' ? tryMail(deps, workspaceId) : askModel(deps, workspaceId, id, signal));
    // Noted before the answer: whoever asks next for what is broken must not see it again.
    await deps.store.worked(workspaceId, id);
    return { ok: true, message: null };
  } catch (error) {
    return { ok: false, message: toErrorBody(error).message };
  }
}

async function tryMail({ smtp, hear }: ConnectionDeps, workspaceId: string): Promise<void> {
  try {
    await smtp.verify();
  } catch (error) {
    hear({ workspaceId, connection: 'mail', error: toErrorBody(error) });
    throw error;
  }
}

/** The paid door tells by itself what came of it. */
async function askModel(
  deps: ConnectionDeps,
  workspaceId: string,
  provider: Exclude<ConnectionId, 'mail'>,
  signal: AbortSignal,
): Promise<void> {
  const llm = deps.llm({ workspaceId, key: `try:${uuidv7()}`, signal, purpose: 'Connection tried' });
  await llm.generate({ provider, model: '', system: '', prompt: 'Answer with the word OK.', maxTokens: 16 });
}
