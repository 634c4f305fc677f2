import express, { type ErrorRequestHandler, type Express } from 'express';
import type { Logger } from 'pino';
import { AppError } from '../../shared/errors.ts';
import type { Auth } from '../drivers/auth/auth.ts';
import type { Authentication } from '../features/accounts/authenticate.ts';
import { authRoutes } from './auth.ts';
import { errorAnswer, statusOf, toAppError } from './errors.ts';
import { mountDocs } from './openapi/mount.ts';
import { identify, loggedPath, logRequests } from './requests.ts';
import { createRouter, type Services } from './router/router.ts';
import { apiHandlers } from './rpc.ts';
import { securityHeaders } from './security.ts';

export interface HttpOptions {
  /** Without a slash at the end. */
  publicUrl: string;
  /** For Express: false, a number of proxies, or their addresses. */
  trustProxy: false | number | readonly string[];
  dev: boolean;
  /** Of the product, for the API's document. */
  version: string;
  logger: Logger;
  auth: Auth;
  authentication: Authentication;
  services: Services;
  /** Resolves when requests can be served, with how many processes take from the queue; rejects with what is missing. */
  ready(): Promise<{ workers: number }>;
  /** Further routes (hooks, forms …), after the API and before whatever serves the client. */
  mounts?: readonly ((app: Express) => void)[];
}

/** It can serve: what comes in is durable, and a caller who waits is answered. Taking it out of service would lose both. */
const withoutWorkers = {
  status: 'degraded',
  message: 'No worker is running. What comes in is kept and begins when one starts; callers who wait are answered.',
};

/**
 * The HTTP face: headers, ids and log, accounts, the API twice, health. The client's pages are mounted by the caller afterwards, and
 * `finishHttp` last of all.
 */
export function createHttp(options: HttpOptions): Express {
  const { publicUrl, logger } = options;
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', options.trustProxy);
  app.set('query parser', 'simple');
  app.use(identify(), logRequests(logger), securityHeaders(options));

  app.get('/healthz', (_request, response) => void response.json({ status: 'ok' }));
  app.get('/readyz', async (_request, response) => {
    try {
      const { workers } = await options.ready();
      response.json(workers > 0 ? { status: 'ready' } : withoutWorkers);
    } catch (error) {
      logger.warn({ err: error }, 'not ready');
      response.status(503).json({ status: 'not ready' });
    }
  });

  const handlers = apiHandlers({ ...options, router: createRouter(options.services) });
  app.use('/api/auth', authRoutes(options.auth, publicUrl));
  mountDocs(app, publicUrl, options.version);
  app.use('/rpc', handlers.rpc);
  app.use('/api/v1', handlers.rest);
  for (const mount of options.mounts ?? []) mount(app);
  return app;
}

/** The end of the chain: an unknown address is a 404 in the API's error shape, and nothing that is thrown reaches Express' own page. */
export function finishHttp(app: Express, logger: Logger): void {
  app.use((_request, _response) => {
    throw new AppError('not_found', 'There is no such address.');
  });
  const onError: ErrorRequestHandler = (error: unknown, request, response, next) => {
    const known = toAppError(error);
    const { requestId } = response.locals;
    if (known.code === 'internal') {
      logger.error({ requestId, path: loggedPath(request), err: known.cause ?? error }, 'a request failed');
    }
    if (response.headersSent) return next(error);
    response.status(statusOf(known)).json(errorAnswer(known, requestId));
  };
  app.use(onError);
}
