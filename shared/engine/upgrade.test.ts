import { expect, test } from 'vitest';
import { testCatalogue, testGraph, testNode } from './testing-graphs.ts';
import { upgradeGraph } from './upgrade.ts';

test('old settings are brought to the current version of their kind; current ones are left as they are', () => {
  const pass = testCatalogue.get('pass')!;
  const catalogue = new Map([
    ...testCatalogue,
    [
      'pass',
      { ...pass, version: 3, upgrade: (config: Record<string, unknown>, from: number) => ({ ...config, from }) },
    ],
  ]);
  const graph = testGraph([testNode('n0', 'start'), testNode('a', 'pass', { config: { x: 1 } })], ['n0>a']);
  const upgraded = upgradeGraph(graph, catalogue);
  expect(upgraded.nodes[1]).toMatchObject({ version: 3, config: { x: 1, from: 1 } });
  expect(upgraded.nodes[0]).toBe(graph.nodes[0]);
  expect(upgradeGraph(upgraded, catalogue)).toBe(upgraded);
});
