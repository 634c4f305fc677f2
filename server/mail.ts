import { randomUUID } from 'node:crypto';
import type { Config } from './config.ts';
import { parseAddress } from './drivers/mail/address.ts';
import type { SendSystemMail } from './drivers/auth/mails.ts';
import { composeMail, envelopeOf } from './drivers/mail/mime.ts';
import { createSmtpTransport, type SmtpTransport } from './drivers/mail/smtp.ts';
import { createTestInbox, type ReceivedMail } from './drivers/mail/test-inbox.ts';

/** The way out for all mail: the server of SMTP_URL, or the built-in one on loopback that files what it gets in the Inbox. */
export interface MailDoor {
  smtp: SmtpTransport;
  builtIn: boolean;
  from: string;
  /** Right-hand side of Message-IDs. */
  domain: string;
  /** The product's own mails: invitations, password resets. */
  sendSystemMail: SendSystemMail;
  close(): Promise<void>;
}

export async function openMailDoor(
  config: Config,
  onMessage: (mail: ReceivedMail) => Promise<void>,
  say: (line: string) => void,
): Promise<MailDoor> {
  const { smtpUrl, from } = config.mail;
  const inbox = smtpUrl ? null : await createTestInbox({ host: '127.0.0.1', port: 0, onMessage });
  if (inbox) say(`Test inbox listens for mail on ${inbox.host}:${inbox.port}; set SMTP_URL to send to the world`);
  const smtp = createSmtpTransport({ url: inbox?.url ?? smtpUrl!.reveal() });
  const domain = parseAddress(from).address.split('@')[1] ?? 'localhost';
  return {
    smtp,
    builtIn: inbox !== null,
    from,
    domain,
    async sendSystemMail({ to, subject, text, html }) {
      const content = { to: [to], cc: [], bcc: [], subject, text, html };
      const raw = await composeMail(content, { messageId: `<${randomUUID()}@${domain}>`, date: new Date(), from });
      await smtp.send(raw, envelopeOf(content, from));
      // Nobody who is signed out can open the Inbox, so whoever runs this machine gets the link here.
      if (inbox) say(`Mail to ${to}: “${subject}” ${/https?:\/\/\S+/.exec(text)?.[0] ?? ''}`);
    },
    async close() {
      smtp.close();
      await inbox?.close();
    },
  };
}
