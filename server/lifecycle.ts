import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { isOutage } from './outage.ts';
import { StartupError } from './startup-error.ts';

/** What a part is called and how it is closed. */
export type Closer = readonly [name: string, close: () => Promise<void> | void];

const PATIENCE_MS = 30_000;
const START_PATIENCE_MS = 60_000;

/**
 * Closes everything on SIGTERM, SIGINT or SIGHUP, the last made first, and ends the process: 0 when all went well, 1 when a
 * part failed to close or took too long. Further signals change nothing, since Ctrl-C may arrive more than once.
 */
export function shutDownOnSignals(closers: Closer[], say: (line: string) => void): void {
  let closing = false;
  const shutDown = async (signal: string) => {
    if (closing) return;
    closing = true;
    say(`${signal}: stopping …`);
    setTimeout(() => {
      console.error(`Stopping took longer than ${PATIENCE_MS / 1000} s; giving up.`);
      process.exit(1);
    }, PATIENCE_MS).unref();
    const clean = await closeAll(closers);
    say('stopped');
    process.exit(clean ? 0 : 1);
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => void shutDown(signal));
}

/**
 * Begins again, from the beginning, while the database goes away in the middle of the start: for a minute, as it is waited for before.
 * @throws what `begin` threw last.
 */
export async function startPatiently(
  begin: () => Promise<void>,
  closers: Closer[],
  say: (line: string) => void,
): Promise<void> {
  const deadline = performance.now() + START_PATIENCE_MS;
  for (;;) {
    try {
      return await begin();
    } catch (error) {
      if (!isOutage(error) || performance.now() > deadline) throw error;
      say('The database went away during the start; beginning again …');
      await closeAll(closers.splice(0));
      await sleep(500);
    }
  }
}

/** One part that fails to close keeps none of the others open. @returns whether all closed well. */
export async function closeAll(closers: readonly Closer[]): Promise<boolean> {
  let clean = true;
  for (const [name, close] of closers.toReversed()) {
    try {
      await close();
    } catch (error) {
      clean = false;
      console.error(`Closing the ${name} failed:`, error);
    }
  }
  return clean;
}

/**
 * Starts listening.
 * @returns the port, which the system chose when the wanted one is 0.
 * @throws StartupError with the remedy when the port is taken or forbidden.
 */
export async function listen(
  server: Server,
  { port, host }: { port: number; host: string | undefined },
  closers: Closer[],
): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explain(error, port)));
    server.listen({ port, ...(host ? { host } : {}) }, resolve);
  });
  closers.push(['web server', () => closeServer(server)]);
  return (server.address() as AddressInfo).port;
}

function explain(error: NodeJS.ErrnoException, port: number): Error {
  const why = { EADDRINUSE: 'is taken by another program', EACCES: 'may not be used by this account' }[
    error.code ?? ''
  ];
  return why
    ? new StartupError(`Port ${port} ${why}. Set PORT to another one, for example PORT=${port + 1} npm start`)
    : error;
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
    // Streams and sockets that people keep open would hold us for ever.
    setTimeout(() => server.closeAllConnections(), 5_000).unref();
  });
}
