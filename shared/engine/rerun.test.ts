import { describe, expect, test } from 'vitest';
import type { RunEvent, RunEventBody } from '../workflow/run.ts';
import { applyEvent, foldRun, inputOf, newRunState, type RunState } from './fold.ts';
import { compileGraph, type CompiledGraph } from './graph.ts';
import { decide } from './plan.ts';
import { failedSteps, rerunEvents, stoppedBy, type KeptEvent } from './rerun.ts';
import { randomGraph, seededRandom, testCatalogue, testGraph, testNode } from './testing-graphs.ts';

type Fate = { port: string; output?: unknown } | 'fail';

/** Drives a run to its end from wherever its first events leave it. */
function drive(
  graph: CompiledGraph,
  first: readonly KeptEvent[],
  fate: (node: string) => Fate,
  pick: (running: readonly string[]) => number = () => 0,
): { state: RunState; events: RunEvent[]; started: string[] } {
  const state = newRunState();
  const events: RunEvent[] = [];
  const started: string[] = [];
  const running: string[] = [];
  const record = (body: KeptEvent) => {
    const event = { ...body, seq: state.seq + 1, at: state.seq };
    events.push(event);
    applyEvent(graph, state, event);
  };
  for (const event of first) record(event);
  for (;;) {
    const decision = decide(state, 0);
    if (decision.type === 'record') {
      for (const event of decision.events) record(event);
      continue;
    }
    if (decision.type === 'finish') {
      record(decision.event);
      return { state, events, started };
    }
    for (const node of decision.type === 'start' ? decision.nodes : []) {
      record({ type: 'step.started', node, attempt: 1 });
      started.push(node);
      running.push(node);
    }
    const [node] = running.splice(pick(running), 1);
    if (node === undefined) throw new Error(`the run hangs with ${[...state.open].join(', ')} open`);
    const outcome = fate(node);
    if (outcome === 'fail') record({ type: 'step.failed', node, attempt: 1, error: oops, ms: 1 });
    else record({ type: 'step.done', node, port: outcome.port, output: outcome.output ?? node, ms: 1, cost: 5 });
  }
}

const oops = { code: 'http_failed' as const, message: 'no', details: { status: 500 } };
const start: RunEventBody = { type: 'run.started', trigger: 'n0', output: { mail: 1 }, pins: { c: { mailHash: 'x' } } };
const line = compileGraph(
  testGraph(
    [testNode('n0', 'start'), testNode('a', 'pass'), testNode('b', 'pass'), testNode('c', 'pass')],
    ['n0>a', 'a>b', 'b>c'],
  ),
  testCatalogue,
);
const numbered = (bodies: readonly RunEventBody[]): RunEvent[] =>
  bodies.map((body, i) => ({ ...body, seq: i + 1, at: 1_000 + i }));
const done = (node: string): RunEventBody => ({
  type: 'step.done',
  node,
  port: 'out',
  output: `${node}!`,
  ms: 3,
  cost: 7,
});
const begun = (node: string): RunEventBody => ({ type: 'step.started', node, attempt: 1 });
const kept = (events: readonly KeptEvent[]): string[] =>
  events.map((event) => ('node' in event ? `${event.type} ${event.node}` : event.type));

describe('what is kept of a line n0 > a > b > c', () => {
  const whole = numbered([start, begun('a'), done('a'), begun('b'), done('b'), begun('c'), done('c')]);
  test.each([
    ['from the trigger', ['n0'], ['run.started']],
    ['from the first step', ['a'], ['run.started']],
    ['from the middle', ['b'], ['run.started', 'step.done a']],
    ['from the end', ['c'], ['run.started', 'step.done a', 'step.done b']],
    ['from two', ['c', 'b'], ['run.started', 'step.done a']],
    ['from nowhere', [], ['run.started', 'step.done a', 'step.done b', 'step.done c']],
  ])('%s', (_name, from, expected) => {
    expect(kept(rerunEvents(line, whole, from))).toEqual(expected);
  });

  test('outputs, ports and pins come along; cost does not, and copies say that they are copies', () => {
    const [first, a] = rerunEvents(line, whole, ['b']);
    expect(first).toEqual(start);
    expect(a).toEqual({ type: 'step.done', node: 'a', port: 'out', output: 'a!', ms: 3, copied: true });
  });

  test.each([
    ['an unknown step', ['zz'], 'bad_request'],
    ['a step that was not reached', ['c'], 'conflict'],
  ])('%s is refused', (_name, from, code) => {
    expect(() => rerunEvents(line, whole.slice(0, 3), from)).toThrow(expect.objectContaining({ code }));
  });

  test('a run that never started cannot be repeated', () => {
    expect(() => rerunEvents(line, [], [])).toThrow(expect.objectContaining({ code: 'conflict' }));
  });
});

