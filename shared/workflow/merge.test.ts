import { describe, expect, it, test } from 'vitest';
import { seededRandom } from '../engine/testing-graphs.ts';
import type { Group, Note } from './annotations.ts';
import { containersOf } from './containers.ts';
import { edgeBetween, emptyGraph } from './graph.ts';
import type { WorkflowGraph, WorkflowNode } from './graph.ts';
import { mergeGraphs } from './merge.ts';
import type { MergeSide } from './merge.ts';
import { changedFields, diffGraphs, isEmptyPatch, sameValue } from './patch.ts';
import { remapExpressions } from './references.ts';
import { randomGraph } from './testing-pairs.ts';

const node = (id: string, more: Partial<WorkflowNode> = {}): WorkflowNode => ({
  id,
  kind: 'set',
  version: 1,
  title: id,
  config: {},
  position: { x: 0, y: 0 },
  ...more,
});
const line = (...nodes: WorkflowNode[]): WorkflowGraph => ({
  nodes,
  edges: nodes.slice(1).map(({ id }, i) => edgeBetween(nodes[i]!.id, id)),
  direction: 'down',
});
const edgeIds = ({ edges }: WorkflowGraph) => edges.map(({ id }) => id).toSorted();
const find = ({ nodes }: WorkflowGraph, id: string) => nodes.find((one) => one.id === id);
const picks = (...keys: string[]) => new Map<string, MergeSide>(keys.map((key) => [key, 'mine']));

describe('two people changed different things', () => {
  it('keeps both, also within one step', () => {
    const base = line(node('a'), node('b', { config: { to: 'x', subject: 'y' } }));
    const mine = line(node('a', { title: 'Mine' }), node('b', { config: { to: 'mine', subject: 'y' } }));
    const theirs = line(node('a', { disabled: true }), node('b', { config: { to: 'x', subject: 'theirs', cc: 'z' } }));
    const { graph, conflicts } = mergeGraphs({ base, mine, theirs });
    expect(conflicts).toEqual([]);
    expect(graph.nodes).toEqual([
      node('a', { title: 'Mine', disabled: true }),
      node('b', { config: { to: 'mine', subject: 'theirs', cc: 'z' } }),
    ]);
  });

  it('keeps both steps that were put into the same connection', () => {
    const base = line(node('a'), node('b'));
    const mine = line(node('a'), node('x'), node('b'));
    const theirs = line(node('a'), node('y'), node('b'));
    const { graph } = mergeGraphs({ base, mine, theirs });
    expect(edgeIds(graph)).toEqual(['a:out>x:in', 'a:out>y:in', 'x:out>b:in', 'y:out>b:in']);
  });

  it('closes the gap when each took out one of two steps in a row', () => {
    const base = line(node('a'), node('x'), node('y'), node('b'));
    const mine = line(node('a'), node('y'), node('b'));
    const theirs = line(node('a'), node('x'), node('b'));
    const { graph, conflicts } = mergeGraphs({ base, mine, theirs });
    expect(conflicts).toEqual([]);
    expect(edgeIds(graph)).toEqual(['a:out>b:in']);
  });

  it('takes settings of the workflow one by one', () => {
    const base = { ...line(node('a')), settings: { holdMails: true } };
    const mine = { ...base, settings: { holdMails: true, costLimitMicro: 5 } };
    const theirs = { ...base, settings: { onFailure: 'rollback' as const }, direction: 'right' as const };
    const { graph, conflicts } = mergeGraphs({ base, mine, theirs });
    expect(conflicts).toEqual([]);
    expect(graph).toMatchObject({ settings: { costLimitMicro: 5, onFailure: 'rollback' }, direction: 'right' });
    expect(graph.settings).not.toHaveProperty('holdMails');
  });
});

