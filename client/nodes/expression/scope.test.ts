import { beforeAll, describe, expect, it } from 'vitest';
import { loadCatalogue } from '../../../server/nodes/registry.ts';
import type { NodeCatalogue } from '../../../shared/nodes/contract.ts';
import { edgeBetween, type WorkflowGraph, type WorkflowNode } from '../../../shared/workflow/graph.ts';
import { scopeOf, suggestionsOf } from './scope.ts';

let catalogue: NodeCatalogue;
beforeAll(async () => {
  ({ catalogue } = await loadCatalogue());
});

const step = (id: string, kind: string, config: Record<string, unknown>, parent?: string): WorkflowNode => ({
  id,
  kind,
  version: 1,
  title: id,
  config,
  position: { x: 0, y: 0 },
  ...(parent === undefined ? {} : { parent }),
});
const setX = (id: string, parent?: string) => step(id, 'set', { fields: [{ name: 'x', value: '1' }] }, parent);
const graph: WorkflowGraph = {
  nodes: [
    step('start', 'manual', { sample: {} }),
    step('orders', 'for-each', { items: '{{ trigger.orders }}' }),
    setX('first', 'orders'),
    step('lines', 'for-each', { items: '{{ item.lines }}' }, 'orders'),
    setX('inner', 'lines'),
    setX('after'),
  ],
  edges: [
    edgeBetween('start', 'orders'),
    edgeBetween('orders', 'first', 'each'),
    edgeBetween('first', 'lines'),
    edgeBetween('lines', 'inner', 'each'),
    edgeBetween('orders', 'after', 'done'),
  ],
  direction: 'down',
};
const order = (buyer: string) => ({ buyer, lines: [{ sku: `${buyer}-1` }, { sku: `${buyer}-2` }] });
const seen = (id: string) => (id === 'start' ? { orders: [order('ada'), order('bo')] } : undefined);
const at = (id: string, index: (container: string) => number = () => 0) =>
  scopeOf(graph, catalogue, id, seen, new Date(0), index);
const paths = (id: string) => suggestionsOf(at(id)).map(({ path }) => path);

describe('what a step inside a container sees', () => {
  it('has the first item of the list as item and as the input of the first step', () => {
    expect(at('first').scope).toMatchObject({ item: order('ada'), input: order('ada'), index: 0 });
    expect(paths('first')).toEqual(expect.arrayContaining(['item.buyer', 'item.lines[0].sku', 'index']));
  });

  it('has the item that is looked at', () => {
    expect(at('first', () => 1).scope).toMatchObject({ item: order('bo'), index: 1 });
    expect(at('first', () => 9).scope).toMatchObject({ item: order('ada') });
  });

  it('has the item of the innermost container, and the steps of the same item and those before', () => {
    expect(at('inner').scope).toMatchObject({ item: { sku: 'ada-1' }, steps: { first: { x: expect.anything() } } });
    expect(Object.keys(at('inner').scope['steps'] as object).sort()).toEqual(['first', 'start']);
  });

  it('has no item outside, and the container with what it came to', () => {
    expect(at('after').scope).not.toHaveProperty('item');
    expect(paths('after')).not.toContain('item');
    expect(Object.keys(at('after').scope['steps'] as object).sort()).toEqual(['orders', 'start']);
    expect(paths('after')).toContain('steps.orders.results');
  });

  it('does without a list that cannot be read', () => {
    const broken = {
      ...graph,
      nodes: graph.nodes.map((node) => (node.id === 'orders' ? { ...node, config: { items: '{{ ' } } : node)),
    };
    expect(scopeOf(broken, catalogue, 'first', seen, new Date(0)).scope['item']).toBeUndefined();
  });
});
