/** Accounts and sessions: plain calls of the auth routes under `/api/auth`. Everything here throws ApiError. */
import { ApiError, failureFromBody } from './errors.ts';

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

async function call(method: 'GET' | 'POST', path: string, body?: Record<string, unknown>): Promise<unknown> {
  const request: RequestInit = { method, credentials: 'same-origin' };
  if (method === 'POST') {
    request.headers = { 'content-type': 'application/json' };
    request.body = JSON.stringify(body ?? {});
  }
  const response = await fetch(`/api/auth${path}`, request);
  const text = await response.text();
  let answer: unknown = null;
  try {
    answer = text ? JSON.parse(text) : null;
  } catch {
    // A proxy in between answered with a page of its own; the status says enough.
  }
  if (!response.ok) throw new ApiError(failureFromBody(response.status, answer));
  return answer;
}

export async function signIn(input: { email: string; password: string }): Promise<void> {
  await call('POST', '/sign-in/email', input);
}

/** True: signed in at once. False: the address has to be proven first, by the link in a mail. */
export async function signUp(input: { name: string; email: string; password: string }): Promise<boolean> {
  const answer = await call('POST', '/sign-up/email', input);
  return isRecord(answer) && typeof answer['token'] === 'string';
}

export async function signOut(): Promise<void> {
  await call('POST', '/sign-out');
}

/** Answers the same whether the address has an account or not. */
export async function requestPasswordReset(email: string): Promise<void> {
  await call('POST', '/request-password-reset', { email, redirectTo: '/reset-password' });
}

export async function resetPassword(token: string, newPassword: string): Promise<void> {
  await call('POST', '/reset-password', { token, newPassword });
}

/** Proves the address that the mail with the token went to, and signs its owner in. */
export async function verifyEmail(token: string): Promise<void> {
  await call('GET', `/verify-email?token=${encodeURIComponent(token)}`);
}

export async function changeName(name: string): Promise<void> {
  await call('POST', '/update-user', { name });
}

/** Ends the other sessions too. */
export async function changePassword(currentPassword: string, newPassword: string): Promise<void> {
  await call('POST', '/change-password', { currentPassword, newPassword, revokeOtherSessions: true });
}

export interface Session {
  id: string;
  createdAt: string;
  userAgent: string | null;
  ipAddress: string | null;
  /** Names the session when it is ended. */
  token: string;
  current: boolean;
}

function toSession(value: unknown, currentId: unknown): Session | undefined {
  if (!isRecord(value) || typeof value['id'] !== 'string' || typeof value['token'] !== 'string') return undefined;
  const text = (key: string) => (typeof value[key] === 'string' && value[key] ? value[key] : null);
  return {
    id: value['id'],
    token: value['token'],
    createdAt: text('createdAt') ?? '',
    userAgent: text('userAgent'),
    ipAddress: text('ipAddress'),
    current: value['id'] === currentId,
  };
}

/** The places where this account is signed in, the current one first. */
export async function listSessions(): Promise<Session[]> {
  const [list, now] = await Promise.all([call('GET', '/list-sessions'), call('GET', '/get-session')]);
  const currentId = isRecord(now) && isRecord(now['session']) ? now['session']['id'] : undefined;
  const sessions = Array.isArray(list)
    ? list.map((entry) => toSession(entry, currentId)).filter((entry) => entry !== undefined)
    : [];
  return sessions.toSorted((a, b) => Number(b.current) - Number(a.current));
}

export async function endSession(token: string): Promise<void> {
  await call('POST', '/revoke-session', { token });
}

export interface Invitation {
  id: string;
  email: string;
  workspaceName: string;
  inviterEmail: string;
  role: string;
}

/** Shows an invitation to the person it was sent to; does not accept it. */
export async function getInvitation(id: string): Promise<Invitation> {
  const answer = await call('GET', `/organization/get-invitation?id=${encodeURIComponent(id)}`);
  const text = (key: string) => (isRecord(answer) && typeof answer[key] === 'string' ? answer[key] : '');
  return {
    id,
    email: text('email'),
    workspaceName: text('organizationName'),
    inviterEmail: text('inviterEmail'),
    role: text('role'),
  };
}

export async function acceptInvitation(id: string): Promise<void> {
  await call('POST', '/organization/accept-invitation', { invitationId: id });
}

export async function declineInvitation(id: string): Promise<void> {
  await call('POST', '/organization/reject-invitation', { invitationId: id });
}
