import { providerLabels } from '../../../shared/workflow/pricing.ts';
import { chatProvider } from './chat.ts';
import type { Deadlines, LlmProvider } from './provider.ts';

export interface InhouseConfig {
  /** Of any OpenAI-compatible server, `/v1` included: Ollama, vLLM, llama.cpp, LM Studio. */
  baseUrl?: string | undefined;
  apiKey?: string | undefined;
  model?: string | undefined;
}

/**
 * A model on the operator's own machines. Such servers differ in what they understand of structured output: `json_schema` is tried first,
 * then `json_object`, then the schema goes into the prompt; what a server refused is not sent to it again.
 */
export function inhouseProvider(config: InhouseConfig, deadlines: Deadlines): LlmProvider {
  const configured = Boolean(config.baseUrl && config.model);
  return chatProvider({
    info: {
      id: 'inhouse',
      label: providerLabels.inhouse,
      configured,
      model: config.model ?? '',
      models: config.model ? [config.model] : [],
      remedy: configured
        ? null
        : 'Set INHOUSE_BASE_URL (such as http://localhost:11434/v1) and INHOUSE_MODEL in the environment of the server and start it again.',
    },
    apiKey: config.apiKey ?? '',
    baseUrl: config.baseUrl,
    deadlines,
    limitField: 'max_tokens',
    guessFormat: true,
  });
}
