import { expect, it } from 'vitest';
import { nameOf } from './address.ts';

it.each([
  ['Ada Lovelace <ada@example.com>', 'Ada Lovelace'],
  ['"Lovelace, Ada" <ada@example.com>', 'Lovelace, Ada'],
  ['ada@example.com', 'ada@example.com'],
  ['<ada@example.com>', 'ada@example.com'],
  ['', ''],
])('%s is shown as %s', (address, name) => {
  expect(nameOf(address)).toBe(name);
});
