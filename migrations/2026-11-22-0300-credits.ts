import type { Knex } from 'knex';

/**
 * The credit ledger, in whole micro-credits. An account's balance is the sum of its entries; what running calls may still use is held and
 * not available to others. Runs may not have a row yet when their steps hold credits, so `run_id` is no foreign key.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE TABLE credit_accounts (
      workspace_id uuid PRIMARY KEY REFERENCES workspaces (id) ON DELETE CASCADE,
      balance bigint NOT NULL DEFAULT 0,
      held bigint NOT NULL DEFAULT 0,
      CHECK (held >= 0 AND balance >= held)
    );

    CREATE TABLE credit_holds (
      id uuid PRIMARY KEY DEFAULT uuidv7(),
      workspace_id uuid NOT NULL REFERENCES credit_accounts (workspace_id) ON DELETE CASCADE,
      -- The idempotency key of the step (or of the request) that calls.
      key text NOT NULL,
      amount bigint NOT NULL CHECK (amount >= 0),
      state text NOT NULL CHECK (state IN ('held', 'settled', 'released')),
      -- What the call cost and what of it could be taken; the rest was more than the account had.
      cost bigint,
      charged bigint,
      run_id uuid,
      node_id text,
      description text NOT NULL,
      created_at timestamptz NOT NULL DEFAULT now(),
      ended_at timestamptz,
      CHECK ((state = 'settled') = (charged IS NOT NULL)),
      UNIQUE (workspace_id, key)
    );
    CREATE INDEX credit_holds_by_run ON credit_holds (run_id) WHERE state = 'held';
    CREATE INDEX credit_holds_open ON credit_holds (created_at) WHERE state = 'held';

    CREATE TABLE credit_entries (
      id uuid PRIMARY KEY DEFAULT uuidv7(),
      -- In the order in which the account changed.
      seq bigint GENERATED ALWAYS AS IDENTITY,
      workspace_id uuid NOT NULL REFERENCES credit_accounts (workspace_id) ON DELETE CASCADE,
      kind text NOT NULL CHECK (kind IN ('grant', 'usage', 'adjust')),
      amount bigint NOT NULL CHECK (amount <> 0 AND (kind <> 'usage' OR amount < 0) AND (kind <> 'grant' OR amount > 0)),
      balance_after bigint NOT NULL CHECK (balance_after >= 0),
      -- A grant with a key is booked once.
      key text,
      run_id uuid,
      node_id text,
      description text NOT NULL,
      at timestamptz NOT NULL DEFAULT clock_timestamp(),
      UNIQUE (workspace_id, key)
    );
    CREATE UNIQUE INDEX credit_entries_statement ON credit_entries (workspace_id, seq DESC);

    CREATE FUNCTION credit_entries_are_final() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION 'credit entries are never changed; book the difference';
    END $$;
    CREATE TRIGGER credit_entries_are_final BEFORE UPDATE ON credit_entries
      FOR EACH ROW EXECUTE FUNCTION credit_entries_are_final();
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    DROP TABLE credit_entries;
    DROP FUNCTION credit_entries_are_final;
    DROP TABLE credit_holds;
    DROP TABLE credit_accounts;
  `);
}
