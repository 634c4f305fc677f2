import type { ProviderId } from '../nodes/contract.ts';

/**
 * What a call to a model costs. All money is integer micro-credits.
 *
 * Prices are the providers' list prices for standard (not batch, not fast) requests, read on 2026-11-22 from the bundled catalogue of
 * @pydantic/genai-prices 0.1.8, platform.claude.com/docs/en/about-claude/pricing and developers.openai.com/api/docs/pricing. Where a
 * provider charges more for long prompts, the row says from how many prompt tokens. Cached prompt tokens are charged as plain ones.
 */
export const microPerCredit = 1_000_000;
/** 1 credit buys 0.01 USD of provider price. */
export const microPerUsd = 100 * microPerCredit;
/** What is added to the provider's price, in percent. The one place. */
export const markupPercent = 0;
/** What a new workspace gets. */
export const startCreditsMicro = 500 * microPerCredit;

export interface ModelPrice {
  model: string;
  /** USD per million tokens. */
  input: number;
  output: number;
  /** Above this many prompt tokens the whole request is priced like this instead. */
  long?: { above: number; input: number; output: number };
}

const openaiLong = (input: number, output: number) => ({ above: 272_000, input: input * 2, output: output * 1.5 });

/** The first row of a provider is its default model. */
export const modelPrices: Record<ProviderId, readonly ModelPrice[]> = {
  openai: [
    { model: 'gpt-6.1-terra', input: 1, output: 5, long: openaiLong(1, 5) },
    { model: 'gpt-6.1-sol', input: 2, output: 10, long: openaiLong(2, 10) },
    { model: 'gpt-6-astra', input: 10, output: 50, long: openaiLong(10, 50) },
    { model: 'gpt-6-sol', input: 2, output: 10, long: openaiLong(2, 10) },
    { model: 'gpt-6-luna', input: 0.1, output: 0.5, long: openaiLong(0.1, 0.5) },
    { model: 'gpt-5.6-sol', input: 4, output: 20, long: openaiLong(4, 20) },
    { model: 'gpt-5.6-terra', input: 2, output: 12, long: openaiLong(2, 12) },
    { model: 'gpt-5.6-luna', input: 0.2, output: 1.2, long: openaiLong(0.2, 1.2) },
    { model: 'gpt-5.5', input: 5, output: 30, long: openaiLong(5, 30) },
    { model: 'gpt-5.5-pro', input: 30, output: 180, long: openaiLong(30, 180) },
    { model: 'gpt-5.4', input: 2.5, output: 15, long: openaiLong(2.5, 15) },
    { model: 'gpt-5.4-mini', input: 0.75, output: 4.5 },
    { model: 'gpt-5.4-nano', input: 0.2, output: 1.25 },
    { model: 'gpt-4.1', input: 2, output: 8 },
    { model: 'gpt-4.1-mini', input: 0.4, output: 1.6 },
    { model: 'gpt-4o', input: 2.5, output: 10 },
    { model: 'gpt-4o-mini', input: 0.15, output: 0.6 },
  ],
  claude: [
    { model: 'claude-sonnet-5-5', input: 2, output: 10 },
    { model: 'claude-haiku-5-5', input: 0.1, output: 0.5, long: { above: 100_000, input: 0.5, output: 2.5 } },
    { model: 'claude-opus-5-5', input: 4, output: 20 },
    { model: 'claude-fable-5-1', input: 10, output: 50 },
    { model: 'claude-opus-5', input: 5, output: 25 },
    { model: 'claude-sonnet-5', input: 2, output: 10 },
    { model: 'claude-opus-4-8', input: 5, output: 25 },
    { model: 'claude-opus-4-1', input: 15, output: 75 },
    { model: 'claude-sonnet-4-6', input: 3, output: 15 },
    { model: 'claude-sonnet-4-5', input: 3, output: 15, long: { above: 200_000, input: 6, output: 22.5 } },
    { model: 'claude-haiku-4-5', input: 1, output: 5 },
  ],
  inhouse: [],
  builtin: [{ model: 'builtin', input: 0, output: 0 }],
};

