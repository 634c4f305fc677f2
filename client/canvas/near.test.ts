import { describe, expect, test } from 'vitest';
import type { CanvasEdge } from './canvasEdges.ts';
import type { CanvasNode } from './canvasNodes.ts';
import { createArea, groundOf, nearOf } from './near.ts';
import type { View } from './near.ts';

function node(id: string, x: number, y: number, more: Partial<CanvasNode> = {}): CanvasNode {
  return {
    id,
    type: 'step',
    position: { x, y },
    measured: { width: 248, height: 60 },
    data: {} as CanvasNode['data'],
    ...more,
  };
}

const edge = (source: string, target: string, selected = false): CanvasEdge => ({
  id: `${source}>${target}`,
  source,
  target,
  selected,
});

const view = (x: number, y: number, zoom = 1, more: Partial<View> = {}): View => ({
  transform: [x, y, zoom],
  width: 1_000,
  height: 800,
  userSelectionRect: null,
  ...more,
});

const none: ReadonlySet<string> = new Set();
const here = { x: 0, y: 0, width: 1_000, height: 800 };
const names = ({ nodes, edges }: { nodes: { id: string }[]; edges: { id: string }[] }) =>
  [...nodes, ...edges].map(({ id }) => id).join(' ');

describe('the area that React Flow is told of', () => {
  test('is the same while the view stays in it, and another one after that', () => {
    const areaOf = createArea();
    const first = areaOf(view(0, 0));
    expect(first).toEqual({ x: -480, y: -480, width: 1_960, height: 1_760 });
    expect(areaOf(view(-479, 400))).toBe(first);
    const second = areaOf(view(-481, 400));
    expect(second).toMatchObject({ x: 1, y: -880 });
    expect(areaOf(view(-1, 400))).toBe(second);
  });

  test('is narrowed when the view has become far smaller', () => {
    const areaOf = createArea();
    const wide = areaOf(view(0, 0, 0.5));
    expect(wide.width).toBe(3_920);
    expect(areaOf(view(0, 0, 0.9))).toBe(wide);
    expect(areaOf(view(0, 0, 1.1)).width).toBeCloseTo(1_960 / 1.1);
  });

  test('holds all of a selection box that the view has left behind', () => {
    const box = { startX: 10, startY: 10, x: -2_990, y: -1_990, width: 3_500, height: 2_400 };
    const area = createArea()(view(-3_000, -2_000, 1, { userSelectionRect: box }));
    expect(area.x).toBeLessThanOrEqual(10);
    expect(area.y).toBeLessThanOrEqual(10);
    expect(area.x + area.width).toBeGreaterThan(4_000);
  });
});

describe('what is near', () => {
  const nodes = [
    node('a', 0, -2_000),
    node('b', 0, 400),
    node('c', 0, 2_000),
    node('d', 5_000, 400),
    node('e', 5_000, 2_000),
  ];
  const ground = (edges: CanvasEdge[], more = nodes) => groundOf(more, edges);

  test.each([
    ['steps in the area', [], 'b'],
    ['a connection with one end in it, and its other end', [edge('b', 'd')], 'b d b>d'],
    ['a connection across it, with both ends', [edge('a', 'c')], 'a b c a>c'],
    ['no connection far from it', [edge('d', 'e')], 'b'],
    ['a selected one wherever it is', [edge('d', 'e', true)], 'b d e d>e'],
  ])('%s', (_what, edges, expected) => {
    expect(names(nearOf(ground(edges), here, none))).toBe(expected);
  });

  test('selected steps, and what is being dragged, with their connections', () => {
    const chosen = nodes.map((one) => (one.id === 'e' ? { ...one, selected: true } : one));
    expect(names(nearOf(ground([edge('d', 'e')], chosen), here, none))).toBe('b d e d>e');
    expect(names(nearOf(ground([edge('d', 'e')]), here, new Set(['d'])))).toBe('b d e d>e');
  });

  test('a step in a container by where it is seen, and all containers around it first', () => {
    const nested = [
      node('far', 9_000, 9_000),
      node('outer', -3_000, -3_000, { type: 'container', measured: { width: 500, height: 500 } }),
      node('inner', 100, 100, { type: 'container', parentId: 'outer', measured: { width: 300, height: 300 } }),
      node('step', 3_000, 3_000, { parentId: 'inner' }),
      node('gone', 100, 100, { parentId: 'inner' }),
    ];
    expect(names(nearOf(ground([], nested), here, none))).toBe('outer inner step');
  });
});
