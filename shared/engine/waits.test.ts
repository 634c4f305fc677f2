import { expect, test } from 'vitest';
import { endsWait, waitInWords, type RunEventBody, type Wait, type WaitSignal } from '../workflow/run.ts';
import { applyEvent, newRunState } from './fold.ts';
import { compileGraph } from './graph.ts';
import { awaitsSignal, isAtRest, nextDue, resumptions, type Word } from './plan.ts';
import { testCatalogue, testGraph, testNode } from './testing-graphs.ts';

const graph = compileGraph(
  testGraph([testNode('n0', 'start'), testNode('a', 'pass'), testNode('b', 'pass')], ['n0>a', 'n0>b']),
  testCatalogue,
);
const until: Wait = { kind: 'until', at: 500 };
const approval = (at: number | null = null): Wait => ({ kind: 'approval', approvalId: 'p', at });
const child: Wait = { kind: 'run', runId: 'r', at: null };
const time: WaitSignal = { kind: 'time' };
const yes: WaitSignal = { kind: 'approval', approvalId: 'p', decision: 'approved', by: 'Ada', comment: '', payload: 1 };
const over: WaitSignal = { kind: 'run', runId: 'r', status: 'done', output: 2 };

function after(...bodies: RunEventBody[]) {
  const state = newRunState();
  const all: RunEventBody[] = [{ type: 'run.started', trigger: 'n0', output: null }, ...bodies];
  for (const body of all) applyEvent(graph, state, { ...body, seq: state.seq + 1, at: 0 });
  return state;
}
const began = (node: string): RunEventBody => ({ type: 'step.started', node, attempt: 1 });
const waits = (node: string, wait: Wait): RunEventBody => ({ type: 'step.waiting', node, wait });
const waiting = (one: Wait, other: Wait) => after(began('a'), began('b'), waits('a', one), waits('b', other));

test.each([
  [until, { until: true, approval: false, run: false }],
  [approval(), { until: false, approval: true, run: false }],
  [approval(9), { until: true, approval: true, run: false }],
  [child, { until: false, approval: false, run: true }],
])('%j is ended by its own word and, where it has one, by its time', (wait, expected) => {
  expect({ until: endsWait(wait, time), approval: endsWait(wait, yes), run: endsWait(wait, over) }).toEqual(expected);
  expect(endsWait(wait, { ...yes, approvalId: 'other' })).toBe(false);
  expect(endsWait(wait, { ...over, runId: 'other' })).toBe(false);
});

test('a run whose steps all wait rests until the first of them is due, or until it is told', () => {
  expect([isAtRest(waiting(until, child)), nextDue(waiting(until, child))]).toEqual([true, 500]);
  expect(nextDue(waiting(approval(200), until))).toBe(200);
  expect(nextDue(waiting(approval(), child))).toBeNull();
});

test('words are for steps that wait for them; a word goes before the time', () => {
  const state = waiting(approval(100), child);
  const words: Word[] = [
    { node: 'b', signal: yes },
    { node: 'n0', signal: yes },
    { node: 'a', signal: yes },
    { node: 'a', signal: { ...yes, decision: 'rejected' } },
  ];
  expect(resumptions(state, words, 1_000)).toEqual([{ node: 'a', signal: yes }]);
  expect(resumptions(state, [], 1_000)).toEqual([{ node: 'a', signal: time }]);
  expect(resumptions(state, [{ node: 'b', signal: over }], 99)).toEqual([{ node: 'b', signal: over }]);
  expect(resumptions(state, [], 99)).toEqual([]);
});

test('nothing goes on in a run that is bound to end', () => {
  const state = waiting(approval(1), child);
  state.ending = { status: 'cancelled' };
  expect(resumptions(state, [{ node: 'a', signal: yes }], 1_000)).toEqual([]);
});

test('a resumed step knows what it waited for and what came; without a signal it was its time', () => {
  const resumed = (signal?: WaitSignal) =>
    after(began('a'), waits('a', approval(5)), { type: 'step.resumed', node: 'a', ...(signal ? { signal } : {}) });
  expect(resumed(yes).steps.get('a')).toMatchObject({ status: 'running', resumed: { wait: approval(5), signal: yes } });
  expect(resumed().steps.get('a')?.resumed).toEqual({ wait: approval(5), signal: time });
});

test('what a step had announced before it began to wait has happened', () => {
  const intent: RunEventBody = { type: 'step.intent', node: 'a', key: 'k' };
  expect(after(began('a'), intent).steps.get('a')?.intent).toBe('k');
  expect(after(began('a'), intent, waits('a', approval())).steps.get('a')).not.toHaveProperty('intent');
});

test('words are read only where one may have come', () => {
  expect(awaitsSignal(after())).toBe(false);
  expect(awaitsSignal(waiting(until, until))).toBe(false);
  expect(awaitsSignal(waiting(until, child))).toBe(true);
  expect(awaitsSignal(after(began('a')))).toBe(true);
});

test('waits in words', () => {
  const clock = (at: number): string => `${at}h`;
  expect(
    [until, approval(), approval(7), child, { kind: 'turn' as const, turn: '1.1', at: 9 }].map((wait) =>
      waitInWords(wait, clock),
    ),
  ).toEqual([
    'until 500h',
    'for an approval',
    'for an approval, until 7h at most',
    'for the run it started',
    'for its turn',
  ]);
});
