import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';
import type { AssistEvent, ChatMessage, ConversationSummary } from '../../shared/api/assist.ts';
import type { WorkflowGraph } from '../../shared/workflow/graph.ts';
import { applyPatch, diffGraphs, isEmptyPatch } from '../../shared/workflow/patch.ts';
import { t } from '../i18n/t.ts';
import { promptProblem } from './composition.ts';
import type { EditorStore } from './editor.ts';
import { proposedGraph } from './review.ts';

/** What the person asks for. `text`: what they typed; for `fix` it may be empty. */
export type Ask = { kind: 'edit'; text: string } | { kind: 'explain' } | { kind: 'fix'; runId: string; text: string };

export interface ChatState {
  conversationId: string | null;
  messages: readonly ChatMessage[];
  /** Earlier conversations about this workflow; null until they were asked for. */
  earlier: readonly ConversationSummary[] | null;
  loading: boolean;
  /** The question that is being answered. */
  asking: Ask | null;
  /** What is being done, and the answer so far. */
  status: string;
  text: string;
  /** The last question that got no answer, and why. */
  failed: { ask: Ask; message: string } | null;
  /** The answer whose proposal is on the canvas. */
  proposal: string | null;
}

export interface Chat extends StoreApi<ChatState> {
  ask(ask: Ask): Promise<void>;
  stop(): void;
  /** Reads which conversations there are, and goes on with the last one. */
  load(): Promise<void>;
  /** Another conversation; null begins a new one. */
  open(id: string | null): Promise<void>;
  remove(id: string): Promise<void>;
  /** Puts a proposal that is still open on the canvas again. */
  show(message: ChatMessage): void;
  /** Ends the review on the canvas. */
  settle(take: boolean): 'accepted' | 'partly' | 'rejected' | null;
}

export interface ChatOptions {
  editor: EditorStore;
  /** Saves the workflow for the first time where it was not yet; its id, or null when that failed. */
  workflowId: () => Promise<string | null>;
  knownId: () => string | null;
  send: (
    ask: Ask,
    about: { workflowId: string; graph: WorkflowGraph; conversationId: string | null },
    signal: AbortSignal,
  ) => Promise<AsyncIterable<AssistEvent>>;
  api: {
    list(workflowId: string): Promise<readonly ConversationSummary[]>;
    read(id: string): Promise<readonly ChatMessage[]>;
    remove(id: string): Promise<unknown>;
    decide(id: string, messageId: string, outcome: 'accepted' | 'partly' | 'rejected'): Promise<unknown>;
  };
  describe: (error: unknown) => { message: string };
}

const blank: ChatState = {
  conversationId: null,
  messages: [],
  earlier: null,
  loading: false,
  asking: null,
  status: '',
  text: '',
  failed: null,
  proposal: null,
};

/** The conversation beside the canvas. What it proposes is drawn by the editor's review; the person decides there or here. */
export function createChat({ editor, workflowId, knownId, send, api, describe }: ChatOptions): Chat {
  const store = createStore<ChatState>()(() => blank);
  let abort: AbortController | null = null;

  async function answer(ask: Ask, signal: AbortSignal): Promise<void> {
    const id = await workflowId();
    if (id === null) throw new Error('The workflow could not be saved, so nothing was asked.');
    const graph = proposedGraph(editor.getState());
    const { conversationId } = store.getState();
    for await (const event of await send(ask, { workflowId: id, graph, conversationId }, signal)) {
      if (signal.aborted) return;
      switch (event.type) {
        case 'status':
          store.setState({ status: event.text });
          break;
        case 'text':
          store.setState({ text: event.text });
          break;
        case 'done':
          take(event, conversationId);
      }
    }
  }

  function take(event: Extract<AssistEvent, { type: 'done' }>, asked: string | null): void {
    // Meanwhile another conversation may have been opened.
    if (store.getState().conversationId !== asked) return;
    const superseded = store
      .getState()
      .messages.map((one) => (one.outcome === 'open' ? { ...one, outcome: 'superseded' as const, patch: null } : one));
    store.setState({ conversationId: event.conversationId, messages: [...superseded, event.question, event.answer] });
    if (event.answer.patch !== null) show(event.answer);
  }

  /** Follow-ups build on what is shown: the next proposal is one from the document itself to where both lead. */
  function show(message: ChatMessage): void {
    if (message.patch === null) return;
    const state = editor.getState();
    const base = state.review?.base ?? state.graph;
    const patch = diffGraphs(base, applyPatch(message.patch, proposedGraph(state)));
    if (isEmptyPatch(patch)) return;
    state.propose(patch);
    store.setState({ proposal: message.id });
  }

  function settle(takes: boolean): ReturnType<Chat['settle']> {
    const { proposal, conversationId } = store.getState();
    const outcome = editor.getState().settle(takes, t('AI edit'));
    if (outcome === null) return null;
    store.setState((state) => ({
      proposal: null,
      messages: state.messages.map((one) => (one.id === proposal ? { ...one, outcome, patch: null } : one)),
    }));
    // A note for later readers: when it cannot be written, the decision holds all the same.
    if (proposal !== null && conversationId !== null)
      void api.decide(conversationId, proposal, outcome).catch(() => undefined);
    return outcome;
  }

  async function open(id: string | null): Promise<void> {
    abort?.abort();
    const shared = { ...blank, earlier: store.getState().earlier };
    if (editor.getState().review !== null) settle(false);
    store.setState({ ...shared, conversationId: id, loading: id !== null });
    if (id === null) return;
    try {
      const messages = await api.read(id);
      if (store.getState().conversationId === id) store.setState({ messages, loading: false });
    } catch {
      // It was deleted elsewhere, or the line is down: a new one can begin at any time.
      if (store.getState().conversationId === id) store.setState(shared);
    }
  }

  return Object.assign(store, {
    async ask(ask: Ask) {
      if (store.getState().asking !== null) return;
      const problem = ask.kind === 'edit' ? promptProblem(ask.text) : null;
      if (problem !== null) {
        store.setState({ failed: { ask, message: problem.message } });
        return;
      }
      const own = new AbortController();
      abort = own;
      store.setState({ loading: false, asking: ask, failed: null, status: t('Thinking'), text: '' });
      try {
        await answer(ask, own.signal);
      } catch (error) {
        if (!own.signal.aborted) store.setState({ failed: { ask, message: describe(error).message } });
      }
      if (abort === own) store.setState({ asking: null, status: '', text: '' });
    },
    stop() {
      const { asking } = store.getState();
      abort?.abort();
      abort = null;
      if (asking !== null)
        store.setState({ asking: null, status: '', text: '', failed: { ask: asking, message: t('Stopped.') } });
    },
    async load() {
      const id = knownId();
      if (id === null || store.getState().earlier !== null || store.getState().loading) return;
      const untouched = store.getState().messages.length === 0 && store.getState().asking === null;
      store.setState({ loading: untouched });
      try {
        const earlier = await api.list(id);
        store.setState({ earlier });
        const [last] = earlier;
        // Unless a question was asked, or a new conversation begun, while it was read.
        if (last && store.getState().loading) await open(last.id);
      } catch {
        store.setState({ earlier: [] });
      }
      store.setState({ loading: false });
    },
    open,
    async remove(id: string) {
      await api.remove(id);
      store.setState((state) => ({ earlier: state.earlier?.filter((one) => one.id !== id) ?? null }));
      if (store.getState().conversationId === id) await open(null);
    },
    show,
    settle,
  });
}
