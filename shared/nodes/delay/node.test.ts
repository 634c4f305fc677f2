import { describe, expect, it } from 'vitest';
import { testContext } from '../testing-context.ts';
import { config, node } from './index.ts';
import { runner } from './run.server.ts';

const now = new Date('2026-11-22T10:00:00Z');
const run = (settings: Record<string, unknown>, wait?: { kind: 'until'; at: number }) =>
  runner.run(
    config.parse(settings),
    testContext({ input: 'in', ...(wait ? { resumed: { wait, signal: { kind: 'time' } } } : {}) }).context,
  );

describe('delay', () => {
  it.each([
    [{ amount: 90, unit: 'seconds' }, '2026-11-22T10:01:30Z'],
    [{ amount: 1.5, unit: 'hours' }, '2026-11-22T11:30:00Z'],
    [{ amount: 2, unit: 'weeks' }, '2026-12-06T10:00:00Z'],
    [{ mode: 'until', until: '2026-12-24T18:00:00+01:00' }, '2026-12-24T17:00:00Z'],
    [{ mode: 'until', until: '2026-12-24' }, '2026-12-24T00:00:00Z'],
  ])('%j waits until %s', (settings, at) => {
    const wait = { kind: 'until', at: Date.parse(at) };
    expect(run(settings)).toEqual({ type: 'wait', wait });
    expect(node.preview(config.parse(settings), { input: 'in', inputs: [], now })).toMatchObject({
      wait,
      output: 'in',
    });
  });

  it.each([[{ amount: 0 }], [{ mode: 'until', until: '2020-01-01' }]])('%j goes on at once', (settings) => {
    expect(run(settings)).toEqual({ type: 'output', port: 'out', output: 'in' });
  });

  it('goes on when it is resumed, whatever the settings give by then', () => {
    expect(run({ mode: 'until', until: 'nonsense' }, { kind: 'until', at: 1 })).toEqual({
      type: 'output',
      port: 'out',
      output: 'in',
    });
  });

  it.each([
    [{ mode: 'until', until: 'soon' }, /“soon” is not a date/, 'until'],
    [{ amount: 105, unit: 'weeks' }, /two years/, 'amount'],
    [{ mode: 'until', until: '2036-01-01' }, /two years/, 'until'],
  ])('%j is refused', (settings, message, field) => {
    expect(() => run(settings)).toThrow(message);
    expect(node.preview(config.parse(settings), { input: 'in', inputs: [], now }).error?.details).toEqual({ field });
  });
});
