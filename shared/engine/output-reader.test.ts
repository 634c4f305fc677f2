import { Output, toValue, toValueSync } from 'liquidjs';
import { expect, test } from 'vitest';
import { compileTemplate, parseTemplate, Workbench } from './liquid.ts';
import { outputReader } from './output-reader.ts';

const scope = {
  trigger: { name: 'Ada Lovelace', amount: 12.5, text: '7', none: null, no: false, tags: ['b', 'a', 'c'] },
  input: { list: [{ n: 3, ok: true }, { n: 1 }, { n: 2, ok: true }], when: '2026-03-29T01:30:00Z', html: '<b>x</b>' },
  steps: { a_1: { text: 'one two three', empty: '', deep: [[1], [2, [3]]] } },
  now: '2026-11-23T10:00:00.000Z',
};

/** What Liquid itself makes of it. */
function byLiquid(text: string): unknown {
  const [template] = parseTemplate(text);
  if (!(template instanceof Output)) throw new Error(`${text} is no output`);
  return toValue(toValueSync(template.value.value(new Workbench(scope).liquidContext(), false)));
}

const isDirect = (text: string): boolean => outputReader(parseTemplate(text)[0] as Output) !== undefined;

test.each([
  'trigger.amount | times: 2',
  'trigger.text | plus: trigger.amount | round: 1',
  'trigger.name | split: " " | first | upcase',
  'trigger.name | replace: "Ada", trigger.text',
  'trigger.missing | default: trigger.name',
  'trigger.no | default: "yes", allow_false: true',
  'trigger.no | default: "yes"',
  'trigger.none | default: nil',
  'trigger.tags | sort | join: ", "',
  'trigger.tags[1] | append: trigger["name"]',
  'trigger.tags | size',
  'trigger.name.size | minus: 1',
  'input.list | where: "ok", true | map: "n"',
  'input.list | sort: "n" | json',
  'input.list | map: "n" | sum',
  'input.when | date: "%d.%m.%Y %H:%M"',
  'input.html | escape',
  'steps.a_1.text | truncate: 6, "…"',
  'steps.a_1.text | slice: -5, 3',
  'steps.a_1.deep | last | json',
  'steps.a_1.empty | default: now',
  '"a,b" | split: ","',
  '5 | divided_by: 2.0',
  'trigger.name.constructor | default: "nothing"',
])('%s is read as Liquid reads it', (expression) => {
  const text = `{{ ${expression} }}`;
  expect(isDirect(text)).toBe(true);
  expect(compileTemplate(text, 'value').evaluate(new Workbench(scope)) ?? null).toEqual(byLiquid(text) ?? null);
});

test.each([
  'trigger[input.list.first.n]',
  'trigger.amount > 3',
  '(1..3) | join: ","',
  'trigger.tags | join: trigger[now]',
])('%s is left to Liquid', (expression) => {
  const text = `{{ ${expression} }}`;
  expect(isDirect(text)).toBe(false);
  expect(compileTemplate(text, 'value').evaluate(new Workbench(scope)) ?? null).toEqual(byLiquid(text) ?? null);
});

test('a filter that refuses its input refuses it in both', () => {
  const text = '{{ trigger.amount | divided_by: "x" | json }}';
  const outcome = (make: () => unknown): unknown => {
    try {
      return make();
    } catch (error) {
      return error instanceof Error ? error.message : error;
    }
  };
  expect(outcome(() => compileTemplate(text, 'value').evaluate(new Workbench(scope)))).toEqual(
    outcome(() => byLiquid(text)),
  );
});
