import type Anthropic from '@anthropic-ai/sdk';
import type {
  MessageCreateParamsStreaming,
  MessageParam,
  RawMessageStreamEvent,
} from '@anthropic-ai/sdk/resources/messages';
import { modelPrices, providerLabels } from '../../../shared/workflow/pricing.ts';
import { adaptive } from './adaptive.ts';
import { cancelled, cutStream, notConfigured } from './errors.ts';
import type { Deadlines, LlmProvider, Message, ProviderInfo, ToolCall, Turn, TurnResult } from './provider.ts';
import { schemaInstruction, strictSchema } from './schema.ts';
import { traitsOf } from './traits.ts';
import { watched } from './watchdog.ts';
import type { Watchdog } from './watchdog.ts';

export interface ClaudeConfig {
  apiKey?: string | undefined;
  baseUrl?: string | undefined;
}

type Feature = 'format' | 'forced' | 'thinking' | 'effort';

const refusalWords: Record<Feature, RegExp> = {
  format: /output_config\.format|output_format|json_schema|schema/i,
  forced: /tool_choice/i,
  thinking: /thinking/i,
  effort: /effort|output_config/i,
};

/** The tool that carries a structured answer where the schema is beyond what `output_config` can force. */
const answerTool = 'answer';

/** Claude over the Anthropic SDK (messages, streamed). The API has no sampling parameters any more: a temperature is not passed on. */
export function claudeProvider(config: ClaudeConfig, deadlines: Deadlines): LlmProvider {
  const models = modelPrices.claude.map((row) => row.model);
  const configured = Boolean(config.apiKey);
  const info: ProviderInfo = {
    id: 'claude',
    label: providerLabels.claude,
    configured,
    model: models[0] ?? '',
    models,
    remedy: configured ? null : 'Set ANTHROPIC_API_KEY in the environment of the server and start it again.',
  };
  let client: Promise<Anthropic> | undefined;
  const asks = adaptive<Feature>(refusalWords);

  return {
    info,
    async turn(turn, options) {
      if (!configured) throw notConfigured(info);
      if (options.signal.aborted) throw cancelled(options.signal);
      return watched(info, options, deadlines, (watchdog) =>
        asks.run(turn.model, featuresOf(turn), async (left) => {
          const { messages } = await (client ??= connect(config, deadlines));
          const stream = await messages.create(bodyOf(turn, left), { signal: watchdog.signal });
          return read(stream, turn, info, watchdog, options.onText);
        }),
      );
    },
  };
}

/** The SDK is loaded by the first call: most processes make none. */
async function connect(config: ClaudeConfig, deadlines: Deadlines): Promise<Anthropic> {
  const { default: Client } = await import('@anthropic-ai/sdk');
  return new Client({
    apiKey: config.apiKey || 'none',
    baseURL: config.baseUrl ?? 'https://api.anthropic.com',
    maxRetries: 0,
    timeout: deadlines.totalMs,
    logLevel: 'off',
  });
}

function featuresOf(turn: Turn): Feature[] {
  const traits = traitsOf('claude', turn.model);
  const wanted: Feature[] = [];
  if (turn.schema) wanted.push('format');
  if (turn.schema && traits.forcedTool) wanted.push('forced');
  if (traits.thinking === 'disabled' || traits.thinking === 'between_tools') wanted.push('thinking');
  if (traits.thinking === 'low') wanted.push('effort');
  return wanted;
}

function bodyOf(turn: Turn, left: ReadonlySet<Feature>): MessageCreateParamsStreaming {
  const traits = traitsOf('claude', turn.model);
  const body: MessageCreateParamsStreaming = {
    model: turn.model,
    max_tokens: turn.maxTokens + traits.allowance,
    messages: turn.messages.map(toClaudeMessage),
    stream: true,
  };
  let system = turn.system;
  const tools = (turn.tools ?? []).map(({ name, description, schema }) => toTool(name, description, schema));
  if (turn.schema) {
    const strict = left.has('format') ? strictSchema(turn.schema) : undefined;
    if (strict) {
      body.output_config = { format: { type: 'json_schema', schema: strict } };
    } else if (turn.schema.type === 'object') {
      tools.push(toTool(answerTool, 'Hands in the answer. Call it exactly once.', turn.schema));
      if (left.has('forced')) body.tool_choice = { type: 'tool', name: answerTool };
      else
        system = `${system}\n\nGive your answer by calling the tool \`${answerTool}\` once, without any text.`.trim();
    } else {
      system = `${system}\n\n${schemaInstruction(turn.schema)}`.trim();
    }
  }
  if (system) body.system = system;
  if (tools.length > 0) body.tools = tools;
  if (left.has('thinking')) {
    body.thinking = { type: traits.thinking === 'between_tools' ? 'between_tools' : 'disabled' };
  }
  if (left.has('effort')) body.output_config = { ...body.output_config, effort: 'low' };
  return body;
}

