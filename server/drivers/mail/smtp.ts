import { Readable } from 'node:stream';
import { createTransport } from 'nodemailer';
import { AppError } from '../../../shared/errors.ts';
import type { Envelope } from './mime.ts';
import { SmtpFailure, smtpError } from './smtp-error.ts';

export interface SmtpOptions {
  /** `smtp://user:password@host:port` (STARTTLS where offered) or `smtps://…` (TLS from the start). */
  url: string;
  /** Connections kept open at most; default 10, which large providers allow and a campaign needs. */
  maxConnections?: number;
  /** Until connected, and again until greeted; default 10 s. */
  connectTimeoutMs?: number;
  /** Silence of the server in a conversation; default 60 s. */
  silenceTimeoutMs?: number;
  /** For one message in all, waiting for a free connection included; default 120 s. */
  sendTimeoutMs?: number;
}

export interface SmtpReceipt {
  /** The server's final line. */
  response: string;
  accepted: string[];
  /** Recipients that the server refused while it took the message for others. */
  rejected: string[];
}

export interface SmtpTransport {
  /**
   * Hands one message to the server; never twice. The bytes on the wire are `raw`, its lines ended with CRLF.
   * @throws AppError mail_unreachable (retryable, certainly not delivered), mail_rejected (retryable for 4xx), mail_uncertain (the
   * connection broke after the whole message was out), timeout or cancelled (certainly not delivered).
   */
  send(raw: Buffer, envelope: Envelope, signal?: AbortSignal): Promise<SmtpReceipt>;
  /** Connects and logs in without sending. @throws AppError as `send`. */
  verify(): Promise<void>;
  /** Ends the connections; messages under way are finished first. */
  close(): void;
}

const CHUNK = 16_384;

/** A pool of connections to the SMTP server of `url`. */
export function createSmtpTransport(options: SmtpOptions): SmtpTransport {
  const place = serverOf(options.url);
  const pool = createTransport({
    pool: true,
    url: options.url,
    maxConnections: options.maxConnections ?? 10,
    maxMessages: 1_000,
    // The pool would hand a message to a second connection when the first one breaks; whether that is safe is decided here.
    maxRequeues: 0,
    connectionTimeout: options.connectTimeoutMs ?? 10_000,
    greetingTimeout: options.connectTimeoutMs ?? 10_000,
    dnsTimeout: options.connectTimeoutMs ?? 10_000,
    socketTimeout: options.silenceTimeoutMs ?? 60_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  pool.use('stream', (mail, done) => {
    // nodemailer reads ahead of the server's "354 go on"; our stream is read only after it, so that its end means something.
    const source = mail.data.raw as OutgoingMessage;
    mail.message.createReadStream = () => source;
    done();
  });

  async function attempt(raw: Buffer, envelope: Envelope, signal: AbortSignal): Promise<SmtpReceipt> {
    const message = new OutgoingMessage(raw);
    try {
      const info = await pool.sendMail({ raw: message, envelope: { ...envelope }, signal, maxRecipients: 0 });
      return { response: info.response, accepted: addresses(info.accepted), rejected: addresses(info.rejected) };
    } catch (error) {
      throw new SmtpFailure(error, message.handedOver, message.begun);
    }
  }

  return {
    async send(raw, envelope, signal) {
      const deadline = AbortSignal.timeout(options.sendTimeoutMs ?? 120_000);
      const both = signal ? AbortSignal.any([signal, deadline]) : deadline;
      try {
        return await attempt(raw, envelope, both).catch((failure: unknown) => {
          // A kept connection that the server has closed meanwhile says nothing about the server: once more, on a new one.
          if (failure instanceof SmtpFailure && failure.wasStale) return attempt(raw, envelope, both);
          throw failure;
        });
      } catch (failure) {
        throw smtpError(failure, { ...place, cancelled: signal?.aborted === true, late: deadline.aborted });
      }
    },
    async verify() {
      try {
        await pool.verify();
      } catch (error) {
        throw smtpError(new SmtpFailure(error, false, false), { ...place, cancelled: false, late: false });
      }
    },
    close: () => pool.close(),
  };
}

/**
 * The message as the stream that goes to the server after its "354". Read in small pieces, so that `handedOver` becomes true only
 * when everything before the last piece has left for the socket: while it is false the server cannot have seen the final dot.
 */
class OutgoingMessage extends Readable {
  readonly #raw: Buffer;
  #position = 0;
  begun = false;
  handedOver = false;

  constructor(raw: Buffer) {
    super({ highWaterMark: CHUNK });
    this.#raw = raw;
    this.once('end', () => {
      this.handedOver = true;
    });
  }

  override _read(): void {
    this.begun = true;
    const chunk = this.#raw.subarray(this.#position, this.#position + CHUNK);
    this.#position += chunk.length;
    this.push(chunk.length === 0 ? null : chunk);
  }
}

function addresses(list: readonly (string | { address: string })[]): string[] {
  return list.map((entry) => (typeof entry === 'string' ? entry : entry.address));
}

/** @throws AppError bad_request, without repeating the URL: it may hold a password. */
function serverOf(url: string): { server: string } {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (!parsed || !/^smtps?:$/.test(parsed.protocol) || parsed.hostname === '') {
    throw new AppError('bad_request', 'SMTP_URL must look like smtp://user:password@mail.example.com:587.');
  }
  return { server: `${parsed.hostname}:${parsed.port || (parsed.protocol === 'smtps:' ? 465 : 587)}` };
}
