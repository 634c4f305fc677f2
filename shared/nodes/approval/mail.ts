import type { ApprovalRequest, MailContent } from '../contract.ts';
import { clip } from '../fields.ts';
import { escapeHtml } from '../html-text.ts';
import { instantInWords } from '../spans.ts';
import { payloadInWords } from './payload.ts';

const maxPayloadChars = 20_000;

/** The mail that asks for a decision. Its link only shows what is to be decided; the page behind it asks before anything happens. */
export function approvalMail(
  { title, message, payload, approvers, expiresAt }: ApprovalRequest,
  { url, reminder }: { url: string; reminder: boolean },
): MailContent {
  const subject = clip(`${reminder ? 'Reminder: ' : ''}${title}`, 300);
  const words = payloadInWords(payload);
  const shown = words.length > maxPayloadChars ? `${words.slice(0, maxPayloadChars)}…` : words;
  const until = expiresAt === null ? '' : `Open until ${instantInWords(expiresAt)}.`;
  const hint = ['The link shows it again and asks before anything happens.', until].filter(Boolean).join(' ');
  const text = [message.trim(), shown.trim(), `Approve or reject: ${url}`, hint].filter(Boolean).join('\n\n');
  return { to: [...approvers], cc: [], bcc: [], subject, text, html: html({ title, message, shown, url, hint }) };
}

function html(parts: { title: string; message: string; shown: string; url: string; hint: string }): string {
  const title = escapeHtml(parts.title);
  const lines = (text: string): string => escapeHtml(text.trim()).replaceAll('\n', '<br>');
  const message = parts.message.trim() === '' ? '' : `<p>${lines(parts.message)}</p>`;
  const shown =
    parts.shown.trim() === ''
      ? ''
      : `<div style="margin:16px 0;padding:14px 16px;border:1px solid #d5dae3;border-radius:10px;overflow-wrap:anywhere">${lines(parts.shown)}</div>`;
  return (
    `<div style="font:16px/1.5 system-ui,sans-serif;max-width:560px"><h2 style="font-size:20px">${title}</h2>${message}${shown}` +
    `<p><a href="${escapeHtml(parts.url)}" style="display:inline-block;padding:12px 20px;border-radius:10px;background:#5b5bd6;color:#fff;` +
    `font-weight:600;text-decoration:none">Approve or reject</a></p><p style="color:#5d6778;font-size:14px">${escapeHtml(parts.hint)}</p></div>`
  );
}
