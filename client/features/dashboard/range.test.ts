import { expect, it } from 'vitest';
import { changeOf, dayAt, daysOf, readBoard, successOf, writeBoard, type BoardFilter } from './range.ts';

const workflowId = '0193a1b2-0000-7000-8000-000000000001';

it.each<[string, BoardFilter]>([
  ['', { range: '30' }],
  ['range=90', { range: '90' }],
  ['range=12', { range: '30' }],
  ['from=2026-11-01&to=2026-11-05', { range: { from: '2026-11-01', to: '2026-11-05' } }],
  ['from=2026-11-05&to=2026-11-01', { range: '30' }],
  ['from=2020-11-05&to=2026-11-01', { range: '30' }],
  ['from=2026-02-30&to=2026-11-01', { range: '30' }],
  [`workflow=${workflowId}`, { range: '30', workflowId }],
])('%s', (address, filter) => {
  expect(readBoard(new URLSearchParams(address))).toEqual(filter);
  expect(readBoard(writeBoard(filter))).toEqual(filter);
});

it('counts days back from today, over the ends of months', () => {
  expect(daysOf('7', '2026-03-02')).toEqual({ from: '2026-02-24', to: '2026-03-02' });
  expect(dayAt(new Date(2026, 0, 5, 23, 59).getTime())).toBe('2026-01-05');
});

it.each([
  [112, 100, 12],
  [0, 4, -100],
  [3, 0, null],
  [null, 4, null],
])('%j after %j', (now, before, change) => {
  expect(changeOf(now, before)).toBe(change);
});

it('stopped runs are neither a success nor a failure', () => {
  expect(successOf({ done: 3, failed: 1 })).toBe(75);
  expect(successOf({ done: 0, failed: 0 })).toBeNull();
});
