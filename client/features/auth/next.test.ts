import { describe, expect, it } from 'vitest';
import { safeNext, withNext } from './next.ts';

describe('where sign-in leads to', () => {
  it.each([
    ['/runs?status=failed', '/runs?status=failed'],
    ['', '/'],
    ['//evil.example', '/'],
    ['/\\evil.example', '/'],
    ['https://evil.example', '/'],
    ['javascript:alert(1)', '/'],
    ['/\t/evil.example', '/'],
  ])('%s → %s', (next, expected) => {
    expect(safeNext(new URLSearchParams({ next }))).toBe(expected);
  });

  it('is the home page when nothing was asked for, and is handed on to the other page', () => {
    expect(safeNext(new URLSearchParams())).toBe('/');
    expect(withNext('/sign-up', new URLSearchParams())).toBe('/sign-up');
    expect(withNext('/sign-up', new URLSearchParams({ next: '/runs?a=1' }))).toBe('/sign-up?next=%2Fruns%3Fa%3D1');
  });
});
