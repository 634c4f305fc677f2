import { expect, it } from 'vitest';
import { testContext } from '../testing-context.ts';
import { config } from './index.ts';
import { itemsOf } from './items.ts';
import { runner } from './run.server.ts';

it.each([
  ['a list', [1, 2], [1, 2]],
  ['a list as JSON', '[{"a":1}]', [{ a: 1 }]],
  ['an empty list', [], []],
])('%s', (_name, value, items) => expect(itemsOf(value)).toEqual(items));

it.each([
  ['nothing', null, /came out empty/],
  ['a text', 'Ada, Bo', /“Ada, Bo”/],
  ['an object', { orders: [], total: 1 }, /an object with orders, total/],
  ['JSON that is no list', '{"a":[]}', /needs a list/],
])('%s is refused and the message says what it was', (_name, value, message) => {
  expect(() => itemsOf(value)).toThrow(message);
});

it('refuses more than it can go through', () => {
  expect(() => itemsOf(Array.from({ length: 100_001 }))).toThrow(/100,001 items; at most 100,000/);
});

it('hands the list and the way through it to the engine', () => {
  const bound = config.parse({ items: ['a'], perMinute: 30, onItemError: 'continue' });
  expect(runner.run(bound, testContext({}).context)).toEqual({
    type: 'loop',
    items: ['a'],
    concurrency: 10,
    perMinute: 30,
    onItemError: 'continue',
  });
});
