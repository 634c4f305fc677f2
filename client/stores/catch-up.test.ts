import { expect, test, vi } from 'vitest';
import { edgeBetween } from '../../shared/workflow/graph.ts';
import type { WorkflowGraph, WorkflowNode } from '../../shared/workflow/graph.ts';
import { createCatchUp } from './catch-up.ts';
import { createDraftSaver } from './draft.ts';
import type { SaveResult } from './draft.ts';
import { createEditorStore } from './editor.ts';
import type { EditorStore } from './editor.ts';
import { testCatalogue } from './testing-kinds.ts';

const node = (id: string, title: string, y = 0): WorkflowNode => ({
  id,
  kind: 'step',
  version: 1,
  title,
  config: { text: '' },
  position: { x: 7, y },
});
const base: WorkflowGraph = {
  nodes: [node('a', 'A'), node('b', 'B', 200)],
  edges: [edgeBetween('a', 'b')],
  direction: 'down',
};

/** A server of one draft and an editor on it. */
function bench() {
  const server = { graph: base, revision: 1 };
  const editor = createEditorStore({ catalogue: testCatalogue, graph: base });
  const told = vi.fn<Parameters<typeof createCatchUp>[0]['told']>();
  const draft = createDraftSaver({
    revision: 1,
    read: () => editor.getState().graph,
    describe: String,
    catchUp: (by) => catchUp.run(by),
    async save(graph, revision): Promise<SaveResult> {
      if (revision !== server.revision) return { ok: false, conflict: { by: 'Grace' } };
      Object.assign(server, { graph, revision: revision + 1 });
      return { ok: true, revision: server.revision };
    },
  });
  const catchUp = createCatchUp({ editor, draft, told, read: async () => structuredClone(server) });
  const theySave = (change: (graph: WorkflowGraph) => WorkflowGraph) => {
    Object.assign(server, { graph: change(structuredClone(server.graph)), revision: server.revision + 1 });
    draft.noticed(server.revision, 'Grace');
  };
  return { server, editor, draft, catchUp, told, theySave };
}

const titled = (id: string, title: string) => (graph: WorkflowGraph) => ({
  ...graph,
  nodes: graph.nodes.map((one) => (one.id === id ? { ...one, title } : one)),
});
const rename = (editor: EditorStore, id: string, title: string) =>
  editor.getState().change('Rename', titled(id, title));
const titles = ({ nodes }: WorkflowGraph) => nodes.map(({ title }) => title);
const shown = (editor: EditorStore) => titles(editor.getState().graph);

test('without a change of mine, the canvas is theirs, and undo goes on to work without taking theirs back', async () => {
  const { server, editor, draft, told, theySave } = bench();
  rename(editor, 'a', 'A1');
  rename(editor, 'a', 'A2');
  expect(await draft.flush()).toBe(true);
  theySave(titled('b', 'Theirs'));
  await vi.waitFor(() => expect(shown(editor)).toEqual(['A2', 'Theirs']));
  expect(draft.getState()).toMatchObject({ revision: 3, status: { kind: 'saved' } });
  expect(told).toHaveBeenCalledWith({ by: 'Grace', merged: false, patch: expect.anything() });
  editor.getState().undo();
  expect(shown(editor)).toEqual(['A1', 'Theirs']);
  editor.getState().undo();
  expect(shown(editor)).toEqual(['A', 'Theirs']);
  editor.getState().redo();
  expect(shown(editor)).toEqual(['A1', 'Theirs']);
  expect(await draft.flush()).toBe(true);
  expect(titles(server.graph)).toEqual(['A1', 'Theirs']);
});

test('what both changed in different places is merged and saved, and the person is told', async () => {
  const { server, editor, draft, told, theySave } = bench();
  rename(editor, 'a', 'Mine');
  theySave(titled('b', 'Theirs'));
  await vi.waitFor(() => expect(titles(server.graph)).toEqual(['Mine', 'Theirs']));
  expect(shown(editor)).toEqual(['Mine', 'Theirs']);
  await vi.waitFor(() => expect(draft.getState()).toMatchObject({ revision: 3, status: { kind: 'saved' } }));
  expect(told).toHaveBeenCalledExactlyOnceWith({ by: 'Grace', merged: true, patch: expect.anything() });
});

test('a refused save is merged as well', async () => {
  const { server, editor, draft } = bench();
  Object.assign(server, { graph: titled('b', 'Theirs')(base), revision: 2 });
  rename(editor, 'a', 'Mine');
  expect(await draft.flush()).toBe(true);
  expect(titles(server.graph)).toEqual(['Mine', 'Theirs']);
});

test.each<[string, 'mine' | 'theirs', string]>([
  ['mine', 'mine', 'Mine'],
  ['theirs', 'theirs', 'Theirs'],
])('what both changed waits for a choice: %s', async (_name, side, title) => {
  const { server, editor, draft, catchUp, theySave } = bench();
  rename(editor, 'a', 'Mine');
  theySave(titled('a', 'Theirs'));
  await vi.waitFor(() => expect(draft.getState().status).toEqual({ kind: 'conflict', by: 'Grace' }));
  expect(catchUp.getState().open?.conflicts).toMatchObject([{ key: 'a title', mine: 'Mine', theirs: 'Theirs' }]);
  // Neither is lost meanwhile, and one can go on.
  rename(editor, 'b', 'Further');
  expect(titles(server.graph)).toEqual(['Theirs', 'B']);
  catchUp.decide(new Map([['a title', side]]));
  expect(shown(editor)).toEqual([title, 'Further']);
  await vi.waitFor(() => expect(titles(server.graph)).toEqual([title, 'Further']));
  expect(catchUp.getState().open).toBeNull();
});

test('a second save of theirs renews the question', async () => {
  const { editor, draft, catchUp, theySave } = bench();
  rename(editor, 'a', 'Mine');
  theySave(titled('a', 'Theirs'));
  await vi.waitFor(() => expect(draft.getState().status.kind).toBe('conflict'));
  theySave(titled('a', 'Theirs again'));
  await vi.waitFor(() => expect(catchUp.getState().open?.conflicts[0]?.theirs).toBe('Theirs again'));
  catchUp.takeTheirs();
  expect(shown(editor)).toEqual(['Theirs again', 'B']);
  expect(draft.getState()).toMatchObject({ revision: 3, status: { kind: 'saved' } });
});

test('nothing moves under a drag: theirs come in at its end', async () => {
  const { editor, theySave } = bench();
  editor.getState().beginGesture();
  editor.getState().adjust(titled('a', 'Dragged'));
  theySave(titled('b', 'Theirs'));
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(shown(editor)).toEqual(['Dragged', 'B']);
  editor.getState().endGesture('Move');
  await vi.waitFor(() => expect(shown(editor)).toEqual(['Dragged', 'Theirs']));
});

test('the open settings follow a step of mine that gets another id', async () => {
  const { editor, theySave } = bench();
  const added = (title: string) => (graph: WorkflowGraph) => ({
    ...graph,
    nodes: [...graph.nodes, node('step_1', title, 400)],
  });
  editor.getState().change('Add', added('Mine'));
  editor.getState().open('step_1');
  theySave(added('Theirs'));
  await vi.waitFor(() => expect(shown(editor)).toContain('Theirs'));
  const { opened, graph } = editor.getState();
  expect(opened).toBe('step_2');
  expect(graph.nodes.find(({ id }) => id === opened)?.title).toBe('Mine');
});
