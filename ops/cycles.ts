/**
 * Finds the groups of files that import each other in a circle (strongly connected components, by Tarjan), each written as
 * one circle through its first file.
 * @returns one path per group, without the repeated first file at its end; sorted.
 */
export function findCycles(edges: readonly { from: string; to: string }[]): string[][] {
  const next = new Map<string, string[]>();
  for (const { from, to } of edges) next.set(from, [...(next.get(from) ?? []), to]);
  return components(next)
    .filter((group) => group.length > 1 || next.get(group[0] ?? '')?.includes(group[0] ?? ''))
    .map((group) => circleThrough(group.toSorted()[0] ?? '', new Set(group), next))
    .toSorted((a, b) => (a.join() < b.join() ? -1 : 1));
}

function components(next: ReadonlyMap<string, string[]>): string[][] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const open = new Set<string>();
  const groups: string[][] = [];
  const visit = (node: string) => {
    const order = index.size;
    index.set(node, order);
    low.set(node, order);
    stack.push(node);
    open.add(node);
    for (const target of next.get(node) ?? []) {
      if (!index.has(target)) visit(target);
      if (open.has(target)) low.set(node, Math.min(low.get(node) ?? 0, low.get(target) ?? 0));
    }
    if (low.get(node) !== order) return;
    const group = stack.splice(stack.indexOf(node));
    for (const member of group) open.delete(member);
    groups.push(group);
  };
  for (const node of next.keys()) if (!index.has(node)) visit(node);
  return groups;
}

/** The shortest way from `start` back to itself inside its group. */
function circleThrough(start: string, group: ReadonlySet<string>, next: ReadonlyMap<string, string[]>): string[] {
  const ways: string[][] = [[start]];
  const seen = new Set<string>();
  for (const way of ways) {
    for (const target of next.get(way.at(-1) ?? '') ?? []) {
      if (target === start) return way;
      if (!group.has(target) || seen.has(target)) continue;
      seen.add(target);
      ways.push([...way, target]);
    }
  }
  return [start];
}
