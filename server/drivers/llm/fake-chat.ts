import { cut, pieces } from './fake-reply.ts';
import type { FakeReply } from './fake-reply.ts';

/** The frames of an OpenAI chat completion stream. */
export function* chatFrames(body: Record<string, unknown>, reply: FakeReply): Generator<string> {
  const chunk = (rest: object): string =>
    `data: ${JSON.stringify({ id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1, model: body.model, choices: [], ...rest })}\n\n`;
  const delta = (content: object, finish: string | null = null) =>
    chunk({ choices: [{ index: 0, delta: content, finish_reason: finish }] });

  yield delta({ role: 'assistant', content: '' });
  for (const piece of pieces(reply))
    yield piece === cut ? cut : delta(reply.finish === 'refusal' ? { refusal: piece } : { content: piece });
  if (reply.errorInStream)
    yield `data: ${JSON.stringify({ error: { ...reply.errorInStream, code: null, param: null } })}\n\n`;
  for (const [index, call] of (reply.toolCalls ?? []).entries()) {
    const json = JSON.stringify(call.input);
    const part = (rest: object) => delta({ tool_calls: [{ index, ...rest }] });
    yield part({ id: `call_${index}`, type: 'function', function: { name: call.name, arguments: '' } });
    yield part({ function: { arguments: json.slice(0, 5) } });
    yield part({ function: { arguments: json.slice(5) } });
  }
  if (!reply.unfinished) yield delta({}, finishOf(reply));
  const wantsUsage = (body.stream_options as { include_usage?: boolean } | undefined)?.include_usage;
  const usage = reply.usage ?? { inputTokens: 11, outputTokens: 7 };
  if (wantsUsage) {
    yield chunk({
      usage: {
        prompt_tokens: usage.inputTokens,
        completion_tokens: usage.outputTokens,
        total_tokens: usage.inputTokens + usage.outputTokens,
      },
    });
  }
  yield 'data: [DONE]\n\n';
}

function finishOf(reply: FakeReply): string {
  if (reply.finish === 'length') return 'length';
  return reply.toolCalls?.length ? 'tool_calls' : 'stop';
}

export function chatError(reply: FakeReply): object {
  return { error: { message: 'failed', type: 'server_error', code: null, param: null, ...reply.error } };
}
