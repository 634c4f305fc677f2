import { describe, expect, it } from 'vitest';
import { applyEvent } from '../../shared/engine/fold.ts';
import { compileGraph } from '../../shared/engine/graph.ts';
import { newRunState } from '../../shared/engine/state.ts';
import { edgeBetween, type WorkflowGraph, type WorkflowNode } from '../../shared/workflow/graph.ts';
import type { RunEvent, RunEventBody } from '../../shared/workflow/run.ts';
import { uncertainSteps, viewsOf } from './run-views.ts';
import { testCatalogue } from './testing-kinds.ts';

const step = (id: string, kind: string, parent?: string): WorkflowNode => ({
  id,
  kind,
  version: 1,
  title: id,
  config: {},
  position: { x: 0, y: 0 },
  ...(parent === undefined ? {} : { parent }),
});
const graph: WorkflowGraph = {
  nodes: [step('start', 'start'), step('loop', 'loop'), step('a', 'step', 'loop'), step('after', 'step')],
  edges: [edgeBetween('start', 'loop'), edgeBetween('loop', 'a', 'each'), edgeBetween('loop', 'after', 'done')],
  direction: 'down',
};
const compiled = compileGraph(graph, testCatalogue);
const error = { code: 'internal' as const, message: 'No' };

const beginning: RunEventBody[] = [
  { type: 'run.started', trigger: 'start', output: {} },
  { type: 'step.started', node: 'loop', attempt: 1 },
  { type: 'loop.opened', node: 'loop', count: 4, items: [1, 2, 3, 4], concurrency: 3, onItemError: 'continue' },
  { type: 'loop.items', node: 'loop', from: 0, to: 3 },
  { type: 'step.started', node: 'loop[0]/a', attempt: 1 },
  { type: 'step.done', node: 'loop[0]/a', port: 'out', output: 'one', ms: 5 },
  { type: 'step.started', node: 'loop[1]/a', attempt: 1 },
  { type: 'step.failed', node: 'loop[1]/a', attempt: 1, error, ms: 5 },
];

function stateAfter(bodies: readonly RunEventBody[]) {
  const state = newRunState({ keepsItems: true });
  bodies.forEach((body, i) => applyEvent(compiled, state, { ...body, seq: i + 1, at: i * 1_000 } as RunEvent));
  return state;
}

describe('what the canvas shows of a loop', () => {
  it('counts the items of a step inside, and how far the container is', () => {
    const views = viewsOf(stateAfter(beginning), {}, 7_000);
    expect(views['a']).toMatchObject({
      status: 'failed',
      error,
      items: { of: { done: 1, failed: 1, pending: 1 }, went: { out: 1 } },
    });
    expect(views['loop']).toMatchObject({
      status: 'running',
      loop: { count: 4, begun: 3, done: 1, failed: 1, openedAt: 2_000 },
    });
  });

  it('is running as long as one of them is', () => {
    const views = viewsOf(
      stateAfter([...beginning, { type: 'step.started', node: 'loop[2]/a', attempt: 1 }]),
      {},
      8_000,
    );
    expect(views['a']).toMatchObject({ status: 'running', items: { of: { running: 1, done: 1, failed: 1 } } });
  });

  it('keeps what did not change', () => {
    const before = viewsOf(stateAfter(beginning), {}, 7_000);
    expect(viewsOf(stateAfter(beginning), before, 7_500)).toBe(before);
    const next = viewsOf(
      stateAfter([...beginning, { type: 'step.started', node: 'loop[2]/a', attempt: 1 }]),
      before,
      8_000,
    );
    expect(next['start']).toBe(before['start']);
    expect(next['loop']).toBe(before['loop']);
    expect(next['a']).not.toBe(before['a']);
  });

  it('names the items whose fate is unknown', () => {
    const state = stateAfter([
      ...beginning,
      { type: 'step.started', node: 'loop[2]/a', attempt: 1 },
      { type: 'step.uncertain', node: 'loop[2]/a', error },
    ]);
    expect(uncertainSteps(state).map(([address]) => address)).toEqual(['loop[2]/a']);
    expect(viewsOf(state, {}, 0)['a']?.status).toBe('uncertain');
  });
});
