import { nodeOf } from '../../shared/engine/address.ts';
import { nextAttemptAt } from '../../shared/engine/retry.ts';
import type { RunState } from '../../shared/engine/state.ts';
import type { RunEventBody } from '../../shared/workflow/run.ts';
import { faultPoint } from '../faults.ts';
import { fail, record, signalOf, write, type Live } from './live.ts';
import type { OutboxOutcome, OutboxRow } from './ports.ts';

/*
 * Mails that are held until their run has succeeded. They are written while the run goes on, each with its event in one commit. When all else
 * is done they go out, some at a time (`mailsAtOnce`): that a mail is about to be sent is durable before the server hears of it, what became of
 * it afterwards, together with the announcement of the one that takes its place.
 */

type Sending = Extract<RunEventBody, { type: 'mail.sending' }>;

/** Puts a mail aside. A step that repeats after a crash finds its mail there. */
export function holdMail(live: Live, node: string, mail: OutboxRow): void {
  if (live.state.mails?.all.has(mail.key)) return;
  record(live, { type: 'mail.held', node, key: mail.key, subject: mail.subject, to: mail.recipients });
  live.outbox.push({ ...mail, held: true });
}

/** Sends these mails, announced in one commit; the run goes on with the outcome of each. */
export function sendHeld(live: Live, events: readonly Sending[]): void {
  for (const event of events) record(live, event);
  for (const event of events) void deliver(live, event);
}

/** Mails that were on their way when a process died: sent again as the same message, or left to a person, as their step says. */
export function resumeSending(live: Live): void {
  const { mails } = live.state;
  for (const key of mails?.sending ?? []) {
    const { node, attempt } = mails!.all.get(key)!;
    if (asksWhenUnknown(live, node)) {
      const message = 'The server stopped while this mail was being sent. It is not known whether it went out.';
      record(live, { type: 'mail.uncertain', node, key, error: { code: 'mail_uncertain', message } });
    } else void deliver(live, { type: 'mail.sending', node, key, attempt });
  }
}

/** A run that is only sending its mails yet can still be cancelled. */
export function bindToCancel(state: RunState): void {
  if (!state.ending || state.ending.status === 'done') state.ending = { status: 'cancelled' };
}

async function deliver(live: Live, event: Sending): Promise<void> {
  try {
    await write(live);
    faultPoint('intent_journaled');
    const outcome = await live.ports.sendHeld(live.run, event.key, signalOf(live));
    if (live.over) return;
    faultPoint('effect_done');
    live.outcomes.push(outcome);
    record(live, outcomeEvent(live, event, outcome));
    live.goOn();
    // What comes next is announced in the same commit; the end of the run has been handed in with it.
    await Promise.resolve();
    await (live.over ? live.writing : write(live));
    faultPoint('outcome_journaled');
  } catch (error) {
    fail(live, error);
  }
}

function outcomeEvent(live: Live, { node, key, attempt }: Sending, { status, error }: OutboxOutcome): RunEventBody {
  if (status === 'sent' || !error) return { type: 'mail.sent', node, key };
  if (error.code === 'mail_uncertain' && asksWhenUnknown(live, node))
    return { type: 'mail.uncertain', node, key, error };
  const { state, ports, version } = live;
  const isOver = state.ending !== undefined && state.ending.status !== 'done';
  const policy = version.graph.nodes.get(nodeOf(node))?.node.retry;
  const retryAt = isOver ? null : nextAttemptAt(policy, attempt, error, ports.now().getTime(), ports.random());
  return { type: 'mail.failed', node, key, attempt, error, ...(retryAt === null ? {} : { retryAt }) };
}

function asksWhenUnknown({ version }: Live, node: string): boolean {
  return version.graph.nodes.get(nodeOf(node))?.node.onUnknown === 'ask';
}
