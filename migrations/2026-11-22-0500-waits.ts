import type { Knex } from 'knex';

/**
 * Steps that wait for a word from outside. A signal is durable before whoever sends it gets an answer; `runs.signalled` tells the process
 * that holds the run to read them, and a run that comes to rest with it set is due at once. `runs.caller_*` is the step that called a run;
 * `follow_up` marks an ended run of which its caller, or a workflow that watches for failures, has yet to hear.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE TABLE run_signals (
      id uuid PRIMARY KEY DEFAULT uuidv7(),
      workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
      run_id uuid NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
      node_id text NOT NULL,
      signal json NOT NULL,
      created_at timestamptz NOT NULL DEFAULT now()
    );
    CREATE INDEX run_signals_by_run ON run_signals (run_id, node_id);
    CREATE INDEX run_signals_by_workspace ON run_signals (workspace_id);

    CREATE TABLE approvals (
      id uuid PRIMARY KEY,
      workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
      run_id uuid NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
      node_id text NOT NULL,
      -- The idempotency key of its step: a step that repeats after a crash finds the approval that it has.
      step_key text NOT NULL UNIQUE,
      token_hash bytea NOT NULL UNIQUE,
      title text NOT NULL,
      message text NOT NULL,
      payload json NOT NULL,
      editable boolean NOT NULL,
      approvers text[] NOT NULL,
      expires_at timestamptz,
      decision text CHECK (decision IN ('approved', 'rejected', 'expired')),
      decided_by text,
      decided_at timestamptz,
      comment text NOT NULL DEFAULT '',
      decided_payload json,
      created_at timestamptz NOT NULL DEFAULT now(),
      CHECK ((decision IS NULL) = (decided_at IS NULL))
    );
    CREATE INDEX approvals_open ON approvals (workspace_id, created_at) WHERE decision IS NULL;
    CREATE INDEX approvals_by_run ON approvals (run_id);

    ALTER TABLE runs
      ADD COLUMN signalled boolean NOT NULL DEFAULT false,
      ADD COLUMN caller_run_id uuid REFERENCES runs (id) ON DELETE SET NULL,
      ADD COLUMN caller_node text,
      ADD COLUMN caller_waits boolean NOT NULL DEFAULT false,
      ADD COLUMN depth smallint NOT NULL DEFAULT 0,
      ADD COLUMN reports_failure boolean NOT NULL DEFAULT true,
      ADD COLUMN follow_up boolean NOT NULL DEFAULT false;
    CREATE INDEX runs_signalled ON runs (worker) WHERE signalled;
    CREATE INDEX runs_by_caller ON runs (caller_run_id) WHERE caller_run_id IS NOT NULL;
    CREATE INDEX runs_to_follow_up ON runs (id) WHERE follow_up;

    ALTER TABLE triggers DROP CONSTRAINT triggers_kind_check;
    ALTER TABLE triggers ADD CONSTRAINT triggers_kind_check
      CHECK (kind IN ('manual', 'webhook', 'schedule', 'form', 'called', 'workflow-failed'));
    CREATE INDEX triggers_by_kind ON triggers (workspace_id, kind) WHERE active;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    DELETE FROM triggers WHERE kind IN ('called', 'workflow-failed');
    DROP INDEX triggers_by_kind;
    ALTER TABLE triggers DROP CONSTRAINT triggers_kind_check;
    ALTER TABLE triggers ADD CONSTRAINT triggers_kind_check CHECK (kind IN ('manual', 'webhook', 'schedule', 'form'));
    DROP INDEX runs_signalled, runs_by_caller, runs_to_follow_up;
    ALTER TABLE runs DROP COLUMN signalled, DROP COLUMN caller_run_id, DROP COLUMN caller_node, DROP COLUMN caller_waits, DROP COLUMN depth,
      DROP COLUMN reports_failure, DROP COLUMN follow_up;
    DROP TABLE approvals, run_signals;
  `);
}
