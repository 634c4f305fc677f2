import { describe, expect, it } from 'vitest';
import { edgeBetween } from './graph.ts';
import { containerInset, drawnSizes, layoutGap, nodeSize } from './geometry.ts';
import type { Position } from './geometry.ts';
import { arranged, layoutGraph } from './layout.ts';

const graph = (text: string, direction: 'down' | 'right' = 'down') => {
  const edges = text
    .split(' ')
    .filter((part) => part.includes('>'))
    .map((part) => edgeBetween(part.split('>')[0]!, part.split('>')[1]!));
  const ids = new Set(text.split(/[ >]/).filter(Boolean));
  return { nodes: [...ids].map((id) => ({ id })), edges, direction };
};

function overlaps(places: ReadonlyMap<string, Position>): string[] {
  const all = [...places].toSorted((a, b) => a[1].y - b[1].y || a[1].x - b[1].x);
  const found: string[] = [];
  for (let i = 0; i < all.length; i++) {
    for (let j = i + 1; j < all.length && all[j]![1].y < all[i]![1].y + nodeSize.height; j++) {
      const distance = Math.abs(all[i]![1].x - all[j]![1].x);
      if (distance < nodeSize.width) found.push(`${all[i]![0]} ${all[j]![0]}`);
    }
  }
  return found;
}

/** mulberry32 */
function generator(seed: number) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function randomDag(seed: number, size: number, edgesPerNode: number, direction: 'down' | 'right') {
  const random = generator(seed);
  const nodes = Array.from({ length: size }, (_, n) => ({ id: `n${n}` }));
  const edges = Array.from({ length: Math.floor(size * edgesPerNode) }, () => {
    const a = Math.floor(random() * size);
    const b = Math.floor(random() * size);
    return edgeBetween(`n${Math.min(a, b)}`, `n${Math.max(a, b)}`);
  }).filter(({ source, target }) => source !== target);
  return { nodes, edges, direction };
}

describe('shapes', () => {
  it('a chain is a straight line', () => {
    const step = nodeSize.height + layoutGap.y;
    expect([...layoutGraph(graph('a>b b>c')).values()]).toEqual([
      { x: 0, y: 0 },
      { x: 0, y: step },
      { x: 0, y: 2 * step },
    ]);
    const right = nodeSize.width + layoutGap.x;
    expect([...layoutGraph(graph('a>b b>c', 'right')).values()]).toEqual([
      { x: 0, y: 0 },
      { x: right, y: 0 },
      { x: 2 * right, y: 0 },
    ]);
  });

  it('branches stand side by side in edge order, their parent centred above, their end centred below', () => {
    const places = layoutGraph(graph('start>if if>yes if>no yes>end no>end'));
    const x = (id: string) => places.get(id)!.x;
    expect(x('no') - x('yes')).toBe(nodeSize.width + layoutGap.x);
    expect(x('if')).toBe((x('yes') + x('no')) / 2);
    expect(x('start')).toBe(x('if'));
    expect(x('end')).toBe(x('if'));
    expect(places.get('yes')!.y).toBe(places.get('no')!.y);
  });

  it('a long edge passes beside the steps it skips', () => {
    const places = layoutGraph(graph('a>b b>c c>d a>d'));
    expect(places.get('b')!.x).not.toBe(places.get('a')!.x);
    expect(places.get('b')!.x).toBe(places.get('c')!.x);
  });

  it.each(['a>b a>c c>d', 'a>b a>c b>d', 'a>b a>c a>d c>e e>f', 'a>b a>c c>d d>e d>f b>g'])(
    'an only child stands on the axis of its parent: "%s"',
    (text) => {
      const input = graph(text);
      const places = layoutGraph(input);
      for (const [source, edges] of Map.groupBy(input.edges, (edge) => edge.source)) {
        if (edges.length === 1) expect(places.get(edges[0]!.target)!.x, `under ${source}`).toBe(places.get(source)!.x);
      }
    },
  );

  it('separate parts stand beside each other', () => {
    expect(overlaps(layoutGraph(graph('a>b c>d e')))).toEqual([]);
  });

  it.each(['', 'a', 'a>b b>a', 'a>b b>c c>a c>d', 'a>a'])('does without a start or an end: "%s"', (text) => {
    const input = graph(text);
    const places = layoutGraph(input);
    expect(places.size).toBe(input.nodes.length);
    expect(overlaps(places)).toEqual([]);
  });

  it('ignores edges to steps that do not exist', () => {
    expect(
      layoutGraph({ nodes: [{ id: 'a' }], edges: [edgeBetween('a', 'ghost'), edgeBetween('ghost', 'a')] }).size,
    ).toBe(1);
  });
});

