import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';
import type { ComposeEvent } from '../../shared/api/compose.ts';
import { limits } from '../../shared/workflow/graph.ts';
import { withoutStrays } from '../../shared/workflow/annotations.ts';
import type { WorkflowEdge, WorkflowGraph } from '../../shared/workflow/graph.ts';
import { arranged } from '../../shared/workflow/layout.ts';
import { t } from '../i18n/t.ts';
import type { EditorStore } from './editor.ts';

export type ComposeResult = Extract<ComposeEvent, { type: 'done' }>;

export interface ComposeState {
  /** `proposal`: made, and neither kept nor taken back yet. */
  phase: 'idle' | 'making' | 'proposal';
  /** What is being made, in words. */
  text: string;
  /** Absent in a proposal that was stopped half-way. */
  result: ComposeResult | null;
  /** How many steps stood there before. */
  replaced: number;
  error: { code: string; message: string } | null;
}

export interface Composer extends StoreApi<ComposeState> {
  /** Turns a request into a graph, step by step. Resolves when it is done, stopped or has failed. */
  make(prompt: string): Promise<ComposeResult | null>;
  stop(): void;
  keep(): void;
  /** Takes everything back that was made. */
  discard(): void;
  clearError(): void;
}

export interface ComposerOptions {
  editor: EditorStore;
  generate: (prompt: string, signal: AbortSignal) => Promise<AsyncIterable<ComposeEvent>>;
  describe: (error: unknown) => { code: string; message: string };
  /** Time between two steps, so that the eye can follow. */
  pace?: () => Promise<void>;
}

const idle: ComposeState = { phase: 'idle', text: '', result: null, replaced: 0, error: null };
const paceMs = 110;

/** Draws a generated workflow: each step connected as it appears, all of it one entry of the history. */
export function createComposer(options: ComposerOptions): Composer {
  const { editor, generate, describe, pace = () => new Promise((resolve) => setTimeout(resolve, paceMs)) } = options;
  const store = createStore<ComposeState>()(() => idle);
  let abort: AbortController | null = null;
  let before: WorkflowGraph | null = null;

  async function draw(prompt: string, signal: AbortSignal): Promise<ComposeResult | null> {
    const waiting: WorkflowEdge[] = [];
    for await (const event of await generate(prompt, signal)) {
      if (signal.aborted) return null;
      switch (event.type) {
        case 'status':
          store.setState({ text: event.text });
          break;
        case 'node':
          store.setState({ text: event.node.title });
          place((graph) => withReadyEdges({ ...graph, nodes: [...graph.nodes, event.node] }, waiting));
          await pace();
          break;
        case 'edge':
          waiting.push(event.edge);
          place((graph) => withReadyEdges(graph, waiting));
          break;
        case 'done':
          place(({ nodes: _drawn, edges: _lines, ...kept }) => ({ ...event.graph, ...kept }));
          return event;
      }
    }
    return null;
  }

  function place(edit: (graph: WorkflowGraph) => WorkflowGraph): void {
    const { adjust, markArranged } = editor.getState();
    adjust((graph) => arranged(edit(graph), editor.catalogue));
    markArranged();
  }

  function fail(error: { code: string; message: string }): null {
    if (before !== null) {
      const previous = before;
      editor.getState().adjust(() => previous);
    }
    editor.getState().endGesture(t('Generate workflow'));
    store.setState({ ...idle, error });
    return null;
  }

  function finish(result: ComposeResult | null): ComposeResult | null {
    const state = editor.getState();
    const made = state.graph !== before && state.graph.nodes.length > 0;
    state.endGesture(t('Generate workflow'));
    state.setProposed(made ? new Set(state.graph.nodes.map((node) => node.id)) : new Set());
    store.setState({ ...idle, phase: made ? 'proposal' : 'idle', result, replaced: before?.nodes.length ?? 0 });
    return result;
  }

  editor.subscribe((state, old) => {
    // An undo takes a proposal back as well.
    if (store.getState().phase === 'proposal' && state.proposed.size === 0 && old.proposed.size > 0)
      store.setState(idle);
  });

  return Object.assign(store, {
    async make(prompt: string) {
      if (store.getState().phase === 'making') return null;
      const problem = promptProblem(prompt);
      if (problem !== null) {
        store.setState({ error: problem });
        return null;
      }
      abort = new AbortController();
      const { signal } = abort;
      const { graph, beginGesture, setProposed } = editor.getState();
      before = graph;
      setProposed(new Set());
      beginGesture();
      editor.getState().open(null);
      store.setState({ ...idle, phase: 'making', text: t('Reading your request') });
      editor.getState().adjust((current) => withoutStrays({ ...current, nodes: [], edges: [] }));
      try {
        return finish(await draw(prompt.trim(), signal));
      } catch (error) {
        return signal.aborted ? finish(null) : fail(describe(error));
      }
    },
    stop: () => abort?.abort(),
    keep() {
      editor.getState().setProposed(new Set());
      store.setState(idle);
    },
    discard() {
      const target = before;
      store.setState(idle);
      while (editor.getState().graph !== target && editor.getState().undo() !== null);
      editor.getState().setProposed(new Set());
    },
    clearError: () => store.setState({ error: null }),
  });
}

function withReadyEdges(graph: WorkflowGraph, waiting: WorkflowEdge[]): WorkflowGraph {
  const ids = new Set(graph.nodes.map((node) => node.id));
  const ready = waiting.filter((edge) => ids.has(edge.source) && ids.has(edge.target));
  for (const edge of ready) waiting.splice(waiting.indexOf(edge), 1);
  return ready.length === 0 ? graph : { ...graph, edges: [...graph.edges, ...ready] };
}

/** What is wrong with a request before anybody is asked. */
export function promptProblem(prompt: string): { code: string; message: string } | null {
  if (prompt.trim() === '') return { code: 'bad_request', message: t('Type what should happen.') };
  if (prompt.length > limits.promptChars) {
    return {
      code: 'too_large',
      message: t('This is too long: {n} of {most} characters.', {
        n: prompt.length,
        most: limits.promptChars,
      }),
    };
  }
  return null;
}
