import { LLMock } from '@copilotkit/aimock';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createModels } from './models.ts';
import type { Models } from './models.ts';

/** The same providers against a protocol server that is not ours: what we believe of the protocols is not only what we built into our fake. */
let mock: LLMock;
let models: Models;

beforeAll(async () => {
  mock = new LLMock({ port: 0 });
  mock.onMessage('hello', { content: 'Hello from another server, in several pieces of text.' });
  mock.onMessage('person', { content: '{"name":"Ada"}' });
  mock.onMessage('weather', { toolCalls: [{ name: 'weather', arguments: '{"city":"Bern"}' }] });
  mock.onMessage('limited', { error: { message: 'Slow down', type: 'rate_limit_error' }, status: 429 });
  mock.onMessage('broken', { error: { message: 'Oops', type: 'server_error' }, status: 500 });
  await mock.start();
  models = createModels({
    openai: { apiKey: 'mock', baseUrl: `${mock.url}/v1` },
    anthropic: { apiKey: 'mock', baseUrl: mock.url },
    inhouse: { baseUrl: `${mock.url}/v1`, model: 'llama3' },
    builtin: { generate: () => ({ text: '' }) },
  });
});
afterAll(() => mock.stop());

const options = () => ({ signal: new AbortController().signal });
const request = (provider: 'openai' | 'claude' | 'inhouse', prompt: string) => ({
  provider,
  model: '',
  system: '',
  prompt,
  maxTokens: 100,
});
const schema = {
  type: 'object',
  properties: { name: { type: 'string' } },
  required: ['name'],
  additionalProperties: false,
};

const each = it.each(['openai', 'claude', 'inhouse'] as const);

each('%s: streams text', async (provider) => {
  const seen: string[] = [];
  const result = await models.generate(request(provider, 'hello'), { ...options(), onText: (text) => seen.push(text) });
  expect(result.text).toBe('Hello from another server, in several pieces of text.');
  expect(seen.length).toBeGreaterThan(1);
  expect(seen.at(-1)).toBe(result.text);
});

each('%s: structured output', async (provider) => {
  const result = await models.generate({ ...request(provider, 'person'), schema }, options());
  expect(result.json).toEqual({ name: 'Ada' });
});

each('%s: tool calls', async (provider) => {
  const turn = {
    model: models.available().find(({ id }) => id === provider)!.model,
    system: '',
    messages: [{ role: 'user' as const, content: 'weather' }],
    maxTokens: 100,
    tools: [
      { name: 'weather', description: 'Weather', schema: { type: 'object', properties: { city: { type: 'string' } } } },
    ],
  };
  const result = await models.converse(provider, turn, options());
  expect(result).toMatchObject({ ending: 'tools', toolCalls: [{ name: 'weather', input: { city: 'Bern' } }] });
});

each('%s: 429 and 500 are unavailable', async (provider) => {
  for (const prompt of ['limited', 'broken']) {
    await expect(models.generate(request(provider, prompt), options())).rejects.toMatchObject({
      code: 'provider_unavailable',
      retryable: true,
    });
  }
});
