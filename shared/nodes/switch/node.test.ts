import { describe, expect, it } from 'vitest';
import { outPortsOf } from '../contract.ts';
import { testContext } from '../testing-context.ts';
import { config, node } from './index.ts';
import { runner } from './run.server.ts';

const settings = (value: unknown, over: Record<string, unknown> = {}) =>
  config.parse({
    value,
    cases: [
      { id: 'sales', label: 'Sales', right: 'sales' },
      { id: 'many', operator: 'greater', right: '10' },
    ],
    ...over,
  });

describe('switch', () => {
  it.each([
    ['SALES', 'sales'],
    ['sales', 'sales'],
    [11, 'many'],
    ['', 'otherwise'],
  ])('%j goes along %s', async (value, port) => {
    expect(await runner.run(settings(value), testContext({ input: 1 }).context)).toEqual({
      type: 'output',
      port,
      output: 1,
    });
  });

  it('has a port for each case and one for the rest, also while the settings are not complete', () => {
    const ports = (raw: Record<string, unknown>) => outPortsOf(node, raw, undefined).map(({ id }) => id);
    expect(ports(settings('x'))).toEqual(['sales', 'many', 'otherwise']);
    expect(ports(settings('x', { fallback: false }))).toEqual(['sales', 'many']);
    expect(ports({ cases: [null, { id: 5 }, { id: 'a' }] })).toEqual(['a', 'otherwise']);
    expect(ports({ cases: 'x' })).toEqual(['otherwise']);
  });

  it('wants a value, cases of different ids, and something to compare with', () => {
    const problems = node.check?.(
      settings('', {
        cases: [
          { id: 'a', right: 'x' },
          { id: 'a', right: 'x' },
          { id: 'otherwise', right: '' },
        ],
      }),
    );
    expect(problems?.map(({ field }) => field)).toEqual(['value', 'cases.1.id', 'cases.2.id', 'cases.2.right']);
  });
});
