import type { Knex } from 'knex';

/**
 * Turns of steps that may run only so often, or only so many at once. A lane is what shares a limit. An attempt of a step stands in its lane
 * by `place`, is `active` while it is at work, and is kept for a minute after it was granted, for limits per minute. `fence` is that under which
 * its run was taken: a turn of a run that another process has taken over since does not count. `asks` tells one wait of it from the next.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(/* sql */ `
    CREATE TABLE step_turns (
      workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
      run_id uuid NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
      node_id text NOT NULL,
      attempt integer NOT NULL,
      lane text NOT NULL,
      place bigint GENERATED ALWAYS AS IDENTITY,
      fence integer NOT NULL,
      asks integer NOT NULL DEFAULT 1,
      active boolean NOT NULL DEFAULT false,
      granted_at timestamptz,
      ended_at timestamptz,
      PRIMARY KEY (run_id, node_id, attempt)
    );
    CREATE INDEX step_turns_by_lane ON step_turns (workspace_id, lane, place);
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('DROP TABLE step_turns');
}
