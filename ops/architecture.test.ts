import { expect, test } from 'vitest';
import { drawArchitecture } from './architecture-svg.ts';
import { folderOf, withoutShortcuts } from './architecture.ts';

test.each([
  ['server/store/runs.ts', 'server/store'],
  ['server/features/runs/start.ts', 'server/features'],
  ['server/main.ts', 'server/main'],
  ['server/config.ts', 'server/base'],
  ['client/main.tsx', 'client/main'],
])('%s belongs to %s', (file, folder) => {
  expect(folderOf(file)).toBe(folder);
});

test('an arrow that follows from others is left out, and a circle keeps its arrows', () => {
  const graph = (edges: string) => {
    const next = new Map<string, Set<string>>();
    for (const [from = '', to = ''] of edges.split(' ').map((edge) => edge.split('>')))
      next.set(from, (next.get(from) ?? new Set()).add(to));
    return withoutShortcuts(next)
      .map(({ from, to }) => `${from}>${to}`)
      .join(' ');
  };
  expect(graph('a>b b>c a>c')).toBe('a>b b>c');
  expect(graph('a>b b>c c>d a>d')).toBe('a>b b>c c>d');
  expect(graph('a>b b>a')).toBe('a>b b>a');
});

test('every folder and arrow is drawn, a new folder too', () => {
  const folders = ['client/main', 'server/main', 'server/brand-new', 'shared/engine'].map((path) => ({
    path,
    files: 1,
  }));
  const picture = drawArchitecture({ folders, arrows: [{ from: 'server/main', to: 'server/brand-new' }] });
  for (const label of ['main.tsx', 'main.ts', 'brand-new', 'engine']) expect(picture).toContain(`>${label}</text>`);
  expect(picture.match(/marker-end/g)).toHaveLength(1);
});
