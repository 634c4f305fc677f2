import { describe, expect, it } from 'vitest';
import { composeMail } from './mime.ts';
import { parseMail, snippetOf } from './parse.ts';

const lines = (...all: string[]) => Buffer.from(all.join('\r\n'));
const htmlMail = (html: string) => lines('Content-Type: text/html; charset=utf-8', '', html);

describe('parseMail', () => {
  it('reads what composeMail wrote', async () => {
    const raw = await composeMail(
      {
        from: 'Größe GmbH <shop@example.com>',
        replyTo: 'help@example.com',
        to: ['Ada <ada@example.com>', 'bob@example.com'],
        cc: ['c@example.com'],
        bcc: ['d@example.com'],
        subject: 'Prüfung',
        text: 'Hallo\n\nWelt',
        html: '<p style="color:red">Hallo <b>Welt</b></p>',
        attachments: [
          { filename: 'Öl.csv', contentType: 'text/csv', contentBase64: Buffer.from('a;b').toString('base64') },
        ],
      },
      {
        messageId: '<m@example.com>',
        date: new Date('2026-11-22T10:00:00Z'),
        from: 'x@y.z',
        headers: { 'X-Mailweave-Workspace': 'w' },
      },
    );
    const mail = await parseMail(raw);
    expect(mail).toMatchObject({
      messageId: '<m@example.com>',
      from: 'Größe GmbH <shop@example.com>',
      replyTo: 'help@example.com',
      to: ['Ada <ada@example.com>', 'bob@example.com'],
      cc: ['c@example.com'],
      subject: 'Prüfung',
      date: new Date('2026-11-22T10:00:00Z'),
      text: 'Hallo\n\nWelt',
      html: '<p style="color:red">Hallo <b>Welt</b></p>',
      attachments: [{ index: 0, filename: 'Öl.csv', contentType: 'text/csv', size: 3, content: Buffer.from('a;b') }],
    });
    expect(mail.headers).toContainEqual({ name: 'X-Mailweave-Workspace', value: 'w' });
    expect(snippetOf(mail)).toBe('Hallo Welt');
  });

  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<a href="javascript:alert(1)">x</a>',
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    '<iframe src="https://evil.example"></iframe>',
    '<form action="https://evil.example"><input name=a><button>x</button></form>',
    '<svg onload=alert(1)><script>alert(1)</script></svg>',
    '<meta http-equiv="refresh" content="0;url=https://evil.example">',
    '<base href="https://evil.example/">',
    '<link rel=stylesheet href="https://evil.example/x.css">',
    '<object data="x.swf"></object><embed src="x">',
    '<style></style><script>alert(1)</script>',
    '<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>',
    '<p onclick="alert(1)" style="x">y</p>',
  ])('takes the active parts out of %s', async (html) => {
    const clean = (await parseMail(htmlMail(html))).html ?? '';
    expect(clean).not.toMatch(
      /<(?:script|iframe|form|input|button|svg|meta|base|link|object|embed)|\son\w+\s*=|javascript:|data:text/i,
    );
  });

  it('keeps what mails are made of, and opens links elsewhere', async () => {
    const html =
      '<style>p{color:red}</style><table bgcolor="#fff"><tr><td colspan="2"><a href="https://x.example/">x</a></td></tr></table>';
    const clean = (await parseMail(htmlMail(html))).html;
    expect(clean).toContain('<style>p{color:red}</style>');
    expect(clean).toContain('<td colspan="2">');
    expect(clean).toContain('<a href="https://x.example/" target="_blank" rel="noopener noreferrer">');
  });

  it('unfolds headers and keeps their order and number', async () => {
    const { headers } = await parseMail(lines('Subject: a', ' b', 'X-A: 1', 'X-A: 2', '', 'text'));
    expect(headers).toEqual([
      { name: 'Subject', value: 'a b' },
      { name: 'X-A', value: '1' },
      { name: 'X-A', value: '2' },
    ]);
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['noise', Buffer.from(Array.from({ length: 5_000 }, (_, n) => (n * 7919) % 256))],
    [
      'no end of a boundary',
      lines('Content-Type: multipart/mixed; boundary=x', '', '--x', 'Content-Type: text/plain', '', 'hi'),
    ],
    ['a header that never ends', Buffer.from('X: ' + 'a'.repeat(400_000))],
    [
      'a thousand parts',
      lines('Content-Type: multipart/mixed; boundary=x', '', ...Array<string>(1_000).fill('--x\r\n\r\nhi'), '--x--'),
    ],
    ['deep nesting', htmlMail('<div>'.repeat(20_000))],
  ])('survives %s', async (_name, raw) => {
    const mail = await parseMail(raw);
    expect(typeof mail.text).toBe('string');
    expect(mail.headers.length).toBeLessThanOrEqual(200);
  });

  it('gives attachments names without paths', async () => {
    const raw = lines('Content-Type: text/plain; name="../../etc/passwd"', 'Content-Disposition: attachment', '', 'x');
    expect((await parseMail(raw)).attachments[0]?.filename).not.toMatch(/[/\\]/);
  });
});
