import type { Knex } from 'knex';

/** A proposal that the next one was built upon is neither taken nor rejected. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(/* sql */ `
    ALTER TABLE messages DROP CONSTRAINT messages_outcome_check;
    ALTER TABLE messages ADD CONSTRAINT messages_outcome_check
      CHECK (outcome IN ('open', 'accepted', 'partly', 'rejected', 'superseded'));
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(/* sql */ `
    UPDATE messages SET outcome = 'rejected' WHERE outcome = 'superseded';
    ALTER TABLE messages DROP CONSTRAINT messages_outcome_check;
    ALTER TABLE messages ADD CONSTRAINT messages_outcome_check CHECK (outcome IN ('open', 'accepted', 'partly', 'rejected'));
  `);
}