describe('notes and groups', () => {
  const note = (text: string, more: Partial<Note> = {}): Note => ({
    id: 'note:1',
    text,
    color: 'yellow',
    position: { x: 0, y: 0 },
    size: { width: 200, height: 100 },
    ...more,
  });
  const group = (members: string[], title = 'G'): Group => ({ id: 'group:1', title, color: 'blue', members });
  const base = line(node('a'), node('b'), node('c'));

  it('both that were laid under one id stay', () => {
    const { graph } = mergeGraphs({
      base,
      mine: { ...base, notes: [note('mine')] },
      theirs: { ...base, notes: [note('theirs')] },
    });
    expect(graph.notes).toEqual([note('theirs'), note('mine', { id: 'note:2' })]);
  });

  it('of one note, text and colour are taken by themselves, and a clash is a choice', () => {
    const old = { ...base, notes: [note('old')] };
    const mine = { ...base, notes: [note('mine', { position: { x: 9, y: 9 } })] };
    const theirs = { ...base, notes: [note('old', { color: 'rose' })] };
    expect(mergeGraphs({ base: old, mine, theirs }).graph.notes).toEqual([
      note('mine', { color: 'rose', position: { x: 9, y: 9 } }),
    ]);
    const clash = mergeGraphs({ base: old, mine, theirs: { ...base, notes: [note('theirs')] } });
    expect(clash.conflicts).toMatchObject([{ key: 'note:1 text', mine: 'mine', theirs: 'theirs' }]);
    expect(mergeGraphs({ base: old, mine, theirs: base }).graph.notes, 'removed by them, written by me').toEqual(
      mine.notes,
    );
  });

  it('a group takes in and lets go what either wanted, and no step is in two', () => {
    const old = { ...base, groups: [group(['a', 'b'])] };
    const mine = { ...base, groups: [group(['a', 'b', 'c'])] };
    const theirs = { ...base, groups: [group(['b'], 'Theirs')] };
    expect(mergeGraphs({ base: old, mine, theirs }).graph.groups).toEqual([group(['b', 'c'], 'Theirs')]);
    const two = mergeGraphs({
      base,
      mine: { ...base, groups: [group(['a', 'b'], 'Mine')] },
      theirs: { ...base, groups: [group(['b', 'c'])] },
    });
    expect(two.graph.groups).toEqual([group(['b', 'c']), { ...group(['a'], 'Mine'), id: 'group:2' }]);
  });
});

describe('two steps with one id', () => {
  const base = line(node('a'));
  const mine = {
    ...line(node('a'), node('set_1', { title: 'Mine' })),
    nodes: [
      node('a', { config: { text: '{{ steps.set_1.text }}' } }),
      node('set_1', { title: 'Mine' }),
      node('in', { parent: 'set_1' }),
    ],
  };
  const theirs = line(node('a'), node('set_1', { title: 'Theirs' }));

  it('become two, and what spoke of mine speaks of it still', () => {
    const { graph, renamed, conflicts } = mergeGraphs({ base, mine, theirs });
    expect(conflicts).toEqual([]);
    expect([...renamed]).toEqual([['set_1', 'set_2']]);
    expect(find(graph, 'set_1')?.title).toBe('Theirs');
    expect(find(graph, 'set_2')?.title).toBe('Mine');
    expect(find(graph, 'in')?.parent).toBe('set_2');
    expect(find(graph, 'a')?.config).toEqual({ text: '{{ steps.set_2.text }}' });
    expect(edgeIds(graph)).toEqual(['a:out>set_1:in', 'a:out>set_2:in']);
  });

  it('get the id that an earlier merge gave', () => {
    const { graph } = mergeGraphs({ base, mine, theirs }, { renamed: new Map([['set_1', 'set_7']]) });
    expect(find(graph, 'set_7')?.title).toBe('Mine');
  });

  it('are one when both added the same', () => {
    const { graph } = mergeGraphs({ base, mine: theirs, theirs: structuredClone(theirs) });
    expect(graph).toEqual(theirs);
  });
});

