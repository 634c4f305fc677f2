import { AppError } from '../../../shared/errors.ts';
import type { GenerateRequest } from '../../../shared/nodes/contract.ts';
import { providerLabels } from '../../../shared/workflow/pricing.ts';
import { cancelled } from './errors.ts';
import type { LlmProvider } from './provider.ts';

/** The engine in `builtin/`: no model, no network. */
export interface BuiltinEngine {
  /** @throws AppError needs_model for what takes a language model. */
  generate(request: GenerateRequest): { text: string; json?: unknown } | Promise<{ text: string; json?: unknown }>;
}

/** The built-in engine as a provider. It answers the first message, always in the same way: there is nothing to repair. No tools. */
export function builtinProvider(engine: BuiltinEngine): LlmProvider {
  return {
    info: {
      id: 'builtin',
      label: providerLabels.builtin,
      configured: true,
      model: 'builtin',
      models: ['builtin'],
      remedy: null,
    },
    async turn(turn, options) {
      if (options.signal.aborted) throw cancelled(options.signal);
      if (turn.tools?.length)
        throw new AppError('needs_model', 'The built-in engine cannot use tools. Choose a model.');
      const prompt = turn.messages.find((message) => message.role === 'user')?.content ?? '';
      const answer = await engine.generate({
        provider: 'builtin',
        model: turn.model,
        system: turn.system,
        prompt,
        maxTokens: turn.maxTokens,
        ...(turn.schema === undefined ? {} : { schema: turn.schema }),
      });
      const text = turn.schema && answer.json !== undefined ? JSON.stringify(answer.json) : answer.text;
      options.onText?.(text);
      return {
        text,
        toolCalls: [],
        model: 'builtin',
        // There are no tokens without a model.
        usage: { inputTokens: 0, outputTokens: 0 },
        ending: 'complete',
      };
    },
  };
}
