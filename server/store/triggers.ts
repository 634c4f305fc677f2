import type { Knex } from 'knex';
import { uuidv7 } from '../ids.ts';

export type TriggerKind = 'manual' | 'webhook' | 'schedule' | 'form' | 'called' | 'workflow-failed';

export interface TriggerRow {
  id: string;
  workspaceId: string;
  workflowId: string;
  nodeId: string;
  kind: TriggerKind;
  /** Null until the workflow is published for the first time. */
  versionId: string | null;
  active: boolean;
  config: Record<string, unknown>;
  nextAt: Date | null;
}

export interface TriggerSpec {
  nodeId: string;
  kind: TriggerKind;
  config: Record<string, unknown>;
  nextAt: Date | null;
}

/** A trigger found by its public token, with what is needed to start a run. */
export interface OpenTrigger extends TriggerRow {
  workspaceName: string;
}

const columns = {
  id: 't.id',
  workspaceId: 't.workspace_id',
  workflowId: 't.workflow_id',
  nodeId: 't.node_id',
  kind: 't.kind',
  versionId: 't.version_id',
  active: 't.active',
  config: 't.config',
  nextAt: 't.next_at',
};

/** Where runs begin. A trigger keeps its id, and so its public address, from the first save of its node on. */
export function createTriggerStore(knex: Knex) {
  return {
    async ofWorkflow(workspaceId: string, workflowId: string): Promise<TriggerRow[]> {
      return knex('triggers as t')
        .where({ 't.workspace_id': workspaceId, 't.workflow_id': workflowId })
        .select<TriggerRow[]>(columns);
    },
    /** Makes sure that each trigger node of a draft has its row, so that its address can be shown before it is live. */
    async reserve(
      trx: Knex | null,
      workspaceId: string,
      workflowId: string,
      specs: readonly TriggerSpec[],
      tokenHash: (id: string) => Buffer,
    ): Promise<void> {
      const db = trx ?? knex;
      for (const spec of specs) {
        const id = uuidv7();
        await db('triggers')
          .insert({
            id,
            workspace_id: workspaceId,
            workflow_id: workflowId,
            node_id: spec.nodeId,
            kind: spec.kind,
            config: JSON.stringify(spec.config),
            token_hash: tokenHash(id),
          })
          .onConflict(['workflow_id', 'node_id'])
          .ignore();
      }
    },
    /** Points the triggers at a new version; those whose node is gone are switched off. */
    async deploy(
      trx: Knex,
      workspaceId: string,
      workflowId: string,
      versionId: string,
      specs: readonly TriggerSpec[],
    ): Promise<void> {
      await trx('triggers')
        .where({ workspace_id: workspaceId, workflow_id: workflowId })
        .update({ active: false, next_at: null });
      for (const { nodeId, kind, config, nextAt } of specs) {
        await trx('triggers')
          .where({ workspace_id: workspaceId, workflow_id: workflowId, node_id: nodeId })
          .update({ kind, config: JSON.stringify(config), version_id: versionId, active: true, next_at: nextAt });
      }
    },
    /** Switches all of a workflow's deployed triggers on or off. `nextAt` gives each schedule its next instant. */
    async setActive(
      trx: Knex,
      workspaceId: string,
      workflowId: string,
      active: boolean,
      nextAt: (row: TriggerRow) => Date | null,
    ): Promise<void> {
      const rows = await trx('triggers as t')
        .where({ 't.workspace_id': workspaceId, 't.workflow_id': workflowId })
        .whereNotNull('t.version_id')
        .select<TriggerRow[]>(columns);
      for (const row of rows) {
        await trx('triggers')
          .where({ workspace_id: workspaceId, id: row.id })
          .update({ active, next_at: active ? nextAt(row) : null });
      }
    },
    /** By the hash of its public token; the token is the authorisation, the row says the tenant. */
    async byToken(tokenHash: Buffer): Promise<OpenTrigger | null> {
      const row = await knex('triggers as t')
        .join('workspaces as w', 'w.id', 't.workspace_id')
        .where('t.token_hash', tokenHash)
        .first<OpenTrigger>({ ...columns, workspaceName: 'w.name' });
      return row ?? null;
    },
    /**
     * Takes schedules whose instant has come and moves each on by `advance`, in one transaction with whatever `advance` does, so that rival
     * schedulers fire an instant once. `advance` gives the next instant, null for none, undefined to leave it due. `except`: ids to pass by.
     */
    async claimDue(
      limit: number,
      except: readonly string[],
      advance: (row: OpenTrigger) => Promise<Date | null | undefined>,
    ): Promise<number> {
      return knex.transaction(async (trx) => {
        const rows = await trx('triggers as t')
          .join('workspaces as w', 'w.id', 't.workspace_id')
          .where('t.active', true)
          .where('t.next_at', '<=', trx.fn.now())
          .whereNotIn('t.id', [...except])
          .orderBy('t.next_at')
          .limit(limit)
          .forUpdate('t')
          .skipLocked()
          .select<OpenTrigger[]>({ ...columns, workspaceName: 'w.name' });
        for (const row of rows) {
          const nextAt = await advance(row);
          if (nextAt === undefined) continue;
          await trx('triggers').where({ workspace_id: row.workspaceId, id: row.id }).update({ next_at: nextAt });
        }
        return rows.length;
      });
    },
  };
}

export type TriggerStore = ReturnType<typeof createTriggerStore>;
