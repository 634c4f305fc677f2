import { describe, expect, it } from 'vitest';
import { asTime, compare, type Operator, patternProblem } from './operators.ts';

const cases: readonly [left: unknown, operator: Operator, right: unknown, expected: boolean][] = [
  ['Yes', 'equals', 'yes', true],
  ['10', 'equals', 10, true],
  ['10.0', 'equals', '10', true],
  ['007', 'equals', '7', true],
  ['12345678901234567890', 'equals', '12345678901234567891', false],
  [true, 'equals', 'true', true],
  [true, 'equals', 'TRUE', true],
  [false, 'equals', '', false],
  [null, 'equals', '', true],
  [{ a: 1, b: [2] }, 'equals', { b: [2], a: 1 }, true],
  [{ a: 1 }, 'equals', { a: 2 }, false],
  ['a', 'not_equals', 'b', true],
  [['Red', 'blue'], 'contains', 'red', true],
  [['red'], 'contains', 're', false],
  ['Hello World', 'contains', 'world', true],
  ['Hello', 'contains', '', false],
  [{ name: 1 }, 'contains', 'name', true],
  ['abc', 'not_contains', 'x', true],
  ['Invoice 12', 'starts_with', 'invoice', true],
  ['report.PDF', 'ends_with', '.pdf', true],
  ['Order #1234', 'matches', '#\\d{4}', true],
  ['9', 'greater', '10', false],
  [9, 'less', '10', true],
  ['1e3', 'greater_equal', 1000, true],
  ['5', 'less_equal', 4, false],
  ['', 'greater', 1, false],
  [undefined, 'less', 1, false],
  ['  ', 'is_empty', '', true],
  [[], 'is_empty', '', true],
  [{}, 'is_empty', '', true],
  [0, 'is_empty', '', false],
  [false, 'is_not_empty', '', true],
  ['yes', 'is_true', '', true],
  [1, 'is_true', '', true],
  ['maybe', 'is_true', '', false],
  ['no', 'is_false', '', true],
  [undefined, 'is_false', '', true],
  ['2026-01-01', 'before', '2026-01-02T00:00:00Z', true],
  ['2026-01-01T10:00:00+02:00', 'before', '2026-01-01T09:00:00Z', true],
  [new Date('2026-05-01'), 'after', '2026-04-30', true],
  ['', 'after', '2026-04-30', false],
  ['de', 'in', 'at, DE, ch', true],
  [3, 'in', [1, 2, '3'], true],
  ['x', 'in', '', false],
];

describe('compare', () => {
  it.each(cases)('%j %s %j is %s', (left, operator, right, expected) => {
    expect(compare(left, operator, right)).toBe(expected);
  });

  it('keeps case apart when asked', () => {
    expect(compare('Yes', 'equals', 'yes', { caseSensitive: true })).toBe(false);
    expect(compare('Yes', 'matches', 'y', { caseSensitive: true })).toBe(false);
  });

  it.each([
    ['many', 'greater', 3, /“many” is not a number/],
    ['soon', 'before', '2026-01-01', /“soon” is not a date/],
    ['2026-02-30', 'before', '2026-01-01', /is not a date/],
    ['a', 'matches', '(', /cannot be used/],
  ] as const)('%j %s %j is an error and not false', (left, operator, right, message) => {
    expect(() => compare(left, operator, right)).toThrow(message);
  });

  it('compares data nested 100,000 deep without running out of stack', () => {
    const nest = () => {
      let value: unknown = 1;
      for (let n = 0; n < 100_000; n++) value = { a: value };
      return value;
    };
    expect(compare(nest(), 'equals', nest())).toBe(true);
  });

  it('explains a bad pattern before it runs', () => {
    expect(patternProblem('a(b')).toMatch(/not closed/);
    expect(patternProblem('a(b)')).toBeUndefined();
  });

  it('reads times without zone as UTC', () => expect(asTime('2026-03-01 08:30')).toBe(Date.UTC(2026, 2, 1, 8, 30)));
});