describe('both changed the same', () => {
  const base = line(node('a'), node('b', { config: { to: 'x' } }), node('c'));
  const mine = line(node('a'), node('b', { config: { to: 'mine' } }), node('c'));
  const theirs = line(node('a'), node('b', { config: { to: 'theirs' } }), node('c'));

  it('is a choice, and theirs until somebody chose', () => {
    const { graph, conflicts } = mergeGraphs({ base, mine, theirs });
    expect(conflicts).toEqual([
      { key: 'b config.to', kind: 'field', nodeId: 'b', field: 'config.to', mine: 'mine', theirs: 'theirs' },
    ]);
    expect(graph).toEqual(theirs);
    const chosen = mergeGraphs({ base, mine, theirs }, { choices: picks('b config.to') });
    expect(chosen.graph).toEqual(mine);
  });

  it('is a choice, too, when one removed the step: it stays with its connections, or goes', () => {
    const without = line(node('a'), node('c'));
    const { conflicts, graph } = mergeGraphs({ base, mine, theirs: without });
    expect(conflicts).toMatchObject([{ key: 'b', kind: 'step', mine: { id: 'b' }, theirs: undefined }]);
    expect(graph).toEqual(without);
    expect(mergeGraphs({ base, mine, theirs: without }, { choices: picks('b') }).graph).toEqual(mine);
    expect(mergeGraphs({ base, mine: without, theirs }, { choices: picks('b') }).graph).toEqual(without);
    expect(mergeGraphs({ base, mine: without, theirs }).graph).toEqual(theirs);
  });

  it('is none for a step that only was moved before it was removed', () => {
    const moved = line(node('a'), node('b', { config: { to: 'x' }, position: { x: 9, y: 9 } }), node('c'));
    expect(mergeGraphs({ base, mine: moved, theirs: line(node('a'), node('c')) }).conflicts).toEqual([]);
  });

  it('asks for a container that went while somebody put a step into it, which else stands on the canvas', () => {
    const loop = node('loop', { kind: 'for-each', position: { x: 100, y: 50 } });
    const inside = { ...line(loop), nodes: [loop, node('n', { parent: 'loop', position: { x: 8, y: 16 } })] };
    const { conflicts, graph } = mergeGraphs({ base: line(loop), mine: inside, theirs: emptyGraph });
    expect(conflicts).toMatchObject([{ key: 'loop', kind: 'step' }]);
    expect(graph.nodes).toEqual([node('n', { position: { x: 108, y: 66 } })]);
  });

  it('asks nobody who moved a step further: mine is the later one', () => {
    const at = (x: number) => line(node('a', { position: { x, y: 0 } }));
    const { graph, conflicts } = mergeGraphs({ base: at(0), mine: at(1), theirs: at(2) });
    expect(conflicts).toEqual([]);
    expect(graph).toEqual(at(1));
  });

  it('makes no circle of two containers that were put into each other', () => {
    const [p, q] = [node('p', { kind: 'for-each' }), node('q', { kind: 'for-each' })];
    const two = (a: WorkflowNode, b: WorkflowNode): WorkflowGraph => ({ ...emptyGraph, nodes: [a, b] });
    const { graph } = mergeGraphs({
      base: two(p, q),
      mine: two({ ...p, parent: 'q' }, q),
      theirs: two(p, { ...q, parent: 'p' }),
    });
    expect(graph.nodes.map(({ id, parent }) => [id, parent])).toEqual([
      ['p', undefined],
      ['q', 'p'],
    ]);
  });
});

/** Steps stand in containers, too; without circles, and in none that is not there. */
function withContainers(random: () => number, graph: WorkflowGraph): WorkflowGraph {
  const containers = graph.nodes.filter(({ kind }) => kind === 'for-each').map(({ id }) => id);
  const byId = new Map(graph.nodes.map(({ parent: _old, ...rest }) => [rest.id, rest as WorkflowNode]));
  for (const { id, parent: old } of graph.nodes) {
    const parent = random() < 0.6 ? old : containers[Math.floor(random() * containers.length * 2)];
    if (parent === undefined || parent === id || !byId.has(parent)) continue;
    if (containersOf(byId, parent).some((one) => one.id === id)) continue;
    byId.set(id, { ...byId.get(id)!, parent });
  }
  return { ...graph, nodes: graph.nodes.map(({ id }) => byId.get(id)!) };
}

const triples = Array.from({ length: 150 }, (_, seed) => {
  const random = seededRandom(seed + 1);
  const base = withContainers(random, randomGraph(random));
  const next = () => withContainers(random, randomGraph(random, base));
  return { base, mine: next(), theirs: next(), random };
});

