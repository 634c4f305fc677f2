import { isLarger, mostBytes } from '../../../shared/engine/payloads.ts';
import { AppError } from '../../../shared/errors.ts';
import type { ApprovalPort } from '../../../shared/nodes/contract.ts';
import type { StepScope } from '../../engine/ports.ts';
import { faultPoint } from '../../faults.ts';
import { uuidv7 } from '../../ids.ts';
import type { ApprovalStore } from '../../store/approvals.ts';
import { signalOf } from './decide.ts';
import { approvalToken, approvalTokenHash } from './token.ts';

export interface ApprovalPortDeps {
  approvals: ApprovalStore;
  /** Derives the public tokens. */
  secret: string;
  /** Without a slash at the end. */
  publicUrl: string;
  /** Lists of approvals are out of date. */
  changed(workspaceId: string, runId: string): void;
}

/** What a step can do with its approval. */
export function createApprovalPort(deps: ApprovalPortDeps, { run, nodeId, key, effects }: StepScope): ApprovalPort {
  return {
    async open(request) {
      refuseLarge(request.payload);
      // The run must be durable before anything points at it.
      await effects.intend();
      const id = uuidv7();
      const opened = await deps.approvals.open({
        ...request,
        id,
        workspaceId: run.workspaceId,
        runId: run.id,
        nodeId,
        stepKey: key,
        tokenHash: approvalTokenHash(approvalToken(deps.secret, id)),
        expiresAt: request.expiresAt === null ? null : new Date(request.expiresAt),
      });
      faultPoint('approval_opened');
      if (opened.id === id) deps.changed(run.workspaceId, run.id);
      const url = `${deps.publicUrl}/approve/${approvalToken(deps.secret, opened.id)}`;
      return { id: opened.id, url, expiresAt: opened.expiresAt?.getTime() ?? null };
    },
    async expire(id) {
      const over = { decision: 'expired', by: null, comment: '', payload: null } as const;
      const expired = await deps.approvals.decide(run.workspaceId, id, over, async () => {});
      if (expired) deps.changed(run.workspaceId, run.id);
      const approval = expired ? null : await deps.approvals.find(run.workspaceId, id);
      return approval && signalOf(approval);
    },
  };
}

/** @throws AppError too_large: it is kept, shown and mailed as a whole. */
function refuseLarge(payload: unknown): void {
  if (!isLarger(payload, mostBytes)) return;
  throw new AppError(
    'too_large',
    `“What is to be approved” came to more than ${mostBytes / 1_000_000} MB. Name only the fields that somebody has to see.`,
    { details: { field: 'payload', limit: mostBytes } },
  );
}
