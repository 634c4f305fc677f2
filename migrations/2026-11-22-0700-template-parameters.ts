import type { Knex } from 'knex';

/** A workspace's own templates may ask for values, as the shipped ones do: those that came from a file. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(/* sql */ `
    ALTER TABLE templates
      ADD COLUMN parameters jsonb NOT NULL DEFAULT '[]',
      ADD COLUMN keywords text[] NOT NULL DEFAULT '{}';
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('ALTER TABLE templates DROP COLUMN parameters, DROP COLUMN keywords');
}
