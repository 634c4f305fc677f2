/**
 * Somebody else saved the draft that is open here. What is unsaved here is merged with what they saved; only where both changed the same
 * does a person decide. Nothing of either side is lost: undo goes on to work, and takes back nothing of theirs.
 */
import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';
import { arranged } from '../../shared/workflow/layout.ts';
import type { WorkflowGraph } from '../../shared/workflow/graph.ts';
import { mergeGraphs } from '../../shared/workflow/merge.ts';
import type { Merged, MergeConflict, MergeSide } from '../../shared/workflow/merge.ts';
import { diffGraphs, isEmptyPatch } from '../../shared/workflow/patch.ts';
import type { GraphPatch } from '../../shared/workflow/patch.ts';
import { isArranged } from '../../shared/workflow/place.ts';
import type { DraftSaver } from './draft.ts';
import type { EditorStore } from './editor.ts';

/** The draft as the server has it. */
export interface TheirDraft {
  graph: WorkflowGraph;
  revision: number;
}

/** What has to be decided. */
export interface OpenMerge {
  by: string | null;
  base: WorkflowGraph;
  theirs: TheirDraft;
  conflicts: readonly MergeConflict[];
}

export interface CatchUp extends StoreApi<{ open: OpenMerge | null }> {
  /** Gets what they saved and takes it in. Resolves when that is done or waits for a decision. */
  run(by: string | null): Promise<void>;
  /** Ends an open merge: what was not chosen is as they have it. */
  decide(choices: ReadonlyMap<string, MergeSide>): void;
  /** Ends it by leaving all of mine; undo begins anew. */
  takeTheirs(): void;
}

export interface CatchUpOptions {
  editor: EditorStore;
  draft: DraftSaver;
  read(): Promise<TheirDraft>;
  /** Theirs came in: what it changed here, and whether there was something unsaved to merge it with. */
  told(news: { by: string | null; patch: GraphPatch; merged: boolean }): void;
}

export function createCatchUp({ editor, draft, read, told }: CatchUpOptions): CatchUp {
  const store = createStore<{ open: OpenMerge | null }>()(() => ({ open: null }));

  /** Not in the middle of a drag, of a generation, or of a review. */
  function calm(): Promise<void> {
    if (editor.getState().gesture === null) return Promise.resolve();
    return new Promise((resolve) => {
      const stop = editor.subscribe((state) => {
        if (state.gesture !== null) return;
        stop();
        resolve();
      });
    });
  }

  function take(base: WorkflowGraph, theirs: TheirDraft, merged: Merged): GraphPatch {
    const mine = editor.getState().graph;
    const patch = diffGraphs(mine, merged.graph);
    const own = mine !== base;
    // Two layouts by the program, put together, are none.
    const isLaidOut = own && [mine, theirs.graph].every((graph) => isArranged(graph, editor.catalogue));
    const graph = isLaidOut ? arranged(merged.graph, editor.catalogue) : merged.graph;
    const unchanged = isEmptyPatch(diffGraphs(theirs.graph, graph));
    const next = unchanged ? theirs.graph : graph;
    const names = new Map(merged.renamed);
    editor.getState().absorb(next, {
      renamed: merged.renamed,
      rebased(document) {
        const { graph: rebased, renamed } = mergeGraphs(
          { base, mine: document, theirs: theirs.graph },
          { renamed: names },
        );
        for (const [id, fresh] of renamed) names.set(id, fresh);
        return rebased;
      },
    });
    store.setState({ open: null });
    draft.rebase(theirs.revision, theirs.graph);
    return patch;
  }

  return Object.assign(store, {
    async run(by: string | null) {
      const theirs = await read();
      await calm();
      const base = draft.saved();
      const mine = editor.getState().graph;
      const merged = mergeGraphs({ base, mine, theirs: theirs.graph });
      if (merged.conflicts.length > 0) {
        store.setState({ open: { by, base, theirs, conflicts: merged.conflicts } });
        draft.hold(by);
        return;
      }
      const patch = take(base, theirs, merged);
      if (!isEmptyPatch(patch)) told({ by, patch, merged: mine !== base });
    },
    decide(choices: ReadonlyMap<string, MergeSide>) {
      const { open } = store.getState();
      if (open === null) return;
      const { base, theirs } = open;
      const mine = editor.getState().graph;
      take(base, theirs, mergeGraphs({ base, mine, theirs: theirs.graph }, { choices }));
    },
    takeTheirs() {
      const { open } = store.getState();
      if (open === null) return;
      editor.getState().load(open.theirs.graph);
      store.setState({ open: null });
      draft.rebase(open.theirs.revision, open.theirs.graph);
    },
  });
}
