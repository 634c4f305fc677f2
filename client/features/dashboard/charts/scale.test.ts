import { expect, it } from 'vitest';
import { labelled, linePath, ticksTo } from './scale.ts';

it.each([
  [0, false, [0, 1]],
  [3, true, [0, 1, 2, 3]],
  [4, true, [0, 1, 2, 3, 4]],
  [7, true, [0, 2, 4, 6, 8]],
  [1, true, [0, 1]],
  [1, false, [0, 0.25, 0.5, 0.75, 1]],
  [97, true, [0, 25, 50, 75, 100]],
  [48_213, true, [0, 20_000, 40_000, 60_000]],
  [0.0031, false, [0, 0.001, 0.002, 0.003, 0.004]],
])('up to %d', (most, whole, ticks) => {
  expect(ticksTo(most, whole)).toEqual(ticks);
});

it.each([
  [7, 7, [0, 1, 2, 3, 4, 5, 6]],
  [7, 3, [0, 3, 6]],
  [30, 6, [4, 9, 14, 19, 24, 29]],
  [1, 6, [0]],
])('%d places, room for %d', (count, room, places) => {
  expect(labelled(count, room)).toEqual(places);
});

it('breaks a line where there is nothing', () => {
  expect(linePath([{ x: 0, y: 1 }, { x: 1, y: 2 }, null, { x: 3, y: 0 }])).toBe('M0.0 1.0L1.0 2.0M3.0 0.0');
});
