import type { z } from 'zod';
import type { apiKeySchema } from '../../../shared/api/workspace.ts';
import { AppError } from '../../../shared/errors.ts';
import type { Actor } from '../../actor.ts';
import type { Auth } from '../../drivers/auth/auth.ts';
import type { ApiKeyRow, ApiKeyStore } from '../../store/api-keys.ts';

type ApiKey = z.infer<typeof apiKeySchema>;

export interface ApiKeyDeps {
  auth: Auth;
  keys: ApiKeyStore;
}

const DAY_S = 86_400;

export async function listApiKeys(deps: ApiKeyDeps, actor: Actor): Promise<{ items: ApiKey[] }> {
  return { items: (await deps.keys.list(actor.workspaceId)).map(present) };
}

/** Makes a key of the workspace with the rights of an editor. The answer is the only place where the key itself stands. */
export async function createApiKey(
  deps: ApiKeyDeps,
  actor: Actor,
  input: { name: string; expiresInDays?: number | undefined },
): Promise<ApiKey & { key: string }> {
  const made = await deps.auth.api.createApiKey({
    body: {
      name: input.name,
      organizationId: actor.workspaceId,
      userId: actor.userId,
      metadata: { createdBy: actor.userId },
      ...(input.expiresInDays === undefined ? {} : { expiresIn: input.expiresInDays * DAY_S }),
    },
  });
  const { id, key, start, createdAt, expiresAt } = made;
  const row = { id, name: input.name, start: start ?? '', createdAt, lastUsedAt: null, expiresAt: expiresAt ?? null };
  return { ...present(row), key };
}

/** Revokes a key; the next request with it is refused. */
export async function removeApiKey(deps: ApiKeyDeps, actor: Actor, { id }: { id: string }): Promise<{ ok: true }> {
  if (await deps.keys.remove(actor.workspaceId, id)) return { ok: true };
  throw new AppError('not_found', 'There is no such API key in this workspace.');
}

function present(row: ApiKeyRow): ApiKey {
  return {
    id: row.id,
    name: row.name,
    start: row.start,
    createdAt: row.createdAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    expiresAt: row.expiresAt?.toISOString() ?? null,
  };
}
