import { expect, test } from 'vitest';
import { valueInWords } from './value-words.ts';

test.each<[unknown, string]>([
  [undefined, '–'],
  ['', '–'],
  ['Hello\nyou', 'Hello\nyou'],
  [5, '5'],
  [0, '0'],
  [true, 'yes'],
  [[], '–'],
  [['a', 2], 'a, 2'],
  [{}, '–'],
  [{ attempts: 3, delayMs: 1_000, note: '' }, 'attempts: 3, delayMs: 1000'],
  [[{ name: 'a', value: '1' }, { name: 'b' }], 'name: a, value: 1\nname: b'],
  [{ combinator: 'and', rules: [{ left: 'x' }, { left: 'y' }] }, 'combinator: and\nrules:\n  left: x\n  left: y'],
])('%j reads %j', (value, words) => {
  expect(valueInWords(value)).toBe(words);
});
