import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';
import type { WorkflowGraph } from '../../shared/workflow/graph.ts';

/** What the header shows about the draft on the server. */
export type SaveStatus =
  | { kind: 'saved'; at: number | null }
  | { kind: 'dirty' }
  | { kind: 'saving' }
  /** Somebody else saved in between; their changes are being taken in. */
  | { kind: 'merging' }
  /** Both changed the same; nothing is written until a person decides. */
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
  /** Somebody saved this revision; where it is newer than ours, `catchUp` is called. */
  noticed(revision: number, by: string | null): void;
  /** The document as the server had it at our revision. */
  saved(): WorkflowGraph;
  /** A person has to decide first. */
  hold(by: string | null): void;
  /** The server has `saved` (the document itself, if not given) at this revision; what differs from it is saved as usual. */
  rebase(revision: number, saved?: WorkflowGraph): void;
  dispose(): void;
}

export const autosaveMs = 800;
const retryMs = 5_000;
/** Somebody who saves without a pause must not keep us merging for ever: then the next change tries again. */
const mergesInARow = 5;

export interface DraftSaverOptions {
  revision: number;
  read: () => WorkflowGraph;
  save: (graph: WorkflowGraph, revision: number) => Promise<SaveResult>;
  /** The server has a newer revision: takes it in by `rebase`, or says `hold`. Rejects when it cannot be read. */
  catchUp: (by: string | null) => Promise<void>;
  /** What to say when it cannot. */
  describe: (error: unknown) => string;
  now?: () => number;
}

/** Autosave with a revision check. One save is under way at a time; what changes meanwhile is saved after it. */
export function createDraftSaver({
  read,
  save,
  catchUp,
  describe,
  now = Date.now,
  revision,
}: DraftSaverOptions): DraftSaver {
  const store = createStore<DraftState>()(() => ({ revision, status: { kind: 'saved', at: null } }));
  let timer: ReturnType<typeof setTimeout> | undefined;
  let saved = read();
  let inFlight: Promise<boolean> | null = null;
  let catching: Promise<void> | null = null;
  /** The newest revision that was heard of. */
  let newest: { revision: number; by: string | null } = { revision, by: null };

  function plan(delay: number): void {
    clearTimeout(timer);
    timer = setTimeout(() => void flush(), delay);
  }

  async function flush(merges = mergesInARow): Promise<boolean> {
    clearTimeout(timer);
    if (inFlight !== null) await inFlight;
    if (catching !== null) await catching;
    if (store.getState().status.kind === 'conflict') return false;
    const graph = read();
    if (graph === saved) return true;
    inFlight = write(graph);
    let ok = await inFlight;
    inFlight = null;
    if (catching !== null) {
      await catching;
      // What was merged is saved under the new revision.
      const { kind } = store.getState().status;
      ok = kind === 'dirty' && merges > 0 ? await flush(merges - 1) : kind === 'saved';
    }
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
      if (newest.revision > result.revision) begin(newest.by);
      return true;
    }
    if ('conflict' in result) {
      begin(result.conflict.by);
    } else {
      store.setState({ status: { kind: 'failed', message: result.message } });
      plan(retryMs);
    }
    return false;
  }

  function begin(by: string | null): void {
    if (catching !== null) return;
    clearTimeout(timer);
    store.setState({ status: { kind: 'merging' } });
    catching = catchUp(by).then(
      () => {
        catching = null;
        const { revision: ours, status } = store.getState();
        if (newest.revision > ours && status.kind !== 'conflict') begin(newest.by);
      },
      (error: unknown) => {
        catching = null;
        newest = { revision: store.getState().revision, by: null };
        // Without a change of ours there is nothing to lose: the next save, or the next word of theirs, tries again.
        if (read() === saved) store.setState({ status: { kind: 'saved', at: null } });
        else {
          store.setState({ status: { kind: 'failed', message: describe(error) } });
          plan(retryMs);
        }
      },
    );
  }

  return Object.assign(store, {
    touch() {
      const { kind } = store.getState().status;
      if (read() === saved || kind === 'conflict' || kind === 'merging') return;
      if (kind !== 'saving') store.setState({ status: { kind: 'dirty' } });
      plan(autosaveMs);
    },
    flush: () => flush(),
    noticed(heard: number, by: string | null) {
      const state = store.getState();
      if (heard <= state.revision || heard <= newest.revision) return;
      newest = { revision: heard, by };
      // Our own save is under way: it may be this very revision, or it is refused.
      if (state.status.kind !== 'saving') begin(by);
    },
    saved: () => saved,
    hold: (by: string | null) => store.setState({ status: { kind: 'conflict', by } }),
    rebase(next: number, graph: WorkflowGraph = read()) {
      clearTimeout(timer);
      saved = graph;
      if (newest.revision < next) newest = { revision: next, by: null };
      const isSaved = read() === graph;
      store.setState({ revision: next, status: isSaved ? { kind: 'saved', at: now() } : { kind: 'dirty' } });
      if (!isSaved) plan(0);
    },
    dispose: () => clearTimeout(timer),
  });
}
