import type { Knex } from 'knex';

export interface ConnectionFailure {
  connection: string;
  message: string;
  /** How many uses in a row have failed. */
  failures: number;
  runId: string | null;
  /** Null also when it has been deleted. */
  workflowId: string | null;
  workflowName: string | null;
  /** The first of them. */
  since: Date;
  at: Date;
}

/** A step of a live workflow, as it was published, that names a provider. */
export interface ProviderUse {
  provider: string;
  workflowId: string;
  workflowName: string;
  nodeId: string;
}

const mostUses = 100;

/** Services outside whose last use failed, and who needs them. */
export function createConnectionStore(knex: Knex) {
  return {
    /** One more use that failed. */
    async failed(
      workspaceId: string,
      failure: Pick<ConnectionFailure, 'connection' | 'message' | 'runId' | 'workflowId' | 'at'>,
    ): Promise<void> {
      const { connection, message, runId, workflowId, at } = failure;
      await knex.raw(
        /* sql */ `
          INSERT INTO connection_failures AS f (workspace_id, connection, message, run_id, workflow_id, since, at)
          VALUES (:workspaceId, :connection, :message, :runId, :workflowId, :at, :at)
          ON CONFLICT (workspace_id, connection) DO UPDATE
          SET message = excluded.message, run_id = excluded.run_id, workflow_id = excluded.workflow_id, at = excluded.at,
              failures = f.failures + 1`,
        { workspaceId, connection, message, runId, workflowId, at },
      );
    },

    /** It works again. */
    async worked(workspaceId: string, connection: string): Promise<void> {
      await knex('connection_failures').where({ workspace_id: workspaceId, connection }).delete();
    },

    /** The latest first. */
    async failures(workspaceId: string): Promise<ConnectionFailure[]> {
      return knex('connection_failures as f')
        .leftJoin('workflows as w', (join) =>
          join.on('w.id', 'f.workflow_id').andOn('w.workspace_id', 'f.workspace_id'),
        )
        .where('f.workspace_id', workspaceId)
        .orderBy('f.at', 'desc')
        .select<ConnectionFailure[]>(
          'f.connection',
          'f.message',
          'f.failures',
          'f.since',
          'f.at',
          { runId: 'f.run_id' },
          { workflowId: 'w.id' },
          { workflowName: 'w.name' },
        );
    },

    /** Which live workflows need one of these providers, the last changed first. Steps that are switched off need nothing. */
    async uses(workspaceId: string, providers: readonly string[]): Promise<ProviderUse[]> {
      if (providers.length === 0) return [];
      const { rows } = await knex.raw<{ rows: ProviderUse[] }>(
        /* sql */ `
          SELECT node->'config'->>'provider' AS provider, w.id AS "workflowId", w.name AS "workflowName", node->>'id' AS "nodeId"
          FROM workflows w
          JOIN workflow_versions v ON v.id = w.published_version_id AND v.workspace_id = w.workspace_id
          CROSS JOIN LATERAL jsonb_array_elements(v.graph->'nodes') node
          WHERE w.workspace_id = :workspaceId AND w.active
            AND node->'config'->>'provider' = ANY(:providers) AND node->'disabled' IS DISTINCT FROM 'true'::jsonb
          ORDER BY w.updated_at DESC, w.id
          LIMIT :mostUses`,
        { workspaceId, providers: [...providers], mostUses },
      );
      return rows;
    },
  };
}

export type ConnectionStore = ReturnType<typeof createConnectionStore>;
