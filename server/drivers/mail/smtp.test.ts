import { once } from 'node:events';
import { SMTPServer } from 'smtp-server';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../../shared/errors.ts';
import { startSmtpFake, type SmtpFake, type SmtpFault, type SmtpPoint } from './fake.ts';
import { composeMail } from './mime.ts';
import { createSmtpTransport, type SmtpOptions, type SmtpTransport } from './smtp.ts';

const envelope = { from: 'shop@example.com', to: ['ada@example.com'] };
const raw = Buffer.from('Subject: hi\r\n\r\n.dot\r\n..two\r\nend\r\n');

let fake: SmtpFake;
let open: SmtpTransport[] = [];

beforeEach(async () => {
  fake = await startSmtpFake();
});
afterEach(async () => {
  for (const transport of open) transport.close();
  open = [];
  await fake.close();
});

function transport(options: Partial<SmtpOptions> = {}): SmtpTransport {
  const made = createSmtpTransport({ url: fake.url, connectTimeoutMs: 8_000, silenceTimeoutMs: 8_000, ...options });
  open.push(made);
  return made;
}

/** The fault strikes at this point, the first time only unless `always`. */
function fault(point: SmtpPoint, act: SmtpFault, always = true): void {
  let left = always ? Infinity : 1;
  fake.behave((moment) => (moment.point === point && left-- > 0 ? act : undefined));
}

async function failure(work: Promise<unknown>): Promise<AppError> {
  const error = await work.then(
    () => new Error('it did not fail'),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof AppError)) throw error;
  return error;
}

describe('send', () => {
  it('delivers the very bytes to the envelope and returns the final line', async () => {
    const receipt = await transport().send(raw, { ...envelope, to: ['ada@example.com', 'bob@example.com'] });
    expect(receipt).toEqual({
      response: '250 OK queued as 1',
      accepted: ['ada@example.com', 'bob@example.com'],
      rejected: [],
    });
    expect(fake.messages).toEqual([{ from: 'shop@example.com', to: ['ada@example.com', 'bob@example.com'], raw }]);
  });

  it('delivers a composed mail byte for byte', async () => {
    const mail = await composeMail(
      { to: ['ada@example.com'], cc: [], bcc: [], subject: 'Größe', text: 'x\n.\n.y\n'.repeat(5000), html: '<p>…</p>' },
      { messageId: '<a@b>', date: new Date(0), from: 'shop@example.com' },
    );
    await transport().send(mail, envelope);
    expect(
      fake.messages[0]?.raw.equals(
        mail.subarray(-2).toString() === '\r\n' ? mail : Buffer.concat([mail, Buffer.from('\r\n')]),
      ),
    ).toBe(true);
  });

  it('reuses connections and opens no more than allowed', async () => {
    const pool = transport({ maxConnections: 5 });
    await Promise.all(Array.from({ length: 40 }, () => pool.send(raw, envelope)));
    expect(fake.messages).toHaveLength(40);
    expect(fake.counts.connections).toBeLessThanOrEqual(5);
  });

  it('names recipients that were refused while others were taken', async () => {
    fake.behave(({ point, argument }) =>
      point === 'rcpt' && argument.startsWith('bad') ? { reply: '550 5.1.1 no such user' } : undefined,
    );
    const receipt = await transport().send(raw, { ...envelope, to: ['bad@example.com', 'ada@example.com'] });
    expect(receipt).toMatchObject({ accepted: ['ada@example.com'], rejected: ['bad@example.com'] });
  });

  it('sends once more on a new connection when a kept one had been closed', async () => {
    const pool = transport();
    await pool.send(raw, envelope);
    let drops = 0;
    fake.behave(({ point, connection }) => (point === 'mail' && connection === 1 && ++drops ? 'drop' : undefined));
    await pool.send(raw, envelope);
    expect([drops, fake.messages.length]).toEqual([1, 2]);
  });
});

