import { expect, test } from 'vitest';
import type { RunEvent, RunEventBody } from '../workflow/run.ts';
import { applyEvent, foldRun, newRunState } from './fold.ts';
import { compileGraph } from './graph.ts';
import { mailsAtOnce } from './held.ts';
import { decide, isAtRest, nextDue } from './plan.ts';
import { rerunEvents } from './rerun.ts';
import { testCatalogue, testGraph, testNode } from './testing-graphs.ts';
import { decidedEvent, uncertainSteps } from './uncertain.ts';

const graph = compileGraph(
  testGraph(
    [testNode('n0', 'start'), testNode('a', 'pass'), testNode('b', 'pass', { onError: 'continue' })],
    ['n0>a', 'a>b'],
  ),
  testCatalogue,
);
const error = { code: 'mail_rejected' as const, message: 'no such user' };
const held = (node: string): RunEventBody => ({ type: 'mail.held', node, key: `k:${node}`, subject: node, to: [] });
const sending = (node: string, attempt = 1): RunEventBody => ({
  type: 'mail.sending',
  node,
  key: `k:${node}`,
  attempt,
});
const sent = (node: string): RunEventBody => ({ type: 'mail.sent', node, key: `k:${node}` });
const failed = (node: string, retryAt?: number): RunEventBody => {
  return { type: 'mail.failed', node, key: `k:${node}`, attempt: 1, error, ...(retryAt ? { retryAt } : {}) };
};
const uncertain = (node: string): RunEventBody => ({ type: 'mail.uncertain', node, key: `k:${node}`, error });
const through = (node: string, ...between: RunEventBody[]): RunEventBody[] => [
  { type: 'step.started', node, attempt: 1 },
  ...between,
  { type: 'step.done', node, port: 'out', output: node, ms: 1 },
];
/** Both steps are done, and each holds a mail. */
const both = [...through('a', held('a')), ...through('b', held('b'))];

function journal(...bodies: RunEventBody[]): RunEvent[] {
  const all: RunEventBody[] = [{ type: 'run.started', trigger: 'n0', output: 'n0' }, ...bodies];
  return all.map((body, i) => ({ ...body, seq: i + 1, at: i }));
}
const after = (...bodies: RunEventBody[]) => foldRun(graph, journal(...bodies));
const next = (...bodies: RunEventBody[]) => {
  const decision = decide(after(...bodies), 100);
  if (decision.type !== 'send') return decision.type;
  return `send ${decision.events.map(({ key, attempt }) => `${key} ${attempt}`).join(', ')}`;
};

test.each<[string, RunEventBody[], string]>([
  ['steps are still to come', through('a', held('a')), 'start'],
  ['all steps are done', both, 'send k:a 1, k:b 1'],
  ['the first is on its way', [...both, sending('a')], 'send k:b 1'],
  ['both are on their way', [...both, sending('a'), sending('b')], 'rest'],
  ['the first is sent', [...both, sending('a'), sent('a')], 'send k:b 1'],
  ['the first is tried again later', [...both, sending('a'), failed('a', 500)], 'send k:b 1'],
  ['only that one is left', [...both, sending('a'), failed('a', 500), sending('b'), sent('b')], 'rest'],
  ['it is due', [...both, sending('a'), failed('a', 50)], 'send k:a 2, k:b 1'],
  ['nobody knows of the first', [...both, sending('a'), uncertain('a')], 'send k:b 1'],
  ['only that one is left', [...both, sending('a'), uncertain('a'), sending('b'), sent('b')], 'rest'],
  ['all are sent', [...both, sending('a'), sent('a'), sending('b'), sent('b')], 'finish'],
  ['the run is paused', [...both, { type: 'run.paused', by: 'Ada', wish: 'w' }], 'rest'],
  ['a Stop step ended it well', [...through('a', held('a')), stop('done')], 'send k:a 1'],
  ['a Stop step ended it badly', [...through('a', held('a')), stop('failed')], 'finish'],
])('when %s: %j', (_when, events, expected) => {
  expect(next(...events)).toBe(expected);
});

