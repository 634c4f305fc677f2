import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Where in the conversation a fault strikes. `content`: in the middle of the message. `final`: after the final dot, nothing stored.
 * `stored`: the message is stored, but the client does not hear of it.
 */
export type SmtpPoint = 'greeting' | 'auth' | 'mail' | 'rcpt' | 'data' | 'content' | 'final' | 'stored';

/** `reply` is sent in place of the usual one; `hang` never answers; `drop` destroys the connection; `delayMs` answers late. */
export type SmtpFault = { reply: string } | { delayMs: number } | 'hang' | 'drop';

export interface SmtpMoment {
  point: SmtpPoint;
  /** Connections are counted from 1. */
  connection: number;
  /** Messages begun (MAIL FROM) over all connections, from 1. */
  message: number;
  /** The argument of the command: the recipient at `rcpt`, `user:password` at `auth`. */
  argument: string;
}

export interface FakeMessage {
  from: string;
  to: string[];
  /** Dots unstuffed; lines end with CRLF. */
  raw: Buffer;
}

export interface SmtpFake {
  host: string;
  port: number;
  /** `smtp://127.0.0.1:port` */
  url: string;
  /** Everything stored, duplicates included, oldest first. */
  messages: FakeMessage[];
  counts: { connections: number; open: number; begun: number };
  /** Decides what goes wrong; absent answers mean that all is well. Replaces the rule before it. */
  behave(rule: (moment: SmtpMoment) => SmtpFault | undefined): void;
  close(): Promise<void>;
}

