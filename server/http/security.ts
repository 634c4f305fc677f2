import type { IncomingHttpHeaders } from 'node:http';
import type { RequestHandler } from 'express';
import helmet from 'helmet';
import { AppError } from '../../shared/errors.ts';

export interface PageSecurity {
  publicUrl: string;
  /** Vite's development client puts inline scripts into the page. */
  dev: boolean;
}

const YEAR_S = 31_536_000;

/** The response headers of every page and answer. */
export function securityHeaders({ publicUrl, dev }: PageSecurity): RequestHandler {
  const secure = publicUrl.startsWith('https:');
  const scripts = dev ? ["'unsafe-inline'"] : [];
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'", ...scripts],
        // Mantine sets styles on elements and puts its theme into a style element.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        workerSrc: ["'self'", 'blob:'],
        frameSrc: ["'self'", 'blob:'],
        objectSrc: ["'none'"],
        baseUri: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        ...(secure ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    strictTransportSecurity: secure ? { maxAge: YEAR_S, includeSubDomains: true } : false,
    referrerPolicy: { policy: 'same-origin' },
    xFrameOptions: { action: 'deny' },
    crossOriginEmbedderPolicy: false,
  });
}

/**
 * Whether a request comes from one of our own pages, judged by what browsers add and pages cannot forge. Requests without both headers do
 * not come from a browser of today; they carry no cookie that somebody else's page could have used.
 */
export function isSameOrigin(headers: IncomingHttpHeaders, publicUrl: string): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
  const { origin } = headers;
  return origin === undefined || trustedOrigins(publicUrl, headers.host).includes(origin);
}

/** The public address, and the one under which this request reached us. */
export function trustedOrigins(publicUrl: string, host: string | undefined): string[] {
  const own = new URL(publicUrl).origin;
  if (!host) return [own];
  // Behind a proxy that ends TLS the page's scheme is the public one, directly it is http.
  return [own, `http://${host}`, ...(own.startsWith('https:') ? [`https://${host}`] : [])];
}

/** @throws AppError `forbidden` for a request that changes something and comes from another site. */
export function refuseForeignSite(request: { method: string; headers: IncomingHttpHeaders }, publicUrl: string): void {
  if (request.method === 'GET' || request.method === 'HEAD' || isSameOrigin(request.headers, publicUrl)) return;
  throw new AppError('forbidden', 'This request comes from another site. Open Mailweave itself and try again.');
}
