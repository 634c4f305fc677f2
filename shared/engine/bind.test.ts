import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { AppError } from '../errors.ts';
import { defineNode, inPort, outPort } from '../nodes/contract.ts';
import { field, htmlField, plainField, textField, valueField } from '../nodes/fields.ts';
import { bind, compileBinding, evaluate, type Scope } from './bind.ts';
import { referencesOf } from './references.ts';

const node = defineNode({
  kind: 'sample',
  version: 1,
  group: 'data',
  icon: 'x',
  texts: { title: 'x', description: 'x', help: 'x' },
  config: z.object({
    name: plainField({ title: 'Name' }),
    text: textField({ title: 'Text' }),
    html: htmlField({ title: 'HTML' }),
    value: valueField({ title: 'Value' }),
    fields: field(
      z
        .array(
          z.union([
            z.object({ name: z.string(), value: valueField({ title: 'V' }) }),
            z.object({ rows: z.array(textField({ title: 'R' })) }),
          ]),
        )
        .default([]),
      { title: 'Fields' },
    ),
  }),
  ports: { in: [inPort], out: [outPort] },
  effect: 'none',
  summary: () => '',
  sample: () => null,
  preview: () => ({ summary: '' }),
});

const scope: Scope = {
  trigger: {
    body: {
      email: 'ada@example.com',
      name: 'Ada <3',
      n: 5,
      list: ['a', 'b', 'c'],
      on: true,
      nothing: null,
      text: 'one\n\ntwo & three\nfour',
    },
  },
  input: { size: 7, when: '2026-03-29T00:30:00Z' },
  steps: { ai_1: { text: 'Hi', data: { tags: [{ t: 'x' }] } } },
  now: '2026-11-22T10:00:00.000Z',
  workspace: { name: 'W' },
};
const run = (config: Record<string, unknown>, over: Scope = scope) => bind(compileBinding(node, config), over);
const text = (template: string) => run({ text: template })['text'];
const value = (template: unknown) => run({ value: template })['value'];

