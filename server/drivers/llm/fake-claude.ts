import { cut, pieces } from './fake-reply.ts';
import type { FakeReply } from './fake-reply.ts';

/** The frames of an Anthropic message stream. Thinks first, as newer models do, and answers by the `answer` tool where that is asked for. */
export function* claudeFrames(body: Record<string, unknown>, reply: FakeReply): Generator<string> {
  const event = (type: string, rest: object): string =>
    `event: ${type}\ndata: ${JSON.stringify({ type, ...rest })}\n\n`;
  const usage = reply.usage ?? { inputTokens: 11, outputTokens: 7 };
  yield event('message_start', {
    message: {
      id: 'msg_1',
      type: 'message',
      role: 'assistant',
      model: body.model,
      content: [],
      stop_reason: null,
      stop_sequence: null,
      usage: { input_tokens: usage.inputTokens, output_tokens: 1 },
    },
  });
  yield event('ping', {});
  let index = 0;
  const block = function* (content: object, deltas: Iterable<object | string>): Generator<string> {
    yield event('content_block_start', { index, content_block: content });
    for (const delta of deltas)
      yield typeof delta === 'string' ? delta : event('content_block_delta', { index, delta });
    yield event('content_block_stop', { index });
    index++;
  };
  yield* block({ type: 'thinking', thinking: '', signature: '' }, [
    { type: 'thinking_delta', thinking: 'Let me see.' },
  ]);

  const tools = (body.tools ?? []) as { name: string }[];
  const byTool = tools.some((tool) => tool.name === 'answer') && reply.say !== undefined;
  const toDelta = (piece: string) => {
    if (piece === cut) return cut;
    return byTool ? { type: 'input_json_delta', partial_json: piece } : { type: 'text_delta', text: piece };
  };
  const opening = byTool ? { type: 'tool_use', id: 'toolu_a', name: 'answer', input: {} } : { type: 'text', text: '' };
  if (reply.say !== undefined) yield* block(opening, pieces(reply).map(toDelta));
  if (reply.errorInStream) yield event('error', { error: reply.errorInStream });
  for (const [n, call] of (reply.toolCalls ?? []).entries()) {
    const json = JSON.stringify(call.input);
    const parts = [json.slice(0, 5), json.slice(5)].map((part) => ({ type: 'input_json_delta', partial_json: part }));
    yield* block({ type: 'tool_use', id: `toolu_${n}`, name: call.name, input: {} }, parts);
  }
  if (reply.unfinished) return;
  const stop = stopOf(reply, byTool);
  yield event('message_delta', {
    delta: { stop_reason: stop, stop_sequence: null },
    usage: { output_tokens: usage.outputTokens },
  });
  yield event('message_stop', {});
}

function stopOf(reply: FakeReply, byTool: boolean): string {
  if (reply.finish === 'length') return 'max_tokens';
  if (reply.finish === 'refusal') return 'refusal';
  return byTool || reply.toolCalls?.length ? 'tool_use' : 'end_turn';
}

export function claudeError(reply: FakeReply): object {
  return { type: 'error', error: { type: 'api_error', message: 'failed', ...reply.error } };
}
