import type { Knex } from 'knex';

export type ApprovalDecision = 'approved' | 'rejected' | 'expired';

/** What somebody was asked, and what became of it. */
export interface StoredApproval {
  id: string;
  workspaceId: string;
  runId: string;
  nodeId: string;
  title: string;
  message: string;
  payload: unknown;
  editable: boolean;
  approvers: string[];
  expiresAt: Date | null;
  decision: ApprovalDecision | null;
  decidedBy: string | null;
  decidedAt: Date | null;
  comment: string;
  /** The payload as it was approved, with changes. */
  decidedPayload: unknown;
  createdAt: Date;
  workflowId: string;
  workflowName: string;
  workspaceName: string;
  /** The run has ended, so that nobody waits for a decision any more. */
  runEnded: boolean;
}

export interface NewApproval {
  id: string;
  workspaceId: string;
  runId: string;
  nodeId: string;
  stepKey: string;
  tokenHash: Buffer;
  title: string;
  message: string;
  payload: unknown;
  editable: boolean;
  approvers: readonly string[];
  expiresAt: Date | null;
}

export interface Decision {
  decision: ApprovalDecision;
  by: string | null;
  comment: string;
  payload: unknown;
}

/** What people are asked by running workflows. */
export function createApprovalStore(knex: Knex) {
  const select = (db: Knex = knex) =>
    db('approvals as a')
      .join('runs as r', 'r.id', 'a.run_id')
      .join('workflows as w', 'w.id', 'r.workflow_id')
      .join('workspaces as s', 's.id', 'a.workspace_id')
      .select<StoredApproval[]>(
        {
          id: 'a.id',
          workspaceId: 'a.workspace_id',
          runId: 'a.run_id',
          nodeId: 'a.node_id',
          title: 'a.title',
          message: 'a.message',
          payload: 'a.payload',
          editable: 'a.editable',
          approvers: 'a.approvers',
          expiresAt: 'a.expires_at',
          decision: 'a.decision',
          decidedBy: 'a.decided_by',
          decidedAt: 'a.decided_at',
          comment: 'a.comment',
          decidedPayload: 'a.decided_payload',
          createdAt: 'a.created_at',
          workflowId: 'r.workflow_id',
          workflowName: 'w.name',
          workspaceName: 's.name',
        },
        db.raw('(r.finished_at IS NOT NULL) AS "runEnded"'),
      );

  return {
    /** Inserts it unless its step has one, and gives the step's. */
    async open(approval: NewApproval): Promise<{ id: string; expiresAt: Date | null }> {
      await knex('approvals')
        .insert({
          id: approval.id,
          workspace_id: approval.workspaceId,
          run_id: approval.runId,
          node_id: approval.nodeId,
          step_key: approval.stepKey,
          token_hash: approval.tokenHash,
          title: approval.title,
          message: approval.message,
          payload: JSON.stringify(approval.payload ?? null),
          editable: approval.editable,
          approvers: [...approval.approvers],
          expires_at: approval.expiresAt,
        })
        .onConflict('step_key')
        .ignore();
      const row = await knex('approvals')
        .where({ workspace_id: approval.workspaceId, step_key: approval.stepKey })
        .first<{ id: string; expiresAt: Date | null }>('id', { expiresAt: 'expires_at' });
      return row!;
    },
    async find(workspaceId: string, id: string): Promise<StoredApproval | null> {
      return (await select().where({ 'a.workspace_id': workspaceId, 'a.id': id }).first()) ?? null;
    },
    /** By the hash of its public token; the token is the authorisation, the row says the tenant. */
    async byToken(tokenHash: Buffer): Promise<StoredApproval | null> {
      return (await select().where('a.token_hash', tokenHash).first()) ?? null;
    },
    /** What waits for a decision, oldest first. */
    async pending(
      workspaceId: string,
      filter: { runId?: string | undefined; limit: number },
    ): Promise<StoredApproval[]> {
      const query = select()
        .where({ 'a.workspace_id': workspaceId, 'a.decision': null, 'r.finished_at': null })
        .where((open) => void open.whereNull('a.expires_at').orWhere('a.expires_at', '>', knex.fn.now()))
        .orderBy(['a.created_at', 'a.id'])
        .limit(filter.limit);
      if (filter.runId) void query.where('a.run_id', filter.runId);
      return query;
    },
    /**
     * Decides what is open, once: of two who decide at the same time the second gets false. `then` becomes durable together with the
     * decision. A run that has ended and a time that is over leave nothing to decide, save that it expired.
     */
    async decide(
      workspaceId: string,
      id: string,
      { decision, by, comment, payload }: Decision,
      then: (trx: Knex.Transaction) => Promise<void>,
    ): Promise<boolean> {
      return knex.transaction(async (trx) => {
        const open = trx('approvals').where({ workspace_id: workspaceId, id, decision: null });
        if (decision !== 'expired') {
          void open
            .where((time) => void time.whereNull('expires_at').orWhere('expires_at', '>', trx.fn.now()))
            .whereExists(
              (run) => void run.from('runs').whereRaw('runs.id = approvals.run_id').whereNull('finished_at'),
            );
        }
        const changed = await open.update({
          decision,
          decided_by: by,
          decided_at: trx.fn.now(),
          comment,
          decided_payload: JSON.stringify(payload ?? null),
        });
        if (changed > 0) await then(trx);
        return changed > 0;
      });
    },
  };
}

export type ApprovalStore = ReturnType<typeof createApprovalStore>;
