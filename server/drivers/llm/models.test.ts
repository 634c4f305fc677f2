import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/errors.ts';
import type { GenerateRequest } from '../../../shared/nodes/contract.ts';
import { fakeKey, startFakeLlm } from './fake.ts';
import type { FakeLlm } from './fake.ts';
import type { FakeReply } from './fake-reply.ts';
import { createModels } from './models.ts';
import type { Models, ModelsConfig } from './models.ts';

/** Every provider through its real SDK against a real socket. */
let fake: FakeLlm;
let models: Models;

const cases = [
  ['openai', 'gpt-6.1-terra'],
  ['claude', 'claude-sonnet-5-5'],
  ['inhouse', 'llama-test'],
] as const;

const builtin = { generate: () => ({ text: 'from the engine' }) };
const config = (change: Partial<ModelsConfig> = {}): ModelsConfig => ({
  openai: { apiKey: fakeKey, baseUrl: fake.openaiUrl },
  anthropic: { apiKey: fakeKey, baseUrl: fake.anthropicUrl },
  inhouse: { apiKey: fakeKey, baseUrl: fake.openaiUrl, model: 'llama-test' },
  builtin,
  deadlines: { idleMs: 400, totalMs: 5_000 },
  ...change,
});

beforeAll(async () => {
  fake = await startFakeLlm();
  // Loaded on first use, which on a busy machine takes longer than the silence that these tests allow.
  await Promise.all([import('openai'), import('@anthropic-ai/sdk')]);
});
afterAll(() => fake.close());
beforeEach(() => {
  models = createModels(config());
});

const personSchema = {
  type: 'object',
  properties: { name: { type: 'string' }, age: { type: 'number' } },
  required: ['name', 'age'],
  additionalProperties: false,
};
/** Cannot be forced by any provider: a free property. */
const looseSchema = {
  type: 'object',
  properties: { config: { type: 'object', additionalProperties: true } },
  required: ['config'],
};

function request(provider: GenerateRequest['provider'], change: Partial<GenerateRequest> = {}): GenerateRequest {
  return { provider, model: '', system: 'Be brief.', prompt: 'Say hello.', maxTokens: 200, ...change };
}

async function fails(
  provider: GenerateRequest['provider'],
  reply: FakeReply | FakeReply[],
  change: Partial<GenerateRequest> = {},
) {
  fake.script(...(Array.isArray(reply) ? reply : [reply]));
  const error = await models
    .generate(request(provider, change), { signal: new AbortController().signal })
    .catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(AppError);
  return error as AppError;
}

const quiet = () => ({ signal: new AbortController().signal });

