import { expect, test } from 'vitest';
import { chunkOf } from './chunks.ts';

const imports: Record<string, string[]> = {
  start: ['react'],
  signIn: ['react', 'input'],
  shell: ['react', 'menu'],
  runs: ['react', 'badge', 'filters'],
  editor: ['react', 'menu', 'input', 'badge', 'canvas'],
  canvas: ['react', 'geometry'],
  layout: ['geometry'],
};
const graph = { getModuleInfo: (id: string) => ({ importedIds: imports[id] ?? [] }) };

test.each([
  ['react', 'start'],
  ['input', 'outside'],
  ['menu', 'shell'],
  ['badge', 'pages'],
  ['canvas', 'editor'],
  ['geometry', 'editor'],
  ['filters', null],
  ['layout', null],
])('%s goes to %s', (id, name) => {
  const nameOf = chunkOf({ start: 'start', outside: ['signIn'], shell: 'shell', pages: ['runs'], editor: 'editor' });
  expect(nameOf(id, graph)).toBe(name);
});
