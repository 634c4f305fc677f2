import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { EditorActions, EditorState, EditorStore } from './editor.ts';
import type { RunStore, RunViewState } from './runs.ts';

const EditorContext = createContext<EditorStore | null>(null);
const RunContext = createContext<RunStore | null>(null);

export const EditorStoreProvider = EditorContext.Provider;
export const RunStoreProvider = RunContext.Provider;

/** The store of the workflow on the screen. */
export function useEditorStore(): EditorStore {
  const store = useContext(EditorContext);
  if (store === null) throw new Error('useEditorStore needs an EditorStoreProvider above it');
  return store;
}

/** Selects from the workflow on the screen; renders again when the selected value changes. */
export function useEditor<T>(select: (state: EditorState & EditorActions) => T): T {
  return useStore(useEditorStore(), select);
}

/** The store of the run that the canvas shows. */
export function useRunStore(): RunStore {
  const store = useContext(RunContext);
  if (store === null) throw new Error('useRunStore needs a RunStoreProvider above it');
  return store;
}

export function useRun<T>(select: (state: RunViewState) => T): T {
  return useStore(useRunStore(), select);
}