/** Name of a provider for people. */
export const providerLabels: Record<ProviderId, string> = {
  openai: 'OpenAI',
  claude: 'Claude',
  inhouse: 'In-house model',
  builtin: 'Built-in',
};

/** The order in which `auto` looks for a configured provider. */
export const autoOrder: readonly ProviderId[] = ['claude', 'openai', 'inhouse', 'builtin'];

/** The model a provider uses when a step names none. For `inhouse` the operator's INHOUSE_MODEL decides; this is only its name until then. */
export function defaultModel(provider: ProviderId): string {
  return modelPrices[provider][0]?.model ?? 'local';
}

/** True for the in-house engines: nobody is billed for them. */
export function isFree(provider: ProviderId): boolean {
  return provider === 'inhouse' || provider === 'builtin';
}

function dearest(rows: readonly ModelPrice[]): ModelPrice {
  const all = rows.flatMap((row) => (row.long ? [row, row.long] : [row]));
  return {
    model: '',
    input: Math.max(0, ...all.map((row) => row.input)),
    output: Math.max(0, ...all.map((row) => row.output)),
  };
}

/** `claude-sonnet-4-5-20250929` and `gpt-5.5-2026-04-23` are dated names of the rows without the date. */
function undated(model: string): string {
  return model.replace(/-(\d{8}|\d{4}-\d{2}-\d{2})$/, '');
}

/**
 * The price of a model. A model the table does not know costs the dearest known price of its provider, so that a name that came out after
 * this table is never given away below cost.
 */
export function priceOf(provider: ProviderId, model: string): ModelPrice {
  if (isFree(provider)) return { model, input: 0, output: 0 };
  const name = undated(model || defaultModel(provider));
  const known = modelPrices[provider].find((row) => row.model === name);
  return known ?? { ...dearest(modelPrices[provider]), model };
}

/** Micro-credits per million tokens of a price in USD per million tokens. */
function microPerMTok(usd: number): number {
  return Math.round((usd * microPerUsd * (100 + markupPercent)) / 100);
}

export interface TokenUsage {
  inputTokens: number;
  outputTokens: number;
}

/** What a finished call costs, in whole micro-credits, rounded up. */
export function costMicro(provider: ProviderId, model: string, usage: TokenUsage): number {
  const row = priceOf(provider, model);
  const price = row.long !== undefined && usage.inputTokens > row.long.above ? row.long : row;
  return Math.ceil(
    (usage.inputTokens * microPerMTok(price.input) + usage.outputTokens * microPerMTok(price.output)) / 1_000_000,
  );
}

export interface ProviderPrice {
  model: string;
  inputMicroPerMTok: number;
  outputMicroPerMTok: number;
}
/** One price per provider, what estimates compare side by side. */
export type PriceTable = Record<ProviderId, ProviderPrice>;

/** Prices of the default models, or of those named in `models`. */
export function priceTable(models: Partial<Record<ProviderId, string>> = {}): PriceTable {
  const row = (provider: ProviderId): ProviderPrice => {
    const model = models[provider] || defaultModel(provider);
    const price = priceOf(provider, model);
    return { model, inputMicroPerMTok: microPerMTok(price.input), outputMicroPerMTok: microPerMTok(price.output) };
  };
  return { openai: row('openai'), claude: row('claude'), inhouse: row('inhouse'), builtin: row('builtin') };
}

/**
 * An upper guess at the tokens of a text, without a tokenizer: two characters a token covers English with room to spare; anything outside
 * ASCII counts a token a character. Used to size holds, never to bill.
 */
export function tokensAtMost(text: string): number {
  const wide = text.length - text.replace(/[^\x00-\x7f]/g, '').length;
  return Math.ceil((text.length - wide) / 2) + wide * 2;
}
