import { isLarger, mostBytes } from '../../../shared/engine/payloads.ts';
import { withEdits } from '../../../shared/nodes/approval/payload.ts';
import { AppError } from '../../../shared/errors.ts';
import type { WaitSignal } from '../../../shared/workflow/run.ts';
import type { Actor } from '../../actor.ts';
import { faultPoint } from '../../faults.ts';
import type { ApprovalStore, StoredApproval } from '../../store/approvals.ts';
import type { SignalStore } from '../../store/signals.ts';
import { approvalTokenHash } from './token.ts';

export type { StoredApproval } from '../../store/approvals.ts';

export interface DecideDeps {
  approvals: ApprovalStore;
  signals: SignalStore;
  now(): Date;
  /** A word for a step of this run was stored: whoever has the run reads it. */
  toldRun(runId: string): void;
  /** Lists of approvals are out of date. */
  changed(workspaceId: string, runId: string): void;
}

export interface Verdict {
  decision: 'approved' | 'rejected';
  comment: string;
  /** New texts by their key in the payload; taken only where the approval allows changes. */
  edits: ReadonlyMap<string, string>;
}

/** Where an approval stands, in the order in which it matters to whoever looks at it. */
export type ApprovalStanding = 'open' | 'decided' | 'expired' | 'over';

export function standingOf(approval: StoredApproval, now: Date): ApprovalStanding {
  if (approval.decision === 'approved' || approval.decision === 'rejected') return 'decided';
  if (approval.decision === 'expired' || (approval.expiresAt !== null && approval.expiresAt <= now)) return 'expired';
  return approval.runEnded ? 'over' : 'open';
}

/** The word that the waiting step gets, or null for an approval that nobody has decided. */
export function signalOf(approval: StoredApproval): Extract<WaitSignal, { kind: 'approval' }> | null {
  const { id, decision, decidedBy, comment, decidedPayload } = approval;
  if (decision !== 'approved' && decision !== 'rejected') return null;
  return { kind: 'approval', approvalId: id, decision, by: decidedBy ?? '', comment, payload: decidedPayload };
}

/** @throws AppError not_found for a token that opens nothing. */
export async function approvalByToken(deps: Pick<DecideDeps, 'approvals'>, token: string): Promise<StoredApproval> {
  const approval = await deps.approvals.byToken(approvalTokenHash(token));
  if (!approval)
    throw new AppError('not_found', 'This link leads nowhere. It may have been cut off, or its run was deleted.');
  return approval;
}

/** Somebody with an account decides. @throws AppError not_found, or conflict when there is nothing to decide any more. */
export async function decideApproval(
  deps: DecideDeps,
  actor: Actor,
  id: string,
  verdict: Verdict,
): Promise<StoredApproval> {
  const approval = await deps.approvals.find(actor.workspaceId, id);
  if (!approval) throw new AppError('not_found', 'There is no such approval.');
  return decide(deps, approval, actor.name, verdict);
}

/**
 * Decides once and for all, and lets the run go on. The decision and the word for the waiting step are durable together, before anybody
 * hears of them.
 *
 * @throws AppError conflict when it was decided already, has expired, or its run has ended; too_large for changes that are.
 */
export async function decide(
  deps: DecideDeps,
  approval: StoredApproval,
  by: string,
  verdict: Verdict,
): Promise<StoredApproval> {
  const { workspaceId, runId, nodeId, id } = approval;
  const isEdited = verdict.decision === 'approved' && approval.editable;
  const payload = isEdited ? withEdits(approval.payload, verdict.edits) : approval.payload;
  if (isEdited && isLarger(payload, mostBytes))
    throw new AppError(
      'too_large',
      `With these changes the data is more than ${mostBytes / 1_000_000} MB. Shorten them.`,
      {
        details: { field: 'edits', limit: mostBytes },
      },
    );
  const { decision, comment } = verdict;
  const signal = { kind: 'approval', approvalId: id, decision, by, comment, payload } as const;
  const decided = await deps.approvals.decide(workspaceId, id, { decision, by, comment, payload }, (trx) =>
    deps.signals.send(trx, workspaceId, runId, { node: nodeId, signal }),
  );
  if (decided) faultPoint('decision_stored');
  const now = await deps.approvals.find(workspaceId, id);
  if (!now) throw new AppError('not_found', 'The run of this approval was deleted.');
  if (!decided) throw new AppError('conflict', standingInWords(now, deps.now()));
  deps.changed(workspaceId, runId);
  deps.toldRun(runId);
  return now;
}

/** Why there is nothing to decide, or that there is. */
export function standingInWords(approval: StoredApproval, now: Date): string {
  switch (standingOf(approval, now)) {
    case 'decided':
      return `This was ${approval.decision} already${approval.decidedBy ? ` by ${approval.decidedBy}` : ''}.`;
    case 'expired':
      return 'The time to decide is over. The workflow has gone on without a decision.';
    case 'over':
      return 'The run that asked has ended, so there is nothing to decide any more.';
    case 'open':
      return 'This waits for a decision.';
  }
}
