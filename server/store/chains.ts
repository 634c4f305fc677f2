import type { Knex } from 'knex';
import type { ErrorBody } from '../../shared/errors.ts';
import type { WorkflowGraph } from '../../shared/workflow/graph.ts';
import type { RunStatus } from '../../shared/workflow/run.ts';

/** A workflow as another one sees it that wants to call it. */
export interface Callee {
  workflowId: string;
  workflowName: string;
  active: boolean;
  versionId: string | null;
  /** The trigger of the published version that is there to be called; null when it has none. */
  triggerNode: string | null;
}

/** A run and those that called it, nearest first. */
export interface Ancestor {
  runId: string;
  workflowId: string;
  workflowName: string;
  workspaceName: string;
  mode: 'test' | 'live';
  reportsFailure: boolean;
}

/** An ended run of which others have to hear. */
export interface EndedRun {
  id: string;
  workspaceId: string;
  workspaceName: string;
  workflowId: string;
  workflowName: string;
  versionId: string;
  mode: 'test' | 'live';
  status: 'done' | 'failed' | 'cancelled';
  error: (ErrorBody & { nodeId?: string }) | null;
  /** The step that waits for its end. */
  caller: { runId: string; node: string } | null;
  reportsFailure: boolean;
  /** The share of its caller's list that it did. */
  part: number | null;
  costMicro: number;
}

/** A trigger that starts a run when another workflow fails. */
export interface FailureTrigger {
  workflowId: string;
  versionId: string;
  nodeId: string;
}

interface EndedRow extends Omit<EndedRun, 'caller'> {
  callerRunId: string | null;
  callerNode: string | null;
  callerWaits: boolean;
}

