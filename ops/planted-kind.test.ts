/**
 * A kind of step is one folder: the one that CONTRIBUTING.md shows as its example is planted into a copy of the sources, and shows up in the
 * catalogue, the preview, the documentation, the palette, the form and on the canvas, with no other change.
 */
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import react from '@vitejs/plugin-react';
import { createServer, type ViteDevServer } from 'vite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadCatalogue, type Registry } from '../server/nodes/registry.ts';
import { simulate } from '../shared/engine/simulate.ts';
import { validate } from '../shared/engine/validate.ts';
import { edgeBetween, type WorkflowGraph } from '../shared/workflow/graph.ts';
import { nodeDocs } from './node-docs.ts';

const root = join(import.meta.dirname, '..');
const kind = 'text-case';
let copy: string;
let planted: Registry;
let vite: ViteDevServer;

type Drawn = Record<'palette' | 'form' | 'canvas', string>;

/** Draws the parts of the editor as it finds them, from the catalogue that the client has by itself. */
const page = `
import { MantineProvider } from '@mantine/core';
import { ReactFlowProvider } from '@xyflow/react';
import { renderToStaticMarkup } from 'react-dom/server';
import { CanvasContext, newConnectingStore, newDroppingStore } from './canvas/context.ts';
import { StepNode } from './canvas/StepNode.tsx';
import { findKinds, KindList } from './features/editor/adding/KindList.tsx';
import { catalogue } from './nodes/catalogue.ts';
import { scopeOf, suggestionsOf } from './nodes/expression/scope.ts';
import { NodeForm } from './nodes/form/NodeForm.tsx';
import { EditorStoreProvider, RunStoreProvider } from './stores/context.tsx';
import { createEditorStore } from './stores/editor.ts';
import { createRunStore } from './stores/runs.ts';

export function draw(kind, graph) {
  const definition = catalogue.get(kind);
  const node = graph.nodes.find((one) => one.kind === kind);
  const scope = scopeOf(graph, catalogue, node.id, () => undefined, new Date(0));
  const context = { config: node.config, scope: scope.scope, suggestions: suggestionsOf(scope), problems: [], providers: [], workflows: [],
    readOnly: false, focusField: null };
  const data = { node, definition, ports: definition.ports.out, connected: '', direction: 'down', label: '', container: null };
  const drawing = { actions: null, connecting: newConnectingStore(), dropping: newDroppingStore() };
  const nothing = () => undefined;
  const feed = new Proxy({}, { get: () => nothing });
  return {
    palette: renderToStaticMarkup(<KindList kinds={findKinds('change case')} onPick={nothing} idPrefix="p" />),
    form: renderToStaticMarkup(
      <MantineProvider env="test">
        <NodeForm definition={definition} context={context} onChange={nothing} onChangeAll={nothing} />
      </MantineProvider>,
    ),
    canvas: renderToStaticMarkup(
      <ReactFlowProvider>
        <EditorStoreProvider value={createEditorStore({ catalogue, graph })}>
          <RunStoreProvider value={createRunStore({ feed, catalogue })}>
            <CanvasContext value={drawing}><StepNode id={node.id} data={data} selected={false} /></CanvasContext>
          </RunStoreProvider>
        </EditorStoreProvider>
      </ReactFlowProvider>,
    ),
  };
}
`;

/** The new files of the diff in CONTRIBUTING.md: path → content. */
async function exampleFiles(): Promise<Map<string, string>> {
  const text = await readFile(join(root, 'CONTRIBUTING.md'), 'utf8');
  const [, diff = ''] = /```diff\n([\s\S]*?)```/.exec(text) ?? [];
  const parts = diff.split(/^diff --git .*$/m).slice(1);
  return new Map(
    parts.map((part) => {
      const [, path = ''] = /^\+\+\+ b\/(.+)$/m.exec(part) ?? [];
      const lines = part.split('\n').filter((line) => line.startsWith('+') && !line.startsWith('+++'));
      return [path, `${lines.map((line) => line.slice(1)).join('\n')}\n`];
    }),
  );
}

beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), 'planted-'));
  for (const folder of ['client', 'shared']) await cp(join(root, folder), join(copy, folder), { recursive: true });
  for (const file of ['package.json', 'tsconfig.json']) await cp(join(root, file), join(copy, file));
  await symlink(join(root, 'node_modules'), join(copy, 'node_modules'));
  for (const [path, content] of await exampleFiles()) {
    await mkdir(dirname(join(copy, path)), { recursive: true });
    await writeFile(join(copy, path), content);
  }
  await writeFile(join(copy, 'client/planted.tsx'), page);
  planted = await loadCatalogue(join(copy, 'shared/nodes'));
  vite = await createServer({
    root: copy,
    configFile: false,
    logLevel: 'silent',
    appType: 'custom',
    server: { middlewareMode: true, hmr: false, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true },
    plugins: [react()],
  });
}, 60_000);

afterAll(async () => {
  await vite?.close();
  await rm(copy, { recursive: true, force: true });
});

const graph: WorkflowGraph = {
  direction: 'down',
  nodes: [
    { id: 'start', kind: 'manual', version: 1, title: '', config: {}, position: { x: 0, y: 0 } },
    { id: 'case', kind, version: 1, title: '', config: { text: 'ada lovelace' }, position: { x: 0, y: 112 } },
  ],
  edges: [edgeBetween('start', 'case')],
};

it('is one folder, and no other file of the change is its own', async () => {
  const paths = [...(await exampleFiles()).keys()];
  expect(paths.every((path) => path.startsWith(`shared/nodes/${kind}/`))).toBe(true);
  expect(paths).toHaveLength(3);
  const { catalogue } = await loadCatalogue();
  expect(catalogue.has(kind), 'the example is not among the shipped kinds').toBe(false);
});

it('is checked, previewed and runs', () => {
  expect(planted.runners.has(kind)).toBe(true);
  expect(validate(graph, planted.catalogue).filter(({ severity }) => severity === 'error')).toEqual([]);
  const { steps } = simulate(graph, planted.catalogue, { trigger: 'start', payload: {}, now: new Date(0) });
  expect(steps.find(({ nodeId }) => nodeId === 'case')).toMatchObject({ summary: 'Writes “Ada Lovelace”' });
});

it('stands in the documentation', () => {
  expect(nodeDocs(planted.catalogue)).toContain(`### Change case (\`${kind}\`)`);
});

it('stands in the palette, has a form, and is drawn on the canvas', async () => {
  const { draw } = (await vite.ssrLoadModule('/client/planted.tsx')) as {
    draw: (kind: string, of: WorkflowGraph) => Drawn;
  };
  const { palette, form, canvas } = draw(kind, graph);
  expect(palette).toContain('Change case');
  expect(palette).toContain('Writes a text in capitals or small letters');
  expect(form).toContain('Write it in');
  expect(form).toContain('CAPITALS');
  expect(canvas).toContain('title: ada lovelace');
}, 60_000);
