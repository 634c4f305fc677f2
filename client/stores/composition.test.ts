import { describe, expect, it } from 'vitest';
import type { ComposeEvent } from '../../shared/api/compose.ts';
import { edgeBetween, emptyGraph, limits } from '../../shared/workflow/graph.ts';
import type { WorkflowGraph } from '../../shared/workflow/graph.ts';
import { createComposer, promptProblem } from './composition.ts';
import { createEditorStore } from './editor.ts';
import { addNode, newNode } from './graph-edits.ts';
import { testCatalogue } from './testing-kinds.ts';

const node = (id: string) => ({
  id,
  kind: id.startsWith('start') ? 'start' : 'step',
  version: 1,
  title: id,
  config: {},
  position: { x: 0, y: 0 },
});
const graph: WorkflowGraph = {
  direction: 'down',
  nodes: [node('start_1'), node('step_1')],
  edges: [edgeBetween('start_1', 'step_1')],
};
const events: ComposeEvent[] = [
  { type: 'status', text: 'Looking for the trigger' },
  { type: 'node', node: graph.nodes[0]! },
  { type: 'edge', edge: graph.edges[0]! },
  { type: 'node', node: graph.nodes[1]! },
  {
    type: 'done',
    name: 'Made',
    graph,
    summary: 's',
    assumptions: [],
    unsupported: [],
    problems: [],
    provider: 'builtin',
    costMicro: 0,
  },
];

function bench(script: (signal: AbortSignal) => AsyncGenerator<ComposeEvent>) {
  const old = addNode(emptyGraph, newNode(testCatalogue.get('step')!, emptyGraph, { x: 5, y: 5 }));
  const editor = createEditorStore({ catalogue: testCatalogue, graph: old });
  const seen: { nodes: number; edges: number }[] = [];
  editor.subscribe((state, before) => {
    if (state.graph !== before.graph) seen.push({ nodes: state.graph.nodes.length, edges: state.graph.edges.length });
  });
  const composer = createComposer({
    editor,
    generate: async (_prompt, signal) => script(signal),
    describe: () => ({ code: 'provider_auth', message: 'The key is wrong.' }),
    pace: async () => {},
  });
  return { old, editor, composer, seen };
}

async function* all() {
  yield* events;
}

describe('createComposer', () => {
  it('draws step by step, each connection once both its ends are there, as one entry of the history', async () => {
    const { old, editor, composer, seen } = bench(all);
    await composer.make('anything');
    expect(seen).toEqual([
      { nodes: 0, edges: 0 },
      { nodes: 1, edges: 0 },
      { nodes: 1, edges: 0 },
      { nodes: 2, edges: 1 },
      { nodes: 2, edges: 1 },
    ]);
    expect(composer.getState()).toMatchObject({ phase: 'proposal', replaced: 1, result: { name: 'Made' } });
    expect(editor.getState().history.past.map((entry) => entry.label)).toEqual(['Generate workflow']);
    expect([...editor.getState().proposed]).toEqual(['start_1', 'step_1']);
    editor.getState().undo();
    expect(editor.getState().graph).toBe(old);
    expect(composer.getState().phase).toBe('idle');
  });

  it('takes everything back, also what was changed after it', async () => {
    const { old, editor, composer } = bench(all);
    await composer.make('anything');
    editor.getState().change('Add', (g) => addNode(g, newNode(testCatalogue.get('step')!, g, { x: 0, y: 0 })));
    composer.discard();
    expect(editor.getState().graph).toBe(old);
  });

  it('restores what stood there when the provider fails, and says why', async () => {
    const { old, editor, composer } = bench(async function* () {
      yield* events.slice(0, 3);
      throw new Error('401');
    });
    await composer.make('anything');
    expect(editor.getState().graph).toBe(old);
    expect(editor.getState().history.past).toEqual([]);
    expect(composer.getState()).toMatchObject({ phase: 'idle', error: { code: 'provider_auth' } });
  });

  it('keeps what is there as a proposal when it is stopped', async () => {
    const { editor, composer } = bench(async function* (signal) {
      yield* events.slice(0, 2);
      composer.stop();
      signal.throwIfAborted();
    });
    await composer.make('anything');
    expect(editor.getState().graph.nodes).toHaveLength(1);
    expect(composer.getState()).toMatchObject({ phase: 'proposal', result: null });
  });
});

describe('promptProblem', () => {
  it.each([
    ['', 'bad_request'],
    ['  \n', 'bad_request'],
    ['x'.repeat(limits.promptChars + 1), 'too_large'],
    ['x'.repeat(limits.promptChars), null],
  ])('%#', (prompt, code) => {
    expect(promptProblem(prompt)?.code ?? null).toBe(code);
  });
});
