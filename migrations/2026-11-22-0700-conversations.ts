import type { Knex } from 'knex';

/**
 * What was said about a workflow, and what was proposed. `patch` is kept while its proposal is open; `changes` says for ever what it touched.
 * A run that is deleted takes nothing with it.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(/* sql */ `
    CREATE TABLE conversations (
      id uuid PRIMARY KEY DEFAULT uuidv7(),
      workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
      workflow_id uuid NOT NULL REFERENCES workflows (id) ON DELETE CASCADE,
      title text NOT NULL,
      created_at timestamptz NOT NULL DEFAULT now(),
      updated_at timestamptz NOT NULL DEFAULT now()
    );
    CREATE INDEX conversations_by_workflow ON conversations (workspace_id, workflow_id, updated_at DESC);

    CREATE TABLE messages (
      id uuid PRIMARY KEY DEFAULT uuidv7(),
      workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
      conversation_id uuid NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
      role text NOT NULL CHECK (role IN ('user', 'assistant')),
      kind text NOT NULL CHECK (kind IN ('edit', 'explain', 'fix')),
      body text NOT NULL,
      author text,
      run_id uuid REFERENCES runs (id) ON DELETE SET NULL,
      changes json NOT NULL DEFAULT '[]',
      patch json,
      outcome text CHECK (outcome IN ('open', 'accepted', 'partly', 'rejected')),
      notes json NOT NULL DEFAULT '{}',
      provider text,
      cost_micro bigint NOT NULL DEFAULT 0,
      created_at timestamptz NOT NULL DEFAULT now()
    );
    CREATE INDEX messages_by_conversation ON messages (conversation_id, id);
    CREATE INDEX messages_by_workspace ON messages (workspace_id);
    CREATE INDEX messages_by_run ON messages (run_id) WHERE run_id IS NOT NULL;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('DROP TABLE messages, conversations');
}
