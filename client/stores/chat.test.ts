import { describe, expect, it, vi } from 'vitest';
import type { AssistEvent, ChatMessage } from '../../shared/api/assist.ts';
import { edgeBetween } from '../../shared/workflow/graph.ts';
import type { WorkflowGraph } from '../../shared/workflow/graph.ts';
import { diffGraphs } from '../../shared/workflow/patch.ts';
import { createChat } from './chat.ts';
import type { ChatOptions } from './chat.ts';
import { createEditorStore } from './editor.ts';
import { proposedGraph } from './review.ts';
import { testCatalogue } from './testing-kinds.ts';

const step = (id: string) => ({ id, kind: 'set', version: 1, title: id, config: {}, position: { x: 0, y: 0 } });
const base: WorkflowGraph = { nodes: [step('a'), step('b')], edges: [edgeBetween('a', 'b')], direction: 'down' };

let count = 0;
const message = (change: Partial<ChatMessage>): ChatMessage => ({
  id: `m${++count}`,
  role: 'assistant',
  kind: 'edit',
  text: 'Done.',
  createdAt: '2026-11-22T10:00:00Z',
  author: null,
  runId: null,
  changes: [],
  patch: null,
  outcome: null,
  assumptions: [],
  unsupported: [],
  problems: [],
  provider: 'builtin',
  costMicro: 0,
  ...change,
});

/** Renames step `a` to what was asked. */
async function* renames(text: string, graph: WorkflowGraph): AsyncGenerator<AssistEvent> {
  yield { type: 'text', text: 'Renam' };
  const after = {
    ...graph,
    nodes: graph.nodes.map((one) => (one.id === 'a' ? { ...one, title: one.title + text } : one)),
  };
  const answer = message({ patch: diffGraphs(graph, after), outcome: 'open' });
  yield { type: 'done', conversationId: 'c1', question: message({ role: 'user', text }), answer };
}

function setup(change: Partial<ChatOptions> = {}) {
  const editor = createEditorStore({ catalogue: testCatalogue, graph: base });
  const decide = vi.fn<() => Promise<undefined>>(async () => undefined);
  const chat = createChat({
    editor,
    workflowId: async () => 'w1',
    knownId: () => 'w1',
    send: async (ask, { graph }) => renames(ask.kind === 'edit' ? ask.text : '', graph),
    describe: (error) => ({ message: (error as Error).message }),
    api: { list: async () => [], read: async () => [], remove: async () => undefined, decide },
    ...change,
  });
  return { editor, chat, decide };
}

describe('a conversation', () => {
  it('draws what is proposed, and notes what became of it', async () => {
    const { editor, chat, decide } = setup();
    await chat.ask({ kind: 'edit', text: 'x' });
    expect(proposedGraph(editor.getState()).nodes[0]?.title).toBe('ax');
    const { proposal } = chat.getState();
    expect(chat.settle(true)).toBe('accepted');
    expect(decide).toHaveBeenCalledWith('c1', proposal, 'accepted');
    expect(chat.getState().messages.at(-1)).toMatchObject({ outcome: 'accepted', patch: null });
    expect(editor.getState().graph.nodes[0]?.title).toBe('ax');
  });

  it('builds a follow-up on what is shown; rejecting takes both back', async () => {
    const { editor, chat } = setup();
    await chat.ask({ kind: 'edit', text: 'x' });
    await chat.ask({ kind: 'edit', text: 'y' });
    expect(proposedGraph(editor.getState()).nodes[0]?.title).toBe('axy');
    expect(chat.getState().messages.map(({ outcome }) => outcome)).toEqual([null, 'superseded', null, 'open']);
    chat.settle(false);
    expect(editor.getState().graph).toBe(base);
  });

  it('keeps what somebody did while it was thinking', async () => {
    const { editor, chat } = setup();
    const asked = chat.ask({ kind: 'edit', text: 'x' });
    editor.getState().change('Rename', (graph) => ({
      ...graph,
      nodes: graph.nodes.map((one) => (one.id === 'b' ? { ...one, title: 'mine' } : one)),
    }));
    await asked;
    chat.settle(true);
    expect(editor.getState().graph.nodes.map(({ title }) => title)).toEqual(['ax', 'mine']);
  });

  it('can be stopped, says why it failed, and asks again', async () => {
    let fails = true;
    const { editor, chat } = setup({
      send: async (_ask, { graph }) => {
        if (fails) throw new Error('The line is down.');
        return renames('x', graph);
      },
    });
    await chat.ask({ kind: 'edit', text: 'x' });
    expect(chat.getState().failed?.message).toBe('The line is down.');
    fails = false;
    await chat.ask(chat.getState().failed!.ask);
    expect(chat.getState()).toMatchObject({ failed: null, asking: null });
    chat.settle(false);
    const asked = chat.ask({ kind: 'edit', text: 'y' });
    chat.stop();
    await asked;
    expect(chat.getState()).toMatchObject({ asking: null, failed: { message: 'Stopped.' } });
    expect(editor.getState().review).toBeNull();
  });

  it('asks nobody for nothing, nor for more than can be read', async () => {
    const send = vi.fn<ChatOptions['send']>();
    const { chat } = setup({ send });
    await chat.ask({ kind: 'edit', text: '  ' });
    await chat.ask({ kind: 'edit', text: 'x'.repeat(20_001) });
    expect(send).not.toHaveBeenCalled();
    expect(chat.getState().failed?.message).toContain('too long');
  });

  it('goes on with the last conversation, unless something was asked meanwhile', async () => {
    const earlier = [{ id: 'c9', title: 't', updatedAt: '', messages: 2 }];
    const api = {
      list: async () => earlier,
      read: async () => [message({ text: 'before' })],
      remove: async () => undefined,
      decide: async () => undefined,
    };
    const { chat } = setup({ api });
    await chat.load();
    expect(chat.getState()).toMatchObject({ conversationId: 'c9', loading: false, messages: [{ text: 'before' }] });
    const other = setup({ api }).chat;
    const loading = other.load();
    await other.ask({ kind: 'edit', text: 'x' });
    await loading;
    expect(other.getState().conversationId).toBe('c1');
  });
});
