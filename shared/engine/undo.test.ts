import { expect, test } from 'vitest';
import type { RunEvent, RunEventBody } from '../workflow/run.ts';
import { foldRun } from './fold.ts';
import { compileGraph } from './graph.ts';
import { rerunEvents } from './rerun.ts';
import { testCatalogue, testGraph, testNode } from './testing-graphs.ts';
import { stepsToUndo, undoneSteps } from './undo.ts';

const graph = compileGraph(
  testGraph(
    ['n0', 'a', 'b', 'c', 'd'].map((id) => testNode(id, id === 'n0' ? 'start' : 'pass')),
    ['n0>a', 'a>b', 'n0>c', 'b>d'],
  ),
  testCatalogue,
);
const done = (node: string, more: object = {}): RunEventBody & { copied?: true } => {
  return { type: 'step.done', node, port: 'out', output: node, ms: 1, ...more };
};
const fails: RunEventBody = {
  type: 'step.failed',
  node: 'd',
  attempt: 1,
  ms: 1,
  error: { code: 'stopped', message: 'no' },
};
const undoing = (node: string): RunEventBody => ({ type: 'step.compensating', node });
const undone = (node: string): RunEventBody => ({ type: 'step.compensated', node });
const refused = (node: string): RunEventBody => {
  return { type: 'step.compensate_failed', node, error: { code: 'http_failed', message: 'no' } };
};
function journal(...bodies: (RunEventBody & { copied?: true })[]): RunEvent[] {
  const all: RunEventBody[] = [{ type: 'run.started', trigger: 'n0', output: 'n0' }, ...bodies];
  return all.map((body, i) => ({ ...body, seq: i + 1, at: i }));
}
const can = (address: string) => address !== 'c';

test.each<[string, (RunEventBody & { copied?: true })[], string[]]>([
  ['the last that was done comes first', [done('b'), done('c'), done('a')], ['a', 'b']],
  ['what an earlier run did is left alone', [done('a', { copied: true }), done('b')], ['b']],
  ['a step that failed is left alone', [done('a'), fails], ['a']],
  ['what is undone is not undone again', [done('a'), done('b'), undoing('b'), undone('b')], ['a']],
  ['what a crash interrupted is', [done('a'), done('b'), undoing('b')], ['b', 'a']],
  ['what could not be undone is not tried again', [done('a'), done('b'), undoing('b'), refused('b')], ['a']],
  ['each item of a loop is undone by itself', [done('each[0]/a'), done('each[1]/a')], ['each[1]/a', 'each[0]/a']],
])('%s', (_what, events, expected) => {
  expect(stepsToUndo(journal(...events), can)).toEqual(expected);
});

test('the fold says how far it has come', () => {
  const state = foldRun(
    graph,
    journal(done('a'), done('b'), fails, undoing('b'), undone('b'), undoing('a'), refused('a')),
  );
  expect([...state.undo!].map(([node, { status }]) => [node, status])).toEqual([
    ['b', 'compensated'],
    ['a', 'compensate_failed'],
  ]);
});

test('a run that is tried again does what was undone anew, with all that came of it', () => {
  const events = journal(done('a'), done('b'), done('c'), fails, undoing('b'), undone('b'));
  expect(undoneSteps(events)).toEqual(new Set(['b']));
  const kept = rerunEvents(graph, events, []).flatMap((event) => ('node' in event ? [event.node] : []));
  expect(kept).toEqual(['a', 'c']);
});