describe('any three graphs', () => {
  test('what only one side changed is as that side has it', () => {
    for (const { base, mine, theirs } of triples) {
      expect(isEmptyPatch(diffGraphs(mergeGraphs({ base, mine: structuredClone(base), theirs }).graph, theirs))).toBe(
        true,
      );
      const forth = mergeGraphs({ base, mine, theirs: structuredClone(base) });
      expect(isEmptyPatch(diffGraphs(forth.graph, mine))).toBe(true);
      const both = mergeGraphs({ base, mine, theirs: structuredClone(mine) });
      expect(isEmptyPatch(diffGraphs(both.graph, mine))).toBe(true);
      expect([...forth.conflicts, ...both.conflicts]).toEqual([]);
    }
  });

  test('make a sound graph, and nothing is changed that was handed in', () => {
    for (const { base, mine, theirs, random } of triples) {
      const before = structuredClone({ base, mine, theirs });
      const { conflicts } = mergeGraphs({ base, mine, theirs });
      const choices = new Map(conflicts.map(({ key }) => [key, random() < 0.5 ? 'mine' : 'theirs'] as const));
      const { graph } = mergeGraphs({ base, mine, theirs }, { choices });
      const ids = graph.nodes.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(new Set(edgeIds(graph)).size).toBe(graph.edges.length);
      const byId = new Map(graph.nodes.map((one) => [one.id, one]));
      for (const { source, target } of graph.edges) expect([byId.has(source), byId.has(target)]).toEqual([true, true]);
      for (const { id, parent } of graph.nodes) {
        if (parent !== undefined) expect(byId.has(parent), `${id} in ${parent}`).toBe(true);
        expect(containersOf(byId, id).some((one) => one.id === id || one.parent === id)).toBe(false);
      }
      expect({ base, mine, theirs }).toEqual(before);
    }
  });

  test('have the same conflicts from either side', () => {
    let compared = 0;
    for (const { base, mine, theirs } of triples) {
      const [forth, back] = [mergeGraphs({ base, mine, theirs }), mergeGraphs({ base, mine: theirs, theirs: mine })];
      // A text that speaks of a step with a new id is another text.
      if (forth.renamed.size + back.renamed.size > 0) continue;
      compared += 1;
      const keys = ({ conflicts }: typeof forth) => conflicts.map(({ key }) => key).toSorted();
      expect(keys(forth)).toEqual(keys(back));
    }
    expect(compared).toBeGreaterThan(10);
  });

  test('every field is as whoever changed it has it, or a conflict that is decided as chosen', () => {
    for (const { base, mine, theirs } of triples) {
      const free = mergeGraphs({ base, mine, theirs });
      const keys = new Set(free.conflicts.map(({ key }) => key));
      const taken = mergeGraphs({ base, mine, theirs }, { choices: picks(...keys) });
      for (const old of base.nodes) {
        const [own, t] = [find(mine, old.id), find(theirs, old.id)];
        const m = own && { ...own, config: spoken(old, own, free.renamed) };
        if (m === undefined || t === undefined || m.kind !== t.kind) continue;
        const [byMe, byThem] = [changedFields(old, m), changedFields(old, t)].map(
          (fields) => new Set(fields.filter((field) => !['position', 'parent', 'version'].includes(field))),
        );
        const [without, withMine] = [find(free.graph, old.id)!, find(taken.graph, old.id)!];
        for (const field of new Set([...byMe!, ...byThem!])) {
          const isConflict = byMe!.has(field) && byThem!.has(field) && !sameValue(at(m, field), at(t, field));
          expect(keys.has(`${old.id} ${field}`), `${old.id} ${field}`).toBe(isConflict);
          expect(at(without, field)).toEqual(at(byThem!.has(field) ? t : m, field));
          expect(at(withMine, field)).toEqual(at(byMe!.has(field) ? m : t, field));
        }
      }
    }
  });

  test('no step is lost: what either added is there, and what goes was removed by somebody', () => {
    for (const { base, mine, theirs } of triples) {
      const { graph, renamed } = mergeGraphs({ base, mine, theirs });
      const old = new Set(base.nodes.map(({ id }) => id));
      for (const { id } of mine.nodes) if (!old.has(id)) expect(find(graph, renamed.get(id) ?? id)).toBeDefined();
      for (const { id } of theirs.nodes) if (!old.has(id)) expect(find(graph, id)).toBeDefined();
      for (const id of old) if (find(mine, id) && find(theirs, id)) expect(find(graph, id)).toBeDefined();
    }
  });
});

/** What was changed speaks of steps by the ids that they have now. */
function spoken(old: WorkflowNode, own: WorkflowNode, renamed: ReadonlyMap<string, string>): WorkflowNode['config'] {
  return sameValue(old.config, own.config)
    ? own.config
    : (remapExpressions(own.config, renamed) as WorkflowNode['config']);
}

function at(one: WorkflowNode, field: string): unknown {
  return field.startsWith('config.') ? one.config[field.slice(7)] : one[field as keyof WorkflowNode];
}
