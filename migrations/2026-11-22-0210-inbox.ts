import type { Knex } from 'knex';

/** What the built-in mail server received while SMTP_URL is not set. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(/* sql */ `
    CREATE TABLE inbox_messages (
      id uuid PRIMARY KEY DEFAULT uuidv7(),
      -- Of the workflow that sent it; null: from the product itself (password reset, invitation) or from outside.
      workspace_id uuid REFERENCES workspaces ON DELETE CASCADE,
      message_id text,
      from_address text NOT NULL,
      -- Recipients of the envelope, bcc included, in lower case.
      to_addresses text[] NOT NULL,
      subject text NOT NULL,
      snippet text NOT NULL,
      has_attachments boolean NOT NULL,
      size integer NOT NULL,
      raw bytea NOT NULL,
      received_at timestamptz(3) NOT NULL DEFAULT now(),
      read_at timestamptz
    );
    CREATE INDEX inbox_messages_newest ON inbox_messages (workspace_id, received_at DESC, id DESC);
    CREATE INDEX inbox_messages_recipients ON inbox_messages USING gin (to_addresses);
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('DROP TABLE inbox_messages');
}
