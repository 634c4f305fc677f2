import { expect, test } from 'vitest';
import type { RunEventBody } from '../workflow/run.ts';
import { foldRun } from './fold.ts';
import { compileGraph } from './graph.ts';
import { resultOf } from './result.ts';
import { testCatalogue, testGraph, testNode } from './testing-graphs.ts';

const graph = compileGraph(
  testGraph(
    [testNode('s', 'start'), testNode('f', 'fork'), testNode('a', 'pass'), testNode('b', 'pass')],
    ['s>f', 'f.a>a', 'f.b>b', 's>b'],
  ),
  testCatalogue,
);
const result = (...bodies: RunEventBody[]) =>
  resultOf(
    graph,
    foldRun(
      graph,
      bodies.map((body, i) => ({ ...body, seq: i + 1, at: i })),
    ),
  );
const started: RunEventBody = { type: 'run.started', trigger: 's', output: 'in' };
const done = (node: string, port = 'out', more: object = {}): RunEventBody => ({
  type: 'step.done',
  node,
  port,
  output: `of ${node}`,
  ms: 0,
  ...more,
});

test('the output of the last step', () => {
  expect(result(started, done('f', 'a'), done('a'), done('b'))).toEqual({ a: 'of a', b: 'of b' });
  expect(result(started, done('f', 'a'), done('b'))).toBe('of b');
});

test('an answer counts before outputs', () => {
  const answer = { status: 200, headers: {}, body: { said: 1 } };
  expect(result(started, done('f', 'a', { answer }), done('a'), done('b'))).toEqual({ said: 1 });
});
