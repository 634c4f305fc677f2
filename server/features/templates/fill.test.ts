import { expect, test } from 'vitest';
import { Liquid } from 'liquidjs';
import type { Template } from '../../../shared/api/templates.ts';
import { fillGraph, templateFaults } from './fill.ts';
import { loadShippedTemplates } from './shipped.ts';
import { checkValues } from './values.ts';

function template(config: Record<string, unknown>, type: 'text' | 'number' = 'text', keys = ['a', 'b']) {
  const node = { id: 'n_1', kind: 'email-send', version: 1, title: 'Mail', config, position: { x: 0, y: 0 } };
  const parameters: Template['parameters'] = keys.map((key) => ({
    key,
    label: key,
    type,
    default: '',
    required: false,
  }));
  return { parameters, graph: { nodes: [node], edges: [], direction: 'down' as const } };
}

function fill(config: Record<string, unknown>, values: Record<string, string>, type: 'text' | 'number' = 'text') {
  const filled = fillGraph(template(config, type), new Map(Object.entries(values)), (_kind, field) =>
    field === 'html' ? 'html' : 'text',
  );
  return filled.nodes[0]?.config;
}

test('values go in wherever their key stands, also deep inside', () => {
  const config = { subject: 'Hi [[a]] of [[b]]', deep: { list: ['[[a]]', { x: '[[a]]!' }] } };
  expect(fill(config, { a: 'Ada', b: 'Acme' })).toEqual({
    subject: 'Hi Ada of Acme',
    deep: { list: ['Ada', { x: 'Ada!' }] },
  });
});

test.each([
  '{{ 6 | times: 7 }}',
  '{% assign x = 1 %}{{ x }}',
  '{% raw %}{{ x }}',
  '{{{{ x }}}}',
  '{{-x-}}',
  '{',
  'a {',
  '{% endraw %}{{ secret }}',
  "{{ '}}' }}",
  '$& $1 $`',
  '[[b]]',
])('the value %j is printed by Liquid as it was typed', async (value) => {
  const liquid = new Liquid();
  const config = fill({ text: '{{ "before" }} [[a]]{{ "|" }}[[a]][[a]]' }, { a: value, b: 'other' });
  expect(await liquid.parseAndRender(String(config?.['text']), { secret: 'leaked', x: 'leaked' })).toBe(
    `before ${value}|${value}${value}`,
  );
});

test('two values side by side make no Liquid either', async () => {
  const config = fill({ text: '[[a]][[b]] 1 }}' }, { a: '{', b: '{' });
  expect(await new Liquid().parseAndRender(String(config?.['text']))).toBe('{{ 1 }}');
});

test('brackets that name no parameter are text', () => {
  expect(fill({ text: 'see [[c]]' }, {})).toEqual({ text: 'see [[c]]' });
});

test('in HTML a value is text, in JSON it stays JSON', () => {
  expect(fill({ html: '<p>[[a]]</p>' }, { a: 'Smith & <b>Sons</b>\nLtd' })).toEqual({
    html: '<p>Smith &amp; &lt;b&gt;Sons&lt;/b&gt;<br>Ltd</p>',
  });
  const json = fill({ payload: '{"name": "[[a]]"}' }, { a: 'say "hi"\n' });
  expect(JSON.parse(String(json?.['payload']))).toEqual({ name: 'say "hi"\n' });
});

test('a lone number parameter becomes a number', () => {
  expect(fill({ amount: '[[a]]', text: '[[a]] days' }, { a: '3' }, 'number')).toEqual({ amount: 3, text: '3 days' });
});

test('a template that puts a value into code, or forgets a parameter, is refused', () => {
  expect(templateFaults(template({ t: '{{ x | default: "[[a]]" }} [[c]]' }))).toEqual([
    expect.stringMatching(/inside Liquid code/),
    '[[c]] is not a parameter',
    'the parameter b is used nowhere',
  ]);
  expect(templateFaults(template({ t: '{[[a]] [[b]]' }))).toEqual([
    expect.stringMatching(/a brace stands right before/),
  ]);
  expect(templateFaults(template({ t: '[[a]] {{ x }} [[b]]' }))).toEqual([]);
});

const parameter = (type: Template['parameters'][number]['type'], extra: object = {}) => ({
  key: 'k',
  label: 'K',
  type,
  default: '',
  required: true,
  ...extra,
});

test.each([
  [parameter('text'), '  ', 'fill this in'],
  [parameter('email'), 'not an address', 'enter an e-mail address'],
  [parameter('url'), 'javascript:alert(1)', 'enter an address that starts with https://'],
  [parameter('number'), 'many', 'enter a number'],
  [parameter('time'), '24:00', 'enter a time such as 09:30'],
  [parameter('select', { options: [{ value: 'x', label: 'X' }] }), 'y', 'choose one of the options'],
])('%o refuses %j', (asked, value, message) => {
  expect(() => checkValues([asked], { k: value })).toThrow(
    expect.objectContaining({ code: 'bad_request', details: { fields: { k: message } } }),
  );
});

test('defaults fill what was left out, unknown keys are refused', () => {
  expect(checkValues([parameter('email', { default: 'a@b.example' })], {})).toEqual(new Map([['k', 'a@b.example']]));
  expect(() => checkValues([], { __proto__x: 'v' })).toThrow(/does not ask/);
});

test('every shipped template loads and fills', async () => {
  const shipped = await loadShippedTemplates();
  expect(shipped.has('welcome-new-lead')).toBe(true);
});
