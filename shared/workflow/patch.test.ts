import { describe, expect, it } from 'vitest';
import { edgeBetween } from './graph.ts';
import type { WorkflowGraph, WorkflowNode } from './graph.ts';
import { applyPatch, diffGraphs, graphPatchSchema, invertPatch, isEmptyPatch } from './patch.ts';
import { chosenGraph, dependentsOf, neededBy, patchMarks } from './patch-choice.ts';
import { seededRandom } from '../engine/testing-graphs.ts';
import { randomGraph } from './testing-pairs.ts';

const step = (id: string, more: Partial<WorkflowNode> = {}): WorkflowNode => ({
  id,
  kind: 'set',
  version: 1,
  title: id,
  config: {},
  position: { x: 0, y: 0 },
  ...more,
});
const graph = (nodes: WorkflowNode[], ...edges: [string, string, string?][]): WorkflowGraph => ({
  nodes,
  edges: edges.map(([a, b, port]) => edgeBetween(a, b, port)),
  direction: 'down',
});
const lines = ({ edges }: WorkflowGraph) => edges.map(({ id }) => id).toSorted();

describe('a patch', () => {
  it('of 300 random pairs gives the second graph, inverted the first, and survives JSON', () => {
    for (let seed = 0; seed < 300; seed++) {
      const random = seededRandom(seed);
      const a = randomGraph(random);
      const b = randomGraph(random, a);
      const patch = diffGraphs(a, b);
      const sent = graphPatchSchema.parse(JSON.parse(JSON.stringify(patch)));
      expect(applyPatch(sent, a), `seed ${seed}`).toEqual(b);
      expect(applyPatch(invertPatch(sent), b), `seed ${seed}, back`).toEqual(a);
      expect(invertPatch(invertPatch(patch))).toEqual(patch);
      expect(isEmptyPatch(diffGraphs(b, b))).toBe(true);
      expect(isEmptyPatch(diffGraphs(a, structuredClone(a)))).toBe(true);
    }
  });

  it('names the fields that differ, settings one by one', () => {
    const before = step('a', {
      config: { to: 'x', cc: '', __proto__: null },
      retry: { attempts: 2, delayMs: 1, factor: 1 },
    });
    const after = step('a', { title: 'A', config: { to: 'y', text: '1' }, onError: 'port' });
    const [changed] = diffGraphs(graph([before]), graph([after])).nodes.changed;
    expect(changed?.fields.toSorted()).toEqual(['config.cc', 'config.text', 'config.to', 'onError', 'retry', 'title']);
  });

  it('does not mind the order of keys, nor a key without a value', () => {
    const a = graph([step('a', { config: { x: { p: 1, q: [1, 2] }, y: undefined } })]);
    const b = graph([step('a', { config: { x: { q: [1, 2], p: 1 } } })]);
    expect(isEmptyPatch(diffGraphs(a, b))).toBe(true);
    expect(isEmptyPatch(diffGraphs(a, graph([step('a', { config: { x: { q: [2, 1], p: 1 } } })])))).toBe(false);
  });

  it('on a graph that has moved on does what still makes sense', () => {
    const a = graph([step('a'), step('b'), step('c')], ['a', 'b'], ['b', 'c']);
    const b = graph([step('a'), step('b', { title: 'B' }), step('n')], ['a', 'n'], ['n', 'b']);
    const moved = graph([step('a', { title: 'moved' }), step('c'), step('z')], ['a', 'z']);
    const result = applyPatch(diffGraphs(a, b), moved);
    expect(result.nodes.map(({ id, title }) => `${id}=${title}`)).toEqual(['a=moved', 'z=z', 'n=n']);
    expect(lines(result)).toEqual(['a:out>n:in', 'a:out>z:in']);
  });
});