describe('random graphs', () => {
  it.each(Array.from({ length: 60 }, (_, seed) => seed))(
    'seed %i: no overlap, every step after what leads to it',
    (seed) => {
      const direction = seed % 2 === 0 ? 'down' : 'right';
      const input = randomDag(seed, 5 + seed, 0.5 + (seed % 5) / 2, direction);
      const places = layoutGraph(input);
      expect(overlaps(places)).toEqual([]);
      const axis = direction === 'down' ? 'y' : 'x';
      for (const { source, target } of input.edges) {
        expect(places.get(target)![axis]).toBeGreaterThan(places.get(source)![axis]);
      }
      expect(Math.min(...[...places.values()].flatMap(({ x, y }) => [x, y]))).toBe(0);
      expect([...layoutGraph(input)]).toEqual([...places]);
    },
  );

  it('2,000 steps and 4,000 edges within a second', () => {
    const input = randomDag(7, 2_000, 2, 'down');
    const started = performance.now();
    const places = layoutGraph(input);
    expect(performance.now() - started).toBeLessThan(1_000);
    expect(overlaps(places)).toEqual([]);
  });
});

it('arranged keeps everything but the positions', () => {
  const node = { kind: 'set', version: 1, title: 'x', config: {}, position: { x: 7, y: 7 } };
  const result = arranged({
    nodes: [
      { ...node, id: 'a' },
      { ...node, id: 'b' },
    ],
    edges: [edgeBetween('a', 'b')],
    direction: 'down',
  });
  expect(result.nodes.map(({ id, position, kind }) => [id, kind, position.x, position.y])).toEqual([
    ['a', 'set', 0, 0],
    ['b', 'set', 0, nodeSize.height + layoutGap.y],
  ]);
});

describe('containers', () => {
  const placed = (id: string, parent?: string, kind = 'set') => ({
    id,
    kind,
    ...(parent === undefined ? {} : { parent }),
  });
  const kinds = new Map([['for-each', { container: true as const }]]);
  const edges = (text: string) => text.split(' ').map((part) => edgeBetween(part.split('>')[0]!, part.split('>')[1]!));
  const nodes = [
    placed('start'),
    placed('loop', undefined, 'for-each'),
    placed('a', 'loop'),
    placed('b', 'loop'),
    placed('empty', 'loop', 'for-each'),
    placed('after'),
    placed('beside'),
  ];
  const lines = edges('start>loop loop>a a>b b>empty loop>after start>beside');

  const boxes = (direction: 'down' | 'right') => {
    const places = layoutGraph({ nodes, edges: lines, direction }, kinds);
    const graph = { direction, nodes: nodes.map((node) => ({ ...node, position: places.get(node.id)! })) };
    const sizes = drawnSizes(graph, kinds);
    return new Map(graph.nodes.map(({ id, position }) => [id, { ...position, ...sizes.get(id)! }]));
  };

  it.each(['down', 'right'] as const)('are sized by their body and stand as one block: %s', (direction) => {
    const all = boxes(direction);
    const inset = containerInset[direction];
    const loop = all.get('loop')!;
    for (const id of ['a', 'b', 'empty']) {
      const box = all.get(id)!;
      expect(box.x).toBeGreaterThanOrEqual(inset.left);
      expect(box.y).toBeGreaterThanOrEqual(inset.top);
      expect(box.x + box.width).toBeLessThanOrEqual(loop.width - inset.right);
      expect(box.y + box.height).toBeLessThanOrEqual(loop.height - inset.bottom);
    }
    const outer = ['start', 'loop', 'after', 'beside'].map((id) => all.get(id)!);
    for (const one of outer) {
      for (const other of outer.filter((box) => box !== one)) {
        const apart =
          one.x + one.width <= other.x ||
          other.x + other.width <= one.x ||
          one.y + one.height <= other.y ||
          other.y + other.height <= one.y;
        expect(apart).toBe(true);
      }
    }
    const axis = direction === 'down' ? 'y' : 'x';
    const length = direction === 'down' ? loop.height : loop.width;
    expect(all.get('after')![axis]).toBe(loop[axis] + length + layoutGap[axis]);
    expect(Math.min(...outer.flatMap(({ x, y }) => [x, y]))).toBe(0);
  });

  it('flowing right, the line runs through the titles of what stands side by side', () => {
    const straight = layoutGraph(
      { nodes: nodes.filter(({ id }) => id !== 'beside'), edges: lines, direction: 'right' },
      kinds,
    );
    expect(straight.get('loop')!.y).toBe(straight.get('after')!.y);
  });

  it('an empty one has room for a step', () => {
    const empty = boxes('down').get('empty')!;
    const inset = containerInset.down;
    expect(empty.width).toBe(inset.left + nodeSize.width + inset.right);
    expect(empty.height).toBe(inset.top + nodeSize.height + inset.bottom);
  });

  it('bears circles of parents and parents that are missing', () => {
    const odd = [placed('p', 'q'), placed('q', 'p'), placed('lost', 'nowhere')];
    expect([...layoutGraph({ nodes: odd, edges: [] }).keys()]).toEqual(['lost']);
    const graph = { direction: 'down' as const, nodes: odd.map((node) => ({ ...node, position: { x: 0, y: 0 } })) };
    expect(drawnSizes(graph, kinds).size).toBe(3);
  });
});