/** A mail server for tests and benches that speaks real SMTP on a real socket and misbehaves on request. */
export async function startSmtpFake(options: { host?: string; port?: number } = {}): Promise<SmtpFake> {
  const host = options.host ?? '127.0.0.1';
  const sockets = new Set<Socket>();
  const state: FakeState = { messages: [], counts: { connections: 0, open: 0, begun: 0 }, rule: () => undefined };
  const server = createServer((socket) => {
    sockets.add(socket);
    state.counts.open++;
    socket.setNoDelay(true);
    socket.on('error', () => {});
    socket.on('close', () => {
      sockets.delete(socket);
      state.counts.open--;
    });
    void new Conversation(socket, state, ++state.counts.connections).run();
  });
  server.listen(options.port ?? 0, host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    host,
    port,
    url: `smtp://${host}:${port}`,
    messages: state.messages,
    counts: state.counts,
    behave: (rule) => {
      state.rule = rule;
    },
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

interface FakeState {
  messages: FakeMessage[];
  counts: { connections: number; open: number; begun: number };
  rule: (moment: SmtpMoment) => SmtpFault | undefined;
}

/** Thrown to leave a conversation that a fault ended. */
class Ended extends Error {}

class Conversation {
  readonly #socket: Socket;
  readonly #state: FakeState;
  readonly #connection: number;
  readonly #chunks: AsyncIterator<Buffer>;
  #buffer = Buffer.alloc(0);
  #message = 0;
  #from = '';
  #to: string[] = [];

  constructor(socket: Socket, state: FakeState, connection: number) {
    this.#socket = socket;
    this.#state = state;
    this.#connection = connection;
    this.#chunks = socket[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  }

  async run(): Promise<void> {
    try {
      await this.#answer('greeting', '', '220 fake ESMTP');
      for (let line = await this.#line(); line !== undefined; line = await this.#line()) await this.#command(line);
      this.#socket.end();
    } catch (error) {
      if (!(error instanceof Ended)) this.#socket.destroy();
    }
  }

  async #command(line: string): Promise<void> {
    const verb = line.slice(0, 4).toUpperCase();
    switch (verb) {
      case 'EHLO':
        return this.#say(
          '250-fake\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250-AUTH PLAIN\r\n250 SIZE 26214400',
        );
      case 'HELO':
      case 'NOOP':
        return this.#say('250 fake');
      case 'RSET':
        this.#to = [];
        return this.#say('250 reset');
      case 'AUTH':
        return this.#auth(line);
      case 'MAIL':
        this.#message = ++this.#state.counts.begun;
        this.#from = pathOf(line);
        this.#to = [];
        return void (await this.#answer('mail', this.#from, '250 sender ok'));
      case 'RCPT':
        if (await this.#answer('rcpt', pathOf(line), '250 recipient ok')) this.#to.push(pathOf(line));
        return;
      case 'DATA':
        return this.#data();
      case 'QUIT':
        this.#say('221 bye');
        this.#socket.end();
        throw new Ended();
      default:
        return this.#say('502 not implemented');
    }
  }

  async #auth(line: string): Promise<void> {
    const [user = '', password = ''] = Buffer.from(line.split(' ')[2] ?? '', 'base64')
      .toString()
      .split('\0')
      .slice(1);
    await this.#answer('auth', `${user}:${password}`, '235 welcome');
  }

  async #data(): Promise<void> {
    if (this.#to.length === 0) return this.#say('503 no recipients');
    if (!(await this.#answer('data', '', '354 go on'))) return;
    const raw = await this.#content();
    if (!(await this.#allows('final', ''))) return;
    this.#state.messages.push({ from: this.#from, to: this.#to, raw });
    await this.#answer('stored', '', `250 OK queued as ${this.#state.messages.length}`);
  }

  /** Gives way to a fault, else sends the usual reply. @returns whether the usual reply was sent. */
  async #answer(point: SmtpPoint, argument: string, usual: string): Promise<boolean> {
    if (!(await this.#allows(point, argument))) return false;
    this.#say(usual);
    return true;
  }

  async #allows(point: SmtpPoint, argument: string): Promise<boolean> {
    const fault = this.#state.rule({ point, connection: this.#connection, message: this.#message, argument });
    if (fault === undefined) return true;
    if (fault === 'drop') {
      this.#socket.destroy();
      throw new Ended();
    }
    if (fault === 'hang') {
      await once(this.#socket, 'close');
      throw new Ended();
    }
    if ('delayMs' in fault) {
      await sleep(fault.delayMs, undefined, { ref: false });
      return true;
    }
    this.#say(fault.reply);
    if (fault.reply.startsWith('421')) this.#socket.end();
    return false;
  }

  #say(reply: string): void {
    if (this.#socket.writable) this.#socket.write(`${reply}\r\n`);
  }

  async #line(): Promise<string | undefined> {
    let end = this.#buffer.indexOf('\r\n');
    while (end < 0) {
      if (!(await this.#more())) return undefined;
      end = this.#buffer.indexOf('\r\n');
    }
    return this.#take(end, 2).toString();
  }

  async #content(): Promise<Buffer> {
    if (this.#buffer.length === 0 && !(await this.#more())) throw new Ended();
    await this.#allows('content', '');
    let searched = 0;
    let end = this.#buffer.indexOf('\r\n.\r\n');
    while (end < 0) {
      searched = Math.max(0, this.#buffer.length - 4);
      if (!(await this.#more())) throw new Ended();
      end = this.#buffer.indexOf('\r\n.\r\n', searched);
    }
    const stuffed = this.#take(end + 2, 3).toString('latin1');
    return Buffer.from(stuffed.replaceAll(/(^|\r\n)\.\./g, '$1.'), 'latin1');
  }

  #take(length: number, separator: number): Buffer {
    const taken = this.#buffer.subarray(0, length);
    this.#buffer = this.#buffer.subarray(length + separator);
    return taken;
  }

  async #more(): Promise<boolean> {
    const { value, done } = await this.#chunks.next();
    if (done) return false;
    this.#buffer = Buffer.concat([this.#buffer, value]);
    return true;
  }
}

function pathOf(line: string): string {
  return /<([^>]*)>/.exec(line)?.[1] ?? '';
}
