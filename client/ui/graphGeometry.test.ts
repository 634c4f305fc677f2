import { expect, it } from 'vitest';
import { nodeSize } from '../../shared/workflow/geometry.ts';
import type { WorkflowGraph } from '../../shared/workflow/graph.ts';
import { beginningOf, boundsOf, boxesOf } from './graphGeometry.ts';

const graphAt = (...positions: { x: number; y: number }[]): WorkflowGraph => ({
  nodes: positions.map((position, index) => ({
    id: `n_${index}`,
    kind: 'set',
    version: 1,
    title: '',
    config: {},
    position,
  })),
  edges: [],
  direction: 'down',
});

it.each([
  ['nothing', graphAt()],
  ['one step', graphAt({ x: 500, y: -300 })],
  ['a wide one', graphAt({ x: -900, y: 0 }, { x: 900, y: 40 })],
  ['a long one', graphAt({ x: 0, y: 0 }, { x: 0, y: 4_000 })],
])('the picture of %s holds every step and has it in its middle', (_name, graph) => {
  const box = boundsOf(boxesOf(graph), 24);
  expect(Number.isFinite(box.x + box.y) && box.width > 0 && box.height > 0).toBe(true);
  for (const { position } of graph.nodes) {
    expect(position.x).toBeGreaterThanOrEqual(box.x + 24);
    expect(position.x + nodeSize.width).toBeLessThanOrEqual(box.x + box.width - 24);
    expect(position.y).toBeGreaterThanOrEqual(box.y + 24);
    expect(position.y + nodeSize.height).toBeLessThanOrEqual(box.y + box.height - 24);
  }
  const xs = graph.nodes.map(({ position }) => position.x);
  if (xs.length) expect(box.x + box.width / 2).toBeCloseTo((Math.min(...xs) + Math.max(...xs) + nodeSize.width) / 2);
});

it('shows the steps in a container inside of its box', () => {
  const graph = graphAt({ x: 40, y: 100 }, { x: 28, y: 112 });
  graph.nodes[1]!.parent = 'n_0';
  const [container, step] = boxesOf({ ...graph, nodes: graph.nodes.toReversed() });
  expect([container?.isContainer, step?.isContainer]).toEqual([true, false]);
  expect(step).toMatchObject({ x: 68, y: 212 });
  expect(step!.x + step!.width).toBeLessThan(container!.x + container!.width);
  expect(step!.y + step!.height).toBeLessThan(container!.y + container!.height);
});

it.each([
  ['nothing', graphAt(), false, false],
  ['one step', graphAt({ x: 40, y: 40 }), false, false],
  ['a long one', graphAt({ x: 0, y: 0 }, { x: 0, y: 4_000 }), true, false],
  ['a wide one', graphAt({ x: 300, y: 0 }, { x: -900, y: 100 }, { x: 900, y: 100 }), false, true],
])('the beginning of %s has its first step in the middle and says where it goes on', (_name, graph, below, beside) => {
  const box = beginningOf(boxesOf(graph), 24);
  expect({ below: box.below, beside: box.beside }).toEqual({ below, beside });
  const [first] = graph.nodes;
  if (!first) return;
  expect(box.x + box.width / 2).toBeCloseTo(first.position.x + nodeSize.width / 2);
  expect(first.position.y).toBeGreaterThanOrEqual(box.y + 24);
  expect(first.position.y + nodeSize.height).toBeLessThan(box.y + box.height);
});
