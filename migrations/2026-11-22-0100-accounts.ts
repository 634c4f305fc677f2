import type { Knex } from 'knex';

/**
 * Tables of the auth library (better-auth with its organization and api-key plugins), under our names: an organisation is a
 * workspace. Keys are UUIDv7; `active_workspace_id` and an API key's `workspace_id` are real foreign keys here.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(/* sql */ `
    CREATE TABLE users (
      id uuid PRIMARY KEY DEFAULT uuidv7(),
      name text NOT NULL,
      -- Lower case: the auth library folds it.
      email text NOT NULL UNIQUE CHECK (email = lower(email)),
      email_verified boolean NOT NULL DEFAULT false,
      image text,
      created_at timestamptz NOT NULL DEFAULT now(),
      updated_at timestamptz NOT NULL DEFAULT now()
    );

    CREATE TABLE workspaces (
      id uuid PRIMARY KEY DEFAULT uuidv7(),
      name text NOT NULL,
      slug text NOT NULL UNIQUE,
      logo text,
      metadata text,
      timezone text NOT NULL DEFAULT 'UTC',
      created_at timestamptz NOT NULL DEFAULT now()
    );

    CREATE TABLE sessions (
      id uuid PRIMARY KEY DEFAULT uuidv7(),
      user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
      token text NOT NULL UNIQUE,
      active_workspace_id uuid REFERENCES workspaces ON DELETE SET NULL,
      ip_address text,
      user_agent text,
      expires_at timestamptz NOT NULL,
      created_at timestamptz NOT NULL DEFAULT now(),
      updated_at timestamptz NOT NULL DEFAULT now()
    );
    CREATE INDEX sessions_user ON sessions (user_id);
    CREATE INDEX sessions_active_workspace ON sessions (active_workspace_id);

    CREATE TABLE accounts (
      id uuid PRIMARY KEY DEFAULT uuidv7(),
      user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
      account_id text NOT NULL,
      provider_id text NOT NULL,
      password text,
      access_token text,
      refresh_token text,
      id_token text,
      access_token_expires_at timestamptz,
      refresh_token_expires_at timestamptz,
      scope text,
      created_at timestamptz NOT NULL DEFAULT now(),
      updated_at timestamptz NOT NULL DEFAULT now(),
      UNIQUE (provider_id, account_id)
    );
    CREATE INDEX accounts_user ON accounts (user_id);

    CREATE TABLE verifications (
      id uuid PRIMARY KEY DEFAULT uuidv7(),
      identifier text NOT NULL,
      value text NOT NULL,
      expires_at timestamptz NOT NULL,
      created_at timestamptz NOT NULL DEFAULT now(),
      updated_at timestamptz NOT NULL DEFAULT now()
    );
    CREATE INDEX verifications_identifier ON verifications (identifier);

    CREATE TABLE members (
      id uuid PRIMARY KEY DEFAULT uuidv7(),
      workspace_id uuid NOT NULL REFERENCES workspaces ON DELETE CASCADE,
      user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
      role text NOT NULL CHECK (role IN ('owner', 'editor', 'viewer')),
      created_at timestamptz NOT NULL DEFAULT now(),
      UNIQUE (workspace_id, user_id)
    );
    CREATE INDEX members_user ON members (user_id);

    CREATE TABLE invitations (
      id uuid PRIMARY KEY DEFAULT uuidv7(),
      workspace_id uuid NOT NULL REFERENCES workspaces ON DELETE CASCADE,
      inviter_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
      email text NOT NULL,
      role text NOT NULL CHECK (role IN ('owner', 'editor', 'viewer')),
      status text NOT NULL,
      expires_at timestamptz NOT NULL,
      created_at timestamptz NOT NULL DEFAULT now()
    );
    CREATE INDEX invitations_workspace ON invitations (workspace_id);
    CREATE INDEX invitations_email ON invitations (email);

    CREATE TABLE api_keys (
      id uuid PRIMARY KEY DEFAULT uuidv7(),
      workspace_id uuid NOT NULL REFERENCES workspaces ON DELETE CASCADE,
      config_id text NOT NULL,
      name text,
      start text,
      prefix text,
      key text NOT NULL UNIQUE,
      enabled boolean NOT NULL DEFAULT true,
      last_request timestamptz,
      expires_at timestamptz,
      created_at timestamptz NOT NULL DEFAULT now(),
      updated_at timestamptz NOT NULL DEFAULT now(),
      permissions text,
      metadata text,
      refill_interval integer,
      refill_amount integer,
      last_refill_at timestamptz,
      rate_limit_enabled boolean,
      rate_limit_time_window integer,
      rate_limit_max integer,
      request_count integer,
      remaining integer
    );
    CREATE INDEX api_keys_workspace ON api_keys (workspace_id);

    -- rate-limiter-flexible; expire is milliseconds since the epoch.
    CREATE TABLE rate_limits (
      key varchar(255) PRIMARY KEY,
      points integer NOT NULL DEFAULT 0,
      expire bigint
    );
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(
    'DROP TABLE rate_limits, api_keys, invitations, members, verifications, accounts, sessions, workspaces, users',
  );
}
