import { nodeSize, type Position, type Size } from './geometry.ts';
import type { WorkflowEdge, WorkflowGraph } from './graph.ts';

/**
 * Places steps in layers along a direction: a step stands after everything that leads to it, branches stand side by side, parents are centred
 * over their children. Deterministic, without overlaps, linear enough for the largest graph. Edges that span several layers keep a lane free,
 * so that they do not run behind steps.
 */
export interface LayersInput {
  /** `anchor`: how far from its top its connections meet it when the graph flows to the right. */
  nodes: readonly (Size & { id: string; anchor: number })[];
  edges: readonly Pick<WorkflowEdge, 'source' | 'target'>[];
  direction: WorkflowGraph['direction'];
  gap: Position;
}

/** A step, or the place where a long edge crosses a layer. */
interface Cell {
  layer: number;
  /** Across the direction: where its connections meet it. */
  at: number;
  /** How far it reaches before and behind that. */
  lead: number;
  trail: number;
  /** Its length along the direction. */
  along: number;
  before: Cell[];
  after: Cell[];
}

/** More lanes than this are not worth their time. */
const mostLanes = 4_000;
const laneSize = 16;
const sweeps = 8;
/** More of them straighten what a few leave askew. */
const placements = 16;
const weights = { loose: 0.1, usual: 1, straight: 100, bound: 1_000 } as const;

/** Top left corners; the topmost and leftmost are at 0. Unknown ends and cycles in the edges do no harm. */
export function layoutLayers({ nodes, edges, direction, gap }: LayersInput): Map<string, Position> {
  const down = direction === 'down';
  const [gapAcross, gapAlong] = down ? [gap.x, gap.y] : [gap.y, gap.x];
  const forward = acyclic(nodes, edges);
  const layerOf = layering(nodes, forward);
  const cells = new Map<string, Cell>(nodes.map((node) => [node.id, cellOf(node, layerOf.get(node.id) ?? 0, down)]));
  const layers = arrangeLayers(nodes, cells, forward);
  orderLayers(layers);
  placeLayers(layers, gapAcross);

  const first = [...cells.values()].reduce((least, cell) => Math.min(least, cell.at - cell.lead), Infinity);
  const starts = layerStarts(layers, gapAlong);
  const result = new Map<string, Position>();
  for (const [id, cell] of cells) {
    const a = Math.round(cell.at - cell.lead - first);
    const b = starts[cell.layer]!;
    result.set(id, down ? { x: a, y: b } : { x: b, y: a });
  }
  return result;
}

function cellOf({ width, height, anchor }: LayersInput['nodes'][number], layer: number, down: boolean): Cell {
  const across = down ? width : height;
  const lead = down ? across / 2 : anchor;
  return { layer, at: 0, lead, trail: across - lead, along: down ? height : width, before: [], after: [] };
}

/** Where each layer begins along the direction: behind the longest step of the one before. */
function layerStarts(layers: readonly Cell[][], gap: number): number[] {
  const starts: number[] = [];
  let next = 0;
  for (const layer of layers) {
    starts.push(next);
    next += layer.reduce((most, cell) => Math.max(most, cell.along), 0) + gap;
  }
  return starts;
}

/** The targets of each step, in edge order, without the edges that close a cycle. */
function acyclic(nodes: LayersInput['nodes'], edges: LayersInput['edges']): Map<string, string[]> {
  const targets = new Map<string, string[]>(nodes.map(({ id }) => [id, []]));
  for (const { source, target } of edges) {
    const list = targets.get(source);
    if (list && targets.has(target) && source !== target && !list.includes(target)) list.push(target);
  }
  const state = new Map<string, 'open' | 'done'>();
  const kept = new Map<string, string[]>(nodes.map(({ id }) => [id, []]));
  for (const { id } of nodes) {
    if (state.has(id)) continue;
    state.set(id, 'open');
    const stack = [{ id, next: 0 }];
    while (stack.length > 0) {
      const top = stack.at(-1)!;
      const target = targets.get(top.id)?.[top.next++];
      if (target === undefined) {
        state.set(top.id, 'done');
        stack.pop();
      } else if (state.get(target) !== 'open') {
        kept.get(top.id)?.push(target);
        if (!state.has(target)) {
          state.set(target, 'open');
          stack.push({ id: target, next: 0 });
        }
      }
    }
  }
  return kept;
}

/** Longest way from a start. */
function layering(nodes: LayersInput['nodes'], forward: ReadonlyMap<string, readonly string[]>): Map<string, number> {
  const incoming = new Map<string, number>(nodes.map(({ id }) => [id, 0]));
  for (const targets of forward.values()) for (const target of targets) incoming.set(target, incoming.get(target)! + 1);
  const layer = new Map<string, number>();
  const ready = nodes.filter(({ id }) => incoming.get(id) === 0).map(({ id }) => id);
  for (const id of ready) layer.set(id, 0);
  // `ready` grows while it is walked through.
  for (const id of ready) {
    for (const target of forward.get(id) ?? []) {
      layer.set(target, Math.max(layer.get(target) ?? 0, layer.get(id)! + 1));
      incoming.set(target, incoming.get(target)! - 1);
      if (incoming.get(target) === 0) ready.push(target);
    }
  }
  return layer;
}

