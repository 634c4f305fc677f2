import { randomUUID } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import type { Logger } from 'pino';
import { CLIENT_IP_HEADER } from '../drivers/auth/attempts.ts';

declare module 'express-serve-static-core' {
  interface Locals {
    /** Names this request in the log, in `X-Request-Id` and in error answers. */
    requestId: string;
  }
}

/** Paths whose next segment is a secret of its own; the log shows `…` in its place. */
const SECRET_SEGMENT = /^(\/(?:hooks|forms|chat|approve|unsubscribe|invitation)\/)[^/]+/;

/** Gives each request an id of ours (a client's own could forge log lines) and overwrites what a client says about its address. */
export function identify(): RequestHandler {
  return (request, response, next) => {
    response.locals.requestId = randomUUID();
    response.setHeader('X-Request-Id', response.locals.requestId);
    request.headers[CLIENT_IP_HEADER] = request.ip ?? request.socket.remoteAddress ?? 'unknown';
    next();
  };
}

/** One line per request, without query, headers or bodies: they hold tokens, passwords and other people's data. */
export function logRequests(logger: Logger): RequestHandler {
  return (request, response, next) => {
    const started = performance.now();
    response.once('close', () => {
      const line = {
        requestId: response.locals.requestId,
        method: request.method,
        path: loggedPath(request),
        status: response.statusCode,
        ms: Math.round(performance.now() - started),
        ...(response.writableFinished ? {} : { aborted: true }),
      };
      if (response.statusCode >= 500) logger.error(line, 'request failed');
      else logger.debug(line, 'request');
    });
    next();
  };
}

export function loggedPath(request: Pick<Request, 'originalUrl'>): string {
  const [path = ''] = request.originalUrl.split('?', 1);
  return path.replace(SECRET_SEGMENT, '$1…').slice(0, 300);
}
