import { createHash } from 'node:crypto';
import type { Knex } from 'knex';

export interface ApiKeyRow {
  id: string;
  name: string;
  start: string;
  createdAt: Date;
  lastUsedAt: Date | null;
  expiresAt: Date | null;
}

/** The holder of a key, as far as a request needs it. */
export interface KeyHolder {
  keyId: string;
  keyName: string;
  workspaceId: string;
  /** Who made the key. A key ends with the account of its maker. */
  userId: string;
}

/** Use is noted at most this often, so that a busy key does not write with each request. */
const NOTE_USE_EVERY_S = 60;

/** API keys. The auth library makes them and hashes them (SHA-256, base64url); looking them up is one indexed statement of ours. */
export function createApiKeyStore(knex: Knex) {
  return {
    async list(workspaceId: string): Promise<ApiKeyRow[]> {
      return knex('api_keys').where({ workspace_id: workspaceId }).orderBy('created_at', 'desc').select({
        id: 'id',
        name: 'name',
        start: 'start',
        createdAt: 'created_at',
        lastUsedAt: 'last_request',
        expiresAt: 'expires_at',
      });
    },

    async remove(workspaceId: string, id: string): Promise<boolean> {
      return (await knex('api_keys').where({ workspace_id: workspaceId, id }).delete()) === 1;
    },

    /**
     * Finds whose key it is. There is no cache on purpose: a revoked key is refused by every process from the next request on.
     * One statement both looks the key up and notes its use.
     */
    async holder(key: string, now: Date): Promise<KeyHolder | undefined> {
      const { rows } = await knex.raw<{ rows: KeyHolder[] }>(
        `WITH found AS (
           SELECT k.id, k.name, k.workspace_id, u.id AS user_id, k.last_request
             FROM api_keys k JOIN users u ON u.id::text = k.metadata::jsonb ->> 'createdBy'
            WHERE k.key = :hash AND k.enabled AND (k.expires_at IS NULL OR k.expires_at > :now)
         ), used AS (
           UPDATE api_keys SET last_request = :now FROM found
            WHERE api_keys.id = found.id
              AND (found.last_request IS NULL OR found.last_request < CAST(:now AS timestamptz) - make_interval(secs => :every))
         )
         SELECT id AS "keyId", name AS "keyName", workspace_id AS "workspaceId", user_id AS "userId" FROM found`,
        { hash: hashKey(key), now, every: NOTE_USE_EVERY_S },
      );
      return rows[0];
    },
  };
}

export type ApiKeyStore = ReturnType<typeof createApiKeyStore>;

function hashKey(key: string): string {
  return createHash('sha256').update(key).digest('base64url');
}
