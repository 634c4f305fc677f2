import { expect, it } from 'vitest';
import { jsonFault } from './json-fault.ts';

it.each([
  ['', 'ended', 1, 1],
  ['{"a": 1,}', 'unexpected', 1, 9],
  ['{\n  "a": 1\n  "b": 2\n}', 'unexpected', 3, 3],
  ['{\n  a: 1\n}', 'unexpected', 2, 3],
  ['[1, 2', 'ended', 1, 6],
  ['[1 2]', 'unexpected', 1, 4],
  ['"a\nb"', 'text', 1, 3],
  ['"a\\x"', 'text', 1, 3],
  ['{} x', 'after', 1, 4],
  ['01', 'after', 1, 2],
  ["{'a': 1}", 'unexpected', 1, 2],
  ['nul', 'unexpected', 1, 1],
] as const)('%j is wrong: %s at %d:%d', (text, reason, line, column) => {
  expect(jsonFault(text)).toMatchObject({ reason, line, column });
});

const good = [
  '{}',
  ' [1, -2.5e3, true, null, "\\u00e4\\n", {"a": [{}]}] ',
  '"x"',
  '0',
  JSON.stringify({ deep: [[[[{}]]]] }),
];

it.each(good)('%s is JSON', (text) => {
  expect(jsonFault(text)).toBeNull();
});

it('says the same as JSON.parse for every text that one character more or less makes of JSON', () => {
  const isJson = (text: string) => {
    try {
      JSON.parse(text);
      return true;
    } catch {
      return false;
    }
  };
  for (const text of good)
    for (let at = 0; at <= text.length; at++)
      for (const change of ['', ',', '"', '}', ']', '0', ':', '\\', ' '])
        for (const cut of [0, 1]) {
          const changed = text.slice(0, at) + change + text.slice(at + cut);
          expect(jsonFault(changed) === null, changed).toBe(isJson(changed));
        }
});
