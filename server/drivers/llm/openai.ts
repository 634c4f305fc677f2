import { modelPrices, providerLabels } from '../../../shared/workflow/pricing.ts';
import { chatProvider } from './chat.ts';
import type { Deadlines, LlmProvider } from './provider.ts';

export interface OpenAiConfig {
  apiKey?: string | undefined;
  /** Such as a proxy of the operator; default: OpenAI's own. */
  baseUrl?: string | undefined;
}

/** OpenAI over its SDK (chat completions, streamed). */
export function openaiProvider(config: OpenAiConfig, deadlines: Deadlines): LlmProvider {
  const models = modelPrices.openai.map((row) => row.model);
  const configured = Boolean(config.apiKey);
  return chatProvider({
    info: {
      id: 'openai',
      label: providerLabels.openai,
      configured,
      model: models[0] ?? '',
      models,
      remedy: configured ? null : 'Set OPENAI_API_KEY in the environment of the server and start it again.',
    },
    apiKey: config.apiKey ?? '',
    baseUrl: config.baseUrl,
    deadlines,
    limitField: 'max_completion_tokens',
    guessFormat: false,
  });
}
