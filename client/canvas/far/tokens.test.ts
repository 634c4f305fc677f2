import { expect, test } from 'vitest';
import { createPalette } from './tokens.ts';
import type { Token } from './look.ts';

const tokens: Partial<Record<Token, string>> = { card: '#fff', canvas: '#101218', 'group-ai': '#7c3fd0' };
const palette = createPalette((token) => tokens[token] ?? '');

test('colours are those of the theme, mixed as the style sheet mixes them', () => {
  expect(palette.color('group-ai')).toBe('#7c3fd0');
  expect(palette.mix({ of: 'group-ai', percent: 34, over: 'card' })).toBe('rgb(210 190 239)');
  expect(palette.mix({ of: 'group-ai', percent: 100, over: 'canvas' })).toBe('rgb(124 63 208)');
  expect(palette.color('line'), 'a token that is missing').toBe('#888888');
});
