import type { Knex } from 'knex';

/** Runs that test a part of a workflow with the data of an earlier run. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(/* sql */ `
    ALTER TABLE runs DROP CONSTRAINT runs_reason_check;
    ALTER TABLE runs ADD CONSTRAINT runs_reason_check CHECK (reason IN ('rerun', 'retry', 'replay', 'test'));
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(/* sql */ `
    UPDATE runs SET reason = 'rerun' WHERE reason = 'test';
    ALTER TABLE runs DROP CONSTRAINT runs_reason_check;
    ALTER TABLE runs ADD CONSTRAINT runs_reason_check CHECK (reason IN ('rerun', 'retry', 'replay'));
  `);
}
