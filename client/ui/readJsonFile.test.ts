import { expect, it } from 'vitest';
import { fileNameOf, readJsonFile } from './readJsonFile.ts';

const file = (text: string, size = text.length) => ({ size, text: async () => text });

it.each([
  [file('{"a":1}'), { json: { a: 1 } }],
  [file('{"a":'), { problem: 'This file is not JSON' }],
  [file('', 0), { problem: 'This file is not JSON' }],
  [file('{}', 2_000_001), { problem: 'This file is larger than 2 MB' }],
])('reads %j', async (given, expected) => expect(await readJsonFile(given)).toEqual(expected));

it.each([
  ['Invoice reminders', 'invoice-reminders.json'],
  ['  Größe: 5/7 & „mehr“ ', 'groe-57-mehr.json'],
  ['日本', 'workflow.json'],
  ['x'.repeat(100), `${'x'.repeat(60)}.json`],
])('%s is saved as %s', (name, expected) => expect(fileNameOf(name)).toBe(expected));
