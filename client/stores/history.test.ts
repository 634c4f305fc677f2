import { describe, expect, it } from 'vitest';
import { validate } from '../../shared/engine/validate.ts';
import { withoutStrays } from '../../shared/workflow/annotations.ts';
import { edgeBetween, emptyGraph, workflowGraphSchema } from '../../shared/workflow/graph.ts';
import type { WorkflowGraph } from '../../shared/workflow/graph.ts';
import { arranged } from '../../shared/workflow/layout.ts';
import { diffGraphs } from '../../shared/workflow/patch.ts';
import { align, distribute, tidySteps } from './align-edits.ts';
import {
  addNote,
  groupSteps,
  moveAll,
  removeAnnotations,
  ungroup,
  updateGroup,
  updateNote,
} from './annotation-edits.ts';
import { toggleFold } from './folding.ts';
import { parseClip } from './clipboard.ts';
import { copyText } from './copying.ts';
import { paste } from './paste.ts';
import { connectionProblem } from './connections.ts';
import { containerAt, keepsInside, moveInto, nodesById, settled } from './container-edits.ts';
import { createEditorStore } from './editor.ts';
import type { EditorStore } from './editor.ts';
import {
  addNode,
  connect,
  moveNodes,
  newNode,
  removeEdges,
  removeNodes,
  setNodeOption,
  updateNode,
} from './graph-edits.ts';
import { addAfter, addInside, insertOnEdge } from './insert-edits.ts';
import { testCatalogue } from './testing-kinds.ts';

