import type { Knex } from 'knex';

/**
 * The engine's tables. `runs` is also the queue: a row with a `due_at` waits for a worker, a row with a `worker` is being run by the process
 * that holds that number's advisory lock, and `fence` counts the takings, so that a late write of a presumed-dead worker is refused.
 * Payloads are `json`, not `jsonb`: they are stored and handed back as they came (jsonb refuses \\u0000 and costs a parse per write).
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- A run of the draft freezes it: a version without a number, one per saved revision.
    ALTER TABLE workflow_versions
      ALTER COLUMN number DROP NOT NULL,
      ADD COLUMN draft_revision integer,
      ADD CHECK ((number IS NULL) <> (draft_revision IS NULL)),
      ADD UNIQUE (workflow_id, draft_revision);

    CREATE SEQUENCE worker_numbers AS integer;

    CREATE TABLE runs (
      id uuid PRIMARY KEY,
      workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
      workflow_id uuid NOT NULL REFERENCES workflows (id) ON DELETE CASCADE,
      version_id uuid NOT NULL REFERENCES workflow_versions (id) ON DELETE CASCADE,
      mode text NOT NULL CHECK (mode IN ('test', 'live')),
      trigger_node text NOT NULL,
      status text NOT NULL CHECK (status IN ('queued', 'running', 'waiting', 'done', 'failed', 'cancelled')),
      error json,
      cost_micro bigint NOT NULL DEFAULT 0,
      created_at timestamptz NOT NULL DEFAULT now(),
      finished_at timestamptz,
      worker integer,
      fence integer NOT NULL DEFAULT 0,
      due_at timestamptz,
      cancel_requested boolean NOT NULL DEFAULT false,
      idempotency_key text
    );
    CREATE INDEX runs_by_workspace ON runs (workspace_id, created_at DESC, id DESC);
    CREATE INDEX runs_by_workflow ON runs (workflow_id, created_at DESC, id DESC);
    CREATE INDEX runs_by_version ON runs (version_id);
    CREATE INDEX runs_due ON runs (due_at) WHERE due_at IS NOT NULL;
    CREATE INDEX runs_taken ON runs (worker) WHERE worker IS NOT NULL;
    CREATE UNIQUE INDEX runs_idempotency ON runs (workflow_id, idempotency_key) WHERE idempotency_key IS NOT NULL;

    -- One row per commit of a run: an array of consecutive events, under the sequence number of the last of them.
    CREATE TABLE run_journal (
      run_id uuid NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
      workspace_id uuid NOT NULL,
      seq integer NOT NULL,
      events json NOT NULL,
      PRIMARY KEY (run_id, seq)
    );

    CREATE TABLE outbox (
      id uuid PRIMARY KEY DEFAULT uuidv7(),
      workspace_id uuid REFERENCES workspaces (id) ON DELETE CASCADE,
      run_id uuid REFERENCES runs (id) ON DELETE SET NULL,
      node_id text,
      key text NOT NULL UNIQUE,
      message_id text NOT NULL,
      sender text NOT NULL,
      recipients text[] NOT NULL,
      subject text NOT NULL,
      raw bytea NOT NULL,
      content_hash text NOT NULL,
      status text NOT NULL CHECK (status IN ('sending', 'sent', 'failed', 'uncertain')),
      receipt json,
      error json,
      created_at timestamptz NOT NULL DEFAULT now(),
      sent_at timestamptz
    );
    CREATE INDEX outbox_by_workspace ON outbox (workspace_id, created_at DESC);
    CREATE INDEX outbox_by_run ON outbox (run_id);
    CREATE INDEX outbox_unsent ON outbox (created_at) WHERE status = 'sending';

    CREATE TABLE triggers (
      id uuid PRIMARY KEY DEFAULT uuidv7(),
      workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
      workflow_id uuid NOT NULL REFERENCES workflows (id) ON DELETE CASCADE,
      node_id text NOT NULL,
      kind text NOT NULL CHECK (kind IN ('manual', 'webhook', 'schedule', 'form')),
      token_hash bytea UNIQUE,
      version_id uuid REFERENCES workflow_versions (id) ON DELETE CASCADE,
      active boolean NOT NULL DEFAULT false,
      config json NOT NULL,
      next_at timestamptz,
      UNIQUE (workflow_id, node_id)
    );
    CREATE INDEX triggers_due ON triggers (next_at) WHERE active AND next_at IS NOT NULL;
    CREATE INDEX triggers_by_workspace ON triggers (workspace_id);

    CREATE TABLE previews (
      id uuid PRIMARY KEY DEFAULT uuidv7(),
      workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
      workflow_id uuid NOT NULL REFERENCES workflows (id) ON DELETE CASCADE,
      version_id uuid NOT NULL REFERENCES workflow_versions (id) ON DELETE CASCADE,
      pins json NOT NULL,
      view json NOT NULL,
      created_at timestamptz NOT NULL DEFAULT now()
    );
    CREATE INDEX previews_by_workflow ON previews (workflow_id, created_at DESC);
    CREATE INDEX previews_by_workspace ON previews (workspace_id);
    CREATE INDEX previews_by_version ON previews (version_id);
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    DROP TABLE previews; DROP TABLE triggers; DROP TABLE outbox; DROP TABLE run_journal; DROP TABLE runs; DROP SEQUENCE worker_numbers;
    DELETE FROM workflow_versions WHERE number IS NULL;
    ALTER TABLE workflow_versions DROP COLUMN draft_revision, ALTER COLUMN number SET NOT NULL;
  `);
}