describe('taking a part of a patch', () => {
  const mail = (more: object = {}) => step('mail', { config: { text: 'Hi', ...more } });

  it('heals the connection around an added step that is left', () => {
    const a = graph([step('t'), mail()], ['t', 'mail']);
    const b = graph([step('t'), mail({ text: 'Hello' }), step('n')], ['t', 'n'], ['n', 'mail']);
    const result = chosenGraph(a, diffGraphs(a, b), ['n']);
    expect(lines(result)).toEqual(['t:out>mail:in']);
    expect(result.nodes.find(({ id }) => id === 'mail')?.config).toEqual({ text: 'Hello' });
  });

  it('leaves what refers to it, stands in it or hangs on its branch; and takes what is needed', () => {
    const a = graph([step('t'), mail()], ['t', 'mail']);
    const b = graph(
      [
        step('t'),
        mail({ text: '{{ steps.ai.text }}' }),
        step('ai'),
        step('each'),
        step('in', { parent: 'each' }),
        step('ask'),
        step('no'),
        step('after'),
      ],
      ['t', 'ai'],
      ['ai', 'ask'],
      ['ask', 'mail', 'approved'],
      ['ask', 'no', 'rejected'],
      ['mail', 'after'],
    );
    const patch = diffGraphs(a, b);
    expect([...dependentsOf(patch, ['ai'])].toSorted()).toEqual(['ai', 'mail']);
    expect([...dependentsOf(patch, ['each'])].toSorted()).toEqual(['each', 'in']);
    expect([...dependentsOf(patch, ['ask'])].toSorted()).toEqual(['ask', 'no']);
    expect([...neededBy(patch, 'mail')].toSorted()).toEqual(['ai', 'mail']);
    expect([...neededBy(patch, 'no')].toSorted()).toEqual(['ask', 'no']);
    const withoutAsk = chosenGraph(a, patch, ['ask']);
    expect(lines(withoutAsk)).toEqual(['ai:out>mail:in', 'mail:out>after:in', 't:out>ai:in']);
    expect(withoutAsk.nodes.map(({ id }) => id)).not.toContain('no');
  });

  it('keeps a step that it would remove, with its connections, and without the one that closed the gap', () => {
    const a = graph([step('t'), step('x'), mail()], ['t', 'x'], ['x', 'mail']);
    const b = graph([step('t', { title: 'T' }), mail()], ['t', 'mail']);
    const result = chosenGraph(a, diffGraphs(a, b), ['x']);
    expect(lines(result)).toEqual(['t:out>x:in', 'x:out>mail:in']);
    expect(result.nodes.map(({ title }) => title)).toEqual(['T', 'x', 'mail']);
  });

  it('does not remove what a change that is left refers to', () => {
    const a = graph([step('x'), mail({ text: '{{ steps.x.a }}' })], ['x', 'mail']);
    const b = graph([mail({ text: 'none' })]);
    expect(chosenGraph(a, diffGraphs(a, b), ['mail'])).toEqual(a);
  });

  it('takes a new error path back together with the change that opened it', () => {
    const a = graph([step('t'), step('web'), mail()], ['t', 'web'], ['t', 'mail']);
    const b = graph(
      [step('t', { title: 'T' }), step('web', { onError: 'port' }), mail()],
      ['t', 'web'],
      ['t', 'mail'],
      ['web', 'mail', 'error'],
    );
    expect(lines(chosenGraph(a, diffGraphs(a, b), ['web']))).toEqual(['t:out>mail:in', 't:out>web:in']);
  });

  it('of random patches: nothing left is the patch, all left the graph before, and any part is a graph', () => {
    for (let seed = 0; seed < 300; seed++) {
      const random = seededRandom(seed);
      const a = randomGraph(random);
      const b = randomGraph(random, a);
      const patch = diffGraphs(a, b);
      const marks = [...patchMarks(patch).keys()];
      expect(chosenGraph(a, patch, [])).toEqual(b);
      if (marks.length > 0) expect(chosenGraph(a, patch, marks)).toEqual(a);
      const left = marks.filter(() => random() < 0.4);
      const some = chosenGraph(a, patch, left);
      const ids = new Set(some.nodes.map(({ id }) => id));
      expect(ids.size).toBe(some.nodes.length);
      expect(new Set(some.edges.map(({ id }) => id)).size).toBe(some.edges.length);
      for (const edge of some.edges) expect(ids.has(edge.source) && ids.has(edge.target), `seed ${seed}`).toBe(true);
      const refused = dependentsOf(patch, left);
      for (const { id } of patch.nodes.added) expect(ids.has(id)).toBe(!refused.has(id));
      for (const { id } of patch.nodes.removed) expect(ids.has(id)).toBe(refused.has(id));
    }
  });
});
