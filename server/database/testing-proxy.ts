import { createServer, connect, type AddressInfo, type Socket } from 'node:net';

/** What happens to a piece that a client sends: the line breaks before the server has seen it, or when the server's answer comes. */
export type Cut = 'before' | 'after' | undefined;

/** Stands between a pool and PostgreSQL and breaks lines where a test says so. */
export interface DatabaseProxy {
  url: string;
  /** Decides about each piece that clients send, as text; replaces the rule before it. */
  cut(rule: (sent: string) => Cut): void;
  /** Breaks all lines and takes no new ones; false: all is well again. */
  away(isAway: boolean): void;
  close(): Promise<void>;
}

export async function startDatabaseProxy(databaseUrl: string): Promise<DatabaseProxy> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let rule: (sent: string) => Cut = () => undefined;
  let isAway = false;

  const server = createServer((client) => {
    if (isAway) return void client.destroy();
    const upstream = connect(Number(target.port), target.hostname);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    let cutsAnswer = false;
    client.on('data', (chunk: Buffer) => {
      const cut = rule(chunk.toString('latin1'));
      if (cut === 'before') return void client.destroy();
      cutsAnswer ||= cut === 'after';
      upstream.write(chunk);
    });
    upstream.on('data', (chunk: Buffer) => {
      if (cutsAnswer) client.destroy();
      else client.write(chunk);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  target.hostname = '127.0.0.1';
  target.port = String((server.address() as AddressInfo).port);
  const url = target.href;
  target.href = databaseUrl;
  const breakAll = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url,
    cut: (next) => {
      rule = next;
    },
    away: (now) => {
      isAway = now;
      if (now) breakAll();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        breakAll();
      }),
  };
}
