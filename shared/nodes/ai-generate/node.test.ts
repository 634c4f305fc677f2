import { describe, expect, it } from 'vitest';
import type { GenerateResult } from '../contract.ts';
import { testContext } from '../testing-context.ts';
import { readAnswer } from './answer.ts';
import { config, node } from './index.ts';
import { runner } from './run.server.ts';

const settings = (over: Record<string, unknown> = {}) => config.parse({ prompt: 'Write', ...over });
const result =
  (over: Partial<GenerateResult> = {}) =>
  (): GenerateResult => ({
    text: 'Hello',
    provider: 'claude',
    model: 'm',
    usage: { inputTokens: 5, outputTokens: 7 },
    costMicro: 42,
    ...over,
  });
const fields = [
  { name: 'category', type: 'choice', choices: ['Sales', 'Support'] },
  { name: 'score', type: 'number', description: 'How warm' },
  { name: 'urgent', type: 'boolean' },
  { name: 'tags', type: 'list' },
  { name: 'why', type: 'text' },
];

describe('ai-generate', () => {
  it('asks for text and reports the cost', async () => {
    const { context, calls } = testContext({}, { llm: result() });
    const done = await runner.run(settings({ system: 'Be kind', temperature: 0.2, provider: 'claude' }), context);
    expect(calls.prompts).toEqual([
      { provider: 'claude', model: '', system: 'Be kind', prompt: 'Write', maxTokens: 800, temperature: 0.2 },
    ]);
    expect(done).toEqual({
      type: 'output',
      port: 'out',
      output: { text: 'Hello', model: 'm', provider: 'claude' },
      costMicro: 42,
    });
  });

  it('asks for fields and mends small slips of the model', async () => {
    const json = { category: 'support ', score: '70', urgent: 'true', tags: ['a', 1], why: 5, extra: 'dropped' };
    const { context, calls } = testContext({}, { llm: result({ json, text: JSON.stringify(json) }) });
    const done = await runner.run(settings({ output: 'structured', fields }), context);
    expect(calls.prompts[0]?.schema).toMatchObject({
      type: 'object',
      additionalProperties: false,
      required: ['category', 'score', 'urgent', 'tags', 'why'],
      properties: {
        category: { enum: ['Sales', 'Support'] },
        score: { type: 'number', description: 'How warm' },
        tags: { items: { type: 'string' } },
      },
    });
    expect(done).toMatchObject({
      output: { data: { category: 'Support', score: 70, urgent: true, tags: ['a', '1'], why: '5' } },
    });
    expect((done as { output: { data: object } }).output.data).not.toHaveProperty('extra');
  });

  it.each([[{ category: 'Other' }], [{}], ['text'], [null], [[]]])(
    'refuses the answer %j, to be tried again',
    async (json) => {
      const { context } = testContext({}, { llm: result({ json }) });
      await expect(runner.run(settings({ output: 'structured', fields }), context)).rejects.toMatchObject({
        code: 'provider_output',
        retryable: true,
      });
    },
  );

  it('reads no field from a prototype', () => {
    const one = config.parse({ fields: [{ name: 'constructor' }] }).fields;
    expect(() => readAnswer(one, {})).toThrow(/“constructor”/);
  });

  it('does not pay for an empty prompt', async () => {
    const { context, calls } = testContext({}, { llm: result() });
    await expect((async () => runner.run(settings({ prompt: '  ' }), context))()).rejects.toMatchObject({
      code: 'bad_request',
    });
    expect(calls.prompts).toEqual([]);
  });

  it('asks for fields with good names, each once, and choices to choose from', () => {
    const problems = node.check?.(
      settings({
        output: 'structured',
        fields: [{ name: '1st' }, { name: 'a' }, { name: 'a' }, { name: 'c', type: 'choice', choices: ['one', ' '] }],
      }),
    );
    expect(problems?.map(({ field }) => field)).toEqual(['fields.0.name', 'fields.2.name', 'fields.3.choices']);
    expect(node.check?.(settings({ output: 'structured' }))?.map(({ field }) => field)).toEqual(['fields']);
  });

  it('gives an example in the form of the fields', () => {
    const sample = node.sample(settings({ output: 'structured', fields }), null) as { data: Record<string, unknown> };
    expect(sample.data).toEqual({
      category: 'Sales',
      score: 42,
      urgent: true,
      tags: ['first', 'second'],
      why: 'example',
    });
  });

  it('bounds its usage by the longest answer', () => {
    expect(node.usage?.(settings({ prompt: 'x'.repeat(400), maxTokens: 10 }))).toMatchObject({
      inputTokens: 100,
      outputTokens: { min: 10, max: 10 },
    });
  });
});
