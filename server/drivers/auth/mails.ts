/** A mail that the product itself sends to a person: password reset, invitation, confirmation of an address. */
export interface SystemMail {
  to: string;
  subject: string;
  text: string;
  html: string;
}

/** Resolves when the mail is safely on its way (in the outbox), not when it has arrived. */
export type SendSystemMail = (mail: SystemMail) => Promise<void>;

interface Letter {
  to: string;
  subject: string;
  greeting: string;
  lines: readonly string[];
  action?: { label: string; url: string };
  closing: string;
}

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => escapes[character] ?? character);
}

/** One line, so that a person's name can never add a header or break the layout. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim().slice(0, 120);
}

function letter({ to, subject, greeting, lines, action, closing }: Letter): SystemMail {
  const paragraph = (line: string) =>
    `<p style="margin:0 0 16px;font-size:15px;line-height:1.55;color:#1b2130">${escapeHtml(line)}</p>`;
  const button = action
    ? `<p style="margin:24px 0"><a href="${escapeHtml(action.url)}" style="background:#5b5bd6;color:#ffffff;text-decoration:none;` +
      `padding:12px 20px;border-radius:8px;font-size:15px;font-weight:600;display:inline-block">${escapeHtml(action.label)}</a></p>` +
      `<p style="margin:0 0 16px;font-size:13px;color:#5d6778;word-break:break-all">${escapeHtml(action.url)}</p>`
    : '';
  return {
    to,
    subject: oneLine(subject),
    text: [greeting, ...lines, ...(action ? [`${action.label}:\n${action.url}`] : []), closing].join('\n\n') + '\n',
    html:
      '<div style="background:#f7f8fa;padding:32px 16px;font-family:Inter,Segoe UI,Helvetica,Arial,sans-serif">' +
      '<div style="max-width:520px;margin:0 auto;background:#ffffff;border:1px solid #e4e7ec;border-radius:14px;padding:32px">' +
      `${paragraph(greeting)}${lines.map(paragraph).join('')}${button}` +
      `<p style="margin:0;font-size:13px;line-height:1.5;color:#5d6778">${escapeHtml(closing)}</p></div></div>`,
  };
}

export function resetPasswordMail(person: { name: string; email: string }, url: string): SystemMail {
  return letter({
    to: person.email,
    subject: 'Reset your Mailweave password',
    greeting: `Hello ${oneLine(person.name)},`,
    lines: ['Someone asked for a new password for your Mailweave account. The link works for one hour, once.'],
    action: { label: 'Choose a new password', url },
    closing: 'If it was not you, do nothing: your password stays as it is.',
  });
}

export function verifyAddressMail(person: { name: string; email: string }, url: string): SystemMail {
  return letter({
    to: person.email,
    subject: 'Confirm your address for Mailweave',
    greeting: `Hello ${oneLine(person.name)},`,
    lines: ['Please confirm that this address is yours, then you can sign in. The link works for one hour.'],
    action: { label: 'Confirm the address', url },
    closing: 'If you did not sign up, do nothing.',
  });
}

export function alreadyRegisteredMail(person: { name: string; email: string }, publicUrl: string): SystemMail {
  return letter({
    to: person.email,
    subject: 'You already have a Mailweave account',
    greeting: `Hello ${oneLine(person.name)},`,
    lines: ['Someone tried to sign up with this address. You have an account already: sign in, or reset the password.'],
    action: { label: 'Sign in', url: `${publicUrl}/sign-in` },
    closing: 'If it was not you, do nothing: nothing has changed.',
  });
}

export function invitationMail(
  invitation: { email: string; inviter: string; workspace: string; role: string },
  url: string,
): SystemMail {
  const inviter = oneLine(invitation.inviter);
  const workspace = oneLine(invitation.workspace);
  return letter({
    to: invitation.email,
    subject: `${inviter} invites you to ${workspace} on Mailweave`,
    greeting: 'Hello,',
    lines: [
      `${inviter} invites you to the workspace “${workspace}” as ${invitation.role}. The link works for seven days.`,
    ],
    action: { label: 'See the invitation', url },
    closing: 'If you do not know what this is about, do nothing.',
  });
}
