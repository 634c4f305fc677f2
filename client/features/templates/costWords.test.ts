import { expect, it } from 'vitest';
import { amountInWords, costInWords } from './costWords.ts';

const credit = 1_000_000;
const cost = (aiSteps: number, runMicro = 0, itemMicro = 0) => ({
  aiSteps,
  perItem: itemMicro > 0,
  runMicro,
  itemMicro,
  byProvider: [],
});

it.each([
  [0, 0, 'free'],
  [credit, 0, 'up to 1 credit'],
  [0, credit / 2, 'up to 0.5 credits for each item'],
  [2 * credit, credit / 2, 'up to 2 credits, and 0.5 for each item'],
])('%i and %i an item: %s', (runMicro, itemMicro, words) => {
  expect(amountInWords({ runMicro, itemMicro })).toBe(words);
});

it('says whether there is AI at all', () => {
  expect(costInWords(cost(0))).toBe('Runs without AI');
  expect(costInWords(cost(2))).toBe('AI, free here');
  expect(costInWords(cost(1, credit))).toBe('AI, up to 1 credit');
});
