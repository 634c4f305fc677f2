import { expect, it } from 'vitest';
import { evaluate } from '../../../shared/engine/bind.ts';
import { changeFor } from './insertion.ts';
import { joinPath } from './scope.ts';

/** `‸` is the caret, `«…»` a selection. */
function inserted(marked: string): string {
  const from = marked.search(/[‸«]/);
  const to = marked[from] === '«' ? marked.indexOf('»') - 1 : from;
  const text = marked.replace(/[‸«»]/g, '');
  const change = changeFor(text, 'input.x', from, to);
  return text.slice(0, change.from) + change.insert + text.slice(change.to);
}

it.each([
  ['an empty field', '‸', '{{ input.x }}'],
  ['a text', 'Dear ‸, hello', 'Dear {{ input.x }}, hello'],
  ['a selection', 'Dear «name», hello', 'Dear {{ input.x }}, hello'],
  ['an expression that is selected', 'Dear «{{ input.a }}»!', 'Dear {{ input.x }}!'],
  ['a part of an expression that is selected', '{{ «input.a» | upcase }}', '{{ input.x | upcase }}'],
  ['an expression without anything in it', '{{‸}}', '{{ input.x }}'],
  ['the same with spaces', '{{ ‸ }}', '{{ input.x }}'],
  ['an expression that is begun', 'Hi {{ inp‸', 'Hi {{ input.x }}'],
  ['one that is begun before another one', '{{‸ and {{ b }}', '{{ input.x }} and {{ b }}'],
  ['what a filter asks for', '{{ a | default: ‸ }}', '{{ a | default: input.x }}'],
  ['a comparison', '{% if a == ‸%}yes{% endif %}', '{% if a == input.x %}yes{% endif %}'],
  ['a condition', '{% if ‸ %}yes{% endif %}', '{% if input.x %}yes{% endif %}'],
  ['the middle of a name', 'Dear {{ trig‸ger.name }}, hello', 'Dear {{ trigger.name }}{{ input.x }}, hello'],
  ['the end of an expression', '{{ trigger.name ‸}}', '{{ trigger.name }}{{ input.x }}'],
  ['behind a filter', '{{ a | upcase‸ }}.', '{{ a | upcase }}{{ input.x }}.'],
  ['between two', '{{ a }}‸{{ b }}', '{{ a }}{{ input.x }}{{ b }}'],
])('a path goes into %s', (_name, before, after) => {
  expect(inserted(before)).toBe(after);
});

it.each([
  'name',
  'first name',
  'e-mail',
  '2nd',
  '0',
  '',
  'größe',
  'a.b',
  'a[0]',
  'it\'s "so"',
  'back\\slash',
  'line\nbreak',
  'tab\there',
  'a}}b',
  'a%}b',
  'a | upcase',
  'size',
  'first',
  'last',
  'true',
  'ends-',
  '-begins',
  'why?',
  '📮',
])('the path of a field that is called %j leads to it', (key) => {
  const scope = { input: { list: [{ other: 1 }, { [key]: { inner: 'found', [key]: 'twice' } }] } };
  const field = joinPath('input.list[1]', key);
  for (const [path, value] of [
    [joinPath(field, 'inner'), 'found'],
    [joinPath(field, key), key === 'inner' ? 'found' : 'twice'],
  ] as const)
    expect(evaluate(`{{ ${path} }}`, 'value', scope), path).toEqual({ ok: true, value });
});
