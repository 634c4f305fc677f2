import { escapeHtml } from './html-text.ts';
import type { MailContent } from './contract.ts';

/**
 * The mail as its author gets it to look at: the same text and attachments, to one address only, and marked as a test in the subject and on top.
 * Nobody else is named in its headers; whom it would have gone to stands in the text.
 */
export function asTestMail(mail: MailContent, address: string): MailContent {
  const note = `This is a test. The mail would go to ${recipientsInWords(mail)}.`;
  const { replyTo: _replyTo, ...rest } = mail;
  return {
    ...rest,
    to: [address],
    cc: [],
    bcc: [],
    subject: `[Test] ${mail.subject}`,
    text: `${note}\n\n${mail.text}`,
    ...(mail.html === undefined ? {} : { html: withNote(mail.html, note) }),
  };
}

const mostNamed = 5;

function recipientsInWords({ to, cc, bcc }: MailContent): string {
  const all = [...to, ...cc, ...bcc];
  const named = all.slice(0, mostNamed).join(', ');
  return all.length > mostNamed ? `${named} and ${all.length - mostNamed} more` : named;
}

function withNote(html: string, note: string): string {
  const banner = `<p style="margin:0 0 16px;padding:10px 14px;border:1px solid #d4a017;border-radius:8px;background:#fff8e1;color:#3d2f00;font:14px/1.4 sans-serif">${escapeHtml(note)}</p>`;
  const body = /<body[^>]*>/i.exec(html);
  if (!body) return `${banner}${html}`;
  const at = body.index + body[0].length;
  return `${html.slice(0, at)}${banner}${html.slice(at)}`;
}
