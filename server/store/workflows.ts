import type { Knex } from 'knex';
import type { ChangeCounts } from '../../shared/workflow/changes.ts';
import type { WorkflowGraph } from '../../shared/workflow/graph.ts';
import type { Problem } from '../../shared/workflow/problem.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { containing } from './like.ts';

export interface WorkflowSummaryRow {
  id: string;
  name: string;
  active: boolean;
  publishedNumber: number | null;
  publishedRevision: number | null;
  revision: number;
  nodeKinds: string[];
  createdAt: Date;
  updatedAt: Date;
  lastRun: { id: string; status: string; at: string } | null;
}

export interface WorkflowRow extends WorkflowSummaryRow {
  graph: WorkflowGraph;
  problems: Problem[];
  publishedVersionId: string | null;
}

export interface VersionRow {
  id: string;
  number: number;
  publishedAt: Date;
  publishedBy: string | null;
}

/** What a save of the draft stores. */
export interface Draft {
  graph: WorkflowGraph;
  problems: readonly Problem[];
}

export type SaveResult =
  | { type: 'saved'; revision: number; updatedAt: Date }
  | { type: 'conflict'; revision: number; updatedBy: string | null; updatedAt: Date }
  | { type: 'not_found' };

const summary = {
  id: 'w.id',
  name: 'w.name',
  active: 'w.active',
  publishedNumber: 'w.published_number',
  publishedRevision: 'w.published_revision',
  revision: 'w.revision',
  nodeKinds: 'w.node_kinds',
  createdAt: 'w.created_at',
  updatedAt: 'w.updated_at',
  lastRun: 'last_run.row',
} as const;
const whole = { ...summary, graph: 'w.graph', problems: 'w.problems', publishedVersionId: 'w.published_version_id' };

