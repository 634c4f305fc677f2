import { beforeEach, expect, it } from 'vitest';
import type { WorkflowGraph } from '../../shared/workflow/graph.ts';
import { forgetAllDrafts, forgetDraft, keepDraft, keptDraft } from './kept-draft.ts';

const graph: WorkflowGraph = { nodes: [], edges: [], direction: 'down' };

beforeEach(() => localStorage.clear());

it('keeps edits per workflow and forgets them', () => {
  keepDraft('one', { revision: 3, graph });
  keepDraft('two', { revision: 5, graph, base: { ...graph, direction: 'right' } });
  expect(keptDraft('two')?.base?.direction).toBe('right');
  localStorage.setItem('mailweave-language', 'de');
  expect(keptDraft('one')).toEqual({ revision: 3, graph });
  forgetDraft('one');
  expect(keptDraft('one')).toBeNull();
  forgetAllDrafts();
  expect([keptDraft('two'), localStorage.getItem('mailweave-language')]).toEqual([null, 'de']);
});

it.each(['{', '7', '{"revision":"x","graph":{"nodes":[],"edges":[]}}', '{"revision":1}'])(
  'takes %s for nothing',
  (text) => {
    localStorage.setItem('mailweave-draft-one', text);
    expect(keptDraft('one')).toBeNull();
  },
);

it('says when there is no room', () => {
  const full = {
    setItem: () => {
      throw new DOMException('full', 'QuotaExceededError');
    },
  } as unknown as Storage;
  expect(keepDraft('one', { revision: 1, graph }, full)).toBe(false);
});
