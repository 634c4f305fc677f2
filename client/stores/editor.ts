import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';
import type { NodeCatalogue } from '../../shared/nodes/contract.ts';
import { emptyGraph } from '../../shared/workflow/graph.ts';
import type { WorkflowGraph } from '../../shared/workflow/graph.ts';
import type { GraphPatch } from '../../shared/workflow/patch.ts';
import type { Problem } from '../../shared/workflow/problem.ts';
import { emptyHistory, mapHistory, record, redo, undo } from './history.ts';
import { accepted, reviewed, reviewOf } from './review.ts';
import type { Review } from './review.ts';
import type { History } from './history.ts';

const none: ReadonlySet<string> = new Set();

export interface EditorState {
  graph: WorkflowGraph;
  /** Ids of steps, notes and groups. */
  selected: ReadonlySet<string>;
  selectedEdges: ReadonlySet<string>;
  /** The step whose settings are open. */
  opened: string | null;
  /** A field to put the cursor into once the settings are open: `rules.0.left`. */
  focusField: string | null;
  /** The step or group whose title, or the note whose text is being edited on the canvas. */
  renaming: string | null;
  /** Steps that were proposed and not yet kept. */
  proposed: ReadonlySet<string>;
  problems: readonly Problem[];
  /** The worst problem of each step: hundreds of steps look here on every change. */
  worst: ReadonlyMap<string, Problem['severity']>;
  history: History<WorkflowGraph>;
  /** The document before the gesture that is under way: a drag, a generation. */
  gesture: WorkflowGraph | null;
  readOnly: boolean;
  /** A change that is proposed: `graph` shows both what was and what would be, and nothing can be edited until it is decided. */
  review: Review | null;
  /** Grows when positions were set by the program, so that the canvas animates there. */
  arranged: number;
}

export interface EditorActions {
  /** Changes the document as one entry of the history. Changes with the same `mergeKey` in quick succession are one entry. */
  change(label: string, edit: (graph: WorkflowGraph) => WorkflowGraph, mergeKey?: string): void;
  /** Changes the document inside a gesture, or without a trace in the history when none is under way. */
  adjust(edit: (graph: WorkflowGraph) => WorkflowGraph): void;
  beginGesture(): void;
  /** Ends the gesture as one entry, if it changed anything. */
  endGesture(label: string): void;
  undo(): string | null;
  redo(): string | null;
  select(nodes: Iterable<string>, edges?: Iterable<string>): void;
  /** Opens the settings of a step (and selects it), or closes them. */
  open(id: string | null, field?: string): void;
  rename(id: string | null): void;
  setProblems(problems: readonly Problem[]): void;
  setProposed(ids: ReadonlySet<string>): void;
  /** Shows a proposed change of the document on the canvas, in place of the one that is shown. */
  propose(patch: GraphPatch): void;
  /** Takes a step of the proposal that was left, or leaves it; with what depends on it. */
  toggleProposed(id: string): void;
  /** Ends the review: what is taken is one entry of the history. */
  settle(take: boolean, label: string): 'accepted' | 'partly' | 'rejected' | null;
  /**
   * Goes over to `next`, which holds what somebody else saved. It is no entry of the history: every document that undo and redo lead to
   * holds it, too. `renamed`: steps that have another id from now on.
   */
  absorb(next: WorkflowGraph, from: Absorbed): void;
  /** Takes another document from the server: history and selection start anew. */
  load(graph: WorkflowGraph): void;
  markArranged(): void;
}

/** How documents of this editor become documents that hold what somebody else made. */
export interface Absorbed {
  rebased(document: WorkflowGraph): WorkflowGraph;
  renamed: ReadonlyMap<string, string>;
}

export type EditorStore = StoreApi<EditorState & EditorActions> & { readonly catalogue: NodeCatalogue };

export interface EditorOptions {
  catalogue: NodeCatalogue;
  graph?: WorkflowGraph;
  readOnly?: boolean;
  now?: () => number;
}

