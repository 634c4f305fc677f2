import { describe, expect, it } from 'vitest';
import { AppError } from '../../errors.ts';
import { testContext } from '../testing-context.ts';
import { composeMail, config, node } from './index.ts';
import { runner } from './run.server.ts';

const mail = (over: Record<string, unknown> = {}) =>
  config.parse({ to: 'ada@example.com', subject: 'Hi', text: 'Hello', ...over });
const receipt = () => ({ messageId: '<1@x>', accepted: ['ada@example.com'], rejected: [], response: '250 OK' });

describe('email-send', () => {
  it('sends what it previews', async () => {
    const settings = mail({
      to: 'Ada <ada@example.com>, ada@EXAMPLE.com',
      cc: 'ada@example.com, bob@example.com',
      format: 'html',
      html: '<p>Hello <b>Ada</b></p>',
      from: 'Us <us@example.com>',
    });
    const { context, calls } = testContext({}, { mail: receipt });
    const result = await runner.run(settings, context);
    expect(calls.mails).toEqual([
      {
        to: ['Ada <ada@example.com>'],
        cc: ['bob@example.com'],
        bcc: [],
        subject: 'Hi',
        html: '<p>Hello <b>Ada</b></p>',
        text: 'Hello Ada',
        from: 'Us <us@example.com>',
      },
    ]);
    expect(node.preview(settings, { input: null, inputs: [], now: new Date(0) }).mail).toEqual(calls.mails[0]);
    expect(result).toEqual({
      type: 'output',
      port: 'out',
      output: {
        messageId: '<1@x>',
        accepted: ['ada@example.com'],
        rejected: [],
        subject: 'Hi',
        to: ['Ada <ada@example.com>'],
      },
    });
    expect(calls.logs.at(-1)).toBe('250 OK');
  });

  it('hands on what the server said', async () => {
    const { context } = testContext(
      {},
      {
        mail: () => {
          throw new AppError('mail_rejected', '550 no such user');
        },
      },
    );
    await expect(runner.run(mail(), context)).rejects.toMatchObject({ code: 'mail_rejected' });
  });

  it('puts a subject of several lines on one', () =>
    expect(composeMail(mail({ subject: ' Line\r\nBcc: x@y.de ' })).subject).toBe('Line Bcc: x@y.de'));

  it.each([
    [{ to: '' }, 'to', /no recipient/],
    [{ to: 'ada' }, 'to', /“ada” in “To”/],
    [{ cc: 'x@y.de\r\nBcc: z@y.de' }, 'cc', /line breaks/],
    [{ to: Array.from({ length: 101 }, (_, n) => `u${n}@example.com`).join(',') }, 'to', /101 recipients; at most 100/],
    [{ from: 'a@b.de, c@b.de' }, 'from', /one address/],
    [{ replyTo: 'nobody' }, 'replyTo', /Reply to/],
    [{ subject: 'x'.repeat(501) }, 'subject', /501 characters/],
  ])('refuses %j at the field %s, in the preview and in the run', async (over, field, message) => {
    const { context, calls } = testContext({}, { mail: receipt });
    await expect((async () => runner.run(mail(over), context))()).rejects.toMatchObject({
      code: 'bad_request',
      message: expect.stringMatching(message),
      details: { field },
    });
    expect(calls.mails).toEqual([]);
    expect(node.preview(mail(over), { input: null, inputs: [], now: new Date(0) })).toMatchObject({
      error: { code: 'bad_request', details: { field } },
    });
  });

  it('takes 100 recipients', () =>
    expect(
      composeMail(mail({ to: Array.from({ length: 100 }, (_, n) => `u${n}@example.com`).join(';') })).to,
    ).toHaveLength(100));

  it('sums itself up', () => {
    expect(node.summary(mail({ to: '{{ trigger.body.email }}', subject: 'Welcome' }))).toBe(
      'To {{ trigger.body.email }}: Welcome',
    );
    expect(node.summary(config.parse({}))).toBe('No recipient yet');
  });

  it('checks addresses that are written out before anything runs', () => {
    expect(node.check?.(mail({ to: 'ada@' }))).toEqual([{ field: 'to', message: expect.stringMatching(/“ada@”/) }]);
    expect(node.check?.(mail({ to: '{{ x }}' }))).toEqual([]);
    expect(node.check?.(mail({ to: '', bcc: 'a@b.de' }))).toEqual([]);
  });
});
