import { describe, expect, it } from 'vitest';
import { creditsInWords, formatAgo, formatAmount, formatBytes, formatCredits, formatDuration } from './format.ts';

it.each([
  [0, '0'],
  [1_000_000, '1'],
  [1_240_500_000, '1,240.5'],
  [4_183_250, '4.18'],
  [3_100, '0.0031'],
  [1, '0.000001'],
])('%d micro-credits are %s', (micro, text) => {
  expect(formatCredits(micro)).toBe(text);
});

it('signs amounts in a column and says one credit', () => {
  expect([formatAmount(-2_100), formatAmount(5_000_000, true), formatAmount(0, true)]).toEqual([
    '−0.0021',
    '+5.00',
    '0.00',
  ]);
  expect([creditsInWords(1_000_000), creditsInWords(500_000)]).toEqual(['1 credit', '0.5 credits']);
});

it.each([
  [0, '0 ms'],
  [340.4, '340 ms'],
  [1_234, '1.2 s'],
  [59_960, '1 min'],
  [125_000, '2 min 5 s'],
  [3_600_000, '1 h'],
  [12_000_000, '3 h 20 min'],
  [86_400_000 * 2 + 4 * 3_600_000, '2 d 4 h'],
  [3_605_000, '1 h'],
])('%d ms read as %s', (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
});

it.each([
  [820, '820 B'],
  [14_200, '14 kB'],
  [2_149_000, '2.1 MB'],
])('%d bytes are %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

describe('how long ago', () => {
  const now = Date.UTC(2026, 10, 22, 12);
  it.each([
    [-5, 'just now'],
    [-60, '1 minute ago'],
    [-3_599, '59 minutes ago'],
    [-86_400, 'yesterday'],
    [7_200, 'in 2 hours'],
    [30, 'in a moment'],
  ])('%d seconds: %s', (seconds, text) => {
    expect(formatAgo(new Date(now + seconds * 1_000).toISOString(), now)).toBe(text);
  });
});
