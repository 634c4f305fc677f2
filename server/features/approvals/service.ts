import type { Approval } from '../../../shared/api/approvals.ts';
import type { Actor } from '../../actor.ts';
import type { StoredApproval } from '../../store/approvals.ts';
import { decideApproval, type DecideDeps, type Verdict } from './decide.ts';

interface Decide extends Omit<Verdict, 'edits'> {
  id: string;
  edits: Readonly<Record<string, string>>;
}

/** The use cases behind the routes of approvals. */
export function createApprovalService(deps: DecideDeps) {
  return {
    list: async (actor: Actor, filter: { runId?: string | undefined; limit: number }) => ({
      items: (await deps.approvals.pending(actor.workspaceId, filter)).map(view),
    }),
    decide: async (actor: Actor, { id, edits, ...verdict }: Decide) => {
      const approval = await decideApproval(deps, actor, id, { ...verdict, edits: new Map(Object.entries(edits)) });
      return { id, decision: verdict.decision, by: approval.decidedBy ?? '' };
    },
  };
}

function view(approval: StoredApproval): Approval {
  return {
    id: approval.id,
    runId: approval.runId,
    nodeId: approval.nodeId,
    workflowId: approval.workflowId,
    workflowName: approval.workflowName,
    title: approval.title,
    message: approval.message,
    payload: approval.payload,
    editable: approval.editable,
    approvers: approval.approvers,
    expiresAt: approval.expiresAt?.toISOString() ?? null,
    createdAt: approval.createdAt.toISOString(),
  };
}
