import type { AddressInfo } from 'node:net';
import { callbackify } from 'node:util';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import type { Envelope } from './mime.ts';

export interface ReceivedMail {
  envelope: Envelope;
  raw: Buffer;
  receivedAt: Date;
}

export interface TestInboxOptions {
  /** A loopback address: the server takes any login. */
  host: string;
  /** 0: a free one. */
  port: number;
  /** Stores the message. The sender hears "250 OK" only after it has resolved; when it rejects, the sender is asked to try again. */
  onMessage(mail: ReceivedMail): Promise<void>;
  /** For failures that no sender hears of, such as a broken connection. */
  onError?(error: Error): void;
  now?(): Date;
  /** Largest message; default 25 MB. */
  maxBytes?: number;
}

export interface TestInbox {
  host: string;
  port: number;
  /** What SMTP_URL would be: `smtp://127.0.0.1:port`. */
  url: string;
  close(): Promise<void>;
}

const MAX_BYTES = 25 * 1024 * 1024;

/**
 * The mail server that stands in while SMTP_URL is not set: real SMTP, delivered to the Inbox page instead of to the world.
 * @throws Error EADDRINUSE when the port is taken.
 */
export async function createTestInbox(options: TestInboxOptions): Promise<TestInbox> {
  const { host, onMessage, onError = () => {}, now = () => new Date(), maxBytes = MAX_BYTES } = options;
  const server = new SMTPServer({
    banner: 'Mailweave test inbox',
    authOptional: true,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    size: maxBytes,
    logger: false,
    maxClients: 100,
    socketTimeout: 60_000,
    closeTimeout: 1_000,
    onAuth: (auth, _session, done) => done(null, { user: auth.username ?? 'anyone' }),
    onData: (stream, session, done) => {
      callbackify(async () => onMessage(await receive(stream, session, now)))((error) =>
        error ? done(replyFor(error, maxBytes)) : done(null, 'stored in the test inbox'),
      );
    },
  });
  server.on('error', onError);
  await listen(server, options.port, host);
  const { port } = server.server.address() as AddressInfo;
  return {
    host,
    port,
    url: `smtp://${host.includes(':') ? `[${host}]` : host}:${port}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

class TooLarge extends Error {}

async function receive(
  stream: SMTPServerDataStream,
  session: SMTPServerSession,
  now: () => Date,
): Promise<ReceivedMail> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    // What comes after the limit is read to its end, as the protocol wants, and not kept.
    if (stream.sizeExceeded) chunks.length = 0;
    else chunks.push(chunk);
  }
  if (stream.sizeExceeded) throw new TooLarge();
  const { mailFrom, rcptTo } = session.envelope;
  const envelope = { from: mailFrom ? mailFrom.address : '', to: rcptTo.map(({ address }) => address) };
  return { envelope, raw: Buffer.concat(chunks), receivedAt: now() };
}

/** What the sender hears. The words of other errors stay inside. */
function replyFor(error: unknown, maxBytes: number): Error {
  return error instanceof TooLarge
    ? Object.assign(new Error(`message is larger than ${maxBytes} bytes`), { responseCode: 552 })
    : Object.assign(new Error('the message could not be stored, try again'), { responseCode: 451 });
}

function listen(server: SMTPServer, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(port, host, () => {
      server.server.off('error', reject);
      resolve();
    });
  });
}
