import type { Knex } from 'knex';

/**
 * A run is inserted for every call of a webhook, and a third of what it cost the database were foreign keys and indexes. One key over
 * workspace, workflow and version says what three said, and also that they belong together. New runs come last in an ascending index, which
 * fills its pages; in a descending one they come first and split them. Lists read it backwards.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(/* sql */ `
    ALTER TABLE workflow_versions ADD UNIQUE (workspace_id, workflow_id, id);
    ALTER TABLE runs
      DROP CONSTRAINT runs_workspace_id_fkey,
      DROP CONSTRAINT runs_workflow_id_fkey,
      DROP CONSTRAINT runs_version_id_fkey,
      ADD FOREIGN KEY (workspace_id, workflow_id, version_id)
        REFERENCES workflow_versions (workspace_id, workflow_id, id) ON DELETE CASCADE;
    DROP INDEX runs_by_workspace, runs_by_workflow;
    CREATE INDEX runs_by_workspace ON runs (workspace_id, created_at, id);
    CREATE INDEX runs_by_workflow ON runs (workflow_id, created_at, id);
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(/* sql */ `
    DROP INDEX runs_by_workspace, runs_by_workflow;
    CREATE INDEX runs_by_workspace ON runs (workspace_id, created_at DESC, id DESC);
    CREATE INDEX runs_by_workflow ON runs (workflow_id, created_at DESC, id DESC);
    ALTER TABLE runs
      DROP CONSTRAINT runs_workspace_id_workflow_id_version_id_fkey,
      ADD FOREIGN KEY (workspace_id) REFERENCES workspaces (id) ON DELETE CASCADE,
      ADD FOREIGN KEY (workflow_id) REFERENCES workflows (id) ON DELETE CASCADE,
      ADD FOREIGN KEY (version_id) REFERENCES workflow_versions (id) ON DELETE CASCADE;
    ALTER TABLE workflow_versions DROP CONSTRAINT workflow_versions_workspace_id_workflow_id_id_key;
  `);
}
