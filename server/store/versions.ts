import type { Knex } from 'knex';
import type { WorkflowGraph } from '../../shared/workflow/graph.ts';

export interface VersionRow {
  id: string;
  workflowId: string;
  /** Null for a frozen draft. */
  number: number | null;
  graph: WorkflowGraph;
}

/** What a run is executed from: published versions, and drafts frozen by their first run or preview. */
export function createVersionStore(knex: Knex) {
  return {
    async find(workspaceId: string, versionId: string): Promise<VersionRow | null> {
      const row = await knex('workflow_versions')
        .where({ workspace_id: workspaceId, id: versionId })
        .first<VersionRow>('id', { workflowId: 'workflow_id' }, 'number', 'graph');
      return row ?? null;
    },
    /** The version to run for the draft as saved. Null: no such workflow, or its draft has another revision by now. */
    async freezeDraft(workspaceId: string, workflowId: string, revision?: number): Promise<VersionRow | null> {
      const rows = await knex.raw<{ rows: VersionRow[] }>(
        `INSERT INTO workflow_versions (workspace_id, workflow_id, draft_revision, graph)
         SELECT workspace_id, id, revision, graph FROM workflows WHERE workspace_id = :workspaceId AND id = :workflowId
           AND revision = coalesce(:revision::int, revision)
         ON CONFLICT (workflow_id, draft_revision) DO UPDATE SET draft_revision = excluded.draft_revision
         RETURNING id, workflow_id AS "workflowId", number, graph`,
        { workspaceId, workflowId, revision: revision ?? null },
      );
      return rows.rows[0] ?? null;
    },
    async published(workspaceId: string, workflowId: string): Promise<VersionRow | null> {
      const row = await knex('workflows as w')
        .join('workflow_versions as v', 'v.id', 'w.published_version_id')
        .where({ 'w.workspace_id': workspaceId, 'w.id': workflowId })
        .first<VersionRow>({ id: 'v.id', workflowId: 'v.workflow_id', number: 'v.number', graph: 'v.graph' });
      return row ?? null;
    },
  };
}

export type VersionStore = ReturnType<typeof createVersionStore>;
