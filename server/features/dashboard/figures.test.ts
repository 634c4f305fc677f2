import { expect, it } from 'vitest';
import type { RunCount } from '../../store/dashboard.ts';
import { durationOfClass, percentile } from '../../store/durations.ts';
import { before, dashboardOf, daysOf } from './figures.ts';

it.each([
  ['2026-02-27', '2026-03-02', ['2026-02-27', '2026-02-28', '2026-03-01', '2026-03-02'], '2026-02-23', '2026-02-26'],
  ['2026-03-29', '2026-03-29', ['2026-03-29'], '2026-03-28', '2026-03-28'],
])('%s to %s', (from, to, days, earlierFrom, earlierTo) => {
  expect(daysOf({ from, to })).toEqual(days);
  expect(before({ from, to })).toEqual({ from: earlierFrom, to: earlierTo });
});

it('95 of 100 do not exceed it, to about 5 %', () => {
  expect(percentile(new Map(), 0.95)).toBeNull();
  expect(percentile(new Map([[0, 1]]), 0.95)).toBe(0);
  const second = Math.round(8 * Math.log2(1_001));
  const minute = Math.round(8 * Math.log2(60_001));
  const counts = new Map([
    [minute, 5],
    [second, 95],
  ]);
  expect(Math.abs(percentile(counts, 0.95)! - 1_000)).toBeLessThan(50);
  expect(Math.abs(percentile(counts, 0.96)! - 60_000)).toBeLessThan(3_000);
  expect(durationOfClass(0)).toBe(0);
});

const count = (day: string | null, workflowId: string | null, status: string, runs: number): RunCount => ({
  day,
  workflowId,
  status,
  durationClass: status === 'running' ? null : 80,
  runs,
});

it('adds up by day, workflow and provider, and leaves no day out', () => {
  const counts = {
    runs: [
      count('2026-11-01', null, 'done', 3),
      count('2026-11-03', null, 'failed', 1),
      count('2026-11-03', null, 'running', 2),
      count(null, 'a', 'done', 3),
      count(null, 'b', 'failed', 1),
      count(null, 'b', 'running', 2),
    ],
    mails: [{ day: '2026-11-01', workflowId: 'a', mails: 7 }],
    costs: [
      { day: '2026-11-02', workflowId: 'a', provider: 'openai', calls: 1, costMicro: 5 },
      { day: '2026-11-03', workflowId: null, provider: 'claude', calls: 2, costMicro: 50 },
    ],
  };
  const nothing = { runs: [], mails: [], costs: [] };
  const days = daysOf({ from: '2026-11-01', to: '2026-11-03' });
  const board = dashboardOf(days, counts, nothing, new Map([['a', 'Welcome']]));
  expect(board.days.map(({ day, runs, mails, costMicro }) => [day, runs, mails, costMicro])).toEqual([
    ['2026-11-01', 3, 7, 0],
    ['2026-11-02', 0, 0, 5],
    ['2026-11-03', 3, 0, 50],
  ]);
  expect(board.total).toMatchObject({ runs: 6, done: 3, failed: 1, open: 2, mails: 7, costMicro: 55, p95Ms: 1023 });
  expect(board.before).toMatchObject({ runs: 0, p95Ms: null });
  expect(board.workflows.map(({ name, runs, costMicro }) => [name, runs, costMicro])).toEqual([
    ['Welcome', 3, 5],
    [null, 3, 0],
    [null, 0, 50],
  ]);
  expect(board.providers).toEqual([
    { provider: 'claude', label: 'Claude', calls: 2, costMicro: 50, days: [0, 0, 50] },
    { provider: 'openai', label: 'OpenAI', calls: 1, costMicro: 5, days: [0, 5, 0] },
  ]);
});
