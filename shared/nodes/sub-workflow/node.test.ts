import { describe, expect, it } from 'vitest';
import type { WaitSignal } from '../../workflow/run.ts';
import { testContext } from '../testing-context.ts';
import { config, node } from './index.ts';
import { runner } from './run.server.ts';

const settings = (over: Record<string, unknown> = {}) => config.parse({ workflowId: 'w1', input: { a: 1 }, ...over });
const wait = { kind: 'run', runId: 'r1', at: null } as const;
const told = (signal: Omit<Extract<WaitSignal, { kind: 'run' }>, 'kind' | 'runId'>) =>
  testContext({ resumed: { wait, signal: { kind: 'run', runId: 'r1', ...signal } } }).context;

describe('sub-workflow', () => {
  it.each([
    ['wait', true, { type: 'wait', wait }],
    ['forget', false, { type: 'output', port: 'out', output: { runId: 'r1' } }],
  ])('%s', async (mode, waits, expected) => {
    const asked: unknown[] = [];
    const call = async (request: unknown) => {
      asked.push(request);
      return { runId: 'r1', workflowName: 'Other' };
    };
    expect(await runner.run(settings({ mode }), testContext({}, { workflows: { call } }).context)).toEqual(expected);
    expect(asked).toEqual([{ workflowId: 'w1', input: { a: 1 }, waits }]);
  });

  it('hands on the result, and fails as the other one failed', async () => {
    expect(await runner.run(settings(), told({ status: 'done', output: [1] }))).toMatchObject({ output: [1] });
    const error = { code: 'mail_rejected', message: '550 no', retryable: true } as const;
    await expect(runner.run(settings(), told({ status: 'failed', output: null, error }))).rejects.toMatchObject({
      code: 'mail_rejected',
      retryable: false,
      message: expect.stringContaining('550 no'),
      details: { runId: 'r1' },
    });
    await expect(runner.run(settings(), told({ status: 'cancelled', output: null }))).rejects.toMatchObject({
      code: 'cancelled',
    });
  });

  it('needs a workflow', async () => {
    await expect(runner.run(settings({ workflowId: '' }), testContext().context)).rejects.toMatchObject({
      code: 'bad_request',
    });
    expect(node.check?.(config.parse({}))).toHaveLength(1);
    const preview = node.preview(config.parse({}), { input: null, inputs: [], now: new Date(0) });
    expect(preview.error?.details).toEqual({ field: 'workflowId' });
  });
});
