import { expect, it } from 'vitest';
import { resultInWords, sinceOf } from './retry-failed.ts';

const now = Date.UTC(2026, 10, 22);

it.each([
  ['day', '2026-11-21T00:00:00.000Z'],
  ['week', '2026-11-15T00:00:00.000Z'],
  ['all', undefined],
] as const)('%s', (range, since) => {
  expect(sinceOf(range, now)).toBe(since);
});

it.each([
  [{ started: 1, refused: 0, reasons: [] }, 'One run was started again.'],
  [{ started: 1_000, refused: 0, reasons: [] }, '1,000 runs were started again.'],
  [{ started: 2, refused: 1, reasons: [{ message: 'No.', count: 1 }] }, '2 runs were started again. One was not: No.'],
  [
    {
      started: 0,
      refused: 3,
      reasons: [
        { message: 'No.', count: 2 },
        { message: 'Gone.', count: 1 },
      ],
    },
    '0 runs were started again. 3 were not: No. (2) Gone. (1)',
  ],
])('%j', (result, words) => {
  expect(resultInWords(result)).toBe(words);
});
