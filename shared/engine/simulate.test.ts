import { beforeAll, describe, expect, it } from 'vitest';
import { loadCatalogue } from '../../server/nodes/registry.ts';
import type { NodeCatalogue } from '../nodes/contract.ts';
import { edgeBetween, type WorkflowGraph, type WorkflowNode } from '../workflow/graph.ts';
import { priceTable } from '../workflow/pricing.ts';
import { estimate } from './estimate.ts';
import { simulate, type SimulationOptions } from './simulate.ts';

let catalogue: NodeCatalogue;
beforeAll(async () => {
  ({ catalogue } = await loadCatalogue());
});

const now = new Date('2026-11-22T10:00:00Z');
const step = (
  id: string,
  kind: string,
  config: Record<string, unknown> = {},
  more: Partial<WorkflowNode> = {},
): WorkflowNode => ({
  id,
  kind,
  version: 1,
  title: '',
  config,
  position: { x: 0, y: 0 },
  ...more,
});
/** `a>b` along the usual port, `c.true>d` along a named one. */
const graph = (nodes: WorkflowNode[], edges: string[]): WorkflowGraph => ({
  nodes,
  edges: edges.map((text) => {
    const [from = '', to = ''] = text.split('>');
    const [source = '', port = 'out'] = from.split('.');
    return edgeBetween(source, to, port);
  }),
  direction: 'down',
});
const mail = (id: string, over: Record<string, unknown> = {}, more: Partial<WorkflowNode> = {}) =>
  step(id, 'email-send', { to: '{{ trigger.email }}', subject: 'Hi {{ trigger.name }}', text: 'x', ...over }, more);
const rule = (left: string, operator: string, right: unknown) => ({ rules: { rules: [{ left, operator, right }] } });
const run = (made: WorkflowGraph, over: Partial<SimulationOptions> = {}) => {
  const result = simulate(made, catalogue, {
    trigger: 'start',
    payload: { email: 'ada@example.com', name: 'Ada', score: '70' },
    now,
    ...over,
  });
  return { ...result, by: Object.fromEntries(result.steps.map((entry) => [entry.nodeId, entry])) };
};
const start = step('start', 'manual');

describe('simulate', () => {
  it('shows the mails that a certain path would send', () => {
    const { mails, by } = run(
      graph(
        [start, step('c', 'condition', rule('{{ trigger.score }}', 'greater', 50)), mail('yes'), mail('no')],
        ['start>c', 'c.true>yes', 'c.false>no'],
      ),
    );
    expect(mails).toEqual([
      { nodeId: 'yes', exact: true, mail: expect.objectContaining({ to: ['ada@example.com'], subject: 'Hi Ada' }) },
    ]);
    expect(by['no']).toMatchObject({ status: 'skipped', exact: true, summary: 'Not reached' });
    expect(by['c']).toMatchObject({ port: 'true', exact: true, outputExact: true });
  });

  it('is an example from where an answer of a model is read, and not before', () => {
    const made = graph(
      [
        start,
        step('ai', 'ai-generate', { prompt: 'Write to {{ trigger.name }}' }),
        mail('plain'),
        mail('with', { text: '{{ steps.ai.text }}' }),
      ],
      ['start>ai', 'ai>plain', 'plain>with'],
    );
    const { by, mails } = run(made);
    expect(by['ai']).toMatchObject({
      exact: true,
      outputExact: false,
      preview: { prompt: { prompt: 'Write to Ada' } },
    });
    expect(mails.map(({ nodeId, exact }) => [nodeId, exact])).toEqual([
      ['plain', true],
      ['with', false],
    ]);
    const pinned = run(made, { pins: { ai: { output: { text: 'Really' } } } });
    expect(pinned.mails[1]).toMatchObject({ exact: true, mail: { text: 'Really' } });
  });

  it('is not certain about branches that an answer decides', () => {
    const made = graph(
      [
        start,
        step('ai', 'ai-generate', { prompt: 'x' }),
        step('c', 'condition', rule('{{ steps.ai.text }}', 'contains', 'Hello')),
        mail('yes'),
        mail('no'),
        step('m', 'merge'),
        mail('after'),
      ],
      ['start>ai', 'ai>c', 'c.true>yes', 'c.false>no', 'yes>m', 'no>m', 'm>after'],
    );
    const { by } = run(made);
    for (const id of ['yes', 'no', 'm', 'after'])
      expect([id, by[id]?.exact, by[id]?.certain]).toEqual([id, false, false]);
    expect(by['yes']?.status).toBe('runs');
    expect(by['after']?.status).toBe('runs');
  });

  it('is not exact when it reads the time or the run', () => {
    for (const text of ['{{ now }}', '{{ "now" | date: "%Y" }}', '{{ run.id }}', '{% if run.id %}x{% endif %}']) {
      expect([text, run(graph([start, mail('m', { text })], ['start>m'])).mails[0]?.exact]).toEqual([text, false]);
    }
    expect(
      run(graph([start, mail('m', { text: '{{ workspace.name }}' })], ['start>m']), { workspaceName: 'Acme' }).mails[0],
    ).toMatchObject({ exact: true, mail: { text: 'Acme' } });
  });

  it('takes the trigger’s example where no data is given', () => {
    const { by } = run(
      graph([step('start', 'webhook'), mail('m', { to: '{{ trigger.body.email }}', subject: 's' })], ['start>m']),
      { payload: undefined },
    );
    expect(by['m']).toMatchObject({ exact: false, preview: { mail: { to: ['ada@example.com'] } } });
  });

  it('reports what would fail and goes on as the step says', () => {
    const bad = (onError: WorkflowNode['onError']) =>
      graph(
        [
          start,
          mail('m', { to: '{{ trigger.nope }}' }, onError ? { onError } : {}),
          step('e', 'set', { fields: [{ name: 'x', value: '{{ input.error.code }}' }] }),
        ],
        [onError === 'port' ? 'start>m' : 'start>m', onError === 'port' ? 'm.error>e' : 'm>e'],
      );
    const stopped = run(bad(undefined));
    expect(stopped.by['m']).toMatchObject({
      status: 'error',
      error: { code: 'bad_request', message: expect.stringContaining('no recipient') },
    });
    expect(stopped.by['e']?.status).toBe('skipped');
    expect(run(bad('port')).by['e']?.output).toMatchObject({ x: 'bad_request' });
    expect(run(bad('continue')).by['e']?.output).toMatchObject({ x: 'bad_request' });
  });

  it('reports expressions and settings that cannot be used', () => {
    const { by } = run(
      graph(
        [
          start,
          mail('m', { text: '{{ x | nope }}' }, { onError: 'continue' }),
          step('d', 'delay', { amount: 'x' }, { onError: 'continue' }),
          step('u', 'unheard'),
        ],
        ['start>m', 'm>d', 'd>u'],
      ),
    );
    expect(by['m']?.error).toMatchObject({ code: 'expression', details: { field: 'text' } });
    expect(by['d']?.error).toMatchObject({ code: 'bad_request', details: { field: 'amount' } });
    expect(by['u']?.error?.code).toBe('invalid_graph');
  });

  it('passes on through steps that are switched off, waits at delays without waiting, and ends at Stop', () => {
    const { by, mails } = run(
      graph(
        [
          start,
          mail('off', {}, { disabled: true }),
          step('d', 'delay', { amount: 3, unit: 'days' }),
          mail('m', { subject: '{{ input.name }}' }),
          step('s', 'stop', { message: 'enough' }),
          mail('never'),
        ],
        ['start>off', 'off>d', 'd>m', 'm>s', 's>never'],
      ),
    );
    expect(by['d']?.preview?.wait).toEqual({ kind: 'until', at: now.getTime() + 3 * 86_400_000 });
    expect(mails.map(({ nodeId, mail: { subject } }) => [nodeId, subject])).toEqual([['m', 'Ada']]);
    expect(by['s']).toMatchObject({ status: 'runs', port: null, summary: 'Ends the run as done: enough' });
    expect(by['never']?.status).toBe('skipped');
  });

  it('names the wrong trigger and the loop', () => {
    expect(() => run(graph([start], []), { trigger: 'nope' })).toThrow(/no trigger “nope”/);
    expect(() => run(graph([start, mail('a'), mail('b')], ['start>a', 'a>b', 'b>a']))).toThrow(/loop/);
  });

  it('walks 2,000 steps without recursion', () => {
    const nodes = [
      start,
      ...Array.from({ length: 1_999 }, (_, n) =>
        step(`s${n}`, 'set', { keepInput: false, fields: [{ name: 'n', value: '{{ input.n | plus: 1 }}' }] }),
      ),
    ];
    const edges = nodes.slice(1).map((node, n) => `${nodes[n]?.id}>${node.id}`);
    expect(run(graph(nodes, edges), { payload: { n: 1 } }).by['s1998']).toMatchObject({
      output: { n: 2_000 },
      outputExact: true,
    });
  });

  it('does not change what it is given', () => {
    const made = graph([start, mail('m')], ['start>m']);
    const before = structuredClone(made);
    run(made);
    expect(made).toEqual(before);
  });
});

