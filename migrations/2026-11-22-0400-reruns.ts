import type { Knex } from 'knex';

/**
 * Runs that repeat earlier ones, runs that wait for a person's word about an uncertain step, and how long a workspace keeps its runs.
 * `pruned_at` is when a workspace was last looked at: processes claim it, so that each is pruned by one of them.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(/* sql */ `
    ALTER TABLE runs
      ADD COLUMN parent_run_id uuid REFERENCES runs (id) ON DELETE SET NULL,
      ADD COLUMN reason text CHECK (reason IN ('rerun', 'retry', 'replay')),
      ADD COLUMN uncertain_steps integer NOT NULL DEFAULT 0;
    CREATE INDEX runs_by_parent ON runs (parent_run_id) WHERE parent_run_id IS NOT NULL;
    CREATE INDEX runs_uncertain ON runs (workspace_id, created_at DESC, id DESC) WHERE uncertain_steps > 0;
    CREATE INDEX runs_failed ON runs (workspace_id, created_at DESC, id DESC) WHERE status = 'failed';

    ALTER TABLE workspaces
      ADD COLUMN retention_days integer NOT NULL DEFAULT 90 CHECK (retention_days BETWEEN 1 AND 3650),
      ADD COLUMN retention_runs integer NOT NULL DEFAULT 100000 CHECK (retention_runs BETWEEN 100 AND 10000000),
      ADD COLUMN pruned_at timestamptz;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(/* sql */ `
    ALTER TABLE workspaces DROP COLUMN retention_days, DROP COLUMN retention_runs, DROP COLUMN pruned_at;
    DROP INDEX runs_failed;
    ALTER TABLE runs DROP COLUMN parent_run_id, DROP COLUMN reason, DROP COLUMN uncertain_steps;
  `);
}
