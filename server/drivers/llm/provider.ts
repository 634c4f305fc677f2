import type { ProviderId } from '../../../shared/nodes/contract.ts';
import type { TokenUsage } from '../../../shared/workflow/pricing.ts';

/**
 * What every provider of language models looks like to the rest of the server: one turn of a conversation at a time. Structured output with
 * validation and repair is built once on top of it (`generate.ts`), so a provider only has to pass the schema on as well as it can.
 */
export interface Tool {
  name: string;
  description: string;
  /** JSON Schema of the input object. */
  schema: Record<string, unknown>;
}

export interface ToolCall {
  id: string;
  name: string;
  input: unknown;
}

export type Message =
  | { role: 'user'; content: string }
  | { role: 'assistant'; content: string; toolCalls?: readonly ToolCall[] }
  | { role: 'tool'; callId: string; content: string };

export interface Turn {
  model: string;
  /** Empty: none. */
  system: string;
  messages: readonly Message[];
  /** Tokens of the visible answer; models that think first get room for that on top. */
  maxTokens: number;
  temperature?: number;
  /** The answer shall be JSON of this JSON Schema. It still has to be checked: not every model can be forced. */
  schema?: Record<string, unknown>;
  tools?: readonly Tool[];
}

export interface TurnOptions {
  signal: AbortSignal;
  /** Called with everything said so far, whenever there is more. */
  onText?: (textSoFar: string) => void;
}

export interface TurnResult {
  text: string;
  toolCalls: readonly ToolCall[];
  /** As the provider reports it; may be a dated name of the model asked for. */
  model: string;
  usage: TokenUsage;
  /** `length`: cut at the token limit. `refused`: the model or the provider's filter declined. */
  ending: 'complete' | 'tools' | 'length' | 'refused';
}

export interface ProviderInfo {
  id: ProviderId;
  label: string;
  configured: boolean;
  /** The model used when a step names none. */
  model: string;
  /** Models with a known price, the default first. Other names may be typed. */
  models: readonly string[];
  /** How to switch it on; null when it is on. */
  remedy: string | null;
}

export interface LlmProvider {
  readonly info: ProviderInfo;
  /** @throws AppError provider_auth, provider_unavailable, provider_output, bad_request, too_large, needs_model or cancelled. */
  turn(turn: Turn, options: TurnOptions): Promise<TurnResult>;
}

export interface Deadlines {
  /** Longest silence of the provider, before the first and between any two pieces. */
  idleMs: number;
  /** Longest duration of a turn. */
  totalMs: number;
}

export const defaultDeadlines: Deadlines = { idleMs: 90_000, totalMs: 600_000 };
/** A model without a graphics card may read a long prompt for minutes before its first word. */
export const inhouseDeadlines: Deadlines = { idleMs: 300_000, totalMs: 1_200_000 };