/** Everything one open workflow needs on the client; one store per editor page. */
export function createEditorStore({
  catalogue,
  graph = emptyGraph,
  readOnly = false,
  now = Date.now,
}: EditorOptions): EditorStore {
  const store = createStore<EditorState & EditorActions>()((set, get) => ({
    ...initial(graph, readOnly),
    change(label, edit, mergeKey) {
      const state = get();
      if (state.readOnly) return;
      const next = edit(state.graph);
      if (next === state.graph) return;
      const history =
        state.gesture === null ? record(state.history, state.graph, label, { mergeKey, now: now() }) : state.history;
      set({ graph: next, history, ...pruned(state, next) });
    },
    adjust(edit) {
      const state = get();
      const next = edit(state.graph);
      if (next !== state.graph) set({ graph: next, ...pruned(state, next) });
    },
    beginGesture: () => set((state) => (state.gesture === null ? { gesture: state.graph } : {})),
    endGesture(label) {
      const { gesture, graph: current, history } = get();
      if (gesture === null) return;
      const changed = gesture !== current;
      set({ gesture: null, history: changed ? record(history, gesture, label, { now: now() }) : history });
    },
    undo: () => travel(undo),
    redo: () => travel(redo),
    select: (nodes, edges = none) => set(selection(get(), nodes, edges)),
    open(id, field) {
      // A note and a group have no settings: opening one is writing on it.
      if (id !== null && id.includes(':')) return get().readOnly ? undefined : set({ renaming: id });
      const selected = id === null ? get().selected : new Set([id]);
      set({ opened: id, focusField: field ?? null, selected, selectedEdges: none, renaming: null });
    },
    rename: (id) => set({ renaming: id }),
    setProblems: (problems) => set({ problems, worst: worstOf(problems) }),
    setProposed: (proposed) => set({ proposed }),
    propose(patch) {
      const { review, graph: shown, readOnly: closed } = get();
      const base = review?.base ?? shown;
      const next = reviewOf(base, patch, catalogue, review?.readOnly ?? closed);
      set({
        ...selection(get(), none, none),
        review: next,
        graph: next.shown,
        gesture: base,
        readOnly: true,
        opened: null,
        proposed: none,
      });
      get().markArranged();
    },
    toggleProposed(id) {
      const { review } = get();
      if (review === null) return;
      const next = reviewed(review, id);
      set({ review: next, graph: next.shown });
    },
    settle(take, label) {
      const state = get();
      const { review } = state;
      if (review === null) return null;
      const next = take ? accepted(review, catalogue) : review.base;
      const changed = next !== review.base;
      const history = changed ? record(state.history, review.base, label, { now: now() }) : state.history;
      set({ graph: next, history, gesture: null, review: null, readOnly: review.readOnly, ...pruned(state, next) });
      get().markArranged();
      return changed ? (review.left.size > 0 ? 'partly' : 'accepted') : 'rejected';
    },
    absorb(next, { rebased, renamed }) {
      const state = get();
      const history = mapHistory(state.history, rebased);
      const moved = renamedIds(state, renamed);
      set({ graph: next, history, ...moved, ...pruned({ ...state, ...moved }, next) });
    },
    load: (next) => set(initial(next, get().review?.readOnly ?? get().readOnly)),
    markArranged: () => set((state) => ({ arranged: state.arranged + 1 })),
  }));

  function travel(step: typeof undo<WorkflowGraph>): string | null {
    const state = store.getState();
    if (state.readOnly || state.gesture !== null) return null;
    const result = step(state.history, state.graph);
    if (result === null) return null;
    store.setState({
      graph: result.document,
      history: result.history,
      proposed: none,
      ...pruned(state, result.document),
    });
    return result.label;
  }

  return Object.assign(store, { catalogue });
}

function initial(graph: WorkflowGraph, readOnly: boolean): EditorState {
  return {
    graph,
    selected: none,
    selectedEdges: none,
    opened: null,
    focusField: null,
    renaming: null,
    proposed: none,
    problems: [],
    worst: new Map(),
    history: emptyHistory(),
    gesture: null,
    readOnly,
    review: null,
    arranged: 0,
  };
}

function renamedIds(state: EditorState, ids: ReadonlyMap<string, string>): Partial<EditorState> {
  if (ids.size === 0) return {};
  const named = (id: string | null) => (id === null ? null : (ids.get(id) ?? id));
  return {
    selected: new Set([...state.selected].map((id) => ids.get(id) ?? id)),
    opened: named(state.opened),
    renaming: named(state.renaming),
  };
}

function worstOf(problems: readonly Problem[]): ReadonlyMap<string, Problem['severity']> {
  const worst = new Map<string, Problem['severity']>();
  for (const { nodeId, severity } of problems) {
    if (nodeId !== undefined && worst.get(nodeId) !== 'error') worst.set(nodeId, severity);
  }
  return worst;
}

/** Selecting one step opens its settings where settings are open already; the canvas decides when to open them first. */
function selection(state: EditorState, nodes: Iterable<string>, edges: Iterable<string>): Partial<EditorState> {
  const selected = new Set(nodes);
  const selectedEdges = new Set(edges);
  if (same(selected, state.selected) && same(selectedEdges, state.selectedEdges)) return {};
  const [first] = selected;
  const follows = state.opened !== null && selected.size === 1 && first !== undefined && !first.includes(':');
  return { selected, selectedEdges, ...(follows ? { opened: first, focusField: null } : {}) };
}

function same(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && within(a, b);
}

function within(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  for (const id of a) if (!b.has(id)) return false;
  return true;
}

function common(a: ReadonlySet<string>, b: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...a].filter((id) => b.has(id)));
}

/** Forgets what points at steps and connections that are gone. */
function pruned(state: EditorState, graph: WorkflowGraph): Partial<EditorState> {
  const { nodes: before, edges: lines, notes, groups } = state.graph;
  if (graph.nodes === before && graph.edges === lines && graph.notes === notes && graph.groups === groups) return {};
  const nodes = new Set([...graph.nodes, ...(graph.notes ?? []), ...(graph.groups ?? [])].map(({ id }) => id));
  const edges = new Set(graph.edges.map((edge) => edge.id));
  const change: Partial<EditorState> = {};
  if (!within(state.selected, nodes)) change.selected = common(state.selected, nodes);
  if (!within(state.selectedEdges, edges)) change.selectedEdges = common(state.selectedEdges, edges);
  if (state.opened !== null && !nodes.has(state.opened)) change.opened = null;
  if (state.renaming !== null && !nodes.has(state.renaming)) change.renaming = null;
  return change;
}
