import { implement } from '@orpc/server';
import type { IncomingHttpHeaders } from 'node:http';
import { contract } from '../../../shared/api/contract.ts';
import { AppError } from '../../../shared/errors.ts';
import { requireRole, type Actor } from '../../actor.ts';
import type { Authenticated, SessionUser } from '../../features/accounts/authenticate.ts';
import { neededRole } from '../access.ts';

/** What the handlers give every call. */
export interface Incoming {
  requestId: string;
  headers: IncomingHttpHeaders;
  /** Finds out who is asking, and refuses cookies from other sites. @throws AppError */
  authenticate(): Promise<Authenticated | null>;
}

/** What a route knows about its caller. */
export interface Caller {
  actor: Actor;
  /** Absent for API keys. */
  session: SessionUser | undefined;
}

/** The contract, with the door that every route goes through: signed in, and with the role of its row in access.ts. */
export const api = implement(contract)
  .$context<Incoming>()
  .use(async ({ context, path, next }) => {
    const who = await context.authenticate();
    if (!who) throw new AppError('unauthorized', 'Sign in, or send an API key.');
    requireRole(who.actor, neededRole(path));
    const caller: Caller = { actor: who.actor, session: who.session };
    return next({ context: caller });
  });
