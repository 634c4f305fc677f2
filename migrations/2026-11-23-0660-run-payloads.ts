import type { Knex } from 'knex';

/**
 * Large values of runs, apart from the journal, which names them by reference: a list of runs, a live view and a resumed run then read small
 * rows. `ref` is the hash of the content, so that a run that hands a value on stores it once. `text`, not `json`: it was written by us and is
 * handed back as it is, so nobody needs to parse it on the way in.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(/* sql */ `
    CREATE TABLE run_payloads (
      run_id uuid NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
      ref text NOT NULL,
      workspace_id uuid NOT NULL,
      content text NOT NULL,
      PRIMARY KEY (run_id, ref)
    );
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(/* sql */ `DROP TABLE run_payloads`);
}
