import './editor.css';
import { useMediaQuery } from '@mantine/hooks';
import { ReactFlowProvider, useReactFlow } from '@xyflow/react';
import { lazy, Suspense, useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { api } from '../../api/client.ts';
import { failureOf } from '../../api/errors.ts';
import { Canvas } from '../../canvas/Canvas.tsx';
import type { CanvasActions } from '../../canvas/context.ts';
import { catalogue } from '../../nodes/catalogue.ts';
import { TestingWhenUsed } from './testing/TestingWhenUsed.tsx';
import { useEditor, useEditorStore } from '../../stores/context.tsx';
import { createComposer } from '../../stores/composition.ts';
import type { Composer } from '../../stores/composition.ts';
import { useOnce } from '../../ui/useOnce.ts';
import { useAssistant } from './assistant/useAssistant.ts';
import type { FixRequest } from './assistant/useAssistant.ts';
import { CanvasBars } from './bars/CanvasBars.tsx';
import { ConflictBar } from './conflict/ConflictBar.tsx';
import { useEditorCommands } from './commands/commands.ts';
import { usePanel, usePanels, useSession } from './context.tsx';
import type { PickRequest } from './context.tsx';
import { addStep, duplicate, removeConnection, removeStep } from './edits.ts';
import { Header } from './bars/Header.tsx';
import { forgetRun } from './run/last-run.ts';
import { PromptBar } from './prompt/PromptBar.tsx';
import type { ProviderChoice } from './prompt/PromptBar.tsx';
import { useRunning } from './run/running.ts';
import { prefetchSettings, SettingsPanel } from './settings/SettingsPanel.tsx';
import { StepPalette } from './adding/StepPalette.tsx';
import { ProblemCount, Toolbar } from './bars/Toolbar.tsx';
import { ZoomPill } from './bars/ZoomPill.tsx';

// It has nothing to draw, and follows only what happens after the first picture.
const FollowView = lazy(async () => ({ default: (await import('./run/FollowView.tsx')).FollowView }));
const EmptyCanvas = lazy(async () => ({ default: (await import('./adding/EmptyCanvas.tsx')).EmptyCanvas }));
const RunLog = lazy(async () => ({ default: (await import('./run/RunLog.tsx')).RunLog }));
const ListView = lazy(async () => ({ default: (await import('./list/ListView.tsx')).ListView }));
const StepPicker = lazy(async () => ({ default: (await import('./adding/StepPicker.tsx')).StepPicker }));
const NodeMenu = lazy(async () => ({ default: (await import('./adding/NodeMenu.tsx')).NodeMenu }));
const AssistantPanel = lazy(async () => ({ default: (await import('./assistant/AssistantPanel.tsx')).AssistantPanel }));
const ReviewBar = lazy(async () => ({ default: (await import('./assistant/ReviewBar.tsx')).ReviewBar }));
const ReviewLayer = lazy(async () => ({ default: (await import('./assistant/ReviewLayer.tsx')).ReviewLayer }));
const HistoryParts = lazy(async () => ({ default: (await import('./history/HistoryParts.tsx')).HistoryParts }));
const PreviewDrawer = lazy(async () => ({ default: (await import('./preview/PreviewDrawer.tsx')).PreviewDrawer }));

/** What the home page hands over to a new workflow. */
export interface EditorRequest {
  /** A failed run that is to be looked into. */
  fix?: FixRequest;
  prompt?: string;
  provider?: ProviderChoice;
  /** The step that is to be open. */
  step?: string;
}

export function EditorView({ request }: { request: EditorRequest | null }) {
  return (
    <ReactFlowProvider>
      <Editor request={request} />
    </ReactFlowProvider>
  );
}

function Editor({ request }: { request: EditorRequest | null }) {
  const store = useEditorStore();
  const phone = useMediaQuery('(max-width: 47.99em)') ?? false;
  const panels = usePanels();
  const list = usePanel((state) => state.list);
  const log = usePanel((state) => state.log);
  const logged = useOnce(log);
  const palette = usePanel((state) => state.palette);
  const settings = useEditor((state) => state.opened !== null);
  const readOnly = useEditor((state) => state.readOnly);
  const menu = useOnce(usePanel((state) => state.menu !== null));
  const picked = useOnce(usePanel((state) => state.pick !== null));
  const history = useOnce(usePanel((state) => state.history || state.compare !== null));
  const previewed = useOnce(usePanel((state) => state.preview));
  const running = useRunning();
  const compose = useComposing(request);
  const assistant = useAssistant(compose.provider, request?.fix ?? null);
  const reviewing = useEditor((state) => state.review !== null);
  const chat = usePanel((state) => state.chat);
  const chatted = useOnce(chat);
  const editable = !readOnly || reviewing;
  const actions = useCanvasActions();
  const add = useAdding();
  const empty = useEditor((state) => state.graph.nodes.length === 0);
  const making = useStore(compose.composer, (state) => state.phase === 'making');
  useEditorCommands(running);
  /** On a canvas that has steps. A workflow that was just made counts as kept. */
  const ask = (text: string) => {
    if (text.trim() === '') return;
    compose.composer.keep();
    compose.setText('');
    assistant.ask(text);
  };
  useEffect(() => {
    const { graph, open } = store.getState();
    if (request?.step !== undefined && graph.nodes.some(({ id }) => id === request.step)) open(request.step);
  }, [request, store]);
  return (
    <div
      className="mw-editor"
      data-palette={(palette && !phone && !list) || undefined}
      data-settings={(settings && !phone) || undefined}
      data-log={log || undefined}
    >
      <Header />
      {!editable || list ? null : (
        <div className="mw-palette-hold" inert={reviewing}>
          <StepPalette phone={phone} onAdd={(kind) => add(kind, null)} />
        </div>
      )}
      <div className="mw-stage" onPointerEnter={prefetchSettings} onFocus={prefetchSettings}>
        <ConflictBar />
        {list ? (
          <Suspense fallback={null}>
            <ListView onOpen={(id) => store.getState().open(id)} />
          </Suspense>
        ) : (
          <Canvas
            actions={actions}
            onTouched={compose.touched}
            onDropKind={({ kind, edgeId, at }) => {
              const definition = catalogue.get(kind);
              if (definition === undefined) return;
              const place = { x: at.x - 124, y: at.y - 30 };
              addStep(
                store,
                definition,
                edgeId === null ? { kind: 'free', at: place } : { kind: 'edge', edgeId, at: place },
                place,
              );
            }}
          >
            {phone ? null : <ZoomPill />}
            {reviewing ? (
              <Suspense fallback={null}>
                <ReviewLayer />
              </Suspense>
            ) : null}
          </Canvas>
        )}
        {empty && !making && !list ? (
          <Suspense>
            <EmptyCanvas
              onExample={compose.setText}
              onAddTrigger={() =>
                panels.setState({ pick: { kind: 'free', at: { x: window.innerWidth / 2 - 140, y: 160 } } })
              }
            />
          </Suspense>
        ) : null}
        <div className="mw-top">
          <Toolbar
            phone={phone}
            starting={running.start.isPending}
            onRun={running.run}
            onStop={running.stop}
            onPreview={() => panels.setState({ preview: true })}
          />
          <CanvasBars phone={phone} />
          <ProblemCount onShow={(id, field) => store.getState().open(id, field)} />
        </div>
        {!editable ? null : (
          <PromptBar
            composer={compose.composer}
            provider={compose.provider}
            onProvider={compose.setProvider}
            text={compose.text}
            onText={compose.setText}
            onSend={empty ? compose.send : ask}
            hidden={reviewing || (chat && !phone)}
            onConversation={phone ? () => panels.setState({ chat: true }) : null}
          />
        )}
        {reviewing ? (
          <Suspense fallback={null}>
            <ReviewBar onSettle={assistant.settle} />
          </Suspense>
        ) : null}
        {logged ? (
          <Suspense>
            <RunLog />
          </Suspense>
        ) : null}
      </div>
      {chatted && editable ? (
        <Suspense fallback={phone ? null : <aside className="mw-panel mw-chat" aria-busy="true" />}>
          <AssistantPanel
            chat={assistant.chat}
            phone={phone}
            provider={compose.provider}
            onProvider={compose.setProvider}
          />
        </Suspense>
      ) : null}
      <SettingsPanel phone={phone} />
      {picked ? (
        <Suspense fallback={null}>
          <StepPicker phone={phone} onPick={add} />
        </Suspense>
      ) : null}
      {empty || readOnly ? null : <TestingWhenUsed running={running} />}
      {menu ? (
        <Suspense fallback={null}>
          <NodeMenu />
        </Suspense>
      ) : null}
      {history ? (
        <Suspense fallback={null}>
          <HistoryParts />
        </Suspense>
      ) : null}
      {previewed ? (
        <Suspense fallback={null}>
          <PreviewDrawer phone={phone} running={running} />
        </Suspense>
      ) : null}
      <Suspense fallback={null}>
        <FollowView composer={compose.composer} following={compose.following} />
      </Suspense>
    </div>
  );
}

function useCanvasActions(): CanvasActions {
  const store = useEditorStore();
  const panels = usePanels();
  return useMemo(
    () => ({
      openStep: (id) => store.getState().open(id),
      openMenu: (nodeId, at) => panels.setState({ menu: { nodeId, at } }),
      runStep: (node) => panels.setState({ test: { node, mode: 'only' } }),
      duplicate: (id) => duplicate(store, new Set([id])),
      remove: (id) => removeStep(store, id),
      removeEdge: (id) => removeConnection(store, id),
      pickForEdge: (edgeId, at) => panels.setState({ pick: { kind: 'edge', edgeId, at } }),
      pickAfter: (nodeId, port, at) => panels.setState({ pick: { kind: 'after', nodeId, port, at } }),
      pickInside: (container, at) => panels.setState({ pick: { kind: 'inside', container, at } }),
    }),
    [store, panels],
  );
}

function useAdding() {
  const store = useEditorStore();
  const flow = useReactFlow();
  return (kind: Parameters<typeof addStep>[1], request: PickRequest | null) => {
    const screen =
      request?.kind === 'free' || request === null
        ? { x: window.innerWidth / 2, y: window.innerHeight / 2 - 80 }
        : request.at;
    const middle = flow.screenToFlowPosition(screen);
    const id = addStep(store, kind, request, { x: Math.round(middle.x - 124), y: Math.round(middle.y - 30) });
    requestAnimationFrame(() =>
      document.querySelector<HTMLElement>(`.react-flow__node[data-id="${id}"]`)?.focus({ preventScroll: true }),
    );
  };
}

/** Generation: what was typed, by whom it is made, and what follows from the result. */
function useComposing(request: EditorRequest | null) {
  const store = useEditorStore();
  const session = useSession();
  const [provider, setProvider] = useState<ProviderChoice>(request?.provider ?? 'auto');
  const [text, setText] = useState('');
  const chosen = useRef(provider);
  chosen.current = provider;
  const following = useRef(true);
  const [composer] = useState<Composer>(() =>
    createComposer({
      editor: store,
      describe: failureOf,
      generate: (prompt, signal) => {
        const { id } = session.info.getState();
        const timezone = Intl.DateTimeFormat().resolvedOptions().timeZone;
        return api.compose.generate(
          { prompt, provider: chosen.current, timezone, ...(id === null ? {} : { workflowId: id }) },
          { signal },
        );
      },
    }),
  );
  async function send(prompt: string): Promise<void> {
    following.current = true;
    session.runs.clear();
    forgetRun(session.info.getState().id);
    const unborn = session.info.getState().id === null;
    const result = await composer.make(prompt);
    if (result === null) return;
    setText('');
    if (unborn) await session.rename(result.name.slice(0, 120));
  }
  const sendAsked = useEffectEvent((prompt: string) => void send(prompt));
  const asked = useRef(false);
  useEffect(() => {
    if (asked.current || !request?.prompt) return;
    asked.current = true;
    setText(request.prompt);
    // After the first paint, so that the canvas is there for the first step. A request is carried out once, also after a reload.
    window.history.replaceState({ ...(window.history.state as object), usr: null }, '');
    sendAsked(request.prompt);
  }, [request]);
  return {
    composer,
    provider,
    setProvider,
    text,
    setText,
    send: (prompt: string) => void send(prompt),
    following,
    touched: () => (following.current = false),
  };
}
