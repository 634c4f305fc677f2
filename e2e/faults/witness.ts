import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { startSmtpFake, type SmtpFault, type SmtpMoment } from '../../server/drivers/mail/fake.ts';
import type { Random } from './random.ts';

/** One effect as the other side saw it. `what` says for which run, step and item; it comes from the payload, not from the key. */
export interface SeenEffect {
  what: string;
  /** The idempotency key of a call, the Message-ID of a mail. */
  key: string;
  /** Milliseconds since the epoch. */
  at: number;
}

/** The other side of all effects: it counts, and it misbehaves now and then. */
export interface Witness {
  /** Where to POST a body whose text is the name of the effect. */
  callUrl: string;
  callPort: number;
  smtpUrl: string;
  calls: SeenEffect[];
  mails: SeenEffect[];
  /** From now on it answers everything well. */
  behave(): void;
  close(): Promise<void>;
}

export async function startWitness(random: Random): Promise<Witness> {
  let naughty = true;
  const calls: SeenEffect[] = [];
  const mails: SeenEffect[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('error', () => {});
    request.on('end', async () => {
      const what = Buffer.concat(chunks).toString('utf8');
      calls.push({ what, key: String(request.headers['idempotency-key']), at: Date.now() });
      await sleep(random.between(2, 60));
      const status = naughty && random.chance(0.03) ? 503 : 200;
      response.writeHead(status, { 'content-type': 'application/json' }).end('{"ok":true}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  const smtp = await startSmtpFake();
  smtp.behave((moment) => {
    // Called in the same turn in which the message was stored.
    if (moment.point === 'stored') mails.push(seenMail(smtp.messages.at(-1)!.raw.toString('latin1')));
    return naughty ? mishap(moment, random) : undefined;
  });
  return {
    callUrl: `http://127.0.0.1:${port}/`,
    callPort: port,
    smtpUrl: smtp.url,
    calls,
    mails,
    behave: () => {
      naughty = false;
    },
    close: async () => {
      await Promise.all([smtp.close(), closeServer(server)]);
    },
  };
}

/** 4xx, 5xx, silence, slowness, and lines that break before and after the message was taken. */
function mishap({ point }: SmtpMoment, random: Random): SmtpFault | undefined {
  switch (point) {
    case 'mail':
      return random.chance(0.2) ? { delayMs: random.between(5, 80) } : undefined;
    case 'rcpt':
      return random.chance(0.04) ? { reply: '451 4.7.1 greylisted, come back' } : undefined;
    case 'final':
      if (random.chance(0.01)) return { reply: '554 5.7.1 not wanted here' };
      if (random.chance(0.01)) return 'hang';
      return random.chance(0.03) ? 'drop' : undefined;
    case 'stored':
      if (random.chance(0.01)) return 'hang';
      return random.chance(0.03) ? 'drop' : undefined;
    case 'greeting':
    case 'auth':
    case 'data':
    case 'content':
      return undefined;
  }
}

function seenMail(raw: string): SeenEffect {
  const header = (name: string): string => new RegExp(`^${name}: (.*)\\r$`, 'im').exec(raw)?.[1] ?? '';
  return { what: header('Subject'), key: header('Message-ID'), at: Date.now() };
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
