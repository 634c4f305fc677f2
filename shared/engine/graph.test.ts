import { expect, test } from 'vitest';
import { compileGraph, topologicalOrder } from './graph.ts';
import { testCatalogue, testGraph, testNode } from './testing-graphs.ts';

test('a chain of 5,000 nodes is ordered without recursion', () => {
  const nodes = Array.from({ length: 5_000 }, (_, i) => testNode(`n${i}`, 'pass'));
  const edges = nodes.slice(1).map((_, i) => `n${i}>n${i + 1}`);
  const { order, cyclic } = topologicalOrder(testGraph(nodes.toReversed(), edges));
  expect(order).toEqual(nodes.map((node) => node.id));
  expect(cyclic).toEqual([]);
});

test('a loop is named and refused', () => {
  const graph = testGraph(
    [testNode('n0', 'start'), testNode('a', 'pass'), testNode('b', 'pass')],
    ['n0>a', 'a>b', 'b>a'],
  );
  expect(topologicalOrder(graph).cyclic.toSorted()).toEqual(['a', 'b']);
  expect(() => compileGraph(graph, testCatalogue)).toThrow(/loop/);
});

test('what a trigger reaches is known for each trigger alone', () => {
  const nodes = [testNode('n0', 'start'), testNode('s', 'start'), testNode('a', 'pass'), testNode('b', 'pass')];
  const compiled = compileGraph(testGraph(nodes, ['n0>a', 's>b', 'a>b']), testCatalogue);
  expect([...compiled.reachableFrom('n0')]).toEqual(['n0', 'a', 'b']);
  expect([...compiled.reachableFrom('s')]).toEqual(['s', 'b']);
});
