import pg from 'pg';

/** One connection that listens and notifies, and comes back when it is lost. */
export interface Channel {
  readonly isUp: boolean;
  /** Resolves when the payloads are with PostgreSQL; rejects when the connection is down. */
  send(payloads: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

export interface ChannelOptions {
  url: string;
  onPayload(payload: string): void;
  /** The connection stands, again or for the first time. */
  onUp(): void;
  onDown(): void;
  report(error: unknown): void;
}

const channelName = 'mailweave';
const firstRetryMs = 250;
const retryMs = 1_000;

/**
 * Its NOTIFYs are transactions of their own, which write nothing and wait for no disk: inside the journal's they would make all commits of
 * the server queue up.
 */
export async function openChannel({ url, onPayload, onUp, onDown, report }: ChannelOptions): Promise<Channel> {
  let client: pg.Client | null = null;
  let closed = false;
  let retry: NodeJS.Timeout | undefined;

  async function connect(): Promise<void> {
    const next = new pg.Client({ connectionString: url, application_name: 'mailweave-bus', keepAlive: true });
    next.on('error', report);
    next.on('notification', ({ payload }) => {
      if (payload !== undefined) onPayload(payload);
    });
    next.on('end', () => {
      if (client !== next) return;
      client = null;
      onDown();
      if (!closed) retry = setTimeout(reconnect, firstRetryMs);
    });
    await next.connect();
    await next.query(`SET synchronous_commit = off; LISTEN ${channelName}`);
    if (closed) return next.end();
    client = next;
    onUp();
  }

  function reconnect(): void {
    connect().catch((error: unknown) => {
      report(error);
      if (!closed) retry = setTimeout(reconnect, retryMs);
    });
  }

  await connect();
  return {
    get isUp() {
      return client !== null;
    },
    async send(payloads) {
      if (!client) throw new Error('The connection of the message bus is down.');
      await client.query({
        name: 'bus-notify',
        text: `SELECT pg_notify('${channelName}', payload) FROM unnest($1::text[]) AS payload`,
        values: [payloads],
      });
    },
    async close() {
      closed = true;
      clearTimeout(retry);
      await client?.end();
    },
  };
}
