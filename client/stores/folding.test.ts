import { expect, it } from 'vitest';
import { foldedEdge } from '../canvas/foldedNodes.ts';
import { groupSchema } from '../../shared/workflow/annotations.ts';
import { edgeBetween } from '../../shared/workflow/graph.ts';
import type { WorkflowGraph, WorkflowNode } from '../../shared/workflow/graph.ts';
import { mergeGraphs } from '../../shared/workflow/merge.ts';
import { groupFrames, moveAll } from './annotation-edits.ts';
import { foldsOf, noFolds, toggleFold } from './folding.ts';
import { testCatalogue } from './testing-kinds.ts';

const node = (id: string, y: number, parent?: string): WorkflowNode => ({
  id,
  kind: id.startsWith('loop') ? 'loop' : 'step',
  version: 1,
  title: id,
  config: {},
  position: { x: 0, y },
  ...(parent === undefined ? {} : { parent }),
});
const graph: WorkflowGraph = {
  nodes: [node('a', 0), node('b', 120), node('loop', 240), node('in', 80, 'loop'), node('c', 600)],
  edges: [edgeBetween('a', 'b'), edgeBetween('b', 'loop'), edgeBetween('loop', 'in', 'each'), edgeBetween('loop', 'c')],
  groups: [{ id: 'group:1', title: 'Middle', color: 'blue', members: ['b', 'loop'] }],
  direction: 'down',
};
const folded = toggleFold(graph, new Set(['group:1']));

it('hides the members of a collapsed group and what stands in them', () => {
  expect(foldsOf(graph)).toBe(noFolds);
  expect([...foldsOf(folded)]).toEqual([
    ['b', 'group:1'],
    ['loop', 'group:1'],
    ['in', 'group:1'],
  ]);
});

it('the outermost collapsed group has the step', () => {
  const inner = { id: 'group:2', title: 'Inner', color: 'rose' as const, members: ['in'], collapsed: true as const };
  expect(foldsOf({ ...folded, groups: [...folded.groups!, inner] }).get('in')).toBe('group:1');
});

it('leads connections to the box, and hides those inside', () => {
  const drawn = graph.edges.map((edge) => foldedEdge(edge, foldsOf(folded)));
  expect(drawn.map((edge) => edge && [edge.source, edge.sourcePort, edge.target, edge.targetPort])).toEqual([
    ['a', 'out', 'group:1', 'in'],
    null,
    null,
    ['group:1', 'out', 'c', 'in'],
  ]);
  expect(foldedEdge(graph.edges[0]!, noFolds)).toBe(graph.edges[0]);
});

it('is what the document says, by the group or by a step of it, and there and back is the same', () => {
  expect(groupSchema.parse(folded.groups![0])).toMatchObject({ collapsed: true });
  expect(toggleFold(graph, new Set(['b']))).toEqual(folded);
  expect(toggleFold(folded, new Set(['loop']))).toEqual(graph);
  expect(toggleFold(graph, new Set(['a']))).toBe(graph);
});

it('moves its steps by its box', () => {
  const box = groupFrames(folded, testCatalogue).get('group:1')!;
  const moved = moveAll(folded, new Map([['group:1', { x: box.x + 80, y: box.y + 8 }]]), testCatalogue);
  expect(moved.nodes.map(({ position }) => position)).toMatchObject([
    { x: 0, y: 0 },
    { x: 80, y: 128 },
    { x: 80, y: 248 },
    { x: 0, y: 80 },
    { x: 0, y: 600 },
  ]);
  expect(groupFrames(moved, testCatalogue).get('group:1')).toMatchObject({ x: box.x + 80, y: box.y + 8 });
});

it('merges: one collapses it while the other renames it', () => {
  const theirs = { ...graph, groups: [{ ...graph.groups![0]!, title: 'Renamed' }] };
  const merged = mergeGraphs({ base: graph, mine: folded, theirs });
  expect(merged.conflicts).toEqual([]);
  expect(merged.graph.groups).toMatchObject([{ title: 'Renamed', collapsed: true }]);
  const opened = mergeGraphs({
    base: folded,
    mine: graph,
    theirs: { ...folded, groups: theirs.groups.map((one) => ({ ...one, collapsed: true as const })) },
  });
  expect(opened.graph.groups?.[0]).not.toHaveProperty('collapsed');
});
