import { existsSync } from 'node:fs';
import type { Server } from 'node:http';
import { fileURLToPath } from 'node:url';
import type { Express, RequestHandler } from 'express';
import sirv from 'sirv';
import { manifest } from './manifest.ts';

/** Paths that belong to the server: they never answer with the client's page, so a mistyped API path is a 404 and no HTML. */
const SERVER_PATHS =
  /^\/(?:rpc|api|socket\.io|hooks|forms|chat|approve|unsubscribe|mcp|healthz|readyz|metrics)(?:\/|$|\?)/;

/** Vite serves `client/api/client.ts` as `/api/client.ts`: in development sources of the client may stand under the server's names. */
const SOURCE = /\.(?:[cm]?[jt]sx?|css)(?:\?|$)/;

/**
 * A last segment with an ending is a file; a missing one is a 404 (a stale page after a deploy must notice it). No longer than endings are:
 * the signed token of an invitation has a dot too.
 */
const FILE = /\.[a-z0-9]{1,11}$/i;

const BUILT = fileURLToPath(new URL('../../dist/client', import.meta.url));
const PUBLIC = fileURLToPath(new URL('../../client/public', import.meta.url));

export interface MountedClient {
  close(): Promise<void>;
}

/**
 * Serves the client; mount it after all other routes.
 * In development Vite serves the sources, with hot reload over the same port; otherwise the build is sent, compressed
 * beforehand. Every path that is neither a file nor the server's gives the page, whose router does the rest.
 * @throws Error when there is no build and `dev` is off.
 */
export async function mountClient(app: Express, server: Server, { dev }: { dev: boolean }): Promise<MountedClient> {
  return dev ? mountSources(app, server) : mountBuild(app, BUILT);
}

/** Serves a build in `directory`. */
export function mountBuild(app: Express, directory: string): MountedClient {
  if (!existsSync(`${directory}/index.html`)) {
    throw new Error(`There is no client under ${directory}. "npm start" builds it; or run: npx vite build`);
  }
  const files = sirv(directory, {
    brotli: true,
    gzip: true,
    etag: true,
    setHeaders(response, path) {
      // Vite names what it puts under /assets by content.
      const forever = path.startsWith('/assets/');
      response.setHeader('Cache-Control', forever ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  // Not sirv's own `single`: that takes every address with a dot for a file.
  const page: RequestHandler = (request, response, next) => {
    const reads = request.method === 'GET' || request.method === 'HEAD';
    if (!reads || SERVER_PATHS.test(request.url) || FILE.test(request.path)) return next();
    request.url = '/';
    files(request, response, next);
  };
  app.use(manifest(directory), files, page);
  return { close: async () => {} };
}

async function mountSources(app: Express, server: Server): Promise<MountedClient> {
  const { createServer } = await import('vite');
  const vite = await createServer({
    configFile: fileURLToPath(new URL('../../vite.config.ts', import.meta.url)),
    server: { middlewareMode: { server } },
    appType: 'spa',
  });
  const unlessServers: RequestHandler = (request, response, next) =>
    SERVER_PATHS.test(request.url) && !SOURCE.test(request.url) ? next() : vite.middlewares(request, response, next);
  app.use(manifest(PUBLIC), unlessServers);
  return { close: () => vite.close() };
}