/** Runs that start runs. */
export function createChainStore(knex: Knex) {
  return {
    async callee(workspaceId: string, workflowId: string): Promise<Callee | null> {
      const row = await knex('workflows as w')
        .leftJoin('triggers as t', (on) => {
          on.on('t.workflow_id', 'w.id').andOn('t.version_id', 'w.published_version_id').andOnVal('t.kind', 'called');
        })
        .where({ 'w.workspace_id': workspaceId, 'w.id': workflowId })
        .orderBy('t.id')
        .first<Callee>({
          workflowId: 'w.id',
          workflowName: 'w.name',
          active: 'w.active',
          versionId: 'w.published_version_id',
          triggerNode: 't.node_id',
        });
      return row ?? null;
    },
    /** The run itself comes first. */
    async lineage(workspaceId: string, runId: string): Promise<Ancestor[]> {
      const { rows } = await knex.raw<{ rows: Ancestor[] }>(
        `WITH RECURSIVE line AS (
           SELECT id, workflow_id, mode, reports_failure, caller_run_id, 0 AS nth FROM runs WHERE workspace_id = :workspaceId AND id = :runId
           UNION ALL
           SELECT r.id, r.workflow_id, r.mode, r.reports_failure, r.caller_run_id, line.nth + 1
           FROM runs r JOIN line ON r.id = line.caller_run_id WHERE r.workspace_id = :workspaceId AND line.nth < 100)
         SELECT line.id AS "runId", line.workflow_id AS "workflowId", line.mode, line.reports_failure AS "reportsFailure",
           w.name AS "workflowName", s.name AS "workspaceName"
         FROM line JOIN workflows w ON w.id = line.workflow_id JOIN workspaces s ON s.id = w.workspace_id ORDER BY line.nth`,
        { workspaceId, runId },
      );
      return rows;
    },
    /** The published graphs of these workflows, with their names. */
    async publishedGraphs(
      trx: Knex,
      workspaceId: string,
      workflowIds: readonly string[],
    ): Promise<{ workflowId: string; name: string; graph: WorkflowGraph }[]> {
      return trx('workflows as w')
        .join('workflow_versions as v', 'v.id', 'w.published_version_id')
        .where('w.workspace_id', workspaceId)
        .whereIn('w.id', [...workflowIds])
        .select({ workflowId: 'w.id', name: 'w.name', graph: 'v.graph' });
    },
    /** Live triggers that wait for a failure of this workflow. */
    async failureTriggers(workspaceId: string, workflowId: string): Promise<FailureTrigger[]> {
      return knex('triggers')
        .where({ workspace_id: workspaceId, kind: 'workflow-failed', active: true })
        .whereNotNull('version_id')
        .whereRaw(`coalesce(config->>'workflowId', '') IN ('', ?)`, [workflowId])
        .orderBy('id')
        .select({ workflowId: 'workflow_id', versionId: 'version_id', nodeId: 'node_id' });
    },
    /**
     * Takes one ended run of which others have to hear, and holds it while `tell` does so; then it is off the list. Rivals pass it by, and
     * what a crash interrupts is told again. `except`: ids to leave alone. @returns the run, or null when there is none.
     */
    async claimEnded(
      except: readonly string[],
      tell: (run: EndedRun, trx: Knex.Transaction) => Promise<void>,
    ): Promise<EndedRun | null> {
      return knex.transaction(async (trx) => {
        const row = await trx('runs as r')
          .join('workflows as w', 'w.id', 'r.workflow_id')
          .join('workspaces as s', 's.id', 'r.workspace_id')
          .where('r.follow_up', true)
          .whereNotIn('r.id', [...except])
          .orderBy('r.id')
          .forNoKeyUpdate('r')
          .skipLocked()
          .first<EndedRow>({
            id: 'r.id',
            workspaceId: 'r.workspace_id',
            workspaceName: 's.name',
            workflowId: 'r.workflow_id',
            workflowName: 'w.name',
            versionId: 'r.version_id',
            mode: 'r.mode',
            status: 'r.status',
            error: 'r.error',
            callerRunId: 'r.caller_run_id',
            callerNode: 'r.caller_node',
            callerWaits: 'r.caller_waits',
            reportsFailure: 'r.reports_failure',
            part: 'r.part',
            costMicro: 'r.cost_micro',
          });
        if (!row) return null;
        const { callerRunId, callerNode, callerWaits, ...rest } = row;
        const waits = callerWaits && callerRunId !== null && callerNode !== null;
        const run = { ...rest, caller: waits ? { runId: callerRunId, node: callerNode } : null };
        await tell(run, trx);
        await trx('runs').where({ workspace_id: run.workspaceId, id: run.id }).update({ follow_up: false });
        return run;
      });
    },
    /** The runs that did the shares of the same list in the run that this one repeats, by the number of the share. */
    async earlierParts(workspaceId: string, runId: string, node: string): Promise<Map<number, string>> {
      const rows = await knex('runs as me')
        .join('runs as p', 'p.caller_run_id', 'me.parent_run_id')
        .where({ 'me.workspace_id': workspaceId, 'me.id': runId, 'p.caller_node': node })
        .whereNotNull('p.part')
        .select<{ part: number; id: string }[]>('p.part', 'p.id');
      return new Map(rows.map(({ part, id }) => [part, id]));
    },
    /** The runs that share a list with each other, in the order of their shares. */
    async parts(workspaceId: string, runId: string): Promise<PartRow[]> {
      return knex('runs')
        .where({ workspace_id: workspaceId, caller_run_id: runId })
        .whereNotNull('part')
        .orderBy(['caller_node', 'part'])
        .select({ runId: 'id', node: 'caller_node', finishedAt: 'finished_at' }, 'part', 'status');
    },
    /**
     * One run of those that share a list has ended: the next one is due. If it failed, all others are stopped.
     * @returns true when nothing more is to come, so that the container should be told.
     */
    async partEnded(
      trx: Knex.Transaction,
      { workspaceId, status }: EndedRun,
      caller: { runId: string; node: string },
    ): Promise<boolean> {
      const others = () =>
        trx('runs')
          .where({
            workspace_id: workspaceId,
            caller_run_id: caller.runId,
            caller_node: caller.node,
            finished_at: null,
          })
          .whereNotNull('part');
      if (status !== 'done') {
        await others().update({ cancel_requested: true, due_at: trx.raw(dueIfFree) });
        return true;
      }
      const next = others()
        .where({ status: 'queued', due_at: null, worker: null })
        .orderBy('part')
        .forNoKeyUpdate()
        .skipLocked()
        .limit(1)
        .select('id');
      // Whoever paused the caller meant this one too.
      const steering = trx('runs').where({ id: caller.runId }).whereRaw(`steering->>'to' = 'pause'`).select('steering');
      await trx('runs').whereIn('id', next).update({ due_at: trx.fn.now(), steering });
      return (await others().first('id')) === undefined;
    },
    /**
     * Wants all runs cancelled that somebody below this run waits for. Those that rest are made due, so that somebody acts on it.
     * @returns their ids.
     */
    async cancelCalled(workspaceId: string, runId: string, trx: Knex = knex): Promise<string[]> {
      // Locked in the journal's order, so that the two never wait for each other.
      const { rows } = await trx.raw<{ rows: { id: string }[] }>(
        `WITH RECURSIVE below AS (
           SELECT id FROM runs WHERE workspace_id = :workspaceId AND caller_run_id = :runId AND caller_waits
           UNION SELECT r.id FROM runs r JOIN below ON r.caller_run_id = below.id WHERE r.caller_waits),
         open AS (
           SELECT id FROM runs WHERE id IN (SELECT id FROM below) AND finished_at IS NULL ORDER BY id FOR NO KEY UPDATE)
         UPDATE runs SET cancel_requested = true, due_at = ${dueIfFree}
         WHERE id IN (SELECT id FROM open) RETURNING id`,
        { workspaceId, runId },
      );
      return rows.map(({ id }) => id);
    },
  };
}

/** Makes a run that nobody holds due. */
const dueIfFree = 'CASE WHEN worker IS NULL THEN now() ELSE due_at END';

/** One of the runs that share a list. */
export interface PartRow {
  runId: string;
  node: string;
  part: number;
  status: RunStatus;
  finishedAt: Date | null;
}

export type ChainStore = ReturnType<typeof createChainStore>;
