import { beforeAll, describe, expect, it } from 'vitest';
import { loadCatalogue } from '../../server/nodes/registry.ts';
import type { NodeCatalogue } from '../nodes/contract.ts';
import { edgeBetween, type WorkflowGraph, type WorkflowNode } from '../workflow/graph.ts';
import { priceTable } from '../workflow/pricing.ts';
import { estimate } from './estimate.ts';
import { mailCount } from './overall.ts';
import { simulate, type SimulationOptions } from './simulate.ts';

let catalogue: NodeCatalogue;
beforeAll(async () => {
  ({ catalogue } = await loadCatalogue());
});

const step = (id: string, kind: string, config: Record<string, unknown> = {}, parent?: string): WorkflowNode => ({
  id,
  kind,
  version: 1,
  title: '',
  config,
  position: { x: 0, y: 0 },
  ...(parent === undefined ? {} : { parent }),
});
const graph = (nodes: WorkflowNode[], edges: string[]): WorkflowGraph => ({
  nodes,
  edges: edges.map((text) => {
    const [from = '', to = ''] = text.split('>');
    const [source = '', port = 'out'] = from.split('.');
    return edgeBetween(source, to, port);
  }),
  direction: 'down',
});
const start = step('start', 'manual');
const each = (over: Record<string, unknown> = {}, id = 'each', parent?: string) =>
  step(id, 'for-each', { items: '{{ trigger.orders }}', ...over }, parent);
const mail = (id: string, over: Record<string, unknown> = {}, parent = 'each') =>
  step(
    id,
    'email-send',
    { to: '{{ item.email }}', subject: '{{ index }}: {{ item.name }}', text: 'x', ...over },
    parent,
  );
const orders = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ email: `b${n}@example.com`, name: `Buyer ${n}`, total: n }));
const run = (made: WorkflowGraph, count = 3, over: Partial<SimulationOptions> = {}) => {
  const payload = { orders: orders(count) };
  const result = simulate(made, catalogue, { trigger: 'start', payload, now: new Date(0), ...over });
  return { ...result, by: new Map(result.steps.map((entry) => [entry.nodeId, entry])) };
};

