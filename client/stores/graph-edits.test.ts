import { describe, expect, it } from 'vitest';
import { edgeBetween } from '../../shared/workflow/graph.ts';
import type { WorkflowGraph } from '../../shared/workflow/graph.ts';
import { connectionProblem } from './connections.ts';
import { flowOrder, newNode, removeNodes } from './graph-edits.ts';
import { addAfter, insertOnEdge } from './insert-edits.ts';
import { testCatalogue } from './testing-kinds.ts';

/** `start>a, a>b:true` — kinds by the first letter: s start, b branch, t toolbox, else step. */
function graphOf(ids: string, edges: string): WorkflowGraph {
  const kindOf = (id: string) =>
    id.startsWith('start')
      ? 'start'
      : id.startsWith('branch')
        ? 'branch'
        : id.startsWith('toolbox')
          ? 'toolbox'
          : 'step';
  return {
    direction: 'down',
    nodes: ids
      .split(' ')
      .map((id, i) => ({ id, kind: kindOf(id), version: 1, title: id, config: {}, position: { x: 0, y: i * 112 } })),
    edges: edges
      .split(' ')
      .filter(Boolean)
      .map((text) => {
        const [source, rest = ''] = text.split('>');
        const [target = '', port = 'out'] = rest.split(':');
        return edgeBetween(source!, target, port);
      }),
  };
}
const edgesOf = (graph: WorkflowGraph) =>
  graph.edges.map((edge) => `${edge.source}>${edge.target}${edge.sourcePort === 'out' ? '' : `:${edge.sourcePort}`}`);

describe('removeNodes heals', () => {
  it.each([
    ['a chain', 'start a b', 'start>a a>b', 'a', ['start>b']],
    ['two in a row', 'start a b c', 'start>a a>b b>c', 'a b', ['start>c']],
    ['the end', 'start a', 'start>a', 'a', []],
    ['a branch keeps its port', 'branch a b', 'branch>a:true a>b', 'a', ['branch>b:true']],
    [
      'not a step with two outputs in use',
      'start branch a b',
      'start>branch branch>a:true branch>b:false',
      'branch',
      [],
    ],
    ['a step that many lead to', 'a b c d', 'a>c b>c c>d', 'c', ['a>d', 'b>d']],
    ['no doubled connection', 'a b c', 'a>b b>c a>c', 'b', ['a>c']],
  ])('%s', (_name, ids, edges, removed, expected) => {
    expect(edgesOf(removeNodes(graphOf(ids, edges), new Set(removed.split(' '))))).toEqual(expected);
  });
});

describe('insertOnEdge', () => {
  it('reconnects both ends and makes room', () => {
    const graph = graphOf('start a b', 'start>a a>b');
    const node = newNode(testCatalogue.get('step')!, graph, { x: 0, y: 0 });
    const result = insertOnEdge(graph, graph.edges[0]!, node, testCatalogue);
    expect(edgesOf(result)).toEqual(['a>b', 'start>step_1', 'step_1>a']);
    const y = new Map(result.nodes.map((one) => [one.id, one.position.y]));
    expect([y.get('start'), y.get('step_1'), y.get('a'), y.get('b')]).toEqual([0, 112, 224, 336]);
  });
});

describe('addAfter', () => {
  it('takes the first free output and never covers a step', () => {
    const graph = graphOf('branch a', 'branch>a:true');
    const result = addAfter(graph, 'branch', newNode(testCatalogue.get('step')!, graph, { x: 0, y: 0 }), testCatalogue);
    expect(edgesOf(result)).toEqual(['branch>a:true', 'branch>step_1:false']);
    expect(result.nodes.at(-1)!.position).not.toEqual(graph.nodes[1]!.position);
  });

  it('leaves a trigger unconnected', () => {
    const graph = graphOf('start', '');
    expect(
      addAfter(graph, 'start', newNode(testCatalogue.get('start')!, graph, { x: 0, y: 0 }), testCatalogue).edges,
    ).toEqual([]);
  });
});

describe('connectionProblem', () => {
  const graph = graphOf('start a b toolbox', 'start>a a>b');
  it.each([
    ['b', 'out', 'a', 'That would make a circle'],
    ['a', 'out', 'a', 'A step cannot follow itself'],
    ['a', 'out', 'start', 'A trigger has no input'],
    ['a', 'out', 'b', 'These two are connected already'],
    ['toolbox', 'tool', 'a', 'A tool port does not fit A data port'],
    ['a', 'nope', 'b', 'There is no such port'],
    ['start', 'out', 'b', null],
    ['a', 'error', 'b', null],
  ])('%s:%s to %s', (source, sourcePort, target, expected) => {
    expect(connectionProblem(graph, testCatalogue, { source, sourcePort, target, targetPort: 'in' })).toBe(expected);
  });
});

describe('flowOrder', () => {
  it('follows the flow and puts circles last', () => {
    const graph = graphOf('z b start a y', 'start>a a>b z>y y>z');
    expect(flowOrder(graph).map((node) => node.id)).toEqual(['start', 'a', 'b', 'z', 'y']);
  });
});
