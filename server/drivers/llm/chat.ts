import type OpenAI from 'openai';
import type {
  ChatCompletionChunk,
  ChatCompletionCreateParamsStreaming,
  ChatCompletionMessageParam,
} from 'openai/resources/chat/completions';
import { adaptive } from './adaptive.ts';
import { cancelled, cutStream, notConfigured } from './errors.ts';
import type { Deadlines, LlmProvider, Message, ProviderInfo, ToolCall, Turn, TurnResult } from './provider.ts';
import { schemaInstruction, strictSchema } from './schema.ts';
import { traitsOf } from './traits.ts';
import { watched } from './watchdog.ts';
import type { Watchdog } from './watchdog.ts';

/** The chat completions protocol, which OpenAI and nearly every server for local models speak. */
export interface ChatSettings {
  info: ProviderInfo;
  apiKey: string;
  baseUrl: string | undefined;
  deadlines: Deadlines;
  /** Name of the token limit: OpenAI has renamed it, others still use the old one. */
  limitField: 'max_completion_tokens' | 'max_tokens';
  /** Whether a refusal without a reason is taken as "does not know response_format". */
  guessFormat: boolean;
}

type Feature = 'schema' | 'object' | 'temperature' | 'effort' | 'usage';

const refusalWords: Record<Feature, RegExp> = {
  schema: /json_schema|response_format|schema/i,
  object: /json_object|response_format/i,
  temperature: /temperature/i,
  effort: /reasoning/i,
  usage: /stream_options|include_usage/i,
};

export function chatProvider(settings: ChatSettings): LlmProvider {
  const { info, deadlines } = settings;
  let client: Promise<OpenAI> | undefined;
  const asks = adaptive<Feature>(refusalWords, settings.guessFormat ? ['schema', 'object', 'usage'] : []);

  return {
    info,
    async turn(turn, options) {
      if (!info.configured) throw notConfigured(info);
      if (options.signal.aborted) throw cancelled(options.signal);
      return watched(info, options, deadlines, (watchdog) =>
        asks.run(turn.model, featuresOf(turn, info), async (left) => {
          const { chat } = await (client ??= connect(settings));
          const stream = await chat.completions.create(bodyOf(turn, settings, left), {
            signal: watchdog.signal,
          });
          return read(stream, turn, info, watchdog, options.onText);
        }),
      );
    },
  };
}

/** The SDK is loaded by the first call: most processes make none. */
async function connect({ apiKey, baseUrl, deadlines }: ChatSettings): Promise<OpenAI> {
  const { default: Client } = await import('openai');
  // Retries are the engine's: it knows the step's policy and journals each attempt.
  return new Client({
    apiKey: apiKey || 'none',
    baseURL: baseUrl ?? null,
    maxRetries: 0,
    timeout: deadlines.totalMs,
    logLevel: 'off',
    organization: null,
    project: null,
  });
}

function featuresOf(turn: Turn, info: ProviderInfo): Feature[] {
  const traits = traitsOf(info.id, turn.model);
  const wanted: Feature[] = ['usage'];
  if (turn.schema) wanted.push('schema', 'object');
  if (turn.temperature !== undefined && traits.sampling) wanted.push('temperature');
  if (traits.thinking !== 'none') wanted.push('effort');
  return wanted;
}

function bodyOf(turn: Turn, settings: ChatSettings, left: ReadonlySet<Feature>): ChatCompletionCreateParamsStreaming {
  const traits = traitsOf(settings.info.id, turn.model);
  const untold = turn.schema && !left.has('schema') ? schemaInstruction(turn.schema) : '';
  const system = [turn.system, untold].filter((part) => part !== '').join('\n\n');
  const body: ChatCompletionCreateParamsStreaming = {
    model: turn.model,
    messages: [...(system ? [{ role: 'system' as const, content: system }] : []), ...turn.messages.map(toChatMessage)],
    stream: true,
    [settings.limitField]: turn.maxTokens + traits.allowance,
  };
  if (left.has('usage')) body.stream_options = { include_usage: true };
  if (turn.schema && left.has('schema')) {
    const strict = strictSchema(turn.schema);
    body.response_format = {
      type: 'json_schema',
      json_schema: { name: 'answer', schema: strict ?? turn.schema, strict: strict !== undefined },
    };
  } else if (left.has('object')) {
    body.response_format = { type: 'json_object' };
  }
  if (turn.temperature !== undefined && left.has('temperature')) body.temperature = turn.temperature;
  if (left.has('effort')) body.reasoning_effort = traits.thinking === 'disabled' ? 'none' : 'low';
  if (turn.tools?.length) {
    body.tools = turn.tools.map(({ name, description, schema }) => ({
      type: 'function',
      function: { name, description, parameters: schema },
    }));
  }
  return body;
}

