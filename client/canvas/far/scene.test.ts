import type { Position } from '@xyflow/react';
import { describe, expect, test } from 'vitest';
import type { CanvasEdge } from '../canvasEdges.ts';
import type { CanvasNode } from '../canvasNodes.ts';
import { around } from '../boxes.ts';
import { emptyScene, sceneOf, stepAt, within } from './scene.ts';

function node(id: string, x: number, y: number, more: Partial<CanvasNode> = {}): CanvasNode {
  return {
    id,
    type: 'step',
    position: { x, y },
    measured: { width: 248, height: 60 },
    handles: [
      { id: 'in', type: 'target', position: 'top' as Position, x: 118.5, y: -4.5, width: 11, height: 11 },
      { id: 'out', type: 'source', position: 'bottom' as Position, x: 118.5, y: 53.5, width: 11, height: 11 },
    ],
    data: {} as CanvasNode['data'],
    ...more,
  };
}

function edge(source: string, target: string): CanvasEdge {
  return {
    id: `${source}>${target}`,
    source,
    target,
    sourceHandle: 'out',
    targetHandle: 'in',
    data: { label: '', inner: false, direction: 'down' },
  };
}

const nodes = [node('a', 0, 0), node('b', 0, 112), node('c', 328, 112)];
const edges = [edge('a', 'b'), edge('a', 'c')];

describe('a scene', () => {
  test('lines begin and end at the handles', () => {
    const { path } = sceneOf(nodes, edges, emptyScene).edges.get('a>b')!;
    expect(path).toMatch(/^M124,64\.5 C/);
    expect(path).toMatch(/ 124,107\.5$/);
  });

  test('a moved step takes only its own lines along', () => {
    const before = sceneOf(nodes, edges, emptyScene);
    const after = sceneOf([nodes[0]!, nodes[1]!, node('c', 400, 200)], edges, before);
    expect(after.steps.get('a')).toBe(before.steps.get('a'));
    expect(after.edges.get('a>b')).toBe(before.edges.get('a>b'));
    expect(after.edges.get('a>c')).not.toBe(before.edges.get('a>c'));
    expect(after.edges.get('a>c')!.path).toMatch(/ 524,195\.5$/);
  });

  test('what stands in containers is placed from their corners', () => {
    const nested = [
      node('outer', 100, 100, { type: 'step' }),
      node('inner', 10, 20, { parentId: 'outer' }),
      node('innermost', 1, 2, { parentId: 'inner' }),
    ];
    expect(sceneOf(nested, [], emptyScene).steps.get('innermost')).toMatchObject({ x: 111, y: 122 });
  });

  test('a line whose end is missing is left out', () => {
    expect(sceneOf(nodes, [edge('a', 'ghost')], emptyScene).edges.size).toBe(0);
  });
});

describe('what is at a point', () => {
  const scene = sceneOf([...nodes, node('on top', 10, 10)], edges, emptyScene);
  test.each<[what: string, x: number, y: number, slack: number, id: string | null]>([
    ['inside', 5, 5, 0, 'a'],
    ['of two, the one drawn last', 20, 20, 0, 'on top'],
    ['between them', 124, 90, 0, null],
    ['just beside, with a finger', 124, 105, 8, 'b'],
    ['beside two, the nearer', 290, 140, 60, 'c'],
    ['at the corner, which is farther than both sides', 580, 176, 3, null],
  ])('%s', (_what, x, y, slack, id) => {
    expect(stepAt(scene, { x, y }, slack)?.node.id ?? null).toBe(id);
  });

  test('a box takes what it touches, and the lines between', () => {
    expect(within(scene, { x: 100, y: 55, width: 40, height: 80 })).toEqual({
      nodes: ['a', 'b', 'on top'],
      edges: ['a>b'],
    });
    expect(within(scene, { x: 2_000, y: 0, width: 10, height: 10 })).toEqual({ nodes: [], edges: [] });
  });
});

test('the box around all', () => {
  expect(around([])).toBeNull();
  expect(around(sceneOf(nodes, [], emptyScene).steps.values())).toEqual({ x: 0, y: 0, width: 576, height: 172 });
});
