import { render } from '@testing-library/react';
import { expect, it } from 'vitest';
import { blocksOf, Markdown, safeTarget } from './markdown.tsx';

const html = (text: string) => render(<Markdown text={text} />).container;

it.each([
  ['# Plan', 'heading'],
  ['- a\n- b', 'list'],
  ['1. a\n2. b', 'list'],
  ['> said', 'quote'],
  ['---', 'rule'],
  ['```\n# no heading\n```', 'code'],
  ['```\nnever closed', 'code'],
  ['just words', 'paragraph'],
])('%j is one %s', (text, type) => {
  expect(blocksOf(text.split('\n')).map((block) => block.type)).toEqual([type]);
});

it('draws emphasis, code, tasks and links', () => {
  const drawn = html('**bold** *soft* `x < y` [page](https://example.com/a) mailto\n\n- [x] done\n- [ ] open');
  expect(drawn.querySelector('strong')?.textContent).toBe('bold');
  expect(drawn.querySelector('em')?.textContent).toBe('soft');
  expect(drawn.querySelector('code')?.textContent).toBe('x < y');
  expect(drawn.querySelector('a')?.getAttribute('href')).toBe('https://example.com/a');
  expect(drawn.querySelectorAll('li')).toHaveLength(2);
  expect(drawn.querySelector('[data-done]')?.textContent).toContain('done');
});

it.each([
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '[x](javascript:alert(1))',
  '[x](data:text/html,<script>1</script>)',
  '[x](vbscript:y)',
  '[x](/settings)',
])('makes neither an element nor a link of %j', (text) => {
  const drawn = html(text);
  expect(drawn.querySelector('script, img, a')).toBeNull();
  expect(drawn.textContent).toBe(text);
});

it.each([
  ['https://example.com', 'https://example.com/'],
  ['mailto:ada@example.com', 'mailto:ada@example.com'],
  ['JAVASCRIPT:alert(1)', null],
  ['java\nscript:alert(1)', null],
  ['//example.com', null],
])('%j leads to %j', (target, result) => {
  expect(safeTarget(target)).toBe(result);
});

it('is done with the longest note at once', () => {
  const started = performance.now();
  for (const piece of ['*', '[', '`', '~', '[](', 'http://', '- ', '**a'])
    html(piece.repeat(Math.floor(8_000 / piece.length)));
  expect(performance.now() - started).toBeLessThan(2_000);
});
