import { afterEach, expect, it, vi } from 'vitest';
import type { WorkflowGraph, WorkflowNode } from '../../../shared/workflow/graph.ts';
import { createCatchUp } from '../../stores/catch-up.ts';
import { createDraftSaver } from '../../stores/draft.ts';
import type { SaveResult } from '../../stores/draft.ts';
import { createEditorStore } from '../../stores/editor.ts';
import { keptDraft } from '../../stores/kept-draft.ts';
import { testCatalogue } from '../../stores/testing-kinds.ts';
import { keepEdits } from './keeping.ts';

const node = (id: string, title: string): WorkflowNode => ({
  id,
  kind: 'step',
  version: 1,
  title,
  config: { text: '' },
  position: { x: 0, y: 0 },
});
const base: WorkflowGraph = { nodes: [node('a', 'A'), node('b', 'B')], edges: [], direction: 'down' };

/** The server's draft, which several pages open. */
const server = { graph: base, revision: 1, isReachable: true };
const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
  Object.assign(server, { graph: base, revision: 1, isReachable: true });
  localStorage.clear();
});

/** A page that opens the workflow. */
function page() {
  const editor = createEditorStore({ catalogue: testCatalogue, graph: structuredClone(server.graph) });
  const draft = createDraftSaver({
    revision: server.revision,
    read: () => editor.getState().graph,
    describe: String,
    catchUp: (by) => catchUp.run(by),
    async save(graph, revision): Promise<SaveResult> {
      if (!server.isReachable) return { ok: false, message: 'No way to the server.' };
      if (revision !== server.revision) return { ok: false, conflict: { by: 'Grace' } };
      Object.assign(server, { graph, revision: revision + 1 });
      return { ok: true, revision: server.revision };
    },
  });
  const catchUp = createCatchUp({ editor, draft, told: () => undefined, read: async () => structuredClone(server) });
  const close = keepEdits(editor, draft, () => 'w');
  const rename = async (id: string, title: string) => {
    editor.getState().change('Rename', (graph) => ({
      ...graph,
      nodes: graph.nodes.map((one) => (one.id === id ? { ...one, title } : one)),
    }));
    return draft.flush();
  };
  stops.push(close, () => draft.dispose());
  return { editor, draft, catchUp, rename, titles: () => editor.getState().graph.nodes.map(({ title }) => title) };
}

const saved = () => server.graph.nodes.map(({ title }) => title);

/** Somebody at another device. */
function theySave(id: string, title: string): void {
  const nodes = server.graph.nodes.map((one) => (one.id === id ? { ...one, title } : one));
  Object.assign(server, { graph: { ...server.graph, nodes }, revision: server.revision + 1 });
}

/** Somebody edits without a way to the server, and closes the page. */
async function leave(id: string, title: string) {
  server.isReachable = false;
  await page().rename(id, title);
  window.dispatchEvent(new Event('pagehide'));
  for (const stop of stops.splice(0)) stop();
  server.isReachable = true;
}

it('brings back what was not saved, and saves it', async () => {
  await leave('a', 'Mine');
  const back = page();
  expect(back.titles()).toEqual(['Mine', 'B']);
  await back.draft.flush();
  expect(saved()).toEqual(['Mine', 'B']);
});

it('merges it with what others have saved in between', async () => {
  await leave('a', 'Mine');
  theySave('b', 'Theirs');
  const back = page();
  await vi.waitFor(() => expect(saved()).toEqual(['Mine', 'Theirs']));
  expect(back.titles()).toEqual(['Mine', 'Theirs']);
  back.editor.getState().undo();
  expect(back.titles()).toEqual(['A', 'Theirs']);
});

it('asks where both have changed the same', async () => {
  await leave('a', 'Mine');
  theySave('a', 'Theirs');
  const back = page();
  await vi.waitFor(() => expect(back.draft.getState().status.kind).toBe('conflict'));
  expect(back.catchUp.getState().open?.conflicts).toMatchObject([{ mine: 'Mine', theirs: 'Theirs' }]);
  expect(saved()).toEqual(['Theirs', 'B']);
});

it('asks as well where the page was closed while it asked', async () => {
  const first = page();
  theySave('a', 'Theirs');
  await first.rename('a', 'Mine');
  await vi.waitFor(() => expect(first.draft.getState().status.kind).toBe('conflict'));
  window.dispatchEvent(new Event('pagehide'));
  for (const stop of stops.splice(0)) stop();
  const back = page();
  await vi.waitFor(() => expect(back.draft.getState().status.kind).toBe('conflict'));
  expect(back.titles()).toEqual(['Mine', 'B']);
});

it('another tab that saves does not throw it away', async () => {
  await leave('a', 'Mine');
  const [first, second] = [page(), page()];
  server.isReachable = false;
  await first.rename('b', 'Not yet saved');
  server.isReachable = true;
  await second.rename('a', 'Second tab');
  expect(keptDraft('w')?.graph.nodes.map(({ title }) => title)).toEqual(['Mine', 'Not yet saved']);
});
