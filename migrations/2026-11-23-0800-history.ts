import type { Knex } from 'knex';

/** The history of a workflow: what each version changed, and drafts that were kept when something else took their place. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(/* sql */ `
    -- Counts, against the version before. Null: the first one, or older than this column.
    ALTER TABLE workflow_versions ADD COLUMN changes jsonb;

    CREATE TABLE kept_drafts (
      id uuid PRIMARY KEY DEFAULT uuidv7(),
      workspace_id uuid NOT NULL,
      workflow_id uuid NOT NULL,
      graph jsonb NOT NULL,
      reason text NOT NULL CHECK (reason IN ('restore', 'conflict')),
      kept_by uuid REFERENCES users ON DELETE SET NULL,
      kept_at timestamptz(3) NOT NULL DEFAULT now(),
      FOREIGN KEY (workspace_id, workflow_id) REFERENCES workflows (workspace_id, id) ON DELETE CASCADE
    );
    CREATE INDEX kept_drafts_newest ON kept_drafts (workflow_id, kept_at DESC, id DESC);
    CREATE INDEX kept_drafts_of_workspace ON kept_drafts (workspace_id, workflow_id);
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(/* sql */ `
    DROP TABLE kept_drafts;
    ALTER TABLE workflow_versions DROP COLUMN changes;
  `);
}
