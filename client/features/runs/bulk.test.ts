import { expect, it } from 'vitest';
import type { RunSummary } from '../../../shared/workflow/run.ts';
import { ableTo, questionOf, resultOf, type BulkAction } from './bulk.ts';
import { between } from './useSelection.ts';

const run = (status: RunSummary['status'], over: Partial<RunSummary> = {}): RunSummary => ({
  id: status,
  workflowId: 'w',
  workflowName: 'W',
  versionId: 'v',
  versionNumber: 1,
  mode: 'live',
  trigger: 't',
  status,
  error: null,
  createdAt: '2026-11-22T12:00:00Z',
  finishedAt: ['done', 'failed', 'cancelled'].includes(status) ? '2026-11-22T12:01:00Z' : null,
  costMicro: 0,
  parentRunId: null,
  reason: null,
  uncertainSteps: 0,
  paused: null,
  ...over,
});
const byHand = { at: 0, by: 'Ada', cost: null };
const overCost = { at: 0, by: null, cost: { node: 'a', spentMicro: 1, stepMicro: 1, limitMicro: 1 } };
const runs = [
  run('running'),
  run('waiting', { id: 'paused', paused: byHand }),
  run('waiting', { id: 'asks', paused: overCost }),
  run('done'),
  run('failed'),
  run('cancelled'),
];

it.each<[BulkAction, string[]]>([
  ['retry', ['failed', 'cancelled']],
  ['pause', ['running']],
  ['resume', ['paused']],
  ['cancel', ['running', 'paused', 'asks']],
])('%s is offered for those to which it can be done', (action, ids) => {
  expect(ableTo(action, runs).map(({ id }) => id)).toEqual(ids);
});

it('asks with the number, and says what became of it', () => {
  expect(questionOf('cancel', 3).title).toBe('Stop 3 runs?');
  expect(questionOf('retry', 1).title).toBe('Try one run again?');
  expect(resultOf('cancel', { done: 2, refused: 0, reasons: [] })).toBe('2 runs are being stopped.');
  expect(resultOf('cancel', { done: 2, refused: 1, reasons: [{ message: 'It has ended.' }] })).toBe(
    '2 runs are being stopped. One was not: It has ended.',
  );
});

it.each([
  ['a', 'c', ['a', 'b', 'c']],
  ['c', 'b', ['b', 'c']],
  [null, 'b', ['b']],
  ['gone', 'b', ['b']],
])('a stretch from %s to %s', (one, other, rows) => {
  expect(between(['a', 'b', 'c', 'd'], one, other)).toEqual(rows);
});
