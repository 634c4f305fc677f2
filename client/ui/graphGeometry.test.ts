import { expect, it } from 'vitest';
import type { WorkflowGraph } from '../../shared/workflow/graph.ts';
import { boundsOf, nodeSize } from './graphGeometry.ts';

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
  const box = boundsOf(graph, 24);
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
