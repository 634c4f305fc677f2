import { describe, expect, it } from 'vitest';
import type { ApprovalPort } from '../contract.ts';
import { testContext } from '../testing-context.ts';
import { config, node } from './index.ts';
import { editableTexts, payloadInWords, restOf, withEdits } from './payload.ts';
import { runner } from './run.server.ts';

const now = new Date('2026-11-22T10:00:00Z');
const day = 86_400_000;
const receipt = () => ({ messageId: '<1@x>', accepted: ['boss@example.com'], rejected: [], response: '250 OK' });
const settings = (over: Record<string, unknown> = {}) =>
  config.parse({
    title: 'Send it?',
    message: 'A draft',
    payload: { text: 'Hello' },
    approvers: 'boss@example.com',
    ...over,
  });
const opening = (expiresAt: number | null): Partial<ApprovalPort> => ({
  open: async () => ({ id: 'a1', url: 'https://x/approve/t', expiresAt }),
});
const yes = { kind: 'approval', approvalId: 'a1', decision: 'approved', by: 'Ada', comment: 'ok', payload: 1 } as const;
const wait = { kind: 'approval', approvalId: 'a1', at: null } as const;

describe('approval', () => {
  it('opens, mails the link, and waits until it expires', async () => {
    const asked: unknown[] = [];
    const { context, calls } = testContext(
      {},
      {
        mail: receipt,
        approvals: {
          open: async (request) => {
            asked.push(request);
            return { id: 'a1', url: 'https://x/approve/t', expiresAt: request.expiresAt };
          },
        },
      },
    );
    const at = now.getTime() + 7 * day;
    expect(await runner.run(settings(), context)).toEqual({ type: 'wait', wait: { ...wait, at } });
    expect(asked).toEqual([
      {
        title: 'Send it?',
        message: 'A draft',
        payload: { text: 'Hello' },
        editable: false,
        approvers: ['boss@example.com'],
        expiresAt: at,
      },
    ]);
    expect(calls.mails).toMatchObject([{ to: ['boss@example.com'], subject: 'Send it?' }]);
    expect(calls.mails[0]?.text).toBe(
      'A draft\n\ntext: Hello\n\nApprove or reject: https://x/approve/t\n\nThe link shows it again and asks before anything happens. Open until 2026-11-29 10:00 UTC.',
    );
    expect(calls.parts).toEqual([undefined]);
  });

  it('mails nobody where nobody is named, and waits for ever where no time is set', async () => {
    const { context, calls } = testContext({}, { approvals: opening(null) });
    expect(await runner.run(settings({ approvers: '', timeout: 0, reminder: 1 }), context)).toEqual({
      type: 'wait',
      wait,
    });
    expect(calls.mails).toEqual([]);
  });

  it('reminds once, and then waits for the rest of the time', async () => {
    const expiresAt = now.getTime() + 3 * day;
    const bound = settings({ timeout: 3, reminder: 1 });
    const first = testContext({}, { mail: receipt, approvals: opening(expiresAt) });
    expect(await runner.run(bound, first.context)).toMatchObject({ wait: { at: now.getTime() + day } });
    const resumed = { wait: { ...wait, at: now.getTime() }, signal: { kind: 'time' } } as const;
    const later = testContext({ resumed }, { mail: receipt, approvals: opening(expiresAt) });
    expect(await runner.run(bound, later.context)).toMatchObject({ wait: { at: expiresAt } });
    expect([later.calls.parts, later.calls.mails[0]?.subject]).toEqual([['reminder'], 'Reminder: Send it?']);
  });

  it.each(['approved', 'rejected'] as const)('goes on along “%s”', async (decision) => {
    const { context } = testContext({ resumed: { wait, signal: { ...yes, decision } } });
    const { kind: _kind, approvalId: _id, ...output } = { ...yes, decision };
    expect(await runner.run(settings(), context)).toEqual({ type: 'output', port: decision, output });
  });

  it.each([
    [
      'nobody decided',
      null,
      { port: 'timeout', output: { decision: 'timeout', by: null, comment: '', payload: { text: 'Hello' } } },
    ],
    ['somebody was faster', yes, { port: 'approved', output: { decision: 'approved', by: 'Ada' } }],
  ])('when its time is over and %s', async (_name, faster, expected) => {
    const resumed = { wait: { ...wait, at: 0 }, signal: { kind: 'time' } } as const;
    const approvals = { ...opening(now.getTime() - 1), expire: async () => faster };
    expect(await runner.run(settings(), testContext({ resumed }, { approvals }).context)).toMatchObject(expected);
  });

  it.each([
    [{ title: ' ' }, 'title'],
    [{ approvers: 'nobody' }, 'approvers'],
  ])('%j is refused at the field %s', async (over, field) => {
    await expect((async () => runner.run(settings(over), testContext().context))()).rejects.toMatchObject({
      details: { field },
    });
    expect(node.preview(settings(over), { input: null, inputs: [], now }).error?.details).toMatchObject({ field });
  });

  it('warns of reminders that never come and refuses waits without end', () => {
    const problems = (over: Record<string, unknown>) => node.check?.(settings(over)).map(({ field }) => field);
    expect(problems({})).toEqual([]);
    expect(problems({ reminder: 7 })).toEqual(['reminder']);
    expect(problems({ approvers: '', reminder: 1 })).toEqual(['reminder']);
    expect(problems({ timeout: 200, timeoutUnit: 'weeks' })).toEqual(['timeout']);
    expect(problems({ approvers: 'x' })).toEqual(['approvers']);
  });

  it('says what it would do, as an example', () => {
    const preview = node.preview(settings(), { input: null, inputs: [], now });
    expect(preview).toMatchObject({ port: 'approved', undecided: true, mail: { to: ['boss@example.com'] } });
    expect(preview.summary).toBe('Asks boss@example.com about “Send it?” and waits for 7 days at most');
  });
});

describe('payload', () => {
  const payload = { subject: 'Hi', body: 'Line\nLine', count: 3, list: ['a'], ['__proto__x']: 'own' };
  it('lets texts be changed, and nothing else', () => {
    expect(editableTexts(payload).map(({ key }) => key)).toEqual(['subject', 'body', '__proto__x']);
    const edits = new Map([
      ['subject', 'Hello'],
      ['count', '4'],
      ['new', 'no'],
      ['__proto__', 'no'],
    ]);
    expect(withEdits(payload, edits)).toEqual({ ...payload, subject: 'Hello' });
    expect(withEdits('text', new Map([['', 'new']]))).toBe('new');
    expect(withEdits([1], new Map([['0', 'x']]))).toEqual([1]);
  });

  it('is shown in words', () => {
    expect(payloadInWords(payload)).toBe('subject: Hi\nbody:\nLine\nLine\ncount: 3\nlist: ["a"]\n__proto__x: own');
    expect([payloadInWords('text'), payloadInWords(null), payloadInWords([1])]).toEqual(['text', '', '[1]']);
    expect([restOf(payload), restOf('x'), restOf({ a: 'x' }), restOf([1])]).toEqual([
      { count: 3, list: ['a'] },
      undefined,
      undefined,
      [1],
    ]);
  });
});