/** Mulberry32: the same seed gives the same operations. */
function random(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const kinds = [...testCatalogue.values()];

/** One random operation of the editor, as the page does it: through `change`, or as a gesture of many adjustments. */
function operate(store: EditorStore, next: () => number): void {
  const { change, adjust, beginGesture, endGesture, graph } = store.getState();
  const pick = <T>(items: readonly T[]): T | undefined => items[Math.floor(next() * items.length)];
  const node = pick(graph.nodes);
  const other = pick(graph.nodes);
  const edge = pick(graph.edges);
  const container = pick(graph.nodes.filter(({ kind }) => kind === 'loop'));
  const kind = pick(kinds)!;
  const point = { x: Math.round(next() * 1_000), y: Math.round(next() * 1_000) };
  const note = pick(graph.notes ?? []);
  const group = pick(graph.groups ?? []);
  const chosen = new Set(graph.nodes.filter(() => next() < 0.3).map(({ id }) => id));
  const operations: (() => unknown)[] = [
    () => change('Add', (g) => addNode(g, newNode(kind, g, point))),
    () => node && change('Add after', (g) => addAfter(g, node.id, newNode(kind, g, point), testCatalogue)),
    () => edge && change('Insert', (g) => insertOnEdge(g, edge, newNode(kind, g, point), testCatalogue)),
    () => {
      if (!node || !other) return;
      const ends = { source: node.id, sourcePort: 'out', target: other.id, targetPort: 'in' };
      if (connectionProblem(graph, testCatalogue, ends) === null)
        change('Connect', (g) => connect(g, edgeBetween(node.id, other.id)));
    },
    () => edge && change('Disconnect', (g) => removeEdges(g, new Set([edge.id]))),
    () => node && next() < 0.5 && change('Delete', (g) => removeNodes(g, new Set([node.id]))),
    () => node && change('Rename', (g) => updateNode(g, node.id, (n) => ({ ...n, title: `t${point.x}` }))),
    () =>
      node &&
      change(
        'Settings',
        (g) => updateNode(g, node.id, (n) => ({ ...n, config: { text: `v${point.y}` } })),
        `config:${node.id}`,
      ),
    () => node && change('Disable', (g) => setNodeOption(g, node.id, 'disabled', node.disabled ? undefined : true)),
    () => change('Direction', (g) => ({ ...g, direction: g.direction === 'down' ? 'right' : 'down' })),
    () => {
      if (!node) return;
      beginGesture();
      for (let i = 0; i < 5; i++) adjust((g) => moveNodes(g, new Map([[node.id, { x: point.x + i, y: point.y + i }]])));
      endGesture('Move');
    },
    () => {
      const ids = [node?.id, other?.id, note?.id, group?.id].filter((id) => id !== undefined);
      const clip = parseClip(copyText(graph, new Set(ids)));
      const into = next() < 0.5 ? undefined : next() < 0.5 ? null : container?.id;
      const target = { offset: { x: 40, y: 40 }, ...(into === undefined ? {} : { into }) };
      if (clip) change('Paste', (g) => paste(g, clip, target, testCatalogue).graph);
    },
    () => change('Add a container', (g) => addNode(g, newNode(testCatalogue.get('loop')!, g, point))),
    () =>
      container &&
      change('Add inside', (g) =>
        kind.group === 'trigger'
          ? g
          : addInside(g, container.id, newNode(kind, g, point), { x: 40, y: 120 }, testCatalogue),
      ),
    () => {
      const ids = new Set([node?.id, other?.id].filter((id) => id !== undefined));
      change('Move into', (g) => moveInto(g, ids, next() < 0.3 ? null : (container?.id ?? null), testCatalogue));
    },
    () => {
      if (!node) return;
      beginGesture();
      for (let i = 0; i < 3; i++)
        adjust((g) => moveNodes(g, new Map([[node.id, { x: point.x / 4 + i, y: point.y / 4 }]])));
      const over = containerAt(store.getState().graph, testCatalogue, point, new Set([node.id]));
      adjust((g) => moveInto(g, new Set([node.id]), over, testCatalogue));
      endGesture('Move');
    },
    () => change('Note', (g) => addNote(g, point, testCatalogue)?.graph ?? g),
    () =>
      note &&
      change('Write', (g) =>
        updateNote(g, note.id, { text: `# ${point.x}`, color: 'rose', size: { width: point.x, height: 90 } }),
      ),
    () => node && change('Group', (g) => groupSteps(g, new Set([node.id, other!.id, group?.id ?? '']))?.graph ?? g),
    () => group && change('Group title', (g) => updateGroup(g, group.id, { title: `g${point.x}`, color: 'green' })),
    () => node && change('Collapse', (g) => toggleFold(g, new Set([group?.id ?? node.id]))),
    () => group && next() < 0.5 && change('Ungroup', (g) => ungroup(g, new Set([group.id]))),
    () => note && next() < 0.5 && change('Delete note', (g) => removeAnnotations(g, new Set([note.id]))),
    () => {
      const places = new Map([note?.id, group?.id].flatMap((id) => (id === undefined ? [] : [[id, point] as const])));
      beginGesture();
      for (let i = 0; i < 3; i++) adjust((g) => settled(g, moveAll(g, places, testCatalogue), testCatalogue));
      endGesture('Move');
    },
    () => change('Align', (g) => align(g, chosen, pick(['left', 'middle', 'bottom'] as const)!, testCatalogue)),
    () => change('Distribute', (g) => distribute(g, chosen, next() < 0.5 ? 'x' : 'y', testCatalogue)),
    () => change('Tidy', (g) => tidySteps(g, chosen, testCatalogue)),
    () => change('Tidy all', (g) => arranged(g, testCatalogue)),
    () => {
      // As the assistant does: another graph as a patch, drawn over this one, taken whole, in part or not.
      const changed = proposal(graph, next);
      store.getState().propose(diffGraphs(graph, changed));
      for (const id of store.getState().review!.marks.keys()) if (next() < 0.3) store.getState().toggleProposed(id);
      store.getState().settle(next() < 0.7, 'AI edit');
    },
    () => {
      beginGesture();
      for (let i = 0; i < 3; i++) adjust((g) => addNode(g, newNode(kind, g, { x: i, y: i })));
      endGesture('Generate');
    },
  ];
  pick(operations)!();
}

/** What somebody else makes of a graph: a step less, one more behind another, and one with other settings. */
function proposal(graph: WorkflowGraph, next: () => number): WorkflowGraph {
  const any = () => graph.nodes[Math.floor(next() * graph.nodes.length)];
  const [gone, anchor, edited] = [any(), any(), any()];
  let result = graph;
  if (edited) result = updateNode(result, edited.id, (node) => ({ ...node, config: { text: 'proposed' } }));
  if (anchor)
    result = addAfter(result, anchor.id, newNode(testCatalogue.get('step')!, result, { x: 0, y: 0 }), testCatalogue);
  return gone && next() < 0.5 ? removeNodes(result, new Set([gone.id])) : result;
}

const seeds = Array.from({ length: 25 }, (_, seed) => seed + 1);

describe('undo and redo over 200 random operations', () => {
  it.each(seeds)('seed %i: undone gives the first graph, redone the last', (seed) => {
    const next = random(seed);
    let clock = 0;
    const start: WorkflowGraph = addNode(emptyGraph, newNode(testCatalogue.get('start')!, emptyGraph, { x: 0, y: 0 }));
    const store = createEditorStore({ catalogue: testCatalogue, graph: start, now: () => (clock += 400) });
    for (let i = 0; i < 200; i++) operate(store, next);
    const last = store.getState().graph;
    expect(workflowGraphSchema.safeParse(last).success).toBe(true);
    expect(last).not.toEqual(start);
    expect(withoutStrays(last)).toBe(last);
    const nodes = nodesById(last);
    expect(last.edges.filter((one) => !keepsInside(nodes, testCatalogue, one))).toEqual([]);
    const structural = ['container', 'border', 'cycle', 'missing_node', 'duplicate_id', 'duplicate_edge'];
    expect(validate(last, testCatalogue).filter(({ code }) => structural.includes(code))).toEqual([]);
    let steps = 0;
    while (store.getState().undo() !== null) steps++;
    expect(steps).toBeGreaterThan(50);
    expect(store.getState().graph).toEqual(start);
    while (store.getState().redo() !== null) steps--;
    expect(steps).toBe(0);
    expect(store.getState().graph).toEqual(last);
  });
});

describe('entries', () => {
  const build = () => {
    let clock = 0;
    const graph = addNode(emptyGraph, newNode(testCatalogue.get('step')!, emptyGraph, { x: 0, y: 0 }));
    const store = createEditorStore({ catalogue: testCatalogue, graph, now: () => clock });
    const type = (text: string) =>
      store
        .getState()
        .change('Edit', (g) => updateNode(g, 'step_1', (n) => ({ ...n, config: { text } })), 'config:step_1:text');
    return { store, type, wait: (ms: number) => (clock += ms) };
  };

  it('joins a burst of typing and starts anew after a pause', () => {
    const { store, type, wait } = build();
    for (const text of ['H', 'He', 'Hel']) type(text);
    wait(5_000);
    type('Hello');
    expect(store.getState().history.past).toHaveLength(2);
    store.getState().undo();
    expect(store.getState().graph.nodes[0]!.config).toEqual({ text: 'Hel' });
  });

  it('makes one entry of a drag, none of a drag that went nowhere', () => {
    const { store } = build();
    const { beginGesture, adjust, endGesture } = store.getState();
    beginGesture();
    endGesture('Move');
    expect(store.getState().history.past).toHaveLength(0);
    beginGesture();
    for (let x = 0; x < 60; x++) adjust((g) => moveNodes(g, new Map([['step_1', { x, y: 0 }]])));
    endGesture('Move');
    expect(store.getState().history.past.map((entry) => entry.label)).toEqual(['Move']);
  });

  it('closes the settings of a step that an undo takes away', () => {
    const { store } = build();
    store.getState().change('Add', (g) => addNode(g, newNode(testCatalogue.get('step')!, g, { x: 0, y: 200 })));
    store.getState().open('step_2');
    store.getState().undo();
    expect(store.getState()).toMatchObject({ opened: null });
    expect(store.getState().selected.size).toBe(0);
  });

  it('changes nothing when it is read only', () => {
    const store = createEditorStore({ catalogue: testCatalogue, readOnly: true });
    store.getState().change('Add', (g) => addNode(g, newNode(testCatalogue.get('step')!, g, { x: 0, y: 0 })));
    expect(store.getState().graph).toBe(emptyGraph);
  });
});
