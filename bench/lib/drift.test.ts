import { expect, test } from 'vitest';
import { drift } from './drift.ts';

test.each([
  ['a line', [1, 2, 3, 4], 3],
  ['a fall', [10, 8, 6], -4],
  ['a constant', [5, 5, 5, 5], 0],
  ['noise around a constant', [5, 6, 5, 4, 5, 6, 5, 4, 5], -0.53],
  ['one value', [7], 0],
])('%s', (_name, values, change) => {
  expect(drift(values)).toBeCloseTo(change, 1);
});
