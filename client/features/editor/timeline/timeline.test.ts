import { expect, it } from 'vitest';
import type { RunEvent, RunEventBody } from '../../../../shared/workflow/run.ts';
import { marksOf, rowsOf } from './rows.ts';
import { merged, trackOf, type Span } from './spans.ts';

const journal = (...entries: [at: number, body: RunEventBody, copied?: true][]): RunEvent[] =>
  entries.map(([at, body, copied], n) => ({ seq: n + 1, at, ...body, ...(copied ? { copied } : {}) }));
const error = { code: 'x', message: 'No.' } as never;
const start: RunEventBody = { type: 'run.started', trigger: 't', output: {} };
const started = (node: string, attempt = 1): RunEventBody => ({ type: 'step.started', node, attempt });
const done = (node: string, ms = 0): RunEventBody => ({ type: 'step.done', node, port: 'out', ms });
const spansOf = (events: RunEvent[], address: string) =>
  trackOf(events)
    .steps.find((step) => step.address === address)
    ?.spans.map(({ kind, from, to, failed }) => [kind, from, to, ...(failed ? ['failed'] : [])]);

it('a wait is apart from the work before and after it', () => {
  const events = journal(
    [0, start],
    [1, started('a')],
    [5, { type: 'step.waiting', node: 'a', wait: { kind: 'until', at: 50 } }],
    [50, { type: 'step.resumed', node: 'a' }],
    [52, done('a', 51)],
  );
  expect(spansOf(events, 'a')).toEqual([
    ['work', 1, 5],
    ['wait', 5, 50],
    ['work', 50, 52],
  ]);
});

it('an attempt that failed, the pause before the next one, and the mark where that begins', () => {
  const events = journal(
    [0, started('a')],
    [10, { type: 'step.failed', node: 'a', attempt: 1, error, ms: 10, retryAt: 30 }],
    [31, started('a', 2)],
    [40, { type: 'step.failed', node: 'a', attempt: 2, error, ms: 9 }],
  );
  expect(spansOf(events, 'a')).toEqual([
    ['work', 0, 10, 'failed'],
    ['retry', 10, 31],
    ['work', 31, 40, 'failed'],
  ]);
  expect(trackOf(events).steps[0]).toMatchObject({ retries: [31], attempts: 2, status: 'failed' });
});

it('a quick step that tells only of its end, a kept one, and one that goes on when the run ends', () => {
  const events = journal(
    [100, start],
    [100, done('kept'), true],
    [120, done('quick', 15)],
    [130, started('slow')],
    [150, { type: 'run.finished', status: 'cancelled' }],
  );
  expect(spansOf(events, 'quick')).toEqual([['work', 105, 120]]);
  expect(spansOf(events, 'slow')).toEqual([['work', 130, 150]]);
  expect(trackOf(events).steps[0]).toMatchObject({ address: 'kept', status: 'kept', spans: [] });
  expect(trackOf(events)).toMatchObject({ from: 100, to: 150 });
});

it('pauses end with the run', () => {
  const events = journal(
    [0, start],
    [1, { type: 'run.paused', by: 'Ada', wish: 'w' }],
    [9, { type: 'run.finished', status: 'cancelled' }],
  );
  expect(trackOf(events).pauses).toEqual([{ from: 1, to: 9 }]);
});

const loop = journal(
  [0, start],
  [0, started('each')],
  ...[0, 1, 2].flatMap((n): [number, RunEventBody][] => [
    [10 * n, started(`each[${n}]/send`)],
    [10 * n + 8, done(`each[${n}]/send`, 8)],
  ]),
  [30, done('each', 30)],
  [31, started('last')],
);

it('items are one line until they are asked for', () => {
  const order = ['each', 'send', 'last'];
  const closed = rowsOf(trackOf(loop), order, new Set(), 40);
  expect(closed.map(({ key, items, depth, to, workMs }) => [key, items, depth, to, workMs])).toEqual([
    ['each', undefined, 0, 30, 30],
    ['send/*', 3, 1, 28, 24],
    ['last', undefined, 0, null, 9],
  ]);
  const opened = rowsOf(trackOf(loop), order, new Set(['send']), 40);
  expect(opened.map(({ key }) => key)).toEqual([
    'each',
    'send/*',
    'each[0]/send',
    'each[1]/send',
    'each[2]/send',
    'last',
  ]);
  expect(opened[2]?.depth).toBe(2);
});

it('many spans become few, and the failure among them is seen', () => {
  const spans = Array.from({ length: 5_000 }, (_, n): Span => ({
    kind: 'work',
    from: n * 2,
    to: n * 2 + 1,
    ...(n === 4_000 ? { failed: true as const } : {}),
  }));
  const few = merged(spans, { from: 0, to: 10_000 }, 100);
  expect(few).toEqual([{ kind: 'work', from: 0, to: 9_999, failed: true }]);
  expect(merged(spans, { from: 0, to: 10_000 }, 100_000)).toHaveLength(5_000);
});

it('5,000 steps are placed in well under a frame’s patience', () => {
  const events = journal(
    [0, start],
    ...Array.from({ length: 5_000 }, (_, n): [number, RunEventBody][] => [
      [n, started(`each[${n}]/send`)],
      [n + 5, done(`each[${n}]/send`, 5)],
    ]).flat(),
  );
  const since = performance.now();
  expect(rowsOf(trackOf(events), ['each', 'send'], new Set(['send']), 6_000)).toHaveLength(5_001);
  expect(performance.now() - since).toBeLessThan(1_000);
});

it.each([
  [10_000, 5, [0, 2_000, 4_000, 6_000, 8_000, 10_000]],
  [90_000, 4, [0, 30_000, 60_000, 90_000]],
  [0, 5, [0]],
])('marks of %d ms', (length, count, marks) => {
  expect(marksOf(length, count)).toEqual(marks);
});
