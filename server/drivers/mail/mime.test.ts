import { simpleParser } from 'mailparser';
import { describe, expect, it } from 'vitest';
import type { MailContent } from '../../../shared/nodes/contract.ts';
import { composeMail, envelopeOf, mailHash } from './mime.ts';

const options = {
  messageId: '<run-1.mail@mailweave.test>',
  date: new Date('2026-11-22T10:00:00Z'),
  from: 'Mailweave <no-reply@mailweave.test>',
};

function mail(changes: Partial<MailContent> = {}): MailContent {
  return { to: ['ada@example.com'], cc: [], bcc: [], subject: 'Hello', text: 'Hi Ada', ...changes };
}

async function lines(content: MailContent): Promise<string[]> {
  return (await composeMail(content, options)).toString('utf8').split('\r\n');
}

describe('composeMail', () => {
  it('gives the same bytes for the same input, and others for another Message-ID', async () => {
    const content = mail({
      html: '<p>Hi <b>Ada</b></p>',
      attachments: [{ filename: 'a.txt', contentType: 'text/plain', contentBase64: 'aGk=' }],
    });
    const first = await composeMail(content, options);
    expect((await composeMail(structuredClone(content), options)).equals(first)).toBe(true);
    expect((await composeMail(content, { ...options, messageId: '<run-2.mail@mailweave.test>' })).equals(first)).toBe(
      false,
    );
  });

  it('keeps every character of both bodies', async () => {
    const text = 'Größe 你好 🎉\n.\n..dots\nFrom here\n' + 'long '.repeat(300) + '\n--=\ttab \nlast';
    const html = '<p style="x">Größe 你好 🎉</p>\n<p>' + 'y'.repeat(3000) + '</p>';
    const parsed = await simpleParser(await composeMail(mail({ text, html }), options));
    expect(parsed.text).toBe(text);
    expect(parsed.html).toBe(html);
  });

  it('is multipart/alternative with text before html, and plain text alone without html', async () => {
    const both = (await composeMail(mail({ html: '<p>Hi</p>' }), options)).toString();
    expect(both).toMatch(/^Content-Type: multipart\/alternative;/m);
    expect(both.indexOf('text/plain')).toBeLessThan(both.indexOf('text/html'));
    expect((await composeMail(mail(), options)).toString()).toMatch(/^Content-Type: text\/plain; charset=utf-8$/m);
  });

  it('has no line over 998 octets and no bare line feed', async () => {
    const raw = (
      await composeMail(mail({ text: 'a'.repeat(5000) + '\nb', html: '<i>' + 'ü'.repeat(5000) }), options)
    ).toString('latin1');
    expect(Math.max(...raw.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(998);
    expect(raw).not.toMatch(/(?<!\r)\n/);
  });

  it('names bcc nowhere', async () => {
    const raw = (await composeMail(mail({ bcc: ['secret@example.com'] }), options)).toString();
    expect(raw.toLowerCase()).not.toContain('secret');
    expect(raw.toLowerCase()).not.toContain('bcc');
  });

  it('encodes names and subjects beyond ASCII', async () => {
    const parsed = await simpleParser(
      await composeMail(mail({ to: ['Zoë, 李 <zoe@example.com>'], subject: 'Prüfung – 你好' }), options),
    );
    expect(parsed.subject).toBe('Prüfung – 你好');
    expect([parsed.to].flat()[0]?.value).toEqual([{ name: 'Zoë, 李', address: 'zoe@example.com' }]);
  });

  it.each([
    ['subject', mail({ subject: 'Hi\r\nBcc: evil@example.com\r\n\r\nbody' })],
    ['subject with a bare LF', mail({ subject: 'Hi\nBcc: evil@example.com' })],
    ['subject with a line separator', mail({ subject: 'Hi\u2028Bcc: evil@example.com' })],
    [
      'attachment name',
      mail({
        attachments: [{ filename: 'a\r\nBcc: evil@example.com\r\n', contentType: 'text/plain', contentBase64: '' }],
      }),
    ],
    [
      'attachment type',
      mail({ attachments: [{ filename: 'a', contentType: 'text/plain\r\nBcc: evil@example.com', contentBase64: '' }] }),
    ],
  ])('lets no header in through the %s', async (_where, content) => {
    expect((await lines(content)).filter((line) => /^bcc/i.test(line))).toEqual([]);
  });

  it.each([
    'ada@example.com\r\nBcc: evil@example.com',
    'Ada\r\nBcc: x@y.z <ada@example.com>',
    'ada@example.com, evil@example.com',
    'Ada <ada@example.com> <evil@example.com>',
    '"a@evil.com b"@example.com',
    'ada@example.com>RCPT TO:<evil@example.com',
    'ada',
    '@example.com',
    'ada@',
    'ada@exa mple.com',
    '',
  ])('refuses %j as one address', async (address) => {
    await expect(composeMail(mail({ to: [address] }), options)).rejects.toMatchObject({ code: 'bad_request' });
    expect(() => envelopeOf(mail({ bcc: [address] }), options.from)).toThrow(/not an e-mail address/);
  });

  it('writes our headers and refuses broken ones', async () => {
    const raw = (await composeMail(mail(), { ...options, headers: { 'X-Mailweave-Workspace': 'w1' } })).toString();
    expect(raw).toMatch(/^X-Mailweave-Workspace: w1$/m);
    await expect(composeMail(mail(), { ...options, headers: { 'X-A': 'b\r\nBcc: c@d.e' } })).rejects.toThrow(
      /cannot be sent/,
    );
  });

  it('never reads files or URLs that a body or attachment names', async () => {
    const raw = await composeMail(
      mail({
        text: '{"path":"/etc/passwd"}',
        html: '<img src="file:///etc/passwd">',
        attachments: [{ filename: '/etc/passwd', contentType: 'text/plain', contentBase64: '' }],
      }),
      options,
    );
    expect(raw.toString()).not.toContain('root:');
  });
});

describe('envelopeOf', () => {
  it('holds everyone once, and the sender of the content before the default', () => {
    const content = mail({
      to: ['Ada <ada@example.com>'],
      cc: ['ADA@example.com', 'bob@example.com'],
      bcc: ['Eve <eve@example.com>'],
    });
    expect(envelopeOf(content, options.from)).toEqual({
      from: 'no-reply@mailweave.test',
      to: ['ada@example.com', 'bob@example.com', 'eve@example.com'],
    });
    expect(envelopeOf({ ...content, from: 'Sales <sales@example.com>' }, options.from).from).toBe('sales@example.com');
  });
});

describe('mailHash', () => {
  const base = mail({
    html: '<p>x</p>',
    cc: ['c@d.e'],
    attachments: [{ filename: 'a', contentType: 'b/c', contentBase64: 'ZA==' }],
  });

  it('does not depend on the order of keys', () => {
    expect(mailHash(Object.fromEntries(Object.entries(base).toReversed()) as unknown as MailContent)).toBe(
      mailHash(base),
    );
  });

  it.each<[string, Partial<MailContent>]>([
    ['from', { from: 'x@y.z' }],
    ['replyTo', { replyTo: 'x@y.z' }],
    ['to', { to: ['ada@example.com', 'b@c.d'] }],
    ['cc to bcc', { cc: [], bcc: ['c@d.e'] }],
    ['subject', { subject: 'Hello ' }],
    ['text', { text: 'Hi  Ada' }],
    ['html', { html: '<p>y</p>' }],
    ['attachment', { attachments: [{ filename: 'a', contentType: 'b/c', contentBase64: 'ZQ==' }] }],
  ])('changes with %s', (_field, change) => {
    expect(mailHash({ ...base, ...change })).not.toBe(mailHash(base));
  });
});