/** Workflows with their drafts and versions. Every statement names the workspace. */
export function createWorkflowStore(knex: Knex) {
  return {
    /** Last changed first. */
    async list(
      workspaceId: string,
      query: { search?: string | undefined; cursor?: string | undefined; limit: number },
    ): Promise<{ rows: WorkflowSummaryRow[]; nextCursor: string | null }> {
      const rows: WorkflowSummaryRow[] = await withLastRun(knex, workspaceId)
        .select(summary)
        .modify((builder) => {
          if (query.search) builder.whereILike('w.name', containing(query.search));
          if (query.cursor) {
            builder.whereRaw('(w.updated_at, w.id) < (?::timestamptz, ?::uuid)', decodeCursor(query.cursor));
          }
        })
        .orderBy([
          { column: 'w.updated_at', order: 'desc' },
          { column: 'w.id', order: 'desc' },
        ])
        .limit(query.limit + 1);
      const page = rows.slice(0, query.limit);
      const last = page.at(-1);
      return {
        rows: page,
        nextCursor: rows.length > query.limit && last ? encodeCursor(last.updatedAt, last.id) : null,
      };
    },

    async create(workspaceId: string, userId: string, name: string, draft: Draft): Promise<string> {
      const [row] = await knex('workflows')
        .insert({ workspace_id: workspaceId, name, created_by: userId, updated_by: userId, ...draftColumns(draft) })
        .returning<{ id: string }[]>('id');
      if (!row) throw new Error('INSERT INTO workflows gave no row');
      return row.id;
    },

    async find(workspaceId: string, id: string): Promise<WorkflowRow | undefined> {
      return withLastRun(knex, workspaceId).where('w.id', id).first(whole);
    },

    async summary(workspaceId: string, id: string): Promise<WorkflowSummaryRow | undefined> {
      return withLastRun(knex, workspaceId).where('w.id', id).first(summary);
    },

    /** One statement: compares the revision and writes, or says who was faster. Nothing is overwritten. */
    async saveDraft(
      workspaceId: string,
      id: string,
      userId: string,
      revision: number,
      draft: Draft,
    ): Promise<SaveResult> {
      const { rows } = await knex.raw<{ rows: SaveRow[] }>(
        `WITH saved AS (
           UPDATE workflows
              SET graph = :graph, problems = :problems, node_kinds = :node_kinds, revision = revision + 1,
                  updated_by = :userId, updated_at = now()
            WHERE workspace_id = :workspaceId AND id = :id AND revision = :revision
            RETURNING revision, updated_at
         )
         SELECT true AS saved, revision, updated_at, NULL AS updated_by FROM saved
         UNION ALL
         SELECT false, w.revision, w.updated_at, u.name
           FROM workflows w LEFT JOIN users u ON u.id = w.updated_by
          WHERE w.workspace_id = :workspaceId AND w.id = :id AND NOT EXISTS (SELECT 1 FROM saved)`,
        { workspaceId, id, userId, revision, ...draftColumns(draft) },
      );
      const row = rows[0];
      if (!row) return { type: 'not_found' };
      const base = { revision: row.revision, updatedAt: row.updated_at };
      return row.saved ? { type: 'saved', ...base } : { type: 'conflict', ...base, updatedBy: row.updated_by };
    },

    async rename(workspaceId: string, id: string, userId: string, name: string): Promise<boolean> {
      const changed = await knex('workflows')
        .where({ workspace_id: workspaceId, id })
        .update({ name, updated_by: userId, updated_at: knex.fn.now() });
      return changed === 1;
    },

    async remove(workspaceId: string, id: string): Promise<boolean> {
      return (await knex('workflows').where({ workspace_id: workspaceId, id }).delete()) === 1;
    },

    /** Locks the workflow for a publish; the transaction is the caller's. */
    async lock(
      trx: Knex.Transaction,
      workspaceId: string,
      id: string,
    ): Promise<{ graph: WorkflowGraph; revision: number; publishedVersionId: string | null } | undefined> {
      return trx('workflows')
        .where({ workspace_id: workspaceId, id })
        .forUpdate()
        .first('graph', 'revision', { publishedVersionId: 'published_version_id' });
    },

    /** The graph of the version with the highest number; undefined when nothing was published yet. */
    async latestVersion(trx: Knex.Transaction, workspaceId: string, id: string): Promise<WorkflowGraph | undefined> {
      const row = await trx('workflow_versions')
        .where({ workspace_id: workspaceId, workflow_id: id })
        .whereNotNull('number')
        .orderBy('number', 'desc')
        .first<{ graph: WorkflowGraph }>('graph');
      return row?.graph;
    },

    /** Writes the next version and makes it the published, active one. Call it with the lock held. */
    async addVersion(
      trx: Knex.Transaction,
      workspaceId: string,
      workflowId: string,
      version: { graph: WorkflowGraph; revision: number; userId: string; changes: ChangeCounts | null },
    ): Promise<{ id: string; number: number; publishedAt: Date }> {
      const last = await trx('workflow_versions')
        .where({ workspace_id: workspaceId, workflow_id: workflowId })
        .max<{ number: number | null }>({ number: 'number' })
        .first();
      const [row] = await trx('workflow_versions')
        .insert({
          workspace_id: workspaceId,
          workflow_id: workflowId,
          number: (last?.number ?? 0) + 1,
          graph: JSON.stringify(version.graph),
          published_by: version.userId,
          changes: version.changes && JSON.stringify(version.changes),
        })
        .returning<{ id: string; number: number; published_at: Date }[]>(['id', 'number', 'published_at']);
      if (!row) throw new Error('INSERT INTO workflow_versions gave no row');
      await trx('workflows').where({ workspace_id: workspaceId, id: workflowId }).update({
        published_version_id: row.id,
        published_number: row.number,
        published_revision: version.revision,
        active: true,
      });
      return { id: row.id, number: row.number, publishedAt: row.published_at };
    },

    async setActive(trx: Knex.Transaction, workspaceId: string, id: string, active: boolean): Promise<void> {
      await trx('workflows').where({ workspace_id: workspaceId, id }).update({ active });
    },

    /** Published ones, newest first (a frozen draft of a test run has no number). */
    async versions(workspaceId: string, workflowId: string): Promise<VersionRow[]> {
      return versionQuery(knex, workspaceId, workflowId).orderBy('v.number', 'desc');
    },

    async version(
      workspaceId: string,
      workflowId: string,
      number: number,
    ): Promise<(VersionRow & { graph: WorkflowGraph }) | undefined> {
      const [row] = await versionQuery(knex, workspaceId, workflowId).where('v.number', number).select('v.graph');
      return row as (VersionRow & { graph: WorkflowGraph }) | undefined;
    },

    transaction<T>(work: (trx: Knex.Transaction) => Promise<T>): Promise<T> {
      return knex.transaction(work);
    },
  };
}

export type WorkflowStore = ReturnType<typeof createWorkflowStore>;

interface SaveRow {
  saved: boolean;
  revision: number;
  updated_at: Date;
  updated_by: string | null;
}

function draftColumns({ graph, problems }: Draft) {
  return {
    graph: JSON.stringify(graph),
    problems: JSON.stringify(problems),
    node_kinds: [...new Set(graph.nodes.map(({ kind }) => kind))],
  };
}

function withLastRun(knex: Knex, workspaceId: string): Knex.QueryBuilder {
  return knex('workflows as w')
    .joinRaw(
      `LEFT JOIN LATERAL (
         SELECT jsonb_build_object('id', r.id, 'status', r.status, 'at', r.created_at) AS row
           FROM runs r WHERE r.workflow_id = w.id AND r.workspace_id = w.workspace_id AND r.part IS NULL
          ORDER BY r.created_at DESC, r.id DESC LIMIT 1
       ) last_run ON true`,
    )
    .where('w.workspace_id', workspaceId);
}

function versionQuery(knex: Knex, workspaceId: string, workflowId: string): Knex.QueryBuilder<object, VersionRow[]> {
  return knex('workflow_versions as v')
    .leftJoin('users as u', 'u.id', 'v.published_by')
    .where({ 'v.workspace_id': workspaceId, 'v.workflow_id': workflowId })
    .whereNotNull('v.number')
    .select({ id: 'v.id', number: 'v.number', publishedAt: 'v.published_at', publishedBy: 'u.name' });
}
