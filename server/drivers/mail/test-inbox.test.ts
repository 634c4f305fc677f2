import { afterEach, describe, expect, it } from 'vitest';
import { createSmtpTransport, type SmtpTransport } from './smtp.ts';
import { createTestInbox, type ReceivedMail, type TestInbox, type TestInboxOptions } from './test-inbox.ts';

const envelope = { from: 'shop@example.com', to: ['ada@example.com', 'bob@example.com'] };
const raw = Buffer.from('Subject: hi\r\n\r\nhello\r\n.\r\nend\r\n');
const running: { inbox?: TestInbox; smtp?: SmtpTransport } = {};

afterEach(async () => {
  running.smtp?.close();
  await running.inbox?.close();
});

async function start(onMessage: TestInboxOptions['onMessage'], login = '', port = 0): Promise<SmtpTransport> {
  running.inbox = await createTestInbox({
    host: '127.0.0.1',
    port,
    onMessage,
    now: () => new Date(0),
    maxBytes: 200_000,
  });
  running.smtp = createSmtpTransport({ url: running.inbox.url.replace('//', `//${login}`) });
  return running.smtp;
}

describe('the test inbox', () => {
  it.each(['', 'anyone:anything@'])('takes mail with the login %j and hands it over unchanged', async (login) => {
    const received: ReceivedMail[] = [];
    const smtp = await start(async (mail) => void received.push(mail), login);
    const receipt = await smtp.send(raw, envelope);
    expect(receipt.response).toMatch(/^250 .*stored/);
    expect(received).toEqual([{ envelope, raw, receivedAt: new Date(0) }]);
  });

  it('confirms only what was stored', async () => {
    let attempts = 0;
    const smtp = await start(async () => {
      if (++attempts === 1) throw new Error('disk full at /secret/path');
    });
    const error: unknown = await smtp.send(raw, envelope).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'mail_rejected', retryable: true });
    expect(String(error)).not.toContain('secret');
    await smtp.send(raw, envelope);
    expect(attempts).toBe(2);
  });

  it('refuses what is larger than its limit', async () => {
    const received: ReceivedMail[] = [];
    const smtp = await start(async (mail) => void received.push(mail));
    const large = Buffer.alloc(250_000, 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\r\n');
    await expect(smtp.send(large, envelope)).rejects.toMatchObject({ code: 'mail_rejected', retryable: false });
    expect(received).toEqual([]);
    await smtp.send(raw, envelope);
    expect(received).toHaveLength(1);
  });

  it('takes the null sender of bounces', async () => {
    const received: ReceivedMail[] = [];
    const smtp = await start(async (mail) => void received.push(mail));
    await smtp.send(raw, { from: '', to: ['ada@example.com'] });
    expect(received[0]?.envelope).toEqual({ from: '', to: ['ada@example.com'] });
  });

  it('says when its port is taken', async () => {
    await start(async () => {});
    const again = createTestInbox({ host: '127.0.0.1', port: running.inbox?.port ?? 0, onMessage: async () => {} });
    await expect(again).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});
