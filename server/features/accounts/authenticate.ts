import { AppError } from '../../../shared/errors.ts';
import type { Actor } from '../../actor.ts';
import type { Auth } from '../../drivers/auth/auth.ts';
import type { ApiKeyStore } from '../../store/api-keys.ts';
import type { Membership, WorkspaceStore } from '../../store/workspaces.ts';
import { giveWorkspace, type WorkspaceBirth } from './sign-up.ts';

export interface Authentication {
  auth: Auth;
  store: WorkspaceStore;
  keys: ApiKeyStore;
  birth: WorkspaceBirth;
  now(): Date;
}

/** The signed-in person as the auth library knows them. */
export interface SessionUser {
  sessionId: string;
  id: string;
  name: string;
  email: string;
  emailVerified: boolean;
}

export interface Authenticated {
  actor: Actor;
  /** Set where a person is signed in, absent for API keys. */
  session?: SessionUser;
  /** Cookies to hand back: a session in use is prolonged once a day. */
  setCookies: readonly string[];
}

const BEARER = /^Bearer +(mw_[A-Za-z0-9_-]{16,200})$/;

/**
 * Finds out who sends a request: an API key in `Authorization`, else the session cookie. A wrong key never falls back to the cookie.
 * @returns null when there is neither.
 * @throws AppError `unauthorized` for an Authorization header that is not a valid key.
 */
export async function authenticate(deps: Authentication, headers: Headers): Promise<Authenticated | null> {
  const authorization = headers.get('authorization');
  if (authorization !== null) return authenticateKey(deps, authorization);
  const found = await signedIn(deps.auth, headers);
  if (!found) return null;
  const { session, activeWorkspaceId, setCookies } = found;
  const workspace = await workspaceOf(deps, session, activeWorkspaceId);
  const actor: Actor = {
    workspaceId: workspace.workspaceId,
    role: workspace.role,
    userId: session.id,
    name: session.name,
    via: 'session',
  };
  return { actor, session, setCookies };
}

async function authenticateKey(deps: Authentication, authorization: string): Promise<Authenticated> {
  const key = BEARER.exec(authorization)?.[1];
  const holder = key ? await deps.keys.holder(key, deps.now()) : undefined;
  if (!holder) throw new AppError('unauthorized', 'This API key is not valid. Make one under Settings, API keys.');
  const { workspaceId, userId, keyName } = holder;
  return { actor: { workspaceId, role: 'editor', userId, name: keyName, via: 'api-key' }, setCookies: [] };
}

/** The person of a session cookie, without asking for a workspace. */
export async function signedIn(
  auth: Auth,
  headers: Headers,
): Promise<{ session: SessionUser; activeWorkspaceId: string | null; setCookies: string[] } | null> {
  if (!headers.has('cookie')) return null;
  const { response, headers: answered } = await auth.api.getSession({ headers, returnHeaders: true });
  if (!response) return null;
  const { user, session } = response;
  return {
    session: {
      sessionId: session.id,
      id: user.id,
      name: user.name,
      email: user.email,
      emailVerified: user.emailVerified,
    },
    activeWorkspaceId: session.activeOrganizationId ?? null,
    setCookies: answered.getSetCookie(),
  };
}

/** The active workspace if the person is still in it, else their first; whoever was removed from all gets a new one. */
async function workspaceOf(deps: Authentication, user: SessionUser, activeId: string | null): Promise<Membership> {
  const active = activeId ? await deps.store.membership(user.id, activeId) : undefined;
  if (active) return active;
  const [first] = await deps.store.membershipsOf(user.id);
  const workspace = first ?? (await adopt(deps, user));
  await deps.store.setActive(user.sessionId, user.id, workspace.workspaceId);
  return workspace;
}

async function adopt(deps: Authentication, user: SessionUser): Promise<Membership> {
  const workspaceId = await giveWorkspace(deps.birth, user);
  const made = await deps.store.membership(user.id, workspaceId);
  if (!made) throw new Error('the new workspace has no member');
  return made;
}
