import { describe, expect, it } from 'vitest';
import { edgeBetween, workflowGraphSchema } from '../../shared/workflow/graph.ts';
import type { WorkflowGraph } from '../../shared/workflow/graph.ts';
import { align, distribute, tidySteps } from './align-edits.ts';
import { addNote, groupFrames, groupSteps, joinGroup, moveAll, ungroup, updateNote } from './annotation-edits.ts';
import { findIn } from './find.ts';
import { newNode, removeNodes } from './graph-edits.ts';
import { insertOnEdge } from './insert-edits.ts';
import { testCatalogue } from './testing-kinds.ts';

const step = (id: string, x: number, y: number, more: object = {}) => ({
  id,
  kind: 'step',
  version: 1,
  title: `Step ${id}`,
  config: {},
  position: { x, y },
  ...more,
});
const graph: WorkflowGraph = {
  direction: 'down',
  nodes: [
    step('a', 0, 0),
    step('b', 400, 100),
    step('c', 40, 300, { config: { deep: [{ text: 'Dear {{ trigger.name }}, welcome' }] } }),
  ],
  edges: [edgeBetween('a', 'b'), edgeBetween('b', 'c')],
};
const at = (result: WorkflowGraph) => Object.fromEntries(result.nodes.map(({ id, position }) => [id, position]));

describe('groups', () => {
  const grouped = groupSteps(graph, new Set(['a', 'b']))!.graph;

  it('draw a frame around their steps and move with them', () => {
    const frame = groupFrames(grouped, testCatalogue).get('group:1')!;
    expect(frame).toEqual({ x: -24, y: -56, width: 400 + 248 + 48, height: 160 + 80 });
    const moved = moveAll(grouped, new Map([['group:1', { x: frame.x + 80, y: frame.y }]]), testCatalogue);
    expect(at(moved)).toEqual({ a: { x: 80, y: 0 }, b: { x: 480, y: 100 }, c: { x: 40, y: 300 } });
    const withOne = new Map([
      ['group:1', { x: frame.x + 80, y: frame.y }],
      ['a', { x: 8, y: 8 }],
    ]);
    expect(at(moveAll(grouped, withOne, testCatalogue)).a, 'dragged along by itself').toEqual({ x: 8, y: 8 });
  });

  it('have each step once: a second group takes it over, groups that are chosen become one', () => {
    const second = groupSteps(grouped, new Set(['b', 'c']))!.graph;
    expect(second.groups?.map(({ members }) => members)).toEqual([['a'], ['b', 'c']]);
    const one = groupSteps(second, new Set(['group:1', 'group:2']))!.graph;
    expect(one.groups).toMatchObject([{ id: 'group:1', members: ['a', 'b', 'c'] }]);
    expect(workflowGraphSchema.safeParse(one).success).toBe(true);
    expect(groupSteps(graph, new Set(['note:1']))).toBeNull();
  });

  it('go with their last step, by Ctrl Shift G on a step, and take in what is put between two of theirs', () => {
    expect(removeNodes(grouped, new Set(['a'])).groups).toMatchObject([{ members: ['b'] }]);
    expect(removeNodes(grouped, new Set(['a', 'b']))).not.toHaveProperty('groups');
    expect(ungroup(grouped, new Set(['a']))).not.toHaveProperty('groups');
    const node = newNode(testCatalogue.get('step')!, grouped, { x: 0, y: 0 });
    const between = insertOnEdge(grouped, grouped.edges[0]!, node, testCatalogue);
    expect(joinGroup(between, node.id).groups![0]!.members).toContain(node.id);
    const outside = insertOnEdge(grouped, grouped.edges[1]!, node, testCatalogue);
    expect(joinGroup(outside, node.id)).toBe(outside);
  });

  it('are refused when a step is in two, or two have the same id', () => {
    const group = { id: 'group:1', title: '', color: 'blue', members: ['a'] };
    expect(workflowGraphSchema.safeParse({ ...graph, groups: [group, { ...group, id: 'group:2' }] }).success).toBe(
      false,
    );
    expect(workflowGraphSchema.safeParse({ ...graph, groups: [group, { ...group, members: ['b'] }] }).success).toBe(
      false,
    );
    expect(workflowGraphSchema.safeParse({ ...graph, groups: [{ ...group, id: 'set_1' }] }).success).toBe(false);
  });
});

it('a note is as large as it may be, and no larger', () => {
  const { graph: noted, id } = addNote(graph, { x: 120, y: -200 }, testCatalogue)!;
  expect(noted.notes).toMatchObject([{ id, position: { x: 0, y: -280 }, text: '' }]);
  const resized = updateNote(noted, id, { size: { width: 5, height: 99_999 } });
  expect(resized.notes![0]!.size).toEqual({ width: 120, height: 1_600 });
  expect(workflowGraphSchema.safeParse(resized).success).toBe(true);
});

it('a new note covers nothing', () => {
  expect(addNote(graph, { x: 120, y: 30 }, testCatalogue)!.graph.notes![0]!.position).toEqual({ x: 680, y: -48 });
});

describe('a selection', () => {
  const all = new Set(['a', 'b', 'c']);
  it.each([
    ['left', { a: 0, b: 0, c: 0 }, 'x'],
    ['right', { a: 400, b: 400, c: 400 }, 'x'],
    ['middle', { a: 150, b: 150, c: 150 }, 'y'],
    ['bottom', { a: 300, b: 300, c: 300 }, 'y'],
  ] as const)('is aligned %s', (to, places, axis) => {
    const result = align(graph, all, to, testCatalogue);
    expect(Object.fromEntries(result.nodes.map(({ id, position }) => [id, position[axis]]))).toEqual(places);
  });

  it('gets equal gaps, the outer ones staying', () => {
    expect(at(distribute(graph, all, 'y', testCatalogue))).toMatchObject({ a: { y: 0 }, b: { y: 150 }, c: { y: 300 } });
    expect(distribute(graph, new Set(['a', 'b']), 'y', testCatalogue)).toBe(graph);
  });

  it('is laid out among itself: the rest stays where it was put by hand', () => {
    const result = at(tidySteps(graph, new Set(['a', 'b']), testCatalogue));
    expect(result).toEqual({ a: { x: 0, y: 0 }, b: { x: 0, y: 112 }, c: { x: 40, y: 300 } });
  });

  it('within a container moves by as much as it is seen to move', () => {
    const inside = {
      ...graph,
      nodes: [
        { ...step('loop_1', 1_000, 0), kind: 'loop' },
        step('x', 40, 120, { parent: 'loop_1' }),
        step('y', 80, 240, { parent: 'loop_1' }),
      ],
      edges: [],
    };
    expect(at(align(inside, new Set(['x', 'y']), 'left', testCatalogue))).toMatchObject({ x: { x: 40 }, y: { x: 40 } });
  });
});

it.each([
  ['step A', ['a']],
  ['welcome dear', ['c']],
  ['branch', []],
  ['Step', ['a', 'b', 'c']],
  ['  ', []],
  ['frame', ['group:1']],
  ['remember', ['note:1']],
])('%j is found in %j', (query, ids) => {
  const laid: WorkflowGraph = {
    ...graph,
    notes: [
      {
        id: 'note:1',
        text: 'Remember this',
        color: 'blue',
        position: { x: 0, y: 0 },
        size: { width: 200, height: 90 },
      },
    ],
    groups: [{ id: 'group:1', title: 'Frame', color: 'blue', members: ['a'] }],
  };
  expect(findIn(laid, testCatalogue, query).map(({ id }) => id)).toEqual(ids);
});
