import { expect, it } from 'vitest';
import { edgeBetween, type WorkflowNode } from '../workflow/graph.ts';
import { randomGraph, seededRandom, testCatalogue } from './testing-graphs.ts';
import { validate } from './validate.ts';

it('agrees with a naive reading about loops, reach and order', () => {
  for (let seed = 1; seed <= 300; seed++) {
    const random = seededRandom(seed);
    const made = randomGraph(random, 3 + Math.floor(random() * 12));
    const back = Math.floor(random() * 3);
    for (let n = 0; n < back; n++) {
      const [a, b] = [0, 1].map(
        () => made.nodes[1 + Math.floor(random() * (made.nodes.length - 1))] as WorkflowNode,
      ) as [WorkflowNode, WorkflowNode];
      const edge = edgeBetween(a.id, b.id, a.kind === 'fork' ? 'a' : 'out');
      if (b.kind !== 'start' && !made.edges.some(({ id }) => id === edge.id)) made.edges.push(edge);
    }
    const problems = validate(made, testCatalogue);
    const reach = (from: string) => {
      const seen = new Set<string>();
      const open = [from];
      for (let at = open.pop(); at !== undefined; at = open.pop()) {
        for (const { source, target } of made.edges)
          if (source === at && !seen.has(target)) {
            open.push(target);
            seen.add(target);
          }
      }
      return seen;
    };
    const hasLoop = made.nodes.some(({ id }) => reach(id).has(id));
    expect([seed, problems.some(({ code }) => code === 'cycle')]).toEqual([seed, hasLoop]);
    for (const { nodeId } of problems.filter(({ code }) => code === 'cycle'))
      expect(reach(nodeId as string).has(nodeId as string)).toBe(true);
    const starts = made.nodes.filter(({ kind }) => kind === 'start');
    const reached = new Set(starts.flatMap(({ id }) => [id, ...reach(id)]));
    const lost = made.nodes.filter(({ id }) => !reached.has(id)).map(({ id }) => id);
    expect(problems.filter(({ code }) => code === 'unreachable').map(({ nodeId }) => nodeId)).toEqual(lost);
    expect(problems.filter(({ code }) => code !== 'cycle' && code !== 'unreachable')).toEqual([]);
  }
});
