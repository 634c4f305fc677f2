import express, { type Request, type Response, type Router } from 'express';
import { fromNodeHeaders } from 'better-auth/node';
import type { Auth } from '../drivers/auth/auth.ts';
import { AppError } from '../../shared/errors.ts';
import { authError, errorAnswer, statusOf } from './errors.ts';
import { refuseForeignSite } from './security.ts';

/** What of the auth library is open. Everything else it could do (organisations, keys, deleting …) has no address. */
const open: Readonly<Record<string, 'GET' | 'POST'>> = {
  '/sign-up/email': 'POST',
  '/sign-in/email': 'POST',
  '/sign-out': 'POST',
  '/get-session': 'GET',
  '/list-sessions': 'GET',
  '/revoke-session': 'POST',
  '/revoke-other-sessions': 'POST',
  '/request-password-reset': 'POST',
  '/reset-password': 'POST',
  '/change-password': 'POST',
  '/update-user': 'POST',
  '/send-verification-email': 'POST',
  '/verify-email': 'GET',
  '/organization/get-invitation': 'GET',
  '/organization/accept-invitation': 'POST',
  '/organization/reject-invitation': 'POST',
};

const BODY_LIMIT = '64kb';

/** `/api/auth/…`: accounts and sessions, with our error shape. */
export function authRoutes(auth: Auth, publicUrl: string): Router {
  const router = express.Router();
  router.use(express.raw({ type: () => true, limit: BODY_LIMIT }));
  router.use(async (request, response) => {
    if (open[request.path] !== request.method) throw new AppError('not_found', 'There is no such address.');
    refuseForeignSite(request, publicUrl);
    await send(await auth.handler(toWebRequest(request, publicUrl)), response);
  });
  return router;
}

function toWebRequest(request: Request, publicUrl: string): globalThis.Request {
  const headers = fromNodeHeaders(request.headers);
  // The origin was judged above, by one rule for the whole API.
  headers.set('origin', new URL(publicUrl).origin);
  const body = Buffer.isBuffer(request.body) && request.body.length > 0 ? new Uint8Array(request.body) : null;
  return new Request(new URL(request.originalUrl, publicUrl), { method: request.method, headers, body });
}

async function send(answer: globalThis.Response, response: Response): Promise<void> {
  for (const cookie of answer.headers.getSetCookie()) response.append('Set-Cookie', cookie);
  response.setHeader('Cache-Control', 'no-store');
  const retryAfter = answer.headers.get('retry-after');
  if (retryAfter) response.setHeader('Retry-After', retryAfter);
  const text = await answer.text();
  if (answer.ok) {
    response
      .status(answer.status)
      .type('application/json')
      .send(text === '' ? 'null' : text);
    return;
  }
  const { code, message } = readFailure(text);
  const error = authError(answer.status, code, message, retryAfter ? Number(retryAfter) * 1000 : undefined);
  response.status(statusOf(error)).json(errorAnswer(error, response.locals.requestId));
}

function readFailure(text: string): { code: string; message: string } {
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body !== 'object' || body === null) return { code: '', message: '' };
    const code = 'code' in body && typeof body.code === 'string' ? body.code : '';
    const message = 'message' in body && typeof body.message === 'string' ? body.message : '';
    return { code, message };
  } catch {
    return { code: '', message: '' };
  }
}
