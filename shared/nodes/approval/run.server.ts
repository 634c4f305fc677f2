import type { WaitSignal } from '../../workflow/run.ts';
import { defineRunner, output, type RunContext, type StepResult } from '../contract.ts';
import { spanMs } from '../spans.ts';
import { approvalRequest, config } from './index.ts';
import { approvalMail } from './mail.ts';

export const runner = defineRunner(config, {
  async run(bound, context) {
    const signal = context.resumed?.signal;
    if (signal?.kind === 'approval') return decided(signal);
    const now = context.now();
    const request = approvalRequest(bound, now);
    const approval = await context.ports.approvals.open(request);
    if (approval.expiresAt !== null && approval.expiresAt <= now.getTime()) {
      const faster = await context.ports.approvals.expire(approval.id);
      return faster ? decided(faster) : timeout(request.payload);
    }
    // Its time has come, but not its end: that was the moment of the reminder.
    const reminder = signal !== undefined;
    await askByMail(context, { ...request, expiresAt: approval.expiresAt }, { url: approval.url, reminder });
    const remindAt =
      reminder || bound.reminder === 0 ? null : Math.round(now.getTime() + spanMs(bound.reminder, bound.reminderUnit));
    const at = earlier(approval.expiresAt, request.approvers.length > 0 ? remindAt : null);
    return { type: 'wait', wait: { kind: 'approval', approvalId: approval.id, at } };
  },
});

async function askByMail(
  { ports, log }: RunContext,
  request: Parameters<typeof approvalMail>[0],
  link: { url: string; reminder: boolean },
): Promise<void> {
  if (request.approvers.length === 0) return;
  const receipt = await ports.mail.send(approvalMail(request, link), link.reminder ? 'reminder' : undefined);
  log(`${link.reminder ? 'Reminded' : 'Asked'} ${receipt.accepted.join(', ')}`);
}

function earlier(one: number | null, other: number | null): number | null {
  if (one === null || other === null) return one ?? other;
  return Math.min(one, other);
}

function decided({ decision, by, comment, payload }: Extract<WaitSignal, { kind: 'approval' }>): StepResult {
  return output({ decision, by, comment, payload }, decision);
}

function timeout(payload: unknown): StepResult {
  return output({ decision: 'timeout', by: null, comment: '', payload }, 'timeout');
}