function toChatMessage(message: Message): ChatCompletionMessageParam {
  switch (message.role) {
    case 'user':
      return { role: 'user', content: message.content };
    case 'tool':
      return { role: 'tool', tool_call_id: message.callId, content: message.content };
    case 'assistant': {
      const calls = (message.toolCalls ?? []).map((call) => ({
        id: call.id,
        type: 'function' as const,
        function: { name: call.name, arguments: JSON.stringify(call.input) },
      }));
      return { role: 'assistant', content: message.content, ...(calls.length > 0 ? { tool_calls: calls } : {}) };
    }
  }
}

async function read(
  stream: AsyncIterable<ChatCompletionChunk>,
  turn: Turn,
  info: ProviderInfo,
  watchdog: Watchdog,
  onText: ((text: string) => void) | undefined,
): Promise<TurnResult> {
  let text = '';
  let refusal = '';
  let model = turn.model;
  let finish: string | null = null;
  let usage: TurnResult['usage'] | undefined;
  const calls: PartialCall[] = [];
  for await (const chunk of stream) {
    watchdog.alive();
    if (chunk.model) model = chunk.model;
    if (chunk.usage) usage = { inputTokens: chunk.usage.prompt_tokens, outputTokens: chunk.usage.completion_tokens };
    const choice = chunk.choices?.[0];
    if (!choice) continue;
    refusal += choice.delta?.refusal ?? '';
    for (const part of choice.delta?.tool_calls ?? []) addCallPart(calls, part);
    if (choice.delta?.content) {
      text += choice.delta.content;
      onText?.(text);
    }
    finish = choice.finish_reason ?? finish;
  }
  if (finish === null) throw cutStream(info);
  const toolCalls = calls.filter(Boolean).map(toToolCall);
  return {
    text,
    toolCalls,
    model,
    usage: usage ?? guessUsage(turn, text),
    ending: endingOf(finish, refusal !== '', toolCalls.length > 0),
  };
}

interface PartialCall {
  id: string;
  name: string;
  arguments: string;
}

function addCallPart(calls: PartialCall[], part: ChatCompletionChunk.Choice.Delta.ToolCall): void {
  const call = (calls[part.index] ??= { id: '', name: '', arguments: '' });
  call.id ||= part.id ?? '';
  call.name ||= part.function?.name ?? '';
  call.arguments += part.function?.arguments ?? '';
}

/** Arguments that are no JSON go on as text: whoever runs the tool tells the model. */
function toToolCall(call: PartialCall): ToolCall {
  try {
    return { id: call.id, name: call.name, input: JSON.parse(call.arguments || '{}') };
  } catch {
    return { id: call.id, name: call.name, input: call.arguments };
  }
}

function endingOf(finish: string, refused: boolean, tools: boolean): TurnResult['ending'] {
  if (refused || finish === 'content_filter') return 'refused';
  if (finish === 'length') return 'length';
  return tools ? 'tools' : 'complete';
}

/** For servers that report no usage (some local ones): four characters a token. OpenAI always reports it. */
function guessUsage(turn: Turn, text: string): TurnResult['usage'] {
  const asked = turn.system.length + turn.messages.reduce((sum, message) => sum + message.content.length, 0);
  return { inputTokens: Math.ceil(asked / 4), outputTokens: Math.ceil(text.length / 4) };
}
