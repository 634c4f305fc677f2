import { describe, expect, it } from 'vitest';
import { testContext } from '../testing-context.ts';
import { config, node } from './index.ts';
import { runner } from './run.server.ts';

const rule = (left: unknown, operator = 'equals', right: unknown = '') => ({ left, operator, right });
const rules = (combinator: 'and' | 'or', ...entries: unknown[]) =>
  config.parse({ rules: { combinator, rules: entries } });
const [yes, no] = [rule(1, 'equals', 1), rule(1, 'equals', 2)];

describe('condition', () => {
  it.each([
    ['one that holds', rules('and', yes), 'true'],
    ['all of two', rules('and', yes, no), 'false'],
    ['any of two', rules('or', yes, no), 'true'],
    ['a group', rules('and', yes, { combinator: 'or', rules: [no, yes] }), 'true'],
    [
      'a group in a group',
      rules('or', no, { combinator: 'and', rules: [yes, { combinator: 'or', rules: [no, no] }] }),
      'false',
    ],
    ['a group that must not hold', rules('and', { combinator: 'or', not: true, rules: [no] }), 'true'],
    ['all must not hold', config.parse({ rules: { combinator: 'and', not: true, rules: [yes] } }), 'false'],
  ] as const)('%s', async (_name, settings, port) => {
    const input = { passed: 'on' };
    const result = await runner.run(settings, testContext({ input }).context);
    expect(result).toEqual({ type: 'output', port, output: input });
    expect((result as { output: unknown }).output).toBe(input);
    expect(node.preview(settings, { input, inputs: [], now: new Date(0) })).toMatchObject({ port, output: input });
  });

  it('tells a rule from a group', () => {
    expect(rules('and', { left: 'x' }).rules.rules[0]).toEqual({ left: 'x', operator: 'equals', right: '' });
    expect(rules('and', { rules: [{ left: 'x' }] }).rules.rules[0]).toMatchObject({
      combinator: 'and',
      rules: [{ left: 'x' }],
    });
  });

  it('says what is missing, in groups too', () => {
    const settings = rules(
      'and',
      rule(''),
      { combinator: 'or', rules: [rule('{{ input.a }}', 'greater'), rule('x', 'matches', '(')] },
      { combinator: 'or', rules: [] },
    );
    expect(node.check?.(settings)?.map(({ field }) => field)).toEqual([
      'rules.rules.0.left',
      'rules.rules.1.rules.0.right',
      'rules.rules.1.rules.1.right',
      'rules.rules.2',
    ]);
    expect(node.check?.(rules('and'))?.[0]).toEqual({ field: 'rules', message: 'Add at least one rule.' });
    expect(node.check?.(rules('and', rule('{{ x }}', 'is_empty')))).toEqual([]);
  });

  it('sums itself up in words', () => {
    const settings = rules('and', rule('{{ input.score }}', 'greater', '50'), {
      combinator: 'or',
      not: true,
      rules: [rule('{{ input.name }}', 'is_empty')],
    });
    expect(node.summary(settings)).toBe('If {{ input.score }} is greater than 50 and not ({{ input.name }} is empty)');
  });

  it('fails rather than guess', () => {
    const settings = rules('and', rule('many', 'greater', '5'));
    expect(() => runner.run(settings, testContext().context)).toThrow(/“many” is not a number/);
    expect(node.preview(settings, { input: null, inputs: [], now: new Date(0) }).error?.code).toBe('bad_request');
  });
});
