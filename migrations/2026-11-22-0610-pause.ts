import type { Knex } from 'knex';

/**
 * Pausing. `steering` is the last wish about a run (pause or go on, and whose it is): durable before whoever wished it gets an answer, and
 * acted on once by the process that holds the run, or the next that takes it. `pause` is set while the run is paused.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(/* sql */ `
    ALTER TABLE runs ADD COLUMN steering json, ADD COLUMN pause json;
    CREATE INDEX runs_steered ON runs (worker) WHERE steering IS NOT NULL;
    CREATE INDEX runs_paused ON runs (workspace_id, created_at DESC, id DESC) WHERE pause IS NOT NULL AND finished_at IS NULL;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(/* sql */ `
    DROP INDEX runs_paused, runs_steered;
    ALTER TABLE runs DROP COLUMN steering, DROP COLUMN pause;
  `);
}
