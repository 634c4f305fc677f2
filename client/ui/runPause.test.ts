import { expect, test } from 'vitest';
import { pauseInWords, suggestedLimit } from './runPause.ts';

const cost = { node: 'a', spentMicro: 3_200_000, stepMicro: 2_100_000, limitMicro: 5_000_000 };

test('a pause says why', () => {
  expect(pauseInWords({ at: 0, by: 'Ada', cost: null })).toContain('Paused by Ada');
  expect(pauseInWords({ at: 0, by: null, cost })).toBe(
    '3.2 of 5 credits are spent, and the next step may cost up to 2.1 more.',
  );
});

test.each([
  [cost, 10_000_000],
  [{ ...cost, limitMicro: 1_000_000, spentMicro: 900_000 }, 5_100_000],
  [{ ...cost, spentMicro: 210_000, stepMicro: 500_300, limitMicro: 600_000 }, 1_220_000],
])('%j: going on is suggested up to %i', (over, limit) => {
  expect(suggestedLimit(over)).toBe(limit);
  expect(suggestedLimit(over)).toBeGreaterThanOrEqual(over.spentMicro + over.stepMicro);
});
