import type { Knex } from 'knex';

/** Workflows with their draft, the immutable versions that publishing makes, and the workspace's own templates. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(/* sql */ `
    CREATE TABLE workflows (
      id uuid PRIMARY KEY DEFAULT uuidv7(),
      workspace_id uuid NOT NULL REFERENCES workspaces ON DELETE CASCADE,
      name text NOT NULL,
      -- The draft. problems are those of the graph as it was saved.
      graph jsonb NOT NULL,
      problems jsonb NOT NULL DEFAULT '[]',
      node_kinds text[] NOT NULL DEFAULT '{}',
      revision integer NOT NULL DEFAULT 1,
      published_revision integer,
      published_version_id uuid,
      published_number integer,
      active boolean NOT NULL DEFAULT false,
      created_by uuid REFERENCES users ON DELETE SET NULL,
      updated_by uuid REFERENCES users ON DELETE SET NULL,
      -- Milliseconds, as in JavaScript: the cursor of the list names the exact instant.
      created_at timestamptz(3) NOT NULL DEFAULT now(),
      updated_at timestamptz(3) NOT NULL DEFAULT now(),
      -- Target of the foreign keys that carry the tenant along.
      UNIQUE (workspace_id, id)
    );
    CREATE INDEX workflows_newest ON workflows (workspace_id, updated_at DESC, id DESC);

    CREATE TABLE workflow_versions (
      id uuid PRIMARY KEY DEFAULT uuidv7(),
      workspace_id uuid NOT NULL,
      workflow_id uuid NOT NULL,
      number integer NOT NULL CHECK (number >= 1),
      graph jsonb NOT NULL,
      published_by uuid REFERENCES users ON DELETE SET NULL,
      published_at timestamptz NOT NULL DEFAULT now(),
      UNIQUE (workflow_id, number),
      FOREIGN KEY (workspace_id, workflow_id) REFERENCES workflows (workspace_id, id) ON DELETE CASCADE
    );
    ALTER TABLE workflows ADD FOREIGN KEY (published_version_id) REFERENCES workflow_versions ON DELETE SET NULL;

    CREATE TABLE templates (
      id uuid PRIMARY KEY DEFAULT uuidv7(),
      workspace_id uuid NOT NULL REFERENCES workspaces ON DELETE CASCADE,
      name text NOT NULL,
      description text NOT NULL DEFAULT '',
      graph jsonb NOT NULL,
      created_by uuid REFERENCES users ON DELETE SET NULL,
      created_at timestamptz NOT NULL DEFAULT now()
    );
    CREATE INDEX templates_newest ON templates (workspace_id, created_at DESC);
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('ALTER TABLE workflows DROP COLUMN published_version_id');
  await knex.raw('DROP TABLE templates, workflow_versions, workflows');
}
