import type { Knex } from 'knex';

/** Mails that wait until their run has succeeded: `held`, then sent as any other, or `discarded` when it did not. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(/* sql */ `
    ALTER TABLE outbox DROP CONSTRAINT outbox_status_check;
    ALTER TABLE outbox ADD CONSTRAINT outbox_status_check
      CHECK (status IN ('sending', 'sent', 'failed', 'uncertain', 'held', 'discarded'));
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(/* sql */ `
    DELETE FROM outbox WHERE status IN ('held', 'discarded');
    ALTER TABLE outbox DROP CONSTRAINT outbox_status_check;
    ALTER TABLE outbox ADD CONSTRAINT outbox_status_check CHECK (status IN ('sending', 'sent', 'failed', 'uncertain'));
  `);
}