describe('bind', () => {
  it.each([
    ['Hello {{ trigger.body.email }}!', 'Hello ada@example.com!'],
    ['{{ trigger.body.n }}{{ trigger.body.on }}{{ trigger.body.nothing }}{{ trigger.nope.deep }}', '5true'],
    ['{{ trigger.body.list }}', '["a","b","c"]'],
    ['{{ steps.ai_1.data }}', '{"tags":[{"t":"x"}]}'],
    [
      '{{ trigger.body.list[1] }}{{ trigger.body.list[-1] }}{{ trigger.body.list.first }}{{ trigger.body.list.size }}',
      'bca3',
    ],
    ['{{ trigger.body["email"] }}', 'ada@example.com'],
    ['{{ input.size }}', '7'],
    ['{{ trigger.body.email.size }}', '15'],
    ['{{ trigger.body.missing | default: "there" }}', 'there'],
    ['{% if trigger.body.on %}yes {{ trigger.body.list }}{% else %}no{% endif %}', 'yes ["a","b","c"]'],
    ['{% for x in trigger.body.list %}{{ x | upcase }}{% endfor %}', 'ABC'],
    ['{%- assign a = 1 -%} {{ a }}', '1'],
    ['{{ "now" | date: "%Y-%m-%d" }}', '2026-11-22'],
    ['{{ input.when | date: "%H:%M", "Europe/Berlin" }}', '01:30'],
    ['{{ input.when | date: "%H:%M" }}', '00:30'],
    ['{{ 1234.5 | number: 2, "de" }}', '1.234,50'],
    ['{{ "1234.5" | money: "EUR" }}', '€1,234.50'],
    ['{{ "Ada Lovelace" | first_name }}/{{ "Lovelace, Ada" | first_name }}', 'Ada/Ada'],
    ['{{ trigger.body.list | json }}', '["a","b","c"]'],
    ['{{ "<p>a</p><p>b</p>" | html_to_text }}', 'a\n\nb'],
    ['no liquid { } here', 'no liquid { } here'],
    ['{% raw %}{{ x }}{% endraw %}', '{{ x }}'],
  ])('text: %s', (template, expected) => expect(text(template)).toBe(expected));

  it.each([
    ['{{ trigger.body.name }}', 'Ada &lt;3'],
    ['{{ trigger.body.name | raw }}', 'Ada <3'],
    ['{% if true %}{{ trigger.body.name }}{% endif %}', 'Ada &lt;3'],
    ['{% for i in (1..2) %}{{ trigger.body.name | raw }}{% endfor %}', 'Ada <3Ada <3'],
    ['{{ trigger.body.text | paragraphs }}', '<p>one</p>\n<p>two &amp; three<br>\nfour</p>'],
    ['<b>{{ "x" | append: "<" }}</b>', '<b>x&lt;</b>'],
  ])('html: %s', (template, expected) => expect(run({ html: template })['html']).toBe(expected));

  it.each([
    ['{{ trigger.body.n }}', 5],
    ['  {{ trigger.body.list }} ', ['a', 'b', 'c']],
    ['{{ trigger.body.n | plus: 1 }}', 6],
    ['{{ trigger.body.list | size }}', 3],
    ['{{ trigger.body.missing }}', null],
    ['{{ 5 }}', 5],
    ['{{ true }}', true],
    ['{{ trigger.body.n }}!', '5!'],
    ['5', '5'],
    [7, 7],
    [
      { a: ['{{ trigger.body.n }}', 'x'], b: false },
      { a: [5, 'x'], b: false },
    ],
  ])('value: %j', (template, expected) => expect(value(template)).toEqual(expected));

  it('hands on the very object, and leaves alone what has no expression', () => {
    const binding = compileBinding(node, {
      value: '{{ trigger.body }}',
      fields: [
        { name: 'a', value: 'x' },
        { name: 'b', value: '{{ input }}' },
      ],
    });
    const bound = bind(binding, scope) as { value: unknown; fields: { value: unknown }[] };
    expect(bound.value).toBe((scope['trigger'] as { body: unknown }).body);
    expect(bound.fields[1]?.value).toBe(scope['input']);
    expect(bound.fields[0]).toBe((binding.config['fields'] as unknown[])[0]);
    expect((binding.config['fields'] as { value: unknown }[])[1]?.value).toBe('{{ input }}');
    const still = compileBinding(node, { text: 'x' });
    expect(bind(still, scope)).toBe(still.config);
  });

  it('finds expressions inside unions and lists', () => {
    expect(run({ fields: [{ rows: ['{{ now }}'] }] })['fields']).toEqual([{ rows: ['2026-11-22T10:00:00.000Z'] }]);
  });

  it('does not let data become template', () => {
    expect(text('{{ trigger.x }}')).toBe('');
    expect(run({ text: '{{ trigger.x }}' }, { trigger: { x: '{{ now }}' }, now: 1 })['text']).toBe('{{ now }}');
  });

  it('opens no prototypes', () => {
    for (const path of [
      'constructor',
      '__proto__',
      'toString',
      'constructor.constructor',
      'body.list.map',
      'body.email.length',
    ]) {
      expect([path, value(`{{ trigger.${path} }}`)]).toEqual([path, null]);
    }
    expect(value('{{ constructor }}')).toBe(null);
    expect(value('{{ __proto__ | json }}')).toSatisfy(
      (v: unknown) => v === undefined || v === null || v === 'null' || v === '',
    );
    const own = JSON.parse('{"__proto__": "{{ trigger.body.n }}"}') as Record<string, unknown>;
    const bound = value(own) as object;
    expect(Object.getPrototypeOf(bound)).toBe(Object.prototype);
    expect(Object.hasOwn(bound, '__proto__')).toBe(true);
  });

  it.each([
    ['{{ trigger.body', /not closed with “}}”/, 0],
    ['x {{ a | upcas }}', /no filter “upcas”. Did you mean “upcase”/, 2],
    ['{% fi x %}', /no tag “fi”. Did you mean “if”/, 0],
    ['ab{% if x %}', /“{% if %}” is not ended with “{% endif %}”/, 2],
    ['{{ }}', /nothing between/, 3],
    ['{{ a b }}', /“b” is not expected here/, 5],
    ['one\ntwo {{ a | nope }}', /no filter/, 8],
    ['{% include "/etc/passwd" %}', /no tag “include”/, 0],
    ['{% render "x" %}', /no tag “render”/, 0],
    ['{% layout "x" %}', /no tag “layout”/, 0],
  ] as const)('explains %s', (template, message, position) => {
    const error = (() => {
      try {
        return compileBinding(node, { text: template });
      } catch (thrown) {
        return thrown;
      }
    })();
    expect(error).toBeInstanceOf(AppError);
    expect((error as AppError).message).toMatch(message);
    expect((error as AppError).details).toEqual({
      field: 'text',
      position,
      line: template.slice(0, position).split('\n').length,
    });
  });

  it.each([
    '{% for i in (1..100000000) %}x{% endfor %}',
    '{% for i in (1..100000) %}{% for j in (1..100000) %}{{ i }}{% endfor %}{% endfor %}',
    '{% assign a = "xxxxxxxxxx" %}{% for i in (1..60) %}{% assign a = a | append: a %}{% endfor %}{{ a }}',
    '{{ "x" | date: "%999999999d" }}{{ "2020-01-01" | date: "%99999999Y" }}',
  ])('stops what would use up the machine: %s', (template) => {
    const started = performance.now();
    const result = evaluate(template, 'text', scope);
    expect(performance.now() - started).toBeLessThan(2_000);
    expect(result).toMatchObject({
      ok: false,
      error: { code: 'expression', message: expect.stringMatching(/too much time or memory/) },
    });
  });

  it.each([
    'strip_html',
    'html_to_text',
    'strip_newlines',
    'newline_to_br',
    'first_name',
    'paragraphs',
    'escape',
    'url_encode',
    'strip',
    'split: " "',
    'truncatewords: 5',
  ])('filter %s is quick on 200,000 hostile characters', (filter) => {
    const started = performance.now();
    for (const piece of ['<script', '<!--', '<style', '<', ' ', '\n', '&']) {
      evaluate(`{{ x | ${filter} }}`, 'text', { x: piece.repeat(Math.floor(200_000 / piece.length)) });
    }
    expect(performance.now() - started).toBeLessThan(3_000);
  });

  it('names the wrong zone and currency', () => {
    expect(evaluate('{{ now | date: "%H", "Berlin" }}', 'text', scope)).toMatchObject({
      error: { message: expect.stringContaining('“Berlin” is not a time zone') },
    });
    expect(evaluate('{{ 5 | money: "EURO" }}', 'text', scope)).toMatchObject({
      error: { message: expect.stringContaining('“EURO”') },
    });
  });

  it('binds ten fields in microseconds', () => {
    const fields = Array.from({ length: 10 }, (_, n) => ({
      name: `f${n}`,
      value: n % 2 ? '{{ trigger.body.email }}' : 'Hi {{ steps.ai_1.text }} {{ input.size }}',
    }));
    const binding = compileBinding(node, { fields });
    for (let n = 0; n < 20_000; n++) bind(binding, scope);
    const best = Math.min(
      ...Array.from({ length: 10 }, () => {
        const started = performance.now();
        for (let n = 0; n < 2_000; n++) bind(binding, scope);
        return ((performance.now() - started) / 2_000) * 1_000;
      }),
    );
    console.log(`bind of ten fields: ${best.toFixed(2)} µs`);
    // The aim is 20 µs; a machine that is busy with other tests gets some room.
    expect(best).toBeLessThan(60);
  });
});

it('names the field of a reference', () => {
  expect(referencesOf(node, { text: '', fields: [{ name: 'a', value: '{{ input.q }}' }] })).toEqual([
    { field: 'fields.0.value', path: ['input', 'q'], position: 3 },
  ]);
});