describe('what a failure means', () => {
  it.each<[SmtpPoint, SmtpFault, Partial<AppError>, number]>([
    ['greeting', { reply: '554 go away' }, { code: 'mail_rejected', retryable: false }, 0],
    ['greeting', { reply: '421 too busy' }, { code: 'mail_rejected', retryable: true }, 0],
    ['greeting', 'hang', { code: 'mail_unreachable', retryable: true }, 0],
    ['greeting', 'drop', { code: 'mail_unreachable', retryable: true }, 0],
    ['mail', { reply: '550 5.7.1 not you' }, { code: 'mail_rejected', retryable: false }, 0],
    ['rcpt', { reply: '550 5.1.1 no such user' }, { code: 'mail_rejected', retryable: false }, 0],
    ['rcpt', { reply: '450 4.2.1 try later' }, { code: 'mail_rejected', retryable: true }, 0],
    ['rcpt', 'drop', { code: 'mail_unreachable', retryable: true }, 0],
    ['rcpt', 'hang', { code: 'mail_unreachable', retryable: true }, 0],
    ['data', { reply: '451 4.3.0 later' }, { code: 'mail_rejected', retryable: true }, 0],
    ['data', { reply: '421 shutting down' }, { code: 'mail_rejected', retryable: true }, 0],
    ['data', 'drop', { code: 'mail_unreachable', retryable: true }, 0],
    ['final', { reply: '554 5.6.0 spam' }, { code: 'mail_rejected', retryable: false }, 0],
    ['final', { reply: '452 4.2.2 full' }, { code: 'mail_rejected', retryable: true }, 0],
    ['final', { reply: '421 shutting down' }, { code: 'mail_rejected', retryable: true }, 0],
    ['final', 'drop', { code: 'mail_uncertain', retryable: false }, 0],
    ['final', 'hang', { code: 'mail_uncertain', retryable: false }, 0],
    ['stored', 'drop', { code: 'mail_uncertain', retryable: false }, 1],
    ['stored', 'hang', { code: 'mail_uncertain', retryable: false }, 1],
  ])('%s %j', async (point, act, expected, stored) => {
    fault(point, act);
    const impatient = act === 'hang' ? { connectTimeoutMs: 1_000, silenceTimeoutMs: 1_000 } : {};
    const error = await failure(transport(impatient).send(raw, envelope));
    expect({ code: error.code, retryable: error.retryable }).toEqual(expected);
    expect(fake.messages).toHaveLength(stored);
    expect(error.message).toContain(`127.0.0.1:${fake.port}`);
  });

  it('is certain of a large message that broke off in the middle', async () => {
    fault('content', 'drop');
    const large = Buffer.from(`Subject: big\r\n\r\n${'x'.repeat(70)}\r\n`.repeat(300_000));
    const error = await failure(transport().send(large.subarray(0, 20_000_000), envelope));
    expect(error.code).toBe('mail_unreachable');
    expect(fake.messages).toHaveLength(0);
  });

  it('keeps the connection usable after a refusal', async () => {
    fault('rcpt', { reply: '550 no' }, false);
    const pool = transport({ maxConnections: 1 });
    expect((await failure(pool.send(raw, envelope))).code).toBe('mail_rejected');
    await pool.send(raw, envelope);
    expect([fake.messages.length, fake.counts.connections]).toEqual([1, 1]);
  });

  it('never sends an uncertain message again by itself', async () => {
    const pool = transport();
    await pool.send(raw, envelope);
    fault('stored', 'drop', false);
    expect((await failure(pool.send(raw, envelope))).code).toBe('mail_uncertain');
    await sleep(400);
    expect(fake.messages).toHaveLength(2);
  });

  it('says that the login is wrong, and not the password', async () => {
    fault('auth', { reply: '535 5.7.8 bad credentials for pa55word' });
    const url = fake.url.replace('//', '//shop:pa55word@');
    for (const attempt of [() => transport({ url }).send(raw, envelope), () => transport({ url }).verify()]) {
      const error = await failure(attempt());
      expect(error).toMatchObject({ code: 'mail_rejected', retryable: false });
      expect(error.message).toMatch(/user or password in SMTP_URL/);
      const cause = error.cause as Error;
      expect(JSON.stringify([error.toBody(), error.stack, cause.message, cause.stack])).not.toContain('pa55word');
    }
  });

  it.each([
    ['smtp://127.0.0.1:1', /127\.0\.0\.1:1 .*refuses connections.*SMTP_URL/],
    ['smtp://mail.invalid:2525', /mail\.invalid:2525 .*(not known|looked up).*SMTP_URL/],
  ])('names the place, the cause and the remedy for %s', async (url, words) => {
    const error = await failure(transport({ url }).send(raw, envelope));
    expect(error).toMatchObject({ code: 'mail_unreachable', retryable: true });
    expect(error.message).toMatch(words);
  });

  it('knows a server that is no mail server', async () => {
    const server = createServer((socket) =>
      socket.on('error', () => {}).end('HTTP/1.1 400 Bad Request\r\n\r\n'),
    ).listen(0, '127.0.0.1');
    await sleep(20);
    const error = await failure(
      transport({ url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}` }).send(raw, envelope),
    );
    expect(error).toMatchObject({ code: 'mail_unreachable', retryable: true });
    server.close();
  });

  it.each([
    ['smtps', true],
    ['smtp', false],
  ])('does not trust a certificate that anyone can make (%s)', async (scheme, secure) => {
    const server = new SMTPServer({ secure, authOptional: true, logger: false, closeTimeout: 10 });
    server.on('error', () => {});
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.server.address() as AddressInfo;
    const error = await failure(transport({ url: `${scheme}://127.0.0.1:${port}` }).send(raw, envelope));
    expect(error).toMatchObject({ code: 'mail_unreachable' });
    expect(error.message).toMatch(/certificate is not trusted/);
    await new Promise<void>((resolve) => server.close(() => resolve()));
  });

  it('knows smtps:// on a port that does not start with TLS', async () => {
    const error = await failure(
      transport({ url: fake.url.replace('smtp:', 'smtps:'), connectTimeoutMs: 2_000 }).send(raw, envelope),
    );
    expect(error).toMatchObject({ code: 'mail_unreachable' });
    expect(error.message).toMatch(/TLS failed/);
  });

  it.each(['', 'mail.example.com', 'http://x', 'smtp://:25'])('refuses the URL %j without repeating it', (url) => {
    expect(() => createSmtpTransport({ url })).toThrow(/SMTP_URL must look like/);
  });
});

describe('giving up', () => {
  it('cancels before the message is out', async () => {
    fault('rcpt', 'hang');
    const stop = new AbortController();
    const sending = failure(transport().send(raw, envelope, stop.signal));
    await vi.waitFor(() => expect(fake.counts.begun).toBe(1), 8_000);
    stop.abort();
    expect(await sending).toMatchObject({ code: 'cancelled', retryable: false });
  });

  it('is uncertain when cancelled after the message is out', async () => {
    fault('stored', 'hang');
    const stop = new AbortController();
    const sending = failure(transport().send(raw, envelope, stop.signal));
    await vi.waitFor(() => expect(fake.messages).toHaveLength(1), 8_000);
    stop.abort();
    expect(await sending).toMatchObject({ code: 'mail_uncertain' });
    expect(fake.messages).toHaveLength(1);
  });

  it('ends a send that takes too long in all', async () => {
    fault('rcpt', 'hang');
    const error = await failure(transport({ sendTimeoutMs: 100 }).send(raw, envelope));
    expect(error).toMatchObject({ code: 'timeout', retryable: true });
  });

  it('cancels what still waits for a free connection', async () => {
    fault('rcpt', { delayMs: 200 });
    const pool = transport({ maxConnections: 1 });
    const first = pool.send(raw, envelope);
    const stop = new AbortController();
    const second = failure(pool.send(raw, envelope, stop.signal));
    stop.abort();
    expect((await second).code).toBe('cancelled');
    await first;
    expect(fake.messages).toHaveLength(1);
  });
});

describe('verify', () => {
  it('passes where the server answers', () => transport().verify());
  it('fails like a send', async () => {
    expect(await failure(transport({ url: 'smtp://127.0.0.1:1' }).verify())).toMatchObject({
      code: 'mail_unreachable',
    });
  });
});