describe('a container in a simulation', () => {
  const simple = () =>
    graph(
      [start, each(), mail('m'), step('after', 'set', { fields: [{ name: 'n', value: '{{ steps.each.count }}' }] })],
      ['start>each', 'each.each>m', 'each.done>after'],
    );

  it('shows the mail of each item, exact where the list is', () => {
    const { mails, by, loops } = run(simple());
    expect(mails.map(({ nodeId, exact, mail: one }) => [nodeId, exact, one.to[0], one.subject])).toEqual([
      ['each[0]/m', true, 'b0@example.com', '0: Buyer 0'],
      ['each[1]/m', true, 'b1@example.com', '1: Buyer 1'],
      ['each[2]/m', true, 'b2@example.com', '2: Buyer 2'],
    ]);
    expect(loops).toEqual([{ nodeId: 'each', count: 3, shown: 3 }]);
    expect(by.get('each')).toMatchObject({ status: 'runs', port: 'done', exact: true });
    expect(by.get('after')?.output).toMatchObject({ n: 3 });
    expect(mailCount(run(simple()))).toEqual({ min: 3, max: 3 });
  });

  it('lists what stands inside after its container, item by item, and then what follows', () => {
    expect(run(simple()).steps.map(({ nodeId }) => nodeId)).toEqual([
      'start',
      'each',
      'each[0]/m',
      'each[1]/m',
      'each[2]/m',
      'after',
    ]);
  });

  it('goes through the first items and counts the others', () => {
    const result = run(simple(), 1_234);
    expect(result.mails).toHaveLength(20);
    expect(result.loops).toEqual([{ nodeId: 'each', count: 1_234, shown: 20 }]);
    expect(mailCount(result)).toEqual({ min: 1_234, max: 1_234 });
    expect(result.by.get('each')).toMatchObject({ outputExact: false, output: { count: 1_234 } });
    expect(result.by.get('after')).toMatchObject({ outputExact: false, output: { n: 1_234 } });
  });

  it('is not held up by a rate', () => {
    const made = graph([start, each({ perMinute: 1, concurrency: 1 }), mail('m')], ['start>each', 'each.each>m']);
    expect(run(made, 5).mails).toHaveLength(5);
  });

  it('is an example where the list is one', () => {
    const { mails } = run(simple(), 3, { payload: undefined });
    expect(mails.every(({ exact }) => !exact)).toBe(true);
  });

  it('takes branches per item', () => {
    const rules = { rules: { rules: [{ left: '{{ item.total }}', operator: 'greater', right: 0 }] } };
    const made = graph(
      [start, each(), step('c', 'condition', rules, 'each'), mail('m')],
      ['start>each', 'each.each>c', 'c.true>m'],
    );
    const result = run(made, 1_000);
    expect(result.by.get('each[0]/m')).toMatchObject({ status: 'skipped', certain: true });
    expect(result.mails).toHaveLength(19);
    expect(mailCount(result)).toEqual({ min: 19, max: 999 });
  });

  it('shows nothing inside for an empty list, and goes on', () => {
    const { by, mails } = run(simple(), 0);
    expect(mails).toEqual([]);
    expect(by.get('m')).toMatchObject({ status: 'skipped', summary: 'Not reached' });
    expect(by.get('after')?.output).toMatchObject({ n: 0 });
  });

  it('says why a list is none', () => {
    const { by } = run(graph([start, each({ items: '{{ trigger.nope }}' }), mail('m')], ['start>each', 'each.each>m']));
    expect(by.get('each')?.error?.message).toMatch(/needs a list/);
  });

  it('stops at an item that fails, or goes on with the others', () => {
    const broken = (onItemError: string) =>
      run(
        graph(
          [start, each({ onItemError }), mail('m', { to: '{% if index == 1 %}nobody{% else %}a@b.de{% endif %}' })],
          ['start>each', 'each.each>m'],
        ),
      );
    expect(broken('stop').by.get('each')).toMatchObject({
      status: 'error',
      error: { message: expect.stringMatching(/^Item 2: /) },
    });
    expect(broken('stop').mails).toHaveLength(1);
    expect(broken('continue').by.get('each')).toMatchObject({ status: 'runs', output: { count: 3, failed: 1 } });
    expect(broken('continue').mails).toHaveLength(2);
  });

  it('walks through containers in containers, and multiplies', () => {
    const made = graph(
      [
        start,
        each(),
        each({ items: '{{ (1..30) }}' }, 'inner', 'each'),
        mail('m', { to: 'x{{ item }}@b.de', subject: 's' }, 'inner'),
      ],
      ['start>each', 'each.each>inner', 'inner.each>m'],
    );
    made.nodes[2]!.config['items'] = Array.from({ length: 30 }, (_, n) => n);
    const result = run(made, 100);
    expect(result.mails[0]?.nodeId).toBe('each[0]/inner[0]/m');
    expect(result.mails.length).toBeLessThanOrEqual(400);
    expect(mailCount(result)).toEqual({ min: 3_000, max: 3_000 });
  });

  it('uses what was made for one item', () => {
    const ai = step('ai', 'ai-generate', { prompt: 'Write to {{ item.name }}' }, 'each');
    const made = graph(
      [start, each(), ai, mail('m', { text: '{{ steps.ai.text }}' })],
      ['start>each', 'each.each>ai', 'ai>m'],
    );
    const { mails } = run(made, 2, { pins: { 'each[1]/ai': { output: { text: 'Dear Buyer 1' } } } });
    expect(mails.map(({ exact, mail: one }) => [exact, one.text])).toEqual([
      [false, expect.any(String)],
      [true, 'Dear Buyer 1'],
    ]);
  });
});

describe('what a container costs', () => {
  const prices = priceTable();
  const made = () =>
    graph(
      [
        start,
        each(),
        step('ai', 'ai-generate', { prompt: 'x'.repeat(4_000), provider: 'openai', maxTokens: 100 }, 'each'),
      ],
      ['start>each', 'each.each>ai'],
    );

  it('is that of all its items', () => {
    const one = estimate(run(made(), 1), prices, 'builtin').cost;
    expect(one.min).toBeGreaterThan(0);
    const many = estimate(run(made(), 1_000), prices, 'builtin');
    expect(many.cost).toEqual({ min: one.min * 1_000, max: one.max * 1_000 });
    expect(many.byStep.map(({ nodeId }) => nodeId)).toEqual(['ai']);
  });

  it('leaves out what was made already, and only that', () => {
    const one = estimate(run(made(), 1), prices, 'builtin').cost;
    const pins = Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`each[${n}]/ai`, { output: { text: 'x' } }]));
    const { cost } = estimate(run(made(), 100, { pins }), prices, 'builtin', run(made(), 100));
    expect(cost).toEqual({ min: one.min * 80, max: one.max * 80 });
  });
});