describe.each(cases)('%s', (provider, model) => {
  it('streams text and reports usage, model and cost', async () => {
    fake.script({ say: 'Hello there, Ada.', usage: { inputTokens: 1_000, outputTokens: 100 } });
    const seen: string[] = [];
    const result = await models.generate(request(provider), { ...quiet(), onText: (text) => seen.push(text) });
    expect(result).toMatchObject({
      text: 'Hello there, Ada.',
      provider,
      model,
      usage: { inputTokens: 1_000, outputTokens: 100 },
    });
    expect(seen).toEqual(['Hello t', 'Hello there, A', 'Hello there, Ada.']);
    const expected = { openai: 100_000 + 50_000, claude: 200_000 + 100_000, inhouse: 0 }[provider];
    expect(result.costMicro).toBe(expected);
    expect(fake.requests[0]?.body.model).toBe(model);
  });

  it('gives structured output that can be forced', async () => {
    fake.script({ say: { name: 'Ada', age: 36 } });
    const result = await models.generate(request(provider, { schema: personSchema }), quiet());
    expect(result.json).toEqual({ name: 'Ada', age: 36 });
    const { body } = fake.requests[0]!;
    const forced = provider === 'claude' ? body.output_config : body.response_format;
    expect(JSON.stringify(forced)).toContain('"additionalProperties":false');
  });

  it('gives structured output of a schema that cannot be forced', async () => {
    fake.script({ say: { config: { anything: [1, 2] } } });
    const seen: string[] = [];
    const result = await models.generate(request(provider, { schema: looseSchema }), {
      ...quiet(),
      onText: (text) => seen.push(text),
    });
    expect(result.json).toEqual({ config: { anything: [1, 2] } });
    expect(seen.at(-1)).toBe('{"config":{"anything":[1,2]}}');
    expect(seen.length).toBeGreaterThan(2);
  });

  it('repairs invalid JSON once, telling the model what was wrong, and adds up the usage', async () => {
    fake.script(
      { say: '{"name": "Ada", ', usage: { inputTokens: 10, outputTokens: 5 } },
      { say: { name: 'Ada', age: 36 }, usage: { inputTokens: 30, outputTokens: 8 } },
    );
    const result = await models.generate(request(provider, { schema: personSchema }), quiet());
    expect(result.json).toEqual({ name: 'Ada', age: 36 });
    expect(result.usage).toEqual({ inputTokens: 40, outputTokens: 13 });
    expect(fake.requests).toHaveLength(2);
    expect(JSON.stringify(fake.requests[1]?.body.messages)).toContain('not valid JSON');
  });

  it('repairs an answer that does not fit the schema', async () => {
    fake.script({ say: { name: 'Ada', age: 'old' } }, { say: { name: 'Ada', age: 36 } });
    const result = await models.generate(request(provider, { schema: personSchema }), quiet());
    expect(result.json).toEqual({ name: 'Ada', age: 36 });
    expect(JSON.stringify(fake.requests[1]?.body.messages)).toContain('age: Invalid input');
  });

  it('gives up after the second wrong answer', async () => {
    const error = await fails(provider, [{ say: 'no json' }, { say: '{"name":1}' }], { schema: personSchema });
    expect(error).toMatchObject({ code: 'provider_output', retryable: false });
    expect(fake.requests).toHaveLength(2);
    expect(error.details?.problems).toContain('age: Invalid input: expected number, received undefined');
  });

  it.each([
    [{ 'retry-after': '7' }, 7_000],
    [{ 'retry-after-ms': '1250', 'retry-after': '2' }, 1_250],
    [{}, undefined],
  ])('429 with %o: unavailable, wait %s ms, asked only once', async (headers, retryAfterMs) => {
    const error = await fails(provider, {
      status: 429,
      headers,
      error: { message: 'slow down', type: 'rate_limit_error' },
    });
    expect(error).toMatchObject({ code: 'provider_unavailable', retryable: true, retryAfterMs });
    expect(fake.requests).toHaveLength(1);
  });

  it('429 with an HTTP date', async () => {
    const error = await fails(provider, {
      status: 429,
      headers: { 'retry-after': new Date(Date.now() + 30_000).toUTCString() },
    });
    expect(error.retryAfterMs).toBeGreaterThan(25_000);
    expect(error.retryAfterMs).toBeLessThanOrEqual(30_000);
  });

  it.each([500, 502, 503, 529])('%i: unavailable and retryable', async (status) => {
    expect(await fails(provider, { status })).toMatchObject({ code: 'provider_unavailable', retryable: true });
    expect(fake.requests).toHaveLength(1);
  });

  it.each<[string, FakeReply]>([
    ['cut in the middle', { say: 'Hello there, Ada.', cutAfter: 9 }],
    ['ended without a finish', { say: 'Hello', unfinished: true }],
    ['an error event', { say: 'Hello', errorInStream: { message: 'Overloaded', type: 'overloaded_error' } }],
    ['silent for too long', { say: 'Hello', delayMs: 1_500 }],
  ])('a stream %s: unavailable and retryable', async (_name, reply) => {
    expect(await fails(provider, reply)).toMatchObject({ code: 'provider_unavailable', retryable: true });
  });

  it('a cut structured answer is retryable, not a wrong answer', async () => {
    const error = await fails(provider, { say: { name: 'Ada', age: 36 }, cutAfter: 10 }, { schema: personSchema });
    expect(error).toMatchObject({ code: 'provider_unavailable', retryable: true });
  });

  it('a slow but lively stream is no silence', async () => {
    fake.script({ say: 'x'.repeat(60), pieceLength: 10, pieceMs: 120 });
    expect((await models.generate(request(provider), quiet())).text).toHaveLength(60);
  });

  it('wrong key: names the variable, never the key', async () => {
    models = createModels(
      config({
        openai: { apiKey: 'sk-wrong-key-123456', baseUrl: fake.openaiUrl },
        anthropic: { apiKey: 'sk-wrong-key-123456', baseUrl: fake.anthropicUrl },
        inhouse: { apiKey: 'sk-wrong-key-123456', baseUrl: fake.openaiUrl, model: 'llama-test' },
      }),
    );
    const error = await fails(provider, { say: 'never' });
    const variable = { openai: 'OPENAI_API_KEY', claude: 'ANTHROPIC_API_KEY', inhouse: 'INHOUSE_API_KEY' }[provider];
    expect(error).toMatchObject({ code: 'provider_auth', retryable: false });
    expect(error.message).toContain(variable);
    expect(JSON.stringify(error.toBody())).not.toMatch(/sk-/);
  });

  it('not set up: says which variable to set, without a call', async () => {
    models = createModels(config({ openai: {}, anthropic: {}, inhouse: {} }));
    const error = await fails(provider, { say: 'never' });
    expect(error.code).toBe('provider_auth');
    expect(error.message).toMatch(/OPENAI_API_KEY|ANTHROPIC_API_KEY|INHOUSE_BASE_URL/);
    expect(fake.requests).toHaveLength(0);
  });

  it.each<[FakeReply, RegExp]>([
    [{ say: 'I would rather not.', finish: 'refusal' }, /declined/],
    [{ say: 'Hello and', finish: 'length' }, /cut off at 200 tokens/],
  ])('%o is wrong output', async (reply, message) => {
    const error = await fails(provider, reply);
    expect(error).toMatchObject({ code: 'provider_output', retryable: false });
    expect(error.message).toMatch(message);
  });

  it('a rejected request keeps the reason, without anything that looks like a key', async () => {
    const error = await fails(provider, { status: 404, error: { message: 'no model x for sk-abcdefgh123' } });
    expect(error).toMatchObject({ code: 'bad_request', retryable: false });
    expect(error.message).toContain('no model x');
    expect(error.message).not.toContain('abcdefgh');
  });

  it('an empty account is not retryable', async () => {
    const error = await fails(provider, {
      status: provider === 'claude' ? 402 : 429,
      error: { message: 'x', code: 'insufficient_quota', type: 'insufficient_quota' },
    });
    expect(error).toMatchObject({ code: 'provider_unavailable', retryable: false });
  });

  it('a prompt beyond the context window is too large', async () => {
    const error = await fails(provider, {
      status: 400,
      error: { message: 'prompt is too long: 2000000 tokens', type: 'invalid_request_error' },
    });
    expect(error.code).toBe('too_large');
    expect(fake.requests).toHaveLength(1);
  });

  it('is cancelled by its signal, with the reason of whoever aborted', async () => {
    fake.script({ say: 'x'.repeat(100), pieceLength: 5, pieceMs: 50 });
    const abort = new AbortController();
    const running = models.generate(request(provider), { signal: abort.signal, onText: () => abort.abort() });
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
    const reason = new AppError('timeout', 'The step took too long.');
    await expect(models.generate(request(provider), { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });

  it('a server that is not there is unavailable', async () => {
    const gone = await startFakeLlm();
    await gone.close();
    models = createModels(
      config({
        openai: { apiKey: 'k', baseUrl: gone.openaiUrl },
        anthropic: { apiKey: 'k', baseUrl: gone.anthropicUrl },
        inhouse: { baseUrl: gone.openaiUrl, model: 'm' },
      }),
    );
    await expect(models.generate(request(provider), quiet())).rejects.toMatchObject({
      code: 'provider_unavailable',
      retryable: true,
    });
  });

  it('calls tools and takes their results', async () => {
    const tools = [
      {
        name: 'weather',
        description: 'The weather of a city',
        schema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
      },
    ];
    const turn = { model, system: '', maxTokens: 100, tools };
    fake.script(
      {
        toolCalls: [
          { name: 'weather', input: { city: 'Zürich' } },
          { name: 'weather', input: { city: 'Bern' } },
        ],
      },
      { say: 'Rain.' },
    );
    const first = await models.converse(
      provider,
      { ...turn, messages: [{ role: 'user', content: 'Weather?' }] },
      quiet(),
    );
    expect(first).toMatchObject({
      ending: 'tools',
      toolCalls: [{ name: 'weather', input: { city: 'Zürich' } }, { input: { city: 'Bern' } }],
    });
    const second = await models.converse(
      provider,
      {
        ...turn,
        messages: [
          { role: 'user', content: 'Weather?' },
          { role: 'assistant', content: '', toolCalls: first.toolCalls },
          ...first.toolCalls.map((call) => ({ role: 'tool' as const, callId: call.id, content: 'rain' })),
        ],
      },
      quiet(),
    );
    expect(second).toMatchObject({ text: 'Rain.', ending: 'complete' });
    expect(JSON.stringify(fake.requests[1]?.body.messages)).toContain(first.toolCalls[1]?.id);
  });
});

describe('parameters that a model refuses', () => {
  it.each<[GenerateRequest['provider'], string, string]>([
    ['openai', 'temperature', "Unsupported parameter: 'temperature' is not supported with this model."],
    ['openai', 'reasoning_effort', "Unsupported value: 'reasoning_effort' does not support 'none'."],
    ['claude', 'thinking', '"thinking.type.between_tools" is not supported for this model.'],
  ])('%s: leaves out %s, also the next time', async (provider, field, message) => {
    fake.script({ status: 400, error: { message, type: 'invalid_request_error' } }, { say: 'ok' });
    const asked = request(provider, provider === 'openai' ? { temperature: 0.5 } : {});
    expect((await models.generate(asked, quiet())).text).toBe('ok');
    expect(fake.requests.map(({ body }) => field in body)).toEqual([true, false]);
    fake.script({ say: 'again' });
    await models.generate(asked, quiet());
    expect(fake.requests.map(({ body }) => field in body)).toEqual([false]);
  });

  it('forces a tool only where the Claude accepts that, and never sends a temperature', async () => {
    fake.script({ say: { config: {} } });
    await models.generate(request('claude', { temperature: 0.2, schema: looseSchema }), quiet());
    expect(fake.requests[0]?.body).not.toHaveProperty('temperature');
    expect(fake.requests[0]?.body).not.toHaveProperty('tool_choice');
    fake.script({ say: { config: {} } });
    await models.generate(
      request('claude', { model: 'claude-haiku-4-5', temperature: 0.2, schema: looseSchema }),
      quiet(),
    );
    expect(fake.requests[0]?.body).toMatchObject({ tool_choice: { type: 'tool', name: 'answer' } });
  });

  it('leaves room for the thinking of a model that always thinks', async () => {
    fake.script({ say: 'ok' });
    await models.generate(request('claude', { model: 'claude-opus-5-5' }), quiet());
    expect(fake.requests[0]?.body).toMatchObject({ max_tokens: 4_200, output_config: { effort: 'low' } });
  });

  it('inhouse: json_schema, then json_object, then the schema in the prompt', async () => {
    fake.script(
      { status: 400, error: { message: "'response_format.type' must be 'json_object'" } },
      { status: 422, error: { message: 'unknown field' } },
      { say: 'Here you are:\n```json\n{"name":"Ada","age":36}\n```' },
    );
    const result = await models.generate(request('inhouse', { schema: personSchema }), quiet());
    expect(result.json).toEqual({ name: 'Ada', age: 36 });
    const formats = fake.requests.map(({ body }) => (body.response_format as { type: string } | undefined)?.type);
    expect(formats).toEqual(['json_schema', 'json_object', undefined]);
    expect(JSON.stringify(fake.requests[2]?.body.messages)).toContain('JSON Schema');
  });

  it('guesses the usage of a server that reports none', async () => {
    fake.script({ status: 400, error: { message: 'stream_options is not allowed' } }, { say: 'four' });
    const result = await models.generate(request('inhouse'), quiet());
    expect(result.usage).toEqual({ inputTokens: 5, outputTokens: 1 });
  });
});

describe('choosing', () => {
  it('auto takes claude, then openai, then inhouse, then the built-in engine', async () => {
    expect(models.choose('auto')).toBe('claude');
    expect(createModels(config({ anthropic: {} })).choose('auto')).toBe('openai');
    expect(createModels(config({ anthropic: {}, openai: {} })).choose('auto')).toBe('inhouse');
    const bare = createModels(config({ anthropic: {}, openai: {}, inhouse: {} }));
    const result = await bare.generate(request('auto', { model: 'gpt-6.1-terra' }), quiet());
    expect(result).toMatchObject({ text: 'from the engine', provider: 'builtin', model: 'builtin', costMicro: 0 });
  });

  it('auto ignores a model of another provider', async () => {
    fake.script({ say: 'ok' });
    expect((await models.generate(request('auto', { model: 'gpt-6.1-terra' }), quiet())).model).toBe(
      'claude-sonnet-5-5',
    );
    expect((await models.generate(request('auto', { model: 'claude-haiku-4-5' }), quiet())).model).toBe(
      'claude-haiku-4-5',
    );
  });

  it('lists all providers with remedies for those that are off', () => {
    const listed = createModels(config({ openai: {} })).available();
    expect(listed.map(({ id, configured }) => [id, configured])).toEqual([
      ['claude', true],
      ['openai', false],
      ['inhouse', true],
      ['builtin', true],
    ]);
    for (const info of listed) expect(info.configured).toBe(info.remedy === null);
  });

  it('bounds the cost from above', async () => {
    const asked = request('claude', { prompt: 'Write about æther. '.repeat(50), maxTokens: 400 });
    expect(models.maxCostMicro(asked)).toBeGreaterThan(400 * 1_000);
    expect(models.maxCostMicro(request('builtin'))).toBe(0);
    expect(models.maxCostMicro(request('inhouse'))).toBe(0);
  });
});
