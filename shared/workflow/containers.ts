/** Which step stands in which container. All of it bears a graph that is not valid: a parent that is missing, or a circle of parents. */
import type { WorkflowNode } from './graph.ts';

type Placed = Pick<WorkflowNode, 'id' | 'parent'>;
type ById<N extends Placed> = ReadonlyMap<string, N>;

/** The containers that a step stands in, innermost first. Ends where a parent is missing or comes a second time. */
export function containersOf<N extends Placed>(nodes: ById<N>, id: string): N[] {
  const found: N[] = [];
  const seen = new Set([id]);
  for (let at = nodes.get(id)?.parent; at !== undefined && !seen.has(at); at = nodes.get(at)?.parent) {
    const container = nodes.get(at);
    if (container === undefined) break;
    seen.add(at);
    found.push(container);
  }
  return found;
}

/** `ids` and everything that stands in them, however deep. */
export function withContent(nodes: readonly Placed[], ids: Iterable<string>): Set<string> {
  const within = childrenOf(nodes);
  const all = new Set(ids);
  for (const id of all) for (const child of within.get(id) ?? []) all.add(child.id);
  return all;
}

/** The steps directly in each container, in document order; those on the canvas itself under `undefined`. */
export function childrenOf<N extends Placed>(nodes: readonly N[]): Map<string | undefined, N[]> {
  return Map.groupBy(nodes, (node) => node.parent);
}

/** Where a step stands on the canvas: the sum of its position and those of the containers around it. */
export function absolutePosition(
  nodes: ById<Placed & Pick<WorkflowNode, 'position'>>,
  id: string,
): { x: number; y: number } {
  const place = { ...(nodes.get(id)?.position ?? { x: 0, y: 0 }) };
  for (const { position } of containersOf(nodes, id)) {
    place.x += position.x;
    place.y += position.y;
  }
  return place;
}
