import type { Knex } from 'knex';

/** The inbox lists mails that are held, in the order they were written. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(/* sql */ `
    CREATE INDEX outbox_held ON outbox (workspace_id, id) WHERE status = 'held';
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('DROP INDEX outbox_held');
}
