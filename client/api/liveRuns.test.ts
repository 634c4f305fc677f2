import { describe, expect, it } from 'vitest';
import type { RunSummary } from '../../shared/workflow/run.ts';
import { applyRunChange } from './liveRuns.ts';
import type { RunFilter } from './liveRuns.ts';

function run(id: string, minute: number, over: Partial<RunSummary> = {}): RunSummary {
  return {
    id,
    workflowId: 'w1',
    workflowName: 'Welcome',
    versionId: 'v',
    versionNumber: 1,
    mode: 'live',
    trigger: 'manual',
    status: 'running',
    error: null,
    createdAt: new Date(Date.UTC(2026, 10, 22, 12, minute)).toISOString(),
    finishedAt: null,
    costMicro: 0,
    parentRunId: null,
    reason: null,
    uncertainSteps: 0,
    paused: null,
    ...over,
  };
}

const pages = (...lists: RunSummary[][]) => ({
  pages: lists.map((items, index) => ({
    items,
    nextCursor: index === lists.length - 1 ? 'more' : `c${index}`,
    searchedTo: null,
  })),
  pageParams: lists.map(() => undefined),
});
const ids = (data: { pages: { items: RunSummary[] }[] }) => data.pages.map((page) => page.items.map((item) => item.id));

describe('a run that changes while the list is open', () => {
  const start = pages([run('c', 30), run('b', 20)], [run('a', 10)]);

  it.each<[string, RunSummary, RunFilter, string[][]]>([
    ['a new one comes on top', run('d', 40), {}, [['d', 'c', 'b'], ['a']]],
    ['a late report takes its place by time', run('x', 25), {}, [['c', 'x', 'b'], ['a']]],
    ['a known one stays where it is', run('a', 10, { status: 'done' }), {}, [['c', 'b'], ['a']]],
    [
      'another status leaves the filtered list',
      run('b', 20, { status: 'done' }),
      { status: 'running' },
      [['c'], ['a']],
    ],
    ['words of the name let it in', run('d', 40), { search: 'WELC' }, [['d', 'c', 'b'], ['a']]],
    ['other words do not', run('d', 40), { search: 'orders' }, [['c', 'b'], ['a']]],
    ['what was found by its mail stays', run('b', 20, { status: 'done' }), { search: 'ada@' }, [['c', 'b'], ['a']]],
    ['before the range it stays out', run('d', 40), { until: run('x', 40).createdAt }, [['c', 'b'], ['a']]],
    ['another workflow never enters', run('d', 40, { workflowId: 'w2' }), { workflowId: 'w1' }, [['c', 'b'], ['a']]],
    ['one older than the loaded pages waits for its page', run('z', 1), {}, [['c', 'b'], ['a']]],
  ])('%s', (_name, change, filter, expected) => {
    expect(ids(applyRunChange(start, change, filter))).toEqual(expected);
  });

  it('takes over what changed', () => {
    const after = applyRunChange(start, run('b', 20, { status: 'failed' }), {});
    expect(after.pages[0]?.items[1]?.status).toBe('failed');
  });

  it('fills an empty list', () => {
    const empty = { pages: [{ items: [], nextCursor: null, searchedTo: null }], pageParams: [undefined] };
    expect(ids(applyRunChange(empty, run('a', 1), {}))).toEqual([['a']]);
  });

  it('moves no row while somebody points at one: what is listed changes where it stands, and nothing comes in', () => {
    const after = applyRunChange(start, run('b', 20, { status: 'done' }), { status: 'running' }, true);
    expect(after.pages[0]?.items.map(({ id, status }) => [id, status])).toEqual([
      ['c', 'running'],
      ['b', 'done'],
    ]);
    expect(applyRunChange(start, run('d', 40), {}, true)).toBe(start);
  });
});
