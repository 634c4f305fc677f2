import { providerIds } from '../../../shared/nodes/contract.ts';
import type { GenerateRequest, GenerateResult, ProviderId } from '../../../shared/nodes/contract.ts';
import { autoOrder, costMicro, priceTable, tokensAtMost } from '../../../shared/workflow/pricing.ts';
import type { PriceTable } from '../../../shared/workflow/pricing.ts';
import { builtinProvider } from './builtin.ts';
import type { BuiltinEngine } from './builtin.ts';
import { claudeProvider } from './claude.ts';
import type { ClaudeConfig } from './claude.ts';
import { cancelled, notConfigured } from './errors.ts';
import { generateWith } from './generate.ts';
import { inhouseProvider } from './inhouse.ts';
import type { InhouseConfig } from './inhouse.ts';
import { openaiProvider } from './openai.ts';
import type { OpenAiConfig } from './openai.ts';
import { defaultDeadlines, inhouseDeadlines } from './provider.ts';
import type { Deadlines, LlmProvider, ProviderInfo, Turn, TurnOptions, TurnResult } from './provider.ts';
import { traitsOf } from './traits.ts';

export interface ModelsConfig {
  openai: OpenAiConfig;
  anthropic: ClaudeConfig;
  inhouse: InhouseConfig;
  builtin: BuiltinEngine;
  deadlines?: Deadlines;
}

/** The language models of this server, behind one door. */
export interface Models {
  /** @throws AppError provider_auth, provider_unavailable, provider_output, bad_request, too_large, needs_model or cancelled. */
  generate(request: GenerateRequest, options: TurnOptions): Promise<GenerateResult>;
  /** One turn of a longer conversation, tools included. */
  converse(provider: ProviderId, turn: Turn, options: TurnOptions): Promise<TurnResult>;
  /** All providers in the order in which `auto` looks for one. */
  available(): readonly ProviderInfo[];
  /** Which provider `auto` means now. */
  choose(provider: ProviderId | 'auto'): ProviderId;
  /** What the default model of each provider costs. */
  prices(): PriceTable;
  /** The most one answer to this request can cost, in micro-credits; 0 for the in-house engines. */
  maxCostMicro(request: GenerateRequest): number;
}

/** Room for what the providers wrap around a prompt. */
const framingTokens = 500;

export function createModels(config: ModelsConfig): Models {
  const deadlines = config.deadlines ?? defaultDeadlines;
  const providers: Record<ProviderId, LlmProvider> = {
    openai: openaiProvider(config.openai, deadlines),
    claude: claudeProvider(config.anthropic, deadlines),
    inhouse: inhouseProvider(config.inhouse, config.deadlines ?? inhouseDeadlines),
    builtin: builtinProvider(config.builtin),
  };
  const choose = (asked: ProviderId | 'auto'): ProviderId =>
    asked === 'auto' ? (autoOrder.find((id) => providers[id].info.configured) ?? 'builtin') : asked;
  // A model named for another provider means nothing to the one that `auto` has found.
  const resolve = (request: GenerateRequest): GenerateRequest & { provider: ProviderId } => {
    const { info } = providers[choose(request.provider)];
    const known = request.provider !== 'auto' || info.models.includes(request.model);
    return { ...request, provider: info.id, model: (known && request.model) || info.model };
  };
  const usable = (id: ProviderId): LlmProvider => {
    const provider = providers[id];
    if (!provider.info.configured) throw notConfigured(provider.info);
    return provider;
  };

  return {
    choose,
    available: () => autoOrder.map((id) => providers[id].info),
    prices: () => priceTable(Object.fromEntries(providerIds.map((id) => [id, providers[id].info.model]))),
    async generate(request, options) {
      const resolved = resolve(request);
      const provider = usable(resolved.provider);
      if (options.signal.aborted) throw cancelled(options.signal);
      return generateWith(provider, resolved, options);
    },
    async converse(id, turn, options) {
      return usable(id).turn(turn, options);
    },
    maxCostMicro(request) {
      const { provider: id, model } = resolve(request);
      const asked = request.system + request.prompt + (request.schema ? JSON.stringify(request.schema) : '');
      return costMicro(id, model, {
        inputTokens: tokensAtMost(asked) + framingTokens,
        outputTokens: request.maxTokens + traitsOf(id, model).allowance,
      });
    },
  };
}
