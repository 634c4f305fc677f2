import { describe, expect, it } from 'vitest';
import { providerIds } from '../nodes/contract.ts';
import { costMicro, defaultModel, modelPrices, priceOf, priceTable, tokensAtMost } from './pricing.ts';

describe('costMicro', () => {
  it.each([
    // provider, model, input, output, micro-credits: 1 USD = 100 credits = 100,000,000 micro
    ['claude', 'claude-sonnet-5-5', 1_000_000, 0, 200_000_000],
    ['claude', 'claude-sonnet-5-5', 1_000, 500, 200_000 + 500_000],
    ['claude', 'claude-sonnet-4-5-20250929', 1_000_000 - 900_000, 0, 30_000_000],
    ['claude', 'claude-haiku-5-5', 100_000, 0, 1_000_000],
    ['claude', 'claude-haiku-5-5', 100_001, 0, 5_000_050],
    ['openai', 'gpt-6.1-terra', 10, 10, 1_000 + 5_000],
    ['openai', 'gpt-5.4-mini', 1, 1, 75 + 450],
    ['openai', 'gpt-6-luna', 300_000, 1_000, 6_000_000 + 75_000],
    ['inhouse', 'llama', 5_000, 5_000, 0],
    ['builtin', 'builtin', 5_000, 5_000, 0],
  ] as const)('%s %s %i/%i', (provider, model, inputTokens, outputTokens, micro) => {
    expect(costMicro(provider, model, { inputTokens, outputTokens })).toBe(micro);
  });

  it('charges the dearest price of the provider for a model it does not know', () => {
    for (const provider of ['openai', 'claude'] as const) {
      const unknown = costMicro(provider, 'brand-new', { inputTokens: 100, outputTokens: 100 });
      for (const row of modelPrices[provider]) {
        expect(unknown).toBeGreaterThanOrEqual(costMicro(provider, row.model, { inputTokens: 100, outputTokens: 100 }));
      }
    }
  });

  it('uses the default model for an empty name', () => {
    expect(priceOf('openai', '').model).toBe(defaultModel('openai'));
  });
});

describe('priceTable', () => {
  it('has a row for every provider, in whole micro-credits', () => {
    const table = priceTable({ inhouse: 'llama3' });
    expect(Object.keys(table).toSorted()).toEqual([...providerIds].toSorted());
    for (const row of Object.values(table)) {
      expect(Number.isInteger(row.inputMicroPerMTok) && Number.isInteger(row.outputMicroPerMTok)).toBe(true);
    }
    expect(table.claude).toEqual({
      model: 'claude-sonnet-5-5',
      inputMicroPerMTok: 200_000_000,
      outputMicroPerMTok: 1_000_000_000,
    });
    expect(table.inhouse).toEqual({ model: 'llama3', inputMicroPerMTok: 0, outputMicroPerMTok: 0 });
  });
});

describe('tokensAtMost', () => {
  it.each([
    ['', 0],
    ['abcd', 2],
    ['äöü', 6],
    ['日本', 4],
  ])('%s', (text, tokens) => {
    expect(tokensAtMost(text)).toBe(tokens);
  });
});
