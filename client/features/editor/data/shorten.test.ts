import { expect, it } from 'vitest';
import { binaryIn, columnsOf, readableJson, tableOf } from './shorten.ts';

it.each([
  ['Hello', null],
  ['a'.repeat(500), null],
  ['1234567890'.repeat(60), null],
  ['A long sentence with spaces. '.repeat(40), null],
  [Buffer.from(Array.from({ length: 900 }, (_, i) => (i * 7919) % 251)).toString('base64'), { type: null, bytes: 900 }],
  [`data:image/png;base64,${'QUJD'.repeat(40)}`, { type: 'image/png', bytes: 120 }],
])('%.20s… is read as what it is', (text, expected) => {
  expect(binaryIn(text)).toEqual(expected);
});

it('cuts texts in JSON as it is told, and nothing else', () => {
  const json = readableJson({ a: 'long', b: [1, 'short'], c: null }, (text) => (text === 'long' ? '…' : null));
  expect(JSON.parse(json)).toEqual({ a: '…', b: [1, 'short'], c: null });
  expect(readableJson(undefined, () => null)).toBe('');
});

it.each([
  [[{ a: 1 }], { path: null, rows: [{ a: 1 }] }],
  [
    { count: 2, results: [{ a: 1 }] },
    { path: 'results', rows: [{ a: 1 }] },
  ],
  [[], null],
  [[1, { a: 1 }], null],
  [[[1]], null],
  ['text', null],
  [null, null],
])('%j has the rows %j', (value, expected) => {
  expect(tableOf(value)).toEqual(expected);
});

it('takes the fields that most rows have', () => {
  expect(columnsOf([{ b: 1, a: 1 }, { a: 2 }, { a: 3, c: 1 }, { c: 2 }], 2)).toEqual(['a', 'c']);
});
