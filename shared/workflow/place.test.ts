import { describe, expect, it } from 'vitest';
import { nodeSize } from './geometry.ts';
import { edgeBetween } from './graph.ts';
import type { WorkflowGraph, WorkflowNode } from './graph.ts';
import { arranged } from './layout.ts';
import { isArranged, placedAfter } from './place.ts';

const node = (id: string, x = 0, y = 0): WorkflowNode => ({
  id,
  kind: 'set',
  version: 1,
  title: id,
  config: {},
  position: { x, y },
});
const at = (graph: WorkflowGraph) => Object.fromEntries(graph.nodes.map(({ id, position }) => [id, position]));
const chain = (...ids: string[]) => ids.slice(1).map((id, index) => edgeBetween(ids[index]!, id));

describe.each(['down', 'right'] as const)('flowing %s', (direction) => {
  const base: WorkflowGraph = { nodes: [node('a'), node('b'), node('c')], edges: chain('a', 'b', 'c'), direction };
  const inserted = (graph: WorkflowGraph): WorkflowGraph => ({
    ...graph,
    nodes: [...graph.nodes, node('n')],
    edges: chain('a', 'n', 'b', 'c'),
  });

  it('a graph in its layout gets a new layout, wherever it stands', () => {
    const tidy = arranged(base);
    expect(isArranged(tidy)).toBe(true);
    const shifted = {
      ...tidy,
      nodes: tidy.nodes.map((one) => ({ ...one, position: { x: one.position.x + 40, y: one.position.y - 8 } })),
    };
    expect(isArranged(shifted)).toBe(true);
    expect(at(placedAfter(shifted, inserted(shifted)))).toEqual(at(arranged(inserted(shifted))));
  });

  it('what was placed by hand stays, what follows makes room, and nothing covers anything', () => {
    const tidy = arranged(base);
    const moved = {
      ...tidy,
      nodes: tidy.nodes.map((one) =>
        one.id === 'c' ? { ...one, position: { x: one.position.x + 300, y: one.position.y + 300 } } : one,
      ),
    };
    expect(isArranged(moved)).toBe(false);
    const after = placedAfter(moved, inserted(moved));
    expect(at(after)['a']).toEqual(at(moved)['a']);
    const axis = direction === 'down' ? 'y' : 'x';
    expect(at(after)['n']![axis]).toBeGreaterThan(at(after)['a']![axis]);
    expect(at(after)['b']![axis]).toBeGreaterThan(at(after)['n']![axis]);
    for (const [i, one] of after.nodes.entries())
      for (const other of after.nodes.slice(i + 1)) {
        const apart =
          Math.abs(one.position.x - other.position.x) >= nodeSize.width ||
          Math.abs(one.position.y - other.position.y) >= nodeSize.height;
        expect(apart, `${one.id} ${other.id}`).toBe(true);
      }
  });

  it('a step that hangs on nothing gets a place of its own', () => {
    const moved = { ...base, nodes: [node('a', 0, 0), node('b', 500, 0), node('c', 0, 500)] };
    const after = placedAfter(moved, { ...moved, nodes: [...moved.nodes, node('n'), node('m')] });
    expect(new Set(after.nodes.map(({ position }) => `${position.x} ${position.y}`)).size).toBe(5);
  });
});
