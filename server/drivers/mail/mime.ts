import { createHash } from 'node:crypto';
import MailComposer from 'nodemailer/lib/mail-composer';
import type { MailContent } from '../../../shared/nodes/contract.ts';
import { isOneLine, oneLine, parseAddress } from './address.ts';

/** Who the SMTP server is told to send from and to. Bare addresses. */
export interface Envelope {
  from: string;
  to: string[];
}

export interface ComposeOptions {
  /** With its angle brackets: `<unique@host>`. The same for every attempt. */
  messageId: string;
  date: Date;
  /** Used where the content names no sender. */
  from: string;
  /** Ours only; nothing of a user gets here. Names and values of one line. */
  headers?: Readonly<Record<string, string>>;
}

const MESSAGE_ID = /^<[^\s<>@]+@[^\s<>@]+>$/;
const HEADER_NAME = /^[A-Za-z][A-Za-z0-9-]*$/;
const CONTENT_TYPE = /^[\w.+-]+\/[\w.+-]+(?:; ?charset=[\w-]+)?$/;

/**
 * The message as it goes over the wire. Same input, same bytes: the boundary is made from the Message-ID and the content, and
 * nothing else in it varies. Recipients of `bcc` are in the envelope only.
 * @throws AppError bad_request for an address that is none.
 */
export async function composeMail(content: MailContent, options: ComposeOptions): Promise<Buffer> {
  if (!MESSAGE_ID.test(options.messageId)) throw new Error(`not a Message-ID: ${options.messageId}`);
  const bothBodies = content.html !== undefined && content.html !== '';
  const composer = new MailComposer({
    messageId: options.messageId,
    date: options.date,
    from: parseAddress(content.from ?? options.from),
    ...(content.replyTo ? { replyTo: parseAddress(content.replyTo) } : {}),
    to: content.to.map(parseAddress),
    cc: content.cc.map(parseAddress),
    subject: oneLine(content.subject),
    text: content.text,
    ...(bothBodies ? { html: content.html } : {}),
    headers: checkedHeaders(options.headers ?? {}),
    attachments: (content.attachments ?? []).map(({ filename, contentType, contentBase64 }) => ({
      filename: oneLine(filename).replaceAll(/[/\\]/g, '_') || 'attachment',
      contentType: CONTENT_TYPE.test(contentType) ? contentType : 'application/octet-stream',
      content: Buffer.from(contentBase64, 'base64'),
    })),
    baseBoundary: boundaryOf(content, options.messageId),
    newline: 'windows',
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composer.compile().build();
}

/** The envelope of a mail: sender and every recipient once, in the order to, cc, bcc. */
export function envelopeOf(content: MailContent, from: string): Envelope {
  const recipients = [...content.to, ...content.cc, ...content.bcc].map((text) => parseAddress(text).address);
  const seen = new Set<string>();
  const to = recipients.filter((address) => {
    const key = address.toLowerCase();
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
  return { from: parseAddress(content.from ?? from).address, to };
}

/**
 * SHA-256 (hex) of everything a person sees when confirming a mail. Equal hashes: the same sender, recipients, subject, bodies and
 * attachments. The Message-ID, the date and our own headers are not part of it.
 */
export function mailHash(content: MailContent): string {
  const canonical = [
    content.from ?? null,
    content.replyTo ?? null,
    content.to,
    content.cc,
    content.bcc,
    content.subject,
    content.text,
    content.html ?? null,
    (content.attachments ?? []).map((file) => [file.filename, file.contentType, file.contentBase64]),
  ];
  return createHash('sha256').update(JSON.stringify(canonical)).digest('hex');
}

function boundaryOf(content: MailContent, messageId: string): string {
  // A hash over the content cannot also stand in the content, so no body can close its own part.
  return createHash('sha256').update(messageId).update(mailHash(content)).digest('hex').slice(0, 32);
}

function checkedHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  for (const [name, value] of Object.entries(headers)) {
    if (!HEADER_NAME.test(name) || !isOneLine(value)) throw new Error(`header ${JSON.stringify(name)} cannot be sent`);
  }
  return { ...headers };
}
