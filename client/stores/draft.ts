import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';
import type { WorkflowGraph } from '../../shared/workflow/graph.ts';

/** What the header shows about the draft on the server. */
export type SaveStatus =
  | { kind: 'saved'; at: number | null }
  | { kind: 'dirty' }
  | { kind: 'saving' }
  /** Somebody else saved in between; nothing is written until a person decides. */
  | { kind: 'conflict'; by: string | null }
  | { kind: 'failed'; message: string };

export interface DraftState {
  revision: number;
  status: SaveStatus;
}

/** `conflict`: the server has a newer revision. Every other failure is tried again with the next change or after a pause. */
export type SaveResult =
  | { ok: true; revision: number }
  | { ok: false; conflict: { by: string | null } }
  | { ok: false; message: string };

export interface DraftSaver extends StoreApi<DraftState> {
  /** The document changed: save it after a pause. */
  touch(): void;
  /** Saves now what is unsaved; resolves when the server has it, with false when it could not be saved. */
  flush(): Promise<boolean>;
  /** Another tab saved this revision. */
  noticed(revision: number, by: string | null): void;
  /** The document now equals this revision of the server. */
  rebase(revision: number): void;
  dispose(): void;
}

export const autosaveMs = 800;
const retryMs = 5_000;

/** Autosave with a revision check. One save is under way at a time; what changes meanwhile is saved after it. */
export function createDraftSaver(options: {
  revision: number;
  read: () => WorkflowGraph;
  save: (graph: WorkflowGraph, revision: number) => Promise<SaveResult>;
  now?: () => number;
}): DraftSaver {
  const { read, save, now = Date.now } = options;
  const store = createStore<DraftState>()(() => ({ revision: options.revision, status: { kind: 'saved', at: null } }));
  let timer: ReturnType<typeof setTimeout> | undefined;
  let saved = read();
  let inFlight: Promise<boolean> | null = null;

  function plan(delay: number): void {
    clearTimeout(timer);
    timer = setTimeout(() => void flush(), delay);
  }

  async function flush(): Promise<boolean> {
    clearTimeout(timer);
    if (inFlight !== null) await inFlight;
    if (store.getState().status.kind === 'conflict') return false;
    const graph = read();
    if (graph === saved) return true;
    inFlight = write(graph);
    const ok = await inFlight;
    inFlight = null;
    if (ok && read() !== saved) plan(autosaveMs);
    return ok;
  }

  async function write(graph: WorkflowGraph): Promise<boolean> {
    store.setState({ status: { kind: 'saving' } });
    const result = await save(graph, store.getState().revision);
    if (result.ok) {
      saved = graph;
      store.setState({
        revision: result.revision,
        status: read() === graph ? { kind: 'saved', at: now() } : { kind: 'dirty' },
      });
      return true;
    }
    if ('conflict' in result) {
      store.setState({ status: { kind: 'conflict', by: result.conflict.by } });
    } else {
      store.setState({ status: { kind: 'failed', message: result.message } });
      plan(retryMs);
    }
    return false;
  }

  return Object.assign(store, {
    touch() {
      const { kind } = store.getState().status;
      if (read() === saved || kind === 'conflict') return;
      if (kind !== 'saving') store.setState({ status: { kind: 'dirty' } });
      plan(autosaveMs);
    },
    flush,
    noticed(revision: number, by: string | null) {
      const state = store.getState();
      if (revision <= state.revision || state.status.kind === 'saving') return;
      clearTimeout(timer);
      store.setState({ status: { kind: 'conflict', by } });
    },
    rebase(revision: number) {
      clearTimeout(timer);
      saved = read();
      store.setState({ revision, status: { kind: 'saved', at: now() } });
    },
    dispose: () => clearTimeout(timer),
  });
}
