import { describe, expect, it } from 'vitest';
import { config, node } from './index.ts';
import { parseSubmission } from './submission.ts';

const now = new Date('2026-11-22T10:00:00Z');
const form = (...fields: Record<string, unknown>[]) => config.parse({ fields });
const send = (fields: Record<string, unknown>[], sent: Record<string, unknown>) =>
  parseSubmission(form(...fields), sent, now);

describe('parseSubmission', () => {
  it('reads each type', () => {
    const types = ['text', 'email', 'textarea', 'number', 'select', 'checkbox'].map((type) => ({
      name: type,
      type,
      options: ['a', 'b'],
    }));
    expect(
      send(types, {
        text: ' two  words ',
        email: 'Ada@Example.com',
        textarea: 'a\r\nb',
        number: '1,5',
        select: 'b',
        checkbox: 'on',
        other: 'dropped',
      }),
    ).toEqual({
      ok: true,
      output: {
        fields: {
          text: 'two words',
          email: 'Ada@example.com',
          textarea: 'a\nb',
          number: 1.5,
          select: 'b',
          checkbox: true,
        },
        submittedAt: '2026-11-22T10:00:00.000Z',
      },
    });
    expect(send(types, {})).toMatchObject({
      ok: true,
      output: { fields: { text: null, email: null, textarea: null, number: null, select: null, checkbox: false } },
    });
  });

  it.each([
    ['text', { required: true }, '  ', /fill this in/],
    ['email', {}, 'ada@', /e-mail address/],
    ['email', {}, 'a@b.de, c@d.de', /one e-mail/],
    ['email', {}, 'a@b.de\r\nBcc: x@y.de', /e-mail address/],
    ['number', {}, 'many', /number/],
    ['select', { options: ['a'] }, 'b', /options/],
    ['checkbox', { required: true }, 'off', /tick/],
    ['text', {}, 'x'.repeat(2_001), /2000 characters/],
  ] as const)('refuses %s %j %j', (type, over, value, message) => {
    expect(send([{ name: 'f', type, ...over }], { f: value })).toEqual({
      ok: false,
      errors: { f: expect.stringMatching(message) },
    });
  });

  it('reads nothing from prototypes and takes the last of several', () => {
    expect(send([{ name: 'constructor' }], {})).toMatchObject({ output: { fields: { constructor: null } } });
    expect(send([{ name: 'a' }], { a: ['x', 'y'] })).toMatchObject({ output: { fields: { a: 'y' } } });
  });

  it('accepts its own example', () => {
    const settings = config.parse({});
    const sample = node.sample(settings, null) as { fields: Record<string, unknown> };
    expect(parseSubmission(settings, sample.fields, now)).toMatchObject({
      ok: true,
      output: { fields: sample.fields },
    });
  });

  it('checks names and choices', () => {
    const problems = node.check?.(form({ name: 'a b' }, { name: 'a' }, { name: 'a' }, { name: 's', type: 'select' }));
    expect(problems?.map(({ field }) => field)).toEqual(['fields.0.name', 'fields.2.name', 'fields.3.options']);
    expect(node.check?.(form())?.[0]?.field).toBe('fields');
  });
});
