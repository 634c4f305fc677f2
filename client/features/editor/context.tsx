import { createContext, useContext, useState } from 'react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';
import type { Preview, SectionInput } from '../../../shared/api/runs.ts';
import type { SectionMode } from '../../../shared/workflow/run.ts';
import { EditorStoreProvider, RunStoreProvider } from '../../stores/context.tsx';
import type { DraftState } from '../../stores/draft.ts';
import type { Comparison } from './history/CompareView.tsx';
import type { EditorSession, WorkflowInfo } from './session.ts';

/** What the step picker was asked for. Points are screen coordinates. */
export type PickRequest =
  | { kind: 'edge'; edgeId: string; at: { x: number; y: number } }
  | { kind: 'after'; nodeId: string; port: string | undefined; at: { x: number; y: number } }
  | { kind: 'inside'; container: string; at: { x: number; y: number } }
  | { kind: 'free'; at: { x: number; y: number } };

/** What of the editor is open. Kept out of the document: none of it is undone. */
export interface PanelState {
  palette: boolean;
  list: boolean;
  preview: boolean;
  /** The conversation beside the canvas. */
  chat: boolean;
  log: boolean;
  /** As what it is shown. */
  logView: 'log' | 'timeline';
  /** The settings of the workflow. */
  settings: boolean;
  /** The list of versions. */
  history: boolean;
  /** Two states of the workflow that are looked at. */
  compare: Comparison | null;
  pick: PickRequest | null;
  /** The search of the canvas, and how often it was asked for. */
  find: boolean;
  findAsked: number;
  menu: { nodeId: string; at: { x: number; y: number } } | null;
  /** A part of the workflow that is to be tested. */
  test: { node: string; mode: SectionMode } | null;
  /** The part that the preview is of; null: the whole workflow. */
  previewOf: SectionInput | null;
  tab: 'settings' | 'input' | 'output' | 'log';
  /** The newest preview of this workflow: its outputs feed autocomplete. */
  lastPreview: Preview | null;
  /** The item that is looked at, by container; the first one where none is named. */
  items: Readonly<Record<string, number>>;
}

interface EditorPageContext {
  session: EditorSession;
  panels: StoreApi<PanelState>;
}

const Context = createContext<EditorPageContext | null>(null);

export function EditorProvider({ session, children }: { session: EditorSession; children: ReactNode }) {
  const [panels] = useState(() =>
    createStore<PanelState>()(() => ({
      palette: readPaletteOpen(),
      list: false,
      preview: false,
      chat: false,
      log: false,
      logView: 'log',
      settings: false,
      history: false,
      compare: null,
      pick: null,
      find: false,
      findAsked: 0,
      menu: null,
      test: null,
      previewOf: null,
      tab: 'settings',
      lastPreview: null,
      items: {},
    })),
  );
  return (
    <Context value={{ session, panels }}>
      <EditorStoreProvider value={session.editor}>
        <RunStoreProvider value={session.runs}>{children}</RunStoreProvider>
      </EditorStoreProvider>
    </Context>
  );
}

function usePageContext(): EditorPageContext {
  const value = useContext(Context);
  if (value === null) throw new Error('parts of the editor need the EditorProvider');
  return value;
}

export function useSession(): EditorSession {
  return usePageContext().session;
}

export function usePanels(): StoreApi<PanelState> {
  return usePageContext().panels;
}

export function usePanel<T>(select: (state: PanelState) => T): T {
  return useStore(usePanels(), select);
}

export function useInfo<T>(select: (info: WorkflowInfo) => T): T {
  return useStore(useSession().info, select);
}

export function useDraft<T>(select: (state: DraftState) => T): T {
  return useStore(useSession().draft, select);
}

const paletteKey = 'mailweave.editor.palette';

function readPaletteOpen(): boolean {
  return localStorage.getItem(paletteKey) !== 'closed' && window.innerWidth >= 768;
}

export function setPaletteOpen(panels: StoreApi<PanelState>, open: boolean): void {
  localStorage.setItem(paletteKey, open ? 'open' : 'closed');
  panels.setState({ palette: open });
}
