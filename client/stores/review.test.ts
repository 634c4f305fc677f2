import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../shared/engine/testing-graphs.ts';
import { edgeBetween } from '../../shared/workflow/graph.ts';
import type { WorkflowGraph, WorkflowNode } from '../../shared/workflow/graph.ts';
import { arranged } from '../../shared/workflow/layout.ts';
import { diffGraphs } from '../../shared/workflow/patch.ts';
import { randomGraph } from '../../shared/workflow/testing-pairs.ts';
import { createEditorStore } from './editor.ts';
import { documentOf, proposedGraph, reviewOf } from './review.ts';
import { testCatalogue } from './testing-kinds.ts';

const catalogue = testCatalogue;
const node = (id: string, title = id): WorkflowNode => ({
  id,
  kind: 'set',
  version: 1,
  title,
  config: {},
  position: { x: 0, y: 0 },
});
const base: WorkflowGraph = arranged({
  nodes: [node('a'), node('b'), node('c')],
  edges: [edgeBetween('a', 'b'), edgeBetween('b', 'c')],
  direction: 'down',
});
const after: WorkflowGraph = {
  ...base,
  nodes: [base.nodes[0]!, { ...base.nodes[2]!, title: 'C' }, node('n')],
  edges: [edgeBetween('a', 'n'), edgeBetween('n', 'c')],
};
const open = () => createEditorStore({ catalogue, graph: base });

describe('a proposed change', () => {
  it('is drawn over the document, which stays what it was', () => {
    const store = open();
    store.getState().propose(diffGraphs(base, after));
    const state = store.getState();
    expect(state.graph.nodes.map(({ id }) => id).toSorted()).toEqual(['a', 'b', 'c', 'n']);
    expect(Object.fromEntries(state.review!.marks)).toEqual({ n: 'added', c: 'changed', b: 'removed' });
    expect(state.review!.edgeMarks.get('a:out>b:in')).toBe('removed');
    expect(state.review!.edgeMarks.get('a:out>n:in')).toBe('added');
    expect(documentOf(state)).toBe(base);
    expect(proposedGraph(state).nodes.map(({ title }) => title)).toEqual(['a', 'C', 'n']);
    const places = new Set(state.graph.nodes.map(({ position }) => `${position.x} ${position.y}`));
    expect(places.size).toBe(4);
  });

  it('lets nothing be edited, undone or recorded before it is decided', () => {
    const store = open();
    store.getState().propose(diffGraphs(base, after));
    const { graph } = store.getState();
    store.getState().change('Rename', (one) => ({ ...one, direction: 'right' }));
    expect(store.getState().graph).toBe(graph);
    expect(store.getState().undo()).toBeNull();
    expect(store.getState().history.past).toHaveLength(0);
    expect(store.getState().settle(false, 'AI edit')).toBe('rejected');
    expect(store.getState()).toMatchObject({ graph: base, review: null, readOnly: false, gesture: null });
    expect(store.getState().history.past).toHaveLength(0);
  });

  it('is one entry of the history when it is taken', () => {
    const store = open();
    store.getState().propose(diffGraphs(base, after));
    expect(store.getState().settle(true, 'AI edit')).toBe('accepted');
    expect(store.getState().graph.nodes.map(({ id }) => id)).toEqual(['a', 'c', 'n']);
    expect(store.getState().undo()).toBe('AI edit');
    expect(store.getState().graph).toBe(base);
    store.getState().redo();
    expect(store.getState().graph.nodes.map(({ id }) => id)).toEqual(['a', 'c', 'n']);
  });

  it('is taken in part', () => {
    const store = open();
    store.getState().propose(diffGraphs(base, after));
    store.getState().toggleProposed('b');
    store.getState().toggleProposed('c');
    store.getState().toggleProposed('c');
    expect([...store.getState().review!.left]).toEqual(['b']);
    expect(store.getState().settle(true, 'AI edit')).toBe('partly');
    expect(store.getState().graph.nodes.map(({ id, title }) => id + title)).toEqual(['aa', 'bb', 'cC', 'nn']);
  });

  it('nothing of which is taken is a rejection, without an entry', () => {
    const store = open();
    store.getState().propose(diffGraphs(base, after));
    for (const id of ['b', 'c', 'n']) store.getState().toggleProposed(id);
    expect(store.getState().settle(true, 'AI edit')).toBe('rejected');
    expect(store.getState().graph).toBe(base);
  });

  it('that is followed by another shows both against the document; a viewer stays one', () => {
    const store = createEditorStore({ catalogue, graph: base, readOnly: true });
    store.getState().propose(diffGraphs(base, after));
    store.getState().propose(diffGraphs(base, { ...base, direction: 'right' }));
    expect(documentOf(store.getState())).toBe(base);
    store.getState().settle(false, 'AI edit');
    expect(store.getState().readOnly).toBe(true);
  });
});

it('200 random proposals, decided at random, undone and redone: first and last document come back', () => {
  const random = seededRandom(7);
  const first = randomGraph(random);
  const store = createEditorStore({ catalogue, graph: first });
  const before = first;
  let entries = 0;
  for (let n = 0; n < 200; n++) {
    const { graph } = store.getState();
    store.getState().propose(diffGraphs(graph, randomGraph(random, graph)));
    for (const id of store.getState().review!.marks.keys()) if (random() < 0.3) store.getState().toggleProposed(id);
    if (store.getState().settle(random() < 0.7, 'AI edit') !== 'rejected') entries++;
  }
  const last = store.getState().graph;
  expect(store.getState().history.past).toHaveLength(entries);
  while (store.getState().undo() !== null);
  expect(store.getState().graph).toBe(before);
  while (store.getState().redo() !== null);
  expect(store.getState().graph).toBe(last);
});

it('a step that goes stands beside the one that has come to its place', () => {
  const at = (id: string, y: number) => ({ ...node(id), position: { x: 5, y } });
  const before = { nodes: [at('a', 0), at('b', 130), at('c', 260)], edges: [], direction: 'down' as const };
  const after = { ...before, nodes: [at('a', 0), at('d', 132), at('c', 260)] };
  const { shown } = reviewOf(before, diffGraphs(before, after), testCatalogue, true);
  const place = (id: string) => shown.nodes.find((one) => one.id === id)!.position;
  expect(place('d')).toEqual({ x: 5, y: 132 });
  expect(place('b').y).toBe(130);
  expect(place('b').x).toBeGreaterThan(5 + 248);
});
