import type { Knex } from 'knex';

/** How often in a row a process has given the run back to the queue because it could not go on with it. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`ALTER TABLE runs ADD COLUMN returns smallint NOT NULL DEFAULT 0`);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`ALTER TABLE runs DROP COLUMN returns`);
}
