import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { emptyGraph } from '../../shared/workflow/graph.ts';
import type { WorkflowGraph } from '../../shared/workflow/graph.ts';
import { autosaveMs, createDraftSaver } from './draft.ts';
import type { SaveResult } from './draft.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A server of one draft: refuses a revision that is not its own, counts the saves. */
function bench() {
  let document: WorkflowGraph = emptyGraph;
  const server = { revision: 1, graph: emptyGraph as WorkflowGraph, saves: 0, latency: 50, failing: false };
  /** What taking in the newer draft comes to. */
  const others = { heard: [] as (string | null)[], end: 'merged' as 'merged' | 'conflict' | 'offline' };
  const saver = createDraftSaver({
    revision: 1,
    read: () => document,
    now: () => 7,
    describe: () => 'No connection.',
    async catchUp(by) {
      others.heard.push(by);
      await new Promise((resolve) => setTimeout(resolve, server.latency));
      if (others.end === 'offline') throw new Error('offline');
      if (others.end === 'conflict') return saver.hold(by);
      saver.rebase(server.revision, server.graph);
    },
    async save(graph, revision): Promise<SaveResult> {
      await new Promise((resolve) => setTimeout(resolve, server.latency));
      if (server.failing) return { ok: false, message: 'The server cannot be reached.' };
      if (revision !== server.revision) return { ok: false, conflict: { by: 'Grace' } };
      server.saves++;
      server.graph = graph;
      return { ok: true, revision: ++server.revision };
    },
  });
  const edit = () => {
    document = { ...document, direction: document.direction === 'down' ? 'right' : 'down' };
    saver.touch();
  };
  return { saver, server, others, edit, document: () => document };
}

describe('createDraftSaver', () => {
  it('saves once after the last of several changes', async () => {
    const { saver, server, edit, document } = bench();
    edit();
    await vi.advanceTimersByTimeAsync(autosaveMs - 1);
    edit();
    await vi.advanceTimersByTimeAsync(autosaveMs - 1);
    expect(server.saves).toBe(0);
    edit();
    await vi.advanceTimersByTimeAsync(autosaveMs + 50);
    expect(server).toMatchObject({ saves: 1, graph: document() });
    expect(saver.getState()).toEqual({ revision: 2, status: { kind: 'saved', at: 7 } });
  });

  it('saves again what changed while a save was under way, with the new revision', async () => {
    const { saver, server, edit, document } = bench();
    server.latency = 2_000;
    edit();
    await vi.advanceTimersByTimeAsync(autosaveMs + 100);
    expect(saver.getState().status.kind).toBe('saving');
    edit();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(server).toMatchObject({ saves: 2, revision: 3 });
    expect(server.graph).toBe(document());
  });

  it('stops at a conflict until a person decides, and overwrites nothing', async () => {
    const { saver, server, others, edit } = bench();
    others.end = 'conflict';
    server.revision = 5;
    edit();
    await vi.advanceTimersByTimeAsync(autosaveMs + 100);
    expect(saver.getState().status).toEqual({ kind: 'conflict', by: 'Grace' });
    edit();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(server.saves).toBe(0);
    expect(await saver.flush()).toBe(false);
    saver.rebase(5);
    edit();
    await vi.advanceTimersByTimeAsync(autosaveMs + 50);
    expect(server).toMatchObject({ saves: 1, revision: 6 });
  });

  it('takes in what another tab saved, and saves what is beyond it', async () => {
    const { saver, server, others, edit, document } = bench();
    edit();
    server.revision = 4;
    const flushed = saver.flush();
    await vi.advanceTimersByTimeAsync(200);
    expect(await flushed).toBe(true);
    expect(others.heard).toEqual(['Grace']);
    expect(server).toMatchObject({ saves: 1, revision: 5, graph: document() });
    expect(saver.getState().status.kind).toBe('saved');
  });

  it('hears of a save in another tab, and not of its own', async () => {
    const { saver, server, others, edit } = bench();
    edit();
    await vi.advanceTimersByTimeAsync(autosaveMs + 50);
    saver.noticed(2, 'me');
    expect(others.heard).toEqual([]);
    server.revision = 3;
    saver.noticed(3, 'Grace');
    expect(saver.getState().status.kind).toBe('merging');
    saver.noticed(3, 'Grace');
    await vi.advanceTimersByTimeAsync(100);
    expect(others.heard).toEqual(['Grace']);
    expect(saver.getState()).toMatchObject({ revision: 3 });
  });

  it('takes in a save that it heard of while its own was under way', async () => {
    const { saver, server, others, edit } = bench();
    server.latency = 500;
    edit();
    await vi.advanceTimersByTimeAsync(autosaveMs + 100);
    saver.noticed(3, 'Grace');
    expect(saver.getState().status.kind).toBe('saving');
    await vi.advanceTimersByTimeAsync(450);
    expect(others.heard).toEqual(['Grace']);
  });

  it('goes on without the newer draft when it cannot be read, and does not ask without end', async () => {
    const { saver, others, edit } = bench();
    others.end = 'offline';
    saver.noticed(3, 'Grace');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(others.heard).toEqual(['Grace']);
    expect(saver.getState().status.kind).toBe('saved');
    saver.noticed(3, 'Grace');
    edit();
    await vi.advanceTimersByTimeAsync(100);
    expect(saver.getState().status).toEqual({ kind: 'failed', message: 'No connection.' });
  });

  it('tries again by itself after a failure', async () => {
    const { saver, server, edit } = bench();
    server.failing = true;
    edit();
    await vi.advanceTimersByTimeAsync(autosaveMs + 50);
    expect(saver.getState().status).toMatchObject({ kind: 'failed' });
    server.failing = false;
    await vi.advanceTimersByTimeAsync(6_000);
    expect(server.saves).toBe(1);
  });
});