test('so many go out together, and one more for each that has settled', () => {
  const keys = Array.from({ length: 3 * mailsAtOnce }, (_, i) => `k${i}`);
  const events: RunEventBody[] = keys.map((key) => ({ type: 'mail.held', node: 'a', key, subject: '', to: [] }));
  const [first, ...others] = keys.slice(0, mailsAtOnce);
  const announced = [first!, ...others].map((key) => ({ type: 'mail.sending', node: 'a', key, attempt: 1 }) as const);
  const steps = [...through('a', ...events), ...through('b')];
  expect(next(...steps)).toBe(`send ${[first, ...others].map((key) => `${key} 1`).join(', ')}`);
  expect(next(...steps, ...announced)).toBe('rest');
  const settled = { type: 'mail.sent', node: 'a', key: first! } as const;
  expect(next(...steps, ...announced, settled)).toBe(`send k${mailsAtOnce} 1`);
  // What is due again goes before what has not begun, and takes no more room.
  const due = { type: 'mail.failed', node: 'a', key: first!, attempt: 1, error, retryAt: 50 } as const;
  expect(next(...steps, ...announced, due)).toBe(`send ${first} 2`);
});

function stop(status: 'done' | 'failed'): RunEventBody {
  return { type: 'step.done', node: 'b', port: 'out', pass: true, stop: { status, message: 'x' }, ms: 1 };
}

test('a mail that is refused for good fails the run, unless its step lets the run go on', () => {
  const rest = [sending('b'), sent('b')];
  expect(decide(after(...both, sending('a'), failed('a'), ...rest), 0)).toEqual({
    type: 'finish',
    event: { type: 'run.finished', status: 'failed', error },
  });
  const forgiven = after(...both, sending('a'), sent('a'), sending('b'), failed('b'));
  expect(decide(forgiven, 0)).toMatchObject({ event: { status: 'done' } });
});

test('a run whose only open mail is tried again later rests until then', () => {
  const state = after(...through('a', held('a')), ...through('b'), sending('a'), failed('a', 500));
  expect([isAtRest(state), nextDue(state)]).toEqual([true, 500]);
});

test('a run that is cancelled lets the mail on its way settle, and discards the others', () => {
  const state = after(...both, sending('a'));
  state.ending = { status: 'cancelled' };
  expect(decide(state, 0)).toEqual({ type: 'rest' });
  const tell = (body: RunEventBody) => applyEvent(graph, state, { ...body, seq: state.seq + 1, at: 0 });
  tell(sent('a'));
  expect(decide(state, 0)).toMatchObject({ event: { status: 'cancelled' } });
  tell({ type: 'run.finished', status: 'cancelled' });
  expect([...state.mails!.all.values()].map(({ status }) => status)).toEqual(['sent', 'discarded']);
});

test('a person decides about a mail of which nobody knows', () => {
  const events = [...through('a', held('a')), ...through('b'), sending('a'), uncertain('a')];
  const state = after(...events);
  expect(uncertainSteps(state)).toEqual(['a']);
  expect(() => decidedEvent(state, 'b', 'was_sent')).toThrow();
  expect(next(...events, decidedEvent(state, 'a', 'was_sent'))).toBe('finish');
  expect(next(...events, decidedEvent(state, 'a', 'send_again'))).toBe('send k:a 2');
});

test('a run that repeats one takes over the mails of the steps it keeps that were not sent', () => {
  const events = journal(...both, sending('a'), sent('a'), sending('b'), failed('b'), {
    type: 'run.finished',
    status: 'failed',
    error,
  });
  const again = rerunEvents(graph, events, []);
  expect(again.filter(({ type }) => type.startsWith('mail.'))).toEqual([{ ...held('b'), copied: true }]);
  const state = newRunState();
  for (const [i, event] of again.entries()) applyEvent(graph, state, { ...event, seq: i + 1, at: 0 });
  expect(decide(state, 0)).toMatchObject({ type: 'send', events: [{ key: 'k:b' }] });
  // What runs again writes its mail anew.
  expect(rerunEvents(graph, events, ['b']).filter(({ type }) => type.startsWith('mail.'))).toEqual([]);
});