describe('estimate', () => {
  const prices = priceTable();
  const ai = (id: string, over: Record<string, unknown> = {}) =>
    step(id, 'ai-generate', { prompt: 'x'.repeat(4_000), maxTokens: 1_000, ...over });

  it('gives a range per provider and as set up', () => {
    const { cost, byProvider, byStep } = estimate(
      run(graph([start, ai('a', { provider: 'openai' }), ai('b')], ['start>a', 'a>b'])),
      prices,
      'builtin',
    );
    const openai = byProvider.find(({ provider }) => provider === 'openai');
    const perCall = {
      min: Math.ceil((1_000 * prices.openai.inputMicroPerMTok + 20 * prices.openai.outputMicroPerMTok) / 1e6),
      max: Math.ceil((1_000 * prices.openai.inputMicroPerMTok + 1_000 * prices.openai.outputMicroPerMTok) / 1e6),
    };
    expect(openai).toMatchObject({ model: prices.openai.model, cost: { min: perCall.min * 2, max: perCall.max * 2 } });
    expect(byProvider.find(({ provider }) => provider === 'builtin')?.cost).toEqual({ min: 0, max: 0 });
    expect(cost).toEqual(perCall);
    expect(byStep.map(({ nodeId, provider }) => [nodeId, provider])).toEqual([
      ['a', 'openai'],
      ['b', 'builtin'],
    ]);
  });

  it('counts nothing for what certainly does not run and a range from zero for what may', () => {
    const made = graph(
      [
        start,
        ai('first', { provider: 'builtin' }),
        step('c', 'condition', rule('{{ steps.first.text }}', 'contains', 'Hello')),
        ai('yes', { provider: 'claude' }),
        ai('no', { provider: 'claude' }),
      ],
      ['start>first', 'first>c', 'c.true>yes', 'c.false>no'],
    );
    const unsure = estimate(run(made), prices, 'builtin').cost;
    expect(unsure.min).toBe(0);
    const sure = estimate(run(made, { pins: { first: { output: { text: 'Hello' } } } }), prices, 'builtin').cost;
    expect(sure.min).toBeGreaterThan(0);
    expect(unsure.max).toBe(sure.max * 2);
  });
});
