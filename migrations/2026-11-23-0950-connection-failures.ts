import type { Knex } from 'knex';

/** Services outside (models, the mail server) whose last use by a workspace failed. A use that works takes its row away. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(/* sql */ `
    CREATE TABLE connection_failures (
      workspace_id uuid NOT NULL REFERENCES workspaces ON DELETE CASCADE,
      connection text NOT NULL,
      message text NOT NULL,
      failures integer NOT NULL DEFAULT 1,
      -- The use that failed last. Runs and workflows come and go, so nothing refers to them.
      run_id uuid,
      workflow_id uuid,
      since timestamptz(3) NOT NULL,
      at timestamptz(3) NOT NULL,
      PRIMARY KEY (workspace_id, connection)
    );
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('DROP TABLE connection_failures');
}
