import type { Knex } from 'knex';

/**
 * What the dashboard counts, kept so that a run pays nothing for it.
 *
 * Runs are counted where they are, over their index by workspace and time: no counter is written when a run ends, since every run of a
 * workflow would queue for the same row. What retention deletes is added to `run_history` and `mail_history` by the statement that deletes
 * it, so that a year can be shown where runs are kept for a week. `ai_usage` is written with the booking of a call, which holds the
 * workspace's account anyway. All three are by quarters of an hour, of which the days of every time zone are made.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(/* sql */ `
    CREATE TABLE run_history (
      workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
      workflow_id uuid NOT NULL REFERENCES workflows (id) ON DELETE CASCADE,
      quarter timestamptz NOT NULL,
      status text NOT NULL,
      -- How long they took, as a class: the eighth part of a power of two, see server/store/dashboard.ts.
      duration_class smallint NOT NULL,
      runs integer NOT NULL,
      PRIMARY KEY (workspace_id, quarter, workflow_id, status, duration_class)
    );
    CREATE INDEX run_history_by_workflow ON run_history (workflow_id);

    CREATE TABLE mail_history (
      workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
      workflow_id uuid NOT NULL REFERENCES workflows (id) ON DELETE CASCADE,
      quarter timestamptz NOT NULL,
      mails integer NOT NULL,
      PRIMARY KEY (workspace_id, quarter, workflow_id)
    );
    CREATE INDEX mail_history_by_workflow ON mail_history (workflow_id);

    CREATE INDEX outbox_sent ON outbox (workspace_id, sent_at) INCLUDE (run_id) WHERE status = 'sent';

    -- Of which provider and workflow a call is. A workflow that is deleted keeps what it has cost.
    ALTER TABLE credit_holds ADD COLUMN provider text, ADD COLUMN workflow_id uuid;
    CREATE TABLE ai_usage (
      workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
      quarter timestamptz NOT NULL,
      provider text NOT NULL,
      workflow_id uuid,
      calls integer NOT NULL,
      cost bigint NOT NULL,
      UNIQUE NULLS NOT DISTINCT (workspace_id, quarter, provider, workflow_id)
    );
    -- What was booked so far says its provider in words, and its workflow through its run.
    INSERT INTO ai_usage (workspace_id, quarter, provider, workflow_id, calls, cost)
    SELECT e.workspace_id, date_bin('15 minutes', e.at, 'epoch'),
      CASE split_part(e.description, ' · ', 2) WHEN 'OpenAI' THEN 'openai' WHEN 'Claude' THEN 'claude' WHEN 'Built-in' THEN 'builtin' ELSE 'inhouse' END,
      r.workflow_id, count(*), -sum(e.amount)
    FROM credit_entries e LEFT JOIN runs r ON r.id = e.run_id AND r.workspace_id = e.workspace_id
    WHERE e.kind = 'usage' GROUP BY 1, 2, 3, 4;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(/* sql */ `
    DROP TABLE ai_usage;
    ALTER TABLE credit_holds DROP COLUMN provider, DROP COLUMN workflow_id;
    DROP INDEX outbox_sent;
    DROP TABLE mail_history;
    DROP TABLE run_history;
  `);
}
