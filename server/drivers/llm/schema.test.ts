import { describe, expect, it } from 'vitest';
import { answerSchema } from '../../../shared/nodes/ai-generate/answer.ts';
import { checkAnswer, strictSchema } from './schema.ts';

const text = { type: 'string' };
const object = (
  properties: object,
  required = Object.keys(properties),
  rest: object = { additionalProperties: false },
) => ({
  type: 'object',
  properties,
  required,
  ...rest,
});

describe('strictSchema', () => {
  it.each([
    [
      'bounds are left to our own check',
      object({ a: { type: 'string', maxLength: 5, pattern: 'x' } }),
      object({ a: text }),
    ],
    ['closed where nothing is said', object({ a: text }, ['a'], {}), object({ a: text })],
    [
      'inside lists and alternatives',
      object({
        a: { type: 'array', items: object({ b: text }, ['b'], {}), maxItems: 3 },
        c: { anyOf: [text, { type: 'null' }] },
      }),
      object({ a: { type: 'array', items: object({ b: text }) }, c: { anyOf: [text, { type: 'null' }] } }),
    ],
    [
      'a property that is named like a keyword',
      object({ pattern: text, default: text }),
      object({ pattern: text, default: text }),
    ],
  ])('%s', (_name, schema, strict) => {
    expect(strictSchema(schema)).toEqual(strict);
  });

  it.each([
    ['an optional property', object({ a: text, b: text }, ['a'])],
    ['free properties', object({ a: text }, ['a'], { additionalProperties: true })],
    ['no properties', { type: 'object' }],
    ['a reference', object({ a: { $ref: '#/$defs/A' } })],
    ['something of that inside', object({ a: { type: 'array', items: { type: 'object' } } })],
    ['another combination', { oneOf: [text] }],
  ])('does not fit: %s', (_name, schema) => {
    expect(strictSchema(schema)).toBeUndefined();
  });

  it('the fields of an AI step can be forced', () => {
    const field = { name: 'x', description: '', choices: ['a', 'b'] };
    const fields = (['text', 'number', 'boolean', 'list', 'choice'] as const).map((type) => ({
      ...field,
      name: type,
      type,
    }));
    expect(strictSchema(answerSchema(fields))).toBeDefined();
  });
});

describe('checkAnswer', () => {
  const schema = object({ a: { type: 'string', enum: ['x', 'y'] } });
  it.each([
    ['{"a":"x"}'],
    ['```json\n{"a":"x"}\n```'],
    ['Sure! Here it is: {"a":"x"} Anything else?'],
    ['```\n{"a":"x"}'],
  ])('reads %s', (answer) => {
    expect(checkAnswer(answer, schema)).toEqual({ ok: true, json: { a: 'x' } });
  });

  it.each([
    ['', 'not valid JSON'],
    ['{"a":"x"', 'not valid JSON'],
    ['{"a":"z"}', 'a: Invalid option'],
    ['{"a":"x","b":1}', '(root): Unrecognized key'],
    ['[1]', '(root): Invalid input'],
  ])('refuses %s', (answer, problem) => {
    const checked = checkAnswer(answer, schema);
    expect(checked.ok ? '' : checked.problems[0]).toContain(problem);
  });
});
