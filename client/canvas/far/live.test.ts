import { expect, test } from 'vitest';
import type { CanvasNode } from '../canvasNodes.ts';
import { liveNodes } from './live.ts';

const line = (count: number, selected: readonly number[], parents: Readonly<Record<number, number>> = {}) =>
  Array.from({ length: count }, (_, n) => ({
    id: `n${n}`,
    selected: selected.includes(n),
    ...(parents[n] === undefined ? {} : { parentId: `n${parents[n]}` }),
  })) as CanvasNode[];

function live(nodes: CanvasNode[]): string {
  return liveNodes(nodes, new Map(nodes.map((node) => [node.id, node])))
    .map(({ id }) => id)
    .join(' ');
}

test.each<[what: string, nodes: CanvasNode[], ids: string]>([
  ['nothing selected: where Tab and Shift Tab begin', line(9, []), 'n0 n8'],
  ['the selected one between its neighbours', line(9, [4]), 'n3 n4 n5'],
  ['at the start', line(9, [0]), 'n0 n1'],
  ['at the end', line(9, [8]), 'n7 n8'],
  ['several', line(9, [1, 6]), 'n0 n1 n2 n5 n6 n7'],
  ['a step in a container brings that along, before it', line(9, [5], { 5: 1, 6: 1 }), 'n4 n1 n5 n6'],
  ['no steps at all', [], ''],
])('%s', (_what, nodes, ids) => {
  expect(live(nodes)).toBe(ids);
});

test('of a thousand selected steps, few stay in the document', () => {
  const nodes = line(
    1_000,
    Array.from({ length: 1_000 }, (_, n) => n),
  );
  expect(liveNodes(nodes, new Map()).length).toBeLessThan(70);
});
