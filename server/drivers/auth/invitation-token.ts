import { createHmac, timingSafeEqual } from 'node:crypto';
import { APIError } from 'better-auth/api';

/**
 * The secret of an invitation link: the invitation's id and an HMAC over it. Ids are shown to owners and stand in logs, so the id
 * alone must not open an invitation; the signature goes to the invited mailbox only. Whoever shows it has read that mail.
 */
export function invitationToken(id: string, secret: string): string {
  return `${id}.${signature(id, secret)}`;
}

/** @returns the invitation's id, or null when the token was not made by us. */
export function readInvitationToken(token: string, secret: string): string | null {
  const [id, given, ...rest] = token.split('.');
  if (!id || !given || rest.length > 0) return null;
  const expected = Buffer.from(signature(id, secret));
  const actual = Buffer.from(given);
  return actual.length === expected.length && timingSafeEqual(actual, expected) ? id : null;
}

const unknownInvitation = () =>
  new APIError('NOT_FOUND', {
    code: 'INVITATION_NOT_FOUND',
    message: 'This invitation does not exist, or it was withdrawn.',
  });

/**
 * Lets the library's invitation routes take the token in place of the id.
 * @throws APIError 404 for an id without its signature.
 */
export function openInvitation(
  request: { path: string; query?: Record<string, unknown> | undefined; body?: unknown },
  secret: string,
): { context: { query?: Record<string, unknown>; body?: Record<string, unknown> } } | undefined {
  const idOf = (token: unknown): string => {
    const id = typeof token === 'string' ? readInvitationToken(token, secret) : null;
    if (!id) throw unknownInvitation();
    return id;
  };
  switch (request.path) {
    case '/organization/get-invitation':
      return { context: { query: { ...request.query, id: idOf(request.query?.['id']) } } };
    case '/organization/accept-invitation':
    case '/organization/reject-invitation': {
      const body = typeof request.body === 'object' && request.body !== null ? request.body : {};
      return { context: { body: { ...body, invitationId: idOf('invitationId' in body ? body.invitationId : null) } } };
    }
    default:
      return undefined;
  }
}

function signature(id: string, secret: string): string {
  return createHmac('sha256', secret).update(`invitation:${id}`).digest('base64url');
}
