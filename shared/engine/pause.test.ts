import { expect, test } from 'vitest';
import type { RunEventBody } from '../workflow/run.ts';
import { applyEvent, newRunState } from './fold.ts';
import { compileGraph } from './graph.ts';
import { decide, isAtRest, nextDue, resumptions, shownStatus } from './plan.ts';
import { testCatalogue, testGraph, testNode } from './testing-graphs.ts';
import { decidedEvent } from './uncertain.ts';

const graph = compileGraph(
  testGraph([testNode('n0', 'start'), testNode('a', 'pass'), testNode('b', 'pass')], ['n0>a', 'a>b']),
  testCatalogue,
);

function after(...bodies: RunEventBody[]) {
  const state = newRunState();
  const all: RunEventBody[] = [{ type: 'run.started', trigger: 'n0', output: null }, ...bodies];
  for (const body of all) applyEvent(graph, state, { ...body, seq: state.seq + 1, at: 7 });
  return state;
}
const paused: RunEventBody = { type: 'run.paused', by: 'Ada', wish: 'w1' };
const resumed: RunEventBody = { type: 'run.resumed', by: 'Grace', wish: 'w2' };
const began = (node: string): RunEventBody => ({ type: 'step.started', node, attempt: 1 });
const finished = (node: string): RunEventBody => ({ type: 'step.done', node, port: 'out', output: 1, ms: 1 });
const waits: RunEventBody = { type: 'step.waiting', node: 'a', wait: { kind: 'until', at: 500 } };
const uncertain: RunEventBody = { type: 'step.uncertain', node: 'a', error: { code: 'mail_uncertain', message: '?' } };

test.each<[string, RunEventBody[], { rests: boolean; due: number | null; shows: string }]>([
  ['a step is under way', [began('a'), paused], { rests: false, due: null, shows: 'running' }],
  ['a step is ready', [began('a'), paused, finished('a')], { rests: true, due: null, shows: 'waiting' }],
  ['a step waits', [began('a'), waits, paused], { rests: true, due: null, shows: 'waiting' }],
  [
    'all is done',
    [began('a'), finished('a'), began('b'), paused, finished('b')],
    { rests: true, due: null, shows: 'waiting' },
  ],
])('while %s, a paused run starts nothing and is due at no time', (_what, events, { rests, due, shows }) => {
  const state = after(...events);
  expect(decide(state, 0)).toEqual({ type: 'rest' });
  expect(resumptions(state, [], 1_000)).toEqual([]);
  expect([isAtRest(state), nextDue(state), shownStatus(state)]).toEqual([rests, due, shows]);
});

test('resumed, it goes on with what is ready, due or done', () => {
  expect(decide(after(paused, resumed), 0)).toEqual({ type: 'start', nodes: ['a'] });
  const waiting = after(began('a'), waits, paused, resumed);
  expect(nextDue(waiting)).toBe(500);
  expect(resumptions(waiting, [], 500)).toMatchObject([{ node: 'a' }]);
  const done = after(began('a'), finished('a'), began('b'), paused, finished('b'), resumed);
  expect(decide(done, 0)).toMatchObject({ type: 'finish' });
});

test('a run that is bound to end does so although it is paused', () => {
  const state = after(paused);
  state.ending = { status: 'cancelled' };
  expect(decide(state, 0)).toEqual({ type: 'finish', event: { type: 'run.finished', status: 'cancelled' } });
  applyEvent(graph, state, { type: 'run.finished', status: 'cancelled', seq: 9, at: 9 });
  expect(state.paused).toBeUndefined();
});

test('a paused run takes the word that it was sent, and does not send again', () => {
  const state = after(began('a'), uncertain, paused);
  expect(decidedEvent(state, 'a', 'was_sent')).toMatchObject({ type: 'step.done' });
  expect(() => decidedEvent(state, 'a', 'send_again')).toThrow('paused');
});

test.each<[RunEventBody[], string]>([
  [[began('a')], 'running'],
  [[began('a'), waits], 'waiting'],
  [[began('a'), uncertain], 'waiting'],
  [[began('a'), waits, { type: 'step.resumed', node: 'a' }], 'running'],
  [[{ type: 'run.finished', status: 'done' }], 'done'],
])('after %j a run shows as %s', (events, status) => {
  expect(shownStatus(after(...events))).toBe(status);
});
