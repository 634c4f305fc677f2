import type { ProviderId } from '../../../shared/nodes/contract.ts';

/**
 * What the models of the providers accept. They differ by generation: newer ones refuse temperatures and forced tool calls, and think
 * before they answer, out of the same token limit. What this gets wrong is learned from the provider's refusal (`adaptive.ts`).
 */
export interface ModelTraits {
  /** Accepts `temperature`. */
  sampling: boolean;
  /** A tool call can be forced. */
  forcedTool: boolean;
  /** What switches thinking off or down, where that is possible. */
  thinking: 'none' | 'disabled' | 'between_tools' | 'low';
  /** Tokens of thinking to allow on top of the answer. */
  allowance: number;
}

const plain: ModelTraits = { sampling: true, forcedTool: true, thinking: 'none', allowance: 0 };

/** Room for the thinking of models that always think. */
const thinkingTokens = 4_000;

export function traitsOf(provider: ProviderId, model: string): ModelTraits {
  switch (provider) {
    case 'claude':
      return claudeTraits(model);
    case 'openai':
      return openaiTraits(model);
    case 'inhouse':
    case 'builtin':
      return plain;
  }
}

function claudeTraits(model: string): ModelTraits {
  const old = { ...plain, sampling: false };
  const modern = { sampling: false, forcedTool: false };
  if (model.startsWith('claude-sonnet-5-5')) return { ...modern, thinking: 'between_tools', allowance: 1_000 };
  if (/^claude-(sonnet|opus)-5($|-\d{8})/.test(model)) return { ...modern, thinking: 'disabled', allowance: 0 };
  if (/^claude-\w+-5/.test(model)) return { ...modern, thinking: 'low', allowance: thinkingTokens };
  return old;
}

function openaiTraits(model: string): ModelTraits {
  if (/^gpt-(5\.[1-9]|6(\.\d+)?)-(astra|pro)/.test(model) || /^(o\d|gpt-5($|-))/.test(model)) {
    return { sampling: false, forcedTool: true, thinking: 'low', allowance: thinkingTokens };
  }
  // From 5.1 on the effort can be `none`, and only then a temperature is accepted.
  if (/^gpt-(5\.[1-9]|6)/.test(model)) return { ...plain, thinking: 'disabled' };
  return plain;
}
