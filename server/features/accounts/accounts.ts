import type { Knex } from 'knex';
import type { Pool } from 'pg';
import { attemptLimits } from '../../drivers/auth/attempts.ts';
import { createAuth, type Auth } from '../../drivers/auth/auth.ts';
import type { SendSystemMail } from '../../drivers/auth/mails.ts';
import { createApiKeyStore } from '../../store/api-keys.ts';
import { createWorkspaceStore } from '../../store/workspaces.ts';
import type { Authentication } from './authenticate.ts';
import { giveWorkspace, type WorkspaceBirth } from './sign-up.ts';

export interface AccountsOptions {
  pool: Pool;
  knex: Knex;
  /** Signs cookies and links; at least 32 characters. */
  secret: string;
  /** Without a slash at the end. */
  publicUrl: string;
  /** Origins that count as ours, given the Host of a request. */
  trustedOrigins(host: string | undefined): string[];
  sendSystemMail: SendSystemMail;
  onWorkspaceCreated: WorkspaceBirth['onWorkspaceCreated'];
  /** See AuthOptions: on where strangers can reach the server and mails really leave it. */
  requireVerifiedEmail: boolean;
  /** Multiplies how often things may be tried; for tests. */
  attemptScale?: number;
  log?(level: 'error' | 'warn', message: string, cause?: unknown): void;
  now?(): Date;
}

/** Everything about accounts, put together: the auth library, the stores behind it, and who may ask. */
export function createAccounts(options: AccountsOptions): Authentication & { auth: Auth } {
  const { pool, knex, secret, publicUrl, sendSystemMail, requireVerifiedEmail, log, now = () => new Date() } = options;
  const store = createWorkspaceStore(knex);
  const birth: WorkspaceBirth = { store, onWorkspaceCreated: options.onWorkspaceCreated };
  const auth = createAuth({
    pool,
    secret,
    publicUrl,
    sendSystemMail,
    requireVerifiedEmail,
    trustedOrigins: (host) => options.trustedOrigins(host ?? undefined),
    attempts: attemptLimits(pool, options.attemptScale),
    onSignUp: async (user) => void (await giveWorkspace(birth, user)),
    onAddressProven: (userId) => store.markEmailVerified(userId),
    ...(log ? { log } : {}),
  });
  return { auth, store, keys: createApiKeyStore(knex), birth, now };
}
