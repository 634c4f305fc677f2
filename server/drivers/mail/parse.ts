export interface ParsedAttachment {
  /** Position in the mail, from 0. */
  index: number;
  filename: string;
  contentType: string;
  /** Bytes, decoded. */
  size: number;
  content: Buffer;
}

export interface ReadableMail {
  messageId: string | null;
  from: string;
  to: string[];
  cc: string[];
  replyTo: string | null;
  subject: string;
  date: Date | null;
  /** Without scripts, forms and event handlers. It may still name remote images and styles: show it in a sandboxed frame without network. */
  html: string | null;
  text: string;
  /** In their order, unfolded, not decoded. */
  headers: { name: string; value: string }[];
  attachments: ParsedAttachment[];
}

const MAX_TEXT = 500_000;

/**
 * Reads a mail of whatever origin. Never fails: what cannot be parsed is given as text. Bodies and headers are cut at limits.
 */
export async function parseMail(raw: Buffer): Promise<ReadableMail> {
  try {
    // The parser and its sanitizer are 10 MB of code that many servers never need.
    const { readMail } = await import('./read-mail.ts');
    return await readMail(raw);
  } catch {
    const text = raw.subarray(0, MAX_TEXT).toString('utf8');
    return {
      messageId: null,
      from: '',
      to: [],
      cc: [],
      replyTo: null,
      subject: '',
      date: null,
      html: null,
      text,
      headers: [],
      attachments: [],
    };
  }
}

/** The first words of a mail, on one line. */
export function snippetOf(mail: Pick<ReadableMail, 'text'>, length = 160): string {
  return mail.text.slice(0, 2_000).replaceAll(/\s+/g, ' ').trim().slice(0, length);
}