function toTool(name: string, description: string, schema: Record<string, unknown>): Anthropic.Tool {
  return { name, description, input_schema: { ...schema, type: 'object' } };
}

function toClaudeMessage(message: Message): MessageParam {
  switch (message.role) {
    case 'user':
      return { role: 'user', content: message.content };
    case 'tool':
      return {
        role: 'user',
        content: [{ type: 'tool_result', tool_use_id: message.callId, content: message.content }],
      };
    case 'assistant': {
      const calls = (message.toolCalls ?? []).map((call) => ({
        type: 'tool_use' as const,
        id: call.id,
        name: call.name,
        input: call.input,
      }));
      const text = message.content ? [{ type: 'text' as const, text: message.content }] : [];
      return { role: 'assistant', content: [...text, ...calls] };
    }
  }
}

/** What one streamed message amounts to so far. */
interface Reading {
  text: string;
  /** JSON of the `answer` tool so far; it stands for the text. */
  answer: string;
  calls: Map<number, { id: string; name: string; json: string }>;
  model: string;
  usage: TurnResult['usage'];
  stop: string | null;
  ended: boolean;
}

async function read(
  stream: AsyncIterable<RawMessageStreamEvent>,
  turn: Turn,
  info: ProviderInfo,
  watchdog: Watchdog,
  onText: ((text: string) => void) | undefined,
): Promise<TurnResult> {
  const reading: Reading = {
    text: '',
    answer: '',
    calls: new Map(),
    model: turn.model,
    usage: { inputTokens: 0, outputTokens: 0 },
    stop: null,
    ended: false,
  };
  for await (const event of stream) {
    watchdog.alive();
    const before = reading.text.length + reading.answer.length;
    take(event, reading, turn.schema !== undefined);
    if (reading.text.length + reading.answer.length > before) onText?.(reading.answer || reading.text);
  }
  if (!reading.ended || reading.stop === null) throw cutStream(info);
  const toolCalls = [...reading.calls.values()].map(toToolCall);
  return {
    text: reading.answer || reading.text,
    toolCalls,
    model: reading.model,
    usage: reading.usage,
    ending: endingOf(reading.stop, toolCalls.length > 0),
  };
}

function take(event: RawMessageStreamEvent, reading: Reading, structured: boolean): void {
  switch (event.type) {
    case 'message_start':
      reading.model = event.message.model;
      reading.usage = {
        inputTokens: promptTokens(event.message.usage),
        outputTokens: event.message.usage.output_tokens,
      };
      return;
    case 'content_block_start':
      if (event.content_block.type !== 'tool_use') return;
      reading.calls.set(event.index, { id: event.content_block.id, name: event.content_block.name, json: '' });
      return;
    case 'content_block_delta':
      if (event.delta.type === 'text_delta') reading.text += event.delta.text;
      if (event.delta.type === 'input_json_delta') {
        const call = reading.calls.get(event.index);
        if (call) call.json += event.delta.partial_json;
        if (structured && call?.name === answerTool) reading.answer += event.delta.partial_json;
      }
      return;
    case 'content_block_stop': {
      const call = reading.calls.get(event.index);
      if (structured && call?.name === answerTool) reading.calls.delete(event.index);
      return;
    }
    case 'message_delta':
      reading.stop = event.delta.stop_reason ?? reading.stop;
      reading.usage = {
        inputTokens: Math.max(reading.usage.inputTokens, promptTokens(event.usage)),
        outputTokens: event.usage.output_tokens,
      };
      return;
    case 'message_stop':
      reading.ended = true;
      return;
  }
}

/** Everything that was read, cached or not. */
function promptTokens(usage: {
  input_tokens?: number | null;
  cache_creation_input_tokens?: number | null;
  cache_read_input_tokens?: number | null;
}): number {
  return (usage.input_tokens ?? 0) + (usage.cache_creation_input_tokens ?? 0) + (usage.cache_read_input_tokens ?? 0);
}

function toToolCall(call: { id: string; name: string; json: string }): ToolCall {
  try {
    return { id: call.id, name: call.name, input: JSON.parse(call.json || '{}') };
  } catch {
    return { id: call.id, name: call.name, input: call.json };
  }
}

function endingOf(stop: string, tools: boolean): TurnResult['ending'] {
  if (stop === 'refusal') return 'refused';
  if (stop === 'max_tokens' || stop === 'model_context_window_exceeded') return 'length';
  return tools ? 'tools' : 'complete';
}
