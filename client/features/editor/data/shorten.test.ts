import { expect, it } from 'vitest';
import { binaryIn, columnsOf, jsonPieces, tableOf } from './shorten.ts';

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

const textOf = (value: unknown, describe: (text: string) => string | null = () => null) =>
  jsonPieces(value, describe)
    .map(({ text }) => text)
    .join('');

it('cuts texts in JSON as it is told, and nothing else', () => {
  const json = textOf({ a: 'long', b: [1, 'short'], c: null }, (text) => (text === 'long' ? '…' : null));
  expect(JSON.parse(json)).toEqual({ a: '…', b: [1, 'short'], c: null });
});

it.each([
  undefined,
  null,
  'a "text"\n',
  [],
  {},
  { a: {}, b: [[]], 'c d': undefined },
  [1, [true, undefined], { a: [{ 'b-c': null }] }],
])('JSON for reading is JSON: %j', (value) => {
  expect(textOf(value)).toBe(JSON.stringify(value, null, 2) ?? '');
});

it('keys in JSON, and single values of lists, know their path', () => {
  const paths = (path?: string) =>
    jsonPieces({ orders: [{ 'first name': 'Ada' }], tags: ['a', 'b'] }, () => null, path).flatMap((one) =>
      one.path === undefined ? [] : [[one.text, one.path]],
    );
  expect(paths('steps.get')).toEqual([
    ['"orders"', 'steps.get.orders'],
    ['"first name"', 'steps.get.orders[0]["first name"]'],
    ['"tags"', 'steps.get.tags'],
    ['"a"', 'steps.get.tags[0]'],
    ['"b"', 'steps.get.tags[1]'],
  ]);
  expect(paths()).toEqual([]);
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
