import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach } from 'vitest';
import { createOutbound, type Outbound, type OutboundOptions } from './outbound.ts';

const cleanup: (() => unknown)[] = [];
afterEach(async () => {
  for (const undo of cleanup.splice(0).toReversed()) await undo();
});

/** Serves on loopback until the test is over. `hits`: the requests so far. */
export async function serve(
  listener: RequestListener,
): Promise<{ server: Server; port: number; hits: IncomingMessage[] }> {
  const hits: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    hits.push(request);
    listener(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanup.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { server, port: (server.address() as AddressInfo).port, hits };
}

/** Outgoing connections that may go to these ports; every name that ends with `.test` is this machine. */
export function outbound(ports: number[], options: Partial<OutboundOptions> = {}): Outbound {
  const lookup = async (name: string) => {
    if (!name.endsWith('.test')) throw Object.assign(new Error('no'), { code: 'ENOTFOUND' });
    return [{ address: '127.0.0.1', family: 4 as const }];
  };
  const made = createOutbound({ allow: ports.map((port) => ({ host: '127.0.0.1', port })), lookup, ...options });
  cleanup.push(() => made.close());
  return made;
}

export const get = (url: string, more: object = {}) => ({ method: 'GET', url, ...more });

/** Answers with what it was asked. */
export function echo(request: IncomingMessage, response: ServerResponse): void {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify({
        method: request.method,
        url: request.url,
        headers: request.headers,
        body: Buffer.concat(chunks).toString(),
      }),
    );
  });
}
