import { expect, it } from 'vitest';
import { filterNames } from '../../../shared/engine/liquid.ts';
import { filterHelp } from './filter-help.ts';
import { isInside } from './insertion.ts';

it('has a line for every filter, and for no other', () => {
  expect(filterHelp.map(({ name }) => name).toSorted()).toEqual(filterNames.toSorted());
  for (const { help, usage } of filterHelp) expect([help.length > 1, usage.includes('\n')]).toEqual([true, false]);
});

it.each([
  ['Hello {{ na', true],
  ['Hello {{ name }} and', false],
  ['{% if x %}', false],
  ['{% if ', true],
  ['', false],
  ['}} {{', true],
])('%j ends inside of an expression: %s', (text, inside) => {
  expect(isInside(text, text.length)).toBe(inside);
});