describe('a step whose announced effect has an unknown outcome repeats under its key', () => {
  const intent: RunEventBody = { type: 'step.intent', node: 'b', key: 'old:b' };
  const failed = (code: 'mail_uncertain' | 'mail_rejected' | 'timeout' | 'cancelled'): RunEventBody => {
    return { type: 'step.failed', node: 'b', attempt: 1, error: { code, message: '' }, ms: 1 };
  };
  const waiting: RunEventBody = { type: 'step.waiting', node: 'b', wait: { kind: 'until', at: 5 } };
  const before = [start, begun('a'), done('a'), begun('b'), intent];
  const whole = [...before, done('b'), begun('c'), done('c')];
  test.each([
    ['cut after the data', [...before, failed('mail_uncertain')], [], true],
    ['out of time', [...before, failed('timeout')], [], true],
    ['no outcome at all', before, [], true],
    ['asked, and waits', [...before, waiting], [], false],
    ['refused', [...before, failed('mail_rejected')], [], false],
    ['done', whole, [], false],
    ['done, and wanted again', whole, ['b'], false],
    ['cut, and wanted again', [...before, failed('mail_uncertain')], ['b'], true],
    ['cut, but its input is made anew', [...before, failed('mail_uncertain')], ['a'], false],
  ])('%s', (_name, bodies, from, expected) => {
    const events = rerunEvents(line, numbered(bodies), from);
    expect(kept(events).includes('step.intent b')).toBe(expected);
    if (expected) {
      expect(foldRun(line, numbered(events)).steps.get('b')).toMatchObject({ status: 'pending', key: 'old:b' });
      // It is handed on when the repeat ends before its turn comes.
      expect(kept(rerunEvents(line, numbered(events), []))).toContain('step.intent b');
    }
  });
});

test('a failure that the run went on from is kept; one that ended it runs again; a Stop step runs again', () => {
  const graph = compileGraph(
    testGraph(
      [
        testNode('n0', 'start'),
        testNode('a', 'pass', { onError: 'continue' }),
        testNode('b', 'pass'),
        testNode('c', 'pass'),
      ],
      ['n0>a', 'n0>b', 'n0>c'],
    ),
    testCatalogue,
  );
  const fail = (node: string): RunEventBody => ({ type: 'step.failed', node, attempt: 1, error: oops, ms: 1 });
  const stop: RunEventBody = { ...done('c'), stop: { status: 'failed', message: 'enough' } } as RunEventBody;
  const events = numbered([start, fail('a'), { ...fail('b'), retryAt: 5 } as RunEventBody, fail('b'), stop]);
  expect(kept(rerunEvents(graph, events, []))).toEqual(['run.started', 'step.failed a']);
  expect(failedSteps(graph, events)).toEqual(['b']);
  expect(stoppedBy(events)).toBe('c');
});

test('500 random runs, each repeated from a random step: what stands is as it was, nothing of it runs, the rest runs as before', () => {
  for (let seed = 1; seed <= 500; seed++) {
    const random = seededRandom(seed);
    const source = randomGraph(random, 3 + Math.floor(random() * 20));
    const graph = compileGraph(source, testCatalogue);
    const fates = new Map<string, Fate>(
      source.nodes.map(({ id, kind }) => [
        id,
        random() < 0.15 ? 'fail' : { port: kind === 'fork' ? (random() < 0.5 ? 'a' : 'b') : 'out', output: random() },
      ]),
    );
    const pick = (running: readonly string[]) => Math.floor(random() * running.length);
    const old = drive(graph, [start], (node) => fates.get(node)!, pick);
    const choices = ['n0', ...old.started];
    const from = random() < 0.3 ? [] : [choices[Math.floor(random() * choices.length)]!];
    const first = rerunEvents(graph, old.events, from);
    const begin = foldRun(graph, numbered(first));
    const again = new Set(from.flatMap((node) => [...graph.reachableFrom(node)]));
    const standing = [...begin.steps]
      .filter(([, step]) => step.status === 'done' || step.status === 'failed')
      .map(([id]) => id);
    for (const id of standing) {
      if (id !== 'n0') expect(again.has(id), `seed ${seed}: ${id} should run again`).toBe(false);
      expect(begin.steps.get(id)?.output, `seed ${seed}: output of ${id}`).toEqual(old.state.steps.get(id)?.output);
    }
    const next = drive(graph, first, (node) => fates.get(node)!, pick);
    expect(
      next.started.filter((id) => standing.includes(id)),
      `seed ${seed}: a kept step ran`,
    ).toEqual([]);
    for (const id of from) if (id !== 'n0') expect(next.started, `seed ${seed}: ${id} did not run`).toContain(id);
    expect(next.state.costMicro, `seed ${seed}: only what ran has cost`).toBe(
      5 * next.started.filter((id) => fates.get(id) !== 'fail').length,
    );
    expect(next.state.status, `seed ${seed}`).toBe(old.state.status);
    if (old.state.status !== 'done') continue;
    for (const [id, step] of old.state.steps) {
      expect(next.state.steps.get(id)?.status, `seed ${seed}: ${id}`).toBe(step.status);
      expect(next.state.steps.get(id)?.port, `seed ${seed}: way out of ${id}`).toBe(step.port);
      // Where the first of several counts, another may be the first this time.
      if (source.nodes.some(({ kind }) => kind === 'first')) continue;
      expect(inputOf(next.state, id), `seed ${seed}: input of ${id}`).toEqual(inputOf(old.state, id));
    }
  }
}, 60_000);