/** The cells of each layer, in depth-first order, joined along the edges; long edges get a lane through the layers between. */
function arrangeLayers(
  nodes: LayersInput['nodes'],
  cells: ReadonlyMap<string, Cell>,
  forward: ReadonlyMap<string, readonly string[]>,
): Cell[][] {
  const layers: Cell[][] = [];
  const put = (cell: Cell) => (layers[cell.layer] ??= []).push(cell);
  const seen = new Set<string>();
  let lanes = 0;

  const join = (from: Cell, to: Cell) => {
    from.after.push(to);
    to.before.push(from);
  };
  const connect = (from: Cell, to: Cell) => {
    const needed = to.layer - from.layer - 1;
    let last = from;
    if (needed > 0 && lanes + needed <= mostLanes) {
      lanes += needed;
      for (let layer = from.layer + 1; layer < to.layer; layer++) {
        const lane: Cell = { layer, at: 0, lead: laneSize / 2, trail: laneSize / 2, along: 0, before: [], after: [] };
        put(lane);
        join(last, lane);
        last = lane;
      }
    }
    join(last, to);
  };

  const starts = nodes.filter(({ id }) => cells.get(id)!.layer === 0).map(({ id }) => id);
  const stack = starts.toReversed();
  while (stack.length > 0) {
    const id = stack.pop()!;
    if (seen.has(id)) continue;
    seen.add(id);
    const cell = cells.get(id)!;
    put(cell);
    const targets = forward.get(id) ?? [];
    for (const target of targets) connect(cell, cells.get(target)!);
    stack.push(...targets.toReversed());
  }
  return layers.map((layer) => layer ?? []);
}

/** Orders each layer by where its neighbours stand, forth and back, which untangles crossings. */
function orderLayers(layers: Cell[][]): void {
  const index = (layer: Cell[]) => layer.forEach((cell, n) => (cell.at = n));
  layers.forEach(index);
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const forth = sweep % 2 === 0;
    for (const layer of forth ? layers : layers.toReversed()) {
      const wish = new Map(layer.map((cell) => [cell, mean(forth ? cell.before : cell.after) ?? cell.at]));
      layer.sort((a, b) => wish.get(a)! - wish.get(b)!);
      index(layer);
    }
  }
}

function mean(cells: readonly Cell[]): number | undefined {
  return cells.length === 0 ? undefined : cells.reduce((sum, cell) => sum + cell.at, 0) / cells.length;
}

/**
 * Gives the cells their places: children under the mean of their parents, then parents over the mean of their children, and again. What
 * follows one step alone stands on its axis: that wish outweighs the others; a cell that nothing pulls gives way.
 */
function placeLayers(layers: Cell[][], gap: number): void {
  for (const layer of layers) spread(layer, (_, n) => ({ at: n * (nodeSize.width + gap), weight: 1 }), gap);
  for (let sweep = 0; sweep < placements; sweep++) {
    const forth = sweep % 2 === 0;
    const wish = (cell: Cell): Wish => {
      const [near, far] = forth ? [cell.before, cell.after] : [cell.after, cell.before];
      const pulled = mean(near);
      if (pulled === undefined) return { at: mean(far) ?? cell.at, weight: weights.loose };
      return { at: pulled, weight: isStraight(forth ? cell : near[0]!) ? weights.straight : weights.usual };
    };
    for (const layer of forth ? layers : layers.toReversed()) spread(layer, wish, gap);
  }
  // The last sweep put parents over their children: what follows one of them alone follows it once more.
  const follow = (cell: Cell): Wish =>
    isStraight(cell) ? { at: cell.before[0]!.at, weight: weights.bound } : { at: cell.at, weight: weights.usual };
  for (const layer of layers) spread(layer, follow, gap);
}

/** Whether a cell is the only child of its only parent. */
function isStraight(cell: Cell): boolean {
  return cell.before.length === 1 && cell.before[0]!.after.length === 1;
}

/** Where a cell would like to be, and how much against its neighbours. */
interface Wish {
  at: number;
  weight: number;
}

/**
 * Moves the cells of a layer as near to their wishes as their order and distances allow (least squares: neighbours that would overlap
 * form a block, which moves to the mean of its wishes).
 */
function spread(layer: readonly Cell[], wishOf: (cell: Cell, n: number) => Wish, gap: number): void {
  const wishes = layer.map(wishOf);
  const offsets: number[] = [];
  let offset = 0;
  layer.forEach((cell, n) => {
    const previous = layer[n - 1];
    if (previous) offset += previous.trail + cell.lead + gap;
    offsets.push(offset);
  });
  const blocks: { start: number; count: number; at: number; weight: number }[] = [];
  wishes.forEach(({ at, weight: own }, n) => {
    let block = { start: n, count: 1, at: at - offsets[n]!, weight: own };
    for (let last = blocks.at(-1); last && last.at >= block.at; last = blocks.at(-1)) {
      blocks.pop();
      const count = last.count + block.count;
      const weight = last.weight + block.weight;
      block = { start: last.start, count, at: (last.at * last.weight + block.at * block.weight) / weight, weight };
    }
    blocks.push(block);
  });
  for (const { start, count, at } of blocks) {
    for (let n = start; n < start + count; n++) layer[n]!.at = at + offsets[n]!;
  }
}
