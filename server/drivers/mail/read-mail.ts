import { simpleParser, type AddressObject, type Attachment, type ParsedMail } from 'mailparser';
import sanitizeHtml from 'sanitize-html';
import type { ParsedAttachment, ReadableMail } from './parse.ts';

const MAX_HTML = 1_000_000;
const MAX_TEXT = 500_000;
const MAX_HEADERS = 200;
const MAX_HEADER_VALUE = 4_000;

/** Parses a mail and cuts it at the limits. Throws for what is no mail. */
export async function readMail(raw: Buffer): Promise<ReadableMail> {
  return present(
    await simpleParser(raw, {
      skipTextToHtml: true,
      maxHtmlLengthToParse: MAX_HTML,
      maxInlinedImagesSize: 5_000_000,
      checksumAlgo: false,
      maxHeadSize: 256 * 1024,
      maxChildNodes: 200,
      formatDateString: (date) => date.toISOString(),
    }),
  );
}

function present(mail: ParsedMail): ReadableMail {
  return {
    messageId: mail.messageId ?? null,
    from: textsOf(mail.from)[0] ?? '',
    to: textsOf(mail.to),
    cc: textsOf(mail.cc),
    replyTo: textsOf(mail.replyTo)[0] ?? null,
    subject: (mail.subject ?? '').slice(0, 1_000),
    date: mail.date ?? null,
    html: typeof mail.html === 'string' && mail.html.length <= 8 * MAX_HTML ? cleanHtml(mail.html) : null,
    text: (mail.text ?? '').slice(0, MAX_TEXT),
    headers: mail.headerLines.slice(0, MAX_HEADERS).map(({ line }) => headerOf(line)),
    attachments: mail.attachments.map(presentAttachment),
  };
}

function textsOf(address: AddressObject | AddressObject[] | undefined): string[] {
  const mailboxes = [address ?? []].flat().flatMap(({ value }) => value.flatMap((entry) => entry.group ?? [entry]));
  return mailboxes.map(({ name, address: box }) => (name && box ? `${name} <${box}>` : (box ?? name)));
}

function headerOf(line: string): { name: string; value: string } {
  const colon = line.indexOf(':');
  const value = line
    .slice(colon + 1)
    .replaceAll(/\r?\n[ \t]*/g, ' ')
    .trim();
  return { name: line.slice(0, Math.max(colon, 0)).trim(), value: value.slice(0, MAX_HEADER_VALUE) };
}

function presentAttachment({ filename, contentType, size, content }: Attachment, index: number): ParsedAttachment {
  const name = (filename ?? '').replaceAll(/[\p{Cc}/\\]+/gu, '_').slice(0, 200);
  return { index, filename: name || `attachment-${index + 1}`, contentType, size, content };
}

const everywhere = [
  'align',
  'bgcolor',
  'class',
  'dir',
  'height',
  'id',
  'lang',
  'role',
  'style',
  'title',
  'valign',
  'width',
];

/** Allows what mails are made of. Styles may stay: the frame has neither network nor a way out. */
function cleanHtml(html: string): string {
  return sanitizeHtml(html, {
    allowedTags: [...sanitizeHtml.defaults.allowedTags, 'center', 'del', 'font', 'img', 'ins', 'style'],
    allowVulnerableTags: true,
    allowedAttributes: {
      '*': everywhere,
      a: ['href', 'name', 'target', 'rel'],
      font: ['color', 'face', 'size'],
      img: ['alt', 'src'],
      table: ['border', 'cellpadding', 'cellspacing'],
      td: ['colspan', 'rowspan'],
      th: ['colspan', 'rowspan'],
    },
    allowedSchemes: ['http', 'https', 'mailto', 'tel'],
    allowedSchemesByTag: { img: ['http', 'https', 'data'] },
    allowProtocolRelative: false,
    transformTags: { a: sanitizeHtml.simpleTransform('a', { target: '_blank', rel: 'noopener noreferrer' }) },
    // CSS has no use for it; markup hidden in a style element is how sanitisers are tricked.
    exclusiveFilter: ({ tag, text }) => tag === 'style' && text.includes('<'),
    parseStyleAttributes: false,
    nestingLimit: 200,
  });
}
