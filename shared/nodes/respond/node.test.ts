import { describe, expect, it } from 'vitest';
import { testContext } from '../testing-context.ts';
import { config, node } from './index.ts';
import { runner } from './run.server.ts';

const run = (settings: Record<string, unknown>) =>
  runner.run(config.parse(settings), testContext({ input: 'in' }).context);

describe('respond', () => {
  it('answers and hands on its input', () => {
    expect(
      run({
        status: 201,
        body: '{"a":1}',
        headers: [
          { name: 'X-Done', value: 'yes' },
          { name: '', value: '' },
        ],
      }),
    ).toEqual({
      type: 'output',
      port: 'out',
      output: 'in',
      answer: {
        status: 201,
        headers: { 'content-type': 'application/json; charset=utf-8', 'x-done': 'yes' },
        body: { a: 1 },
      },
    });
    expect(run({ bodyType: 'html', body: '<b>x</b>' })).toMatchObject({
      answer: { headers: { 'content-type': 'text/html; charset=utf-8' }, body: '<b>x</b>' },
    });
  });

  it.each([
    [{ body: '{ name: x }' }, /not valid JSON.*\| json/],
    [{ headers: [{ name: 'a', value: 'x\r\nset-cookie: a=b' }] }, /line breaks/],
    [{ headers: [{ name: 'a b', value: 'x' }] }, /not a header name/],
    [{ headers: [{ name: 'Content-Length', value: '1' }] }, /set by the server/],
    [{ headers: [{ name: 'Set-Cookie', value: 'a=b' }] }, /set by the server/],
  ])('%j is refused', (settings, message) => {
    expect(() => run(settings)).toThrow(message);
    expect(node.preview(config.parse(settings), { input: 'in', inputs: [], now: new Date(0) }).error?.message).toMatch(
      message,
    );
  });

  it('finds JSON that is broken before it runs, but not where values are still missing', () => {
    expect(node.check?.(config.parse({ body: '{' }))?.[0]?.field).toBe('body');
    expect(node.check?.(config.parse({ body: '{ "a": {{ x | json }} }' }))).toEqual([]);
  });
});
