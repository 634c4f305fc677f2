import type { SectionInput } from '../../../shared/api/runs.ts';
import { AppError } from '../../../shared/errors.ts';
import type { RunSummary } from '../../../shared/workflow/run.ts';
import type { Actor } from '../../actor.ts';
import { chosenVersion, startRun, type RunDeps } from './start-run.ts';

export interface TestMailDeps extends RunDeps {
  /** The address that somebody signs in with. */
  emailOf(userId: string): Promise<string | null>;
  /** Counts one mail of this person. @returns the seconds to wait, 0 when it may go. */
  countMail(userId: string): Promise<number>;
}

/**
 * Sends the mail of one step to the person who asks, and to nobody else: a test run of that step, with the data of an earlier run, a pin or an
 * example, so the mail goes the way of all mails and is recorded with its run.
 *
 * @throws AppError forbidden for an API key; rate_limited; bad_request where the step sends no mail; conflict where it is switched off; else as
 * `startRun`.
 */
export async function sendTestMail(
  deps: TestMailDeps,
  actor: Actor,
  input: { workflowId: string; nodeId: string; idempotencyKey?: string | undefined } & Pick<
    SectionInput,
    'items' | 'basedOn'
  >,
): Promise<RunSummary> {
  const { workflowId, nodeId, idempotencyKey, ...data } = input;
  if (actor.via !== 'session')
    throw new AppError('forbidden', 'A test mail goes to whoever is signed in; an API key has no address.');
  const { graph } = await chosenVersion(deps, actor, workflowId, 'draft');
  const node = graph.nodes.find(({ id }) => id === nodeId);
  if (!node) throw new AppError('not_found', 'The workflow has no such step.');
  if (deps.catalogue.get(node.kind)?.group !== 'email')
    throw new AppError('bad_request', 'This step sends no mail.', { details: { nodeId } });
  if (node.disabled) throw new AppError('conflict', 'This step is switched off. Switch it on to send a test.');
  const address = await deps.emailOf(actor.userId);
  if (address === null) throw new AppError('forbidden', 'There is no address to send the test to.');
  const wait = await deps.countMail(actor.userId);
  if (wait > 0)
    throw new AppError('rate_limited', `That were many test mails. The next one can go in ${wait} seconds.`, {
      retryAfterMs: wait * 1_000,
    });
  const section = { node: nodeId, mode: 'only' as const, ...data };
  return startRun(deps, actor, {
    workflowId,
    version: 'draft',
    section,
    mailsTo: address,
    ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
  });
}
