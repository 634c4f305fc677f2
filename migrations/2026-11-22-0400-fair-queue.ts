import type { Knex } from 'knex';

/**
 * Fair taking. A lane is the queue of one workflow in one workspace: the first index finds the lanes that have something and the front of
 * each, the second counts what is being run, for the caps.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- Runs at once, over all processes. A workflow without a cap of its own has only its workspace's.
    ALTER TABLE workspaces ADD COLUMN max_running integer NOT NULL DEFAULT 100 CHECK (max_running > 0);
    ALTER TABLE workflows ADD COLUMN max_running integer CHECK (max_running > 0);
    CREATE INDEX runs_lanes ON runs (workspace_id, workflow_id, due_at) WHERE due_at IS NOT NULL;
    CREATE INDEX runs_running ON runs (workspace_id, workflow_id) WHERE worker IS NOT NULL;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    DROP INDEX runs_running, runs_lanes;
    ALTER TABLE workflows DROP COLUMN max_running;
    ALTER TABLE workspaces DROP COLUMN max_running;
  `);
}
