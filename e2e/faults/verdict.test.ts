import { expect, test } from 'vitest';
import type { RunEvent, RunEventBody } from '../../shared/workflow/run.ts';
import { judge, type Evidence, type StoredRun } from './verdict.ts';

/** What counts what is lost must be able to count. */
const run = (status: string, ...bodies: RunEventBody[]): StoredRun => ({
  id: 'r1',
  workflowId: 'w',
  idempotencyKey: 'k',
  status,
  standing: '',
  events: bodies.map((body, i): RunEvent => ({ ...body, seq: i + 1, at: i * 100 })),
});
const start: RunEventBody = { type: 'run.started', trigger: 't', output: 1 };
const begun: RunEventBody[] = [
  start,
  { type: 'step.started', node: 'call', attempt: 1 },
  { type: 'step.intent', node: 'call', key: 'r1:call' },
];
const done: RunEventBody = { type: 'step.done', node: 'call', port: 'out', ms: 1 };
const end: RunEventBody = { type: 'run.finished', status: 'done' };
const whole = run('done', ...begun, done, end);
const once = { what: 'r1/call', key: 'r1:call', at: 250 };

const verdict = (evidence: Partial<Evidence>) => {
  const { lost, doubled, broken, repeats } = judge({
    runs: [whole],
    acknowledged: [{ key: 'k', workflow: 'W', runIds: new Set(['r1']) }],
    calls: [once],
    mails: [],
    scheduledId: 's',
    instants: [],
    unsureInstants: [],
    callNodes: new Set(['call']),
    mailNodes: new Set(),
    ...evidence,
  });
  return { lost, doubled, broken, repeats };
};
const fine = { lost: 0, doubled: 0, broken: 0, repeats: 0 };

test.each<[string, Partial<Evidence>, Partial<typeof fine>]>([
  ['all is well', {}, {}],
  ['an acknowledged run is not stored', { runs: [], calls: [] }, { lost: 1 }],
  ['an acknowledged run has not ended', { runs: [run('waiting', ...begun, done)] }, { lost: 2 }],
  [
    'one key became two runs',
    { acknowledged: [{ key: 'k', workflow: 'W', runIds: new Set(['r1', 'r2']) }] },
    { doubled: 1 },
  ],
  ['a call again before its outcome', { calls: [once, { ...once, at: 280 }] }, { repeats: 1 }],
  ['a call again after its outcome', { calls: [once, { ...once, at: 301 }] }, { doubled: 1, repeats: 1 }],
  ['a call again under another key', { calls: [once, { ...once, key: 'other' }] }, { doubled: 1, repeats: 1 }],
  ['a call that no journal announced', { calls: [once, { ...once, what: 'r1/other' }] }, { broken: 1 }],
  ['an outcome of a call that nobody saw', { calls: [] }, { lost: 1 }],
  ['a step that is done twice', { runs: [run('done', ...begun, done, done, end)] }, { doubled: 1 }],
  ['a run that ends twice', { runs: [run('done', ...begun, done, end, end)] }, { broken: 1 }],
  [
    'a gap in the journal',
    { runs: [{ ...whole, events: whole.events.map((event) => ({ ...event, seq: event.seq + 1 })) }] },
    { broken: 1 },
  ],
  ['an instant without a run', { instants: [new Date(0)] }, { lost: 1 }],
  [
    'a run for an instant that never was',
    {
      runs: [
        whole,
        {
          ...run('done', start, end),
          id: 'r2',
          workflowId: 's',
          idempotencyKey: 'schedule:x:1970-01-01T00:00:00.000Z',
        },
      ],
    },
    { doubled: 1 },
  ],
])('%s', (_name, evidence, counts) => {
  expect(verdict(evidence)).toEqual({ ...fine, ...counts });
});
