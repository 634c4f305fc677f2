import { expect, test } from 'vitest';
import { filesOf, type Manifest } from './bundle-budget.ts';

const manifest: Manifest = {
  'index.html': { file: 'assets/index.js', imports: ['_shared.js'] },
  'page.tsx': { file: 'assets/page.js', imports: ['index.html', '_shared.js', '_style.css'] },
  '_shared.js': { file: 'assets/shared.js', imports: ['_shared.js'] },
  '_style.css': { file: 'assets/style.css' },
  'later.tsx': { file: 'assets/later.js' },
};

test('a first load is what its modules import statically, each file once, scripts only', () => {
  expect(filesOf(manifest, ['index.html', 'page.tsx']).toSorted()).toEqual([
    'assets/index.js',
    'assets/page.js',
    'assets/shared.js',
  ]);
});

test('a page that has become part of another chunk is noticed', () => {
  expect(() => filesOf(manifest, ['gone.tsx'])).toThrow('knows no gone.tsx');
});
