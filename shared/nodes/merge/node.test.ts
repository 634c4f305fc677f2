import { expect, it } from 'vitest';
import { testContext } from '../testing-context.ts';
import { config, node } from './index.ts';
import { runner } from './run.server.ts';

const inputs = [
  { node: 'a', port: 'out', output: { x: 1, y: 1 } },
  { node: 'b', port: 'out', output: { x: 2 } },
  { node: 'c', port: 'out', output: 'text' },
];

it.each([
  ['object', { a: { x: 1, y: 1 }, b: { x: 2 }, c: 'text' }],
  ['list', [{ x: 1, y: 1 }, { x: 2 }, 'text']],
  ['combine', { x: 2, y: 1 }],
])('hands on as %s', (shape, output) => {
  expect(runner.run(config.parse({ shape }), testContext({ inputs }).context)).toEqual({
    type: 'output',
    port: 'out',
    output,
  });
});

it('joins on any only when asked', () =>
  expect([node.join?.({ mode: 'any' }), node.join?.({ mode: 'all' }), node.join?.({})]).toEqual(['any', 'all', 'all']));
