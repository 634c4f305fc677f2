import type { Knex } from 'knex';

/** A long list of a for-each is shared out to runs of their own: `part` is the number of the share that a run does for its caller. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw('ALTER TABLE runs ADD COLUMN part int');
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('DELETE FROM runs WHERE part IS NOT NULL; ALTER TABLE runs DROP COLUMN part');
}
