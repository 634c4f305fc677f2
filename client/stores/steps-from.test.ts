import { expect, it } from 'vitest';
import { testGraph, testNode } from '../../shared/engine/testing-graphs.ts';
import { stepsFrom, titlesOf } from './steps-from.ts';

const graph = testGraph(
  [testNode('n0', 'start'), testNode('a', 'pass'), testNode('b', 'pass'), testNode('c', 'pass'), testNode('d', 'pass')],
  ['n0>a', 'a>b', 'n0>c', 'b>d', 'c>d'],
);

it.each([
  ['n0', ['n0', 'a', 'b', 'c', 'd']],
  ['a', ['a', 'b', 'd']],
  ['c', ['c', 'd']],
  ['d', ['d']],
])('from %s', (from, expected) => {
  expect(stepsFrom(graph, from)).toEqual(expected);
});

it('names the first few', () => {
  expect(titlesOf(graph, ['a', 'b'])).toBe('“a”, “b”');
  expect(titlesOf(graph, ['a', 'b', 'c'], 2)).toBe('“a”, “b” and 1 more');
});
