import { mapEventIterator } from '@orpc/client';
import { OpenAPIHandler } from '@orpc/openapi/node';
import { ORPCError } from '@orpc/server';
import { BodyLimitPlugin, RPCHandler } from '@orpc/server/node';
import type { Request, RequestHandler } from 'express';
import type { Logger } from 'pino';
import { AppError } from '../../shared/errors.ts';
import { fromNodeHeaders } from 'better-auth/node';
import { authenticate, type Authentication } from '../features/accounts/authenticate.ts';
import { errorAnswer, statusOf, toAppError, type ErrorAnswer } from './errors.ts';
import type { ApiRouter } from './router/router.ts';
import type { Incoming } from './router/base.ts';
import { refuseForeignSite } from './security.ts';

export interface ApiHandlers {
  router: ApiRouter;
  authentication: Authentication;
  publicUrl: string;
  logger: Logger;
}

const MAX_BODY_BYTES = 2_000_000;

/** What an ORPCError of ours carries to either protocol: the client reads `details`, REST answers with `answer`. */
interface WireData {
  details: Record<string, unknown>;
  retryable: boolean;
  requestId: string;
}

/** Kept beside the error and off the wire of `/rpc`. */
const restAnswers = new WeakMap<WireData, ErrorAnswer>();

/** The same router twice: `/rpc` for our own client, `/api/v1` as REST. Mount both before any body parser. */
export function apiHandlers(options: ApiHandlers): { rpc: RequestHandler; rest: RequestHandler } {
  const { router, logger } = options;
  const plugins = () => [new BodyLimitPlugin<Incoming>({ maxBodySize: MAX_BODY_BYTES })];
  const outer = async <T>(call: { context: Incoming; next(): Promise<T> }): Promise<T> => {
    try {
      return await call.next();
    } catch (error) {
      throw malformed(error, call.context);
    }
  };
  const inner = async <T>(call: Call<T>): Promise<T> => {
    try {
      return withMappedStream(await call.next(), (error) => mapped(error, call, logger));
    } catch (error) {
      throw mapped(error, call, logger);
    }
  };
  const rpc = new RPCHandler<Incoming>(router, {
    plugins: plugins(),
    interceptors: [outer],
    clientInterceptors: [inner],
  });
  const rest = new OpenAPIHandler<Incoming>(router, {
    plugins: plugins(),
    interceptors: [outer],
    clientInterceptors: [inner],
    customErrorResponseBodyEncoder: restBody,
  });
  return { rpc: mount(rpc, '/rpc', options), rest: mount(rest, '/api/v1', options) };
}

type NodeHandler = Pick<RPCHandler<Incoming>, 'handle'>;

function mount(handler: NodeHandler, prefix: `/${string}`, options: ApiHandlers): RequestHandler {
  return async (request, response) => {
    const { requestId } = response.locals;
    response.setHeader('Cache-Control', 'no-store');
    const context: Incoming = {
      requestId,
      headers: request.headers,
      authenticate: async () => {
        const who = await whoSent(request, options);
        for (const cookie of who?.setCookies ?? []) response.append('Set-Cookie', cookie);
        return who;
      },
    };
    // Express has cut the mount path off; oRPC wants to see the whole.
    request.url = request.originalUrl;
    const { matched } = await handler.handle(request, response, { prefix, context });
    if (matched) return;
    const error = new AppError('not_found', `There is no ${request.method} ${request.path.slice(0, 200)}.`);
    response.status(404).json(errorAnswer(error, requestId));
  };
}

async function whoSent(request: Request, { authentication, publicUrl }: ApiHandlers) {
  if (request.headers.authorization === undefined) refuseForeignSite(request, publicUrl);
  return authenticate(authentication, fromNodeHeaders(request.headers));
}

/** A stream can fail long after its first event: such an error goes through the same mapping. */
function withMappedStream<T>(output: T, map: (error: unknown) => Error): T {
  if (!isStream(output)) return output;
  const stream: unknown = mapEventIterator(output, {
    value: async (value: unknown) => value,
    error: async (error) => map(error),
  });
  return stream as T;
}

function isStream(output: unknown): output is AsyncIterator<unknown> {
  return typeof output === 'object' && output !== null && Symbol.asyncIterator in output && 'next' in output;
}

interface Call<T> {
  context: Incoming;
  path: readonly string[];
  next(): Promise<T>;
}

/** Errors of use cases, of the door and of validation. */
function mapped(error: unknown, { context, path }: Call<unknown>, logger: Logger): Error {
  const known = toAppError(error);
  if (known.code === 'internal') {
    logger.error({ requestId: context.requestId, route: path.join('.'), err: known.cause ?? error }, 'a route failed');
  }
  return onWire(known, context.requestId);
}

/** What did not come through `mapped` was thrown while the body was read. */
function malformed(error: unknown, context: Incoming): Error {
  if (error instanceof ORPCError && isWireData(error.data)) return error;
  const tooLarge = error instanceof ORPCError && error.status === 413;
  const known = tooLarge
    ? new AppError('too_large', `The request is larger than ${MAX_BODY_BYTES / 1_000_000} MB.`)
    : new AppError('bad_request', 'The request is malformed: its body could not be read as JSON.');
  return onWire(known, context.requestId);
}

function onWire(error: AppError, requestId: string): ORPCError<string, WireData> {
  const answer: ErrorAnswer = errorAnswer(error, requestId);
  const data: WireData = { details: answer.error.details ?? {}, retryable: error.retryable, requestId };
  restAnswers.set(data, answer);
  return new ORPCError(error.code, { status: statusOf(error), message: error.message, data });
}

function isWireData(data: unknown): data is WireData {
  return typeof data === 'object' && data !== null && 'requestId' in data && 'details' in data;
}

function restBody(error: ORPCError<string, unknown>): ErrorAnswer {
  const known = isWireData(error.data) ? restAnswers.get(error.data) : undefined;
  return known ?? errorAnswer(toAppError(error), '');
}
