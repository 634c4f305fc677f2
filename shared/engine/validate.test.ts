import { beforeAll, describe, expect, it } from 'vitest';
import { loadCatalogue } from '../../server/nodes/registry.ts';
import type { NodeCatalogue } from '../nodes/contract.ts';
import { edgeBetween, type WorkflowEdge, type WorkflowGraph, type WorkflowNode } from '../workflow/graph.ts';
import type { Problem } from '../workflow/problem.ts';
import { randomGraph, seededRandom } from './testing-graphs.ts';
import type { InspectionCache } from './validate-config.ts';
import { isRunnable, validate } from './validate.ts';

let catalogue: NodeCatalogue;
beforeAll(async () => {
  ({ catalogue } = await loadCatalogue());
});

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
const start = step('start', 'manual');
const setX = (id: string, value = 'x', more: Partial<WorkflowNode> = {}) =>
  step(id, 'set', { fields: [{ name: 'x', value }] }, more);
const graph = (nodes: WorkflowNode[], edges: (WorkflowEdge | string)[] = []): WorkflowGraph => ({
  nodes,
  edges: edges.map((edge) => (typeof edge === 'string' ? edgeBetween(...(edge.split('>') as [string, string])) : edge)),
  direction: 'down',
});
const mail = (over: Record<string, unknown> = {}) => ({ to: 'a@b.de', subject: 's', text: 't', ...over });
const brief = (problems: Problem[]) =>
  problems.map(({ code, nodeId, field }) => [code, nodeId, field].filter((part) => part !== undefined).join(' '));

describe('validate', () => {
  it.each<[string, () => WorkflowGraph, string[]]>([
    [
      'a good graph',
      () =>
        graph(
          [start, setX('a', '{{ trigger.b }}'), step('m', 'email-send', mail({ text: '{{ steps.a.x }}' }))],
          ['start>a', 'a>m'],
        ),
      [],
    ],
    ['an empty graph', () => graph([]), ['no_trigger']],
    ['no trigger', () => graph([setX('a')]), ['no_trigger']],
    ['only a trigger that is switched off', () => graph([{ ...start, disabled: true }]), ['no_trigger']],
    ['two steps of one id', () => graph([start, setX('a'), setX('a')], ['start>a']), ['duplicate_id a']],
    ['an unknown kind', () => graph([start, step('a', 'line-send')], ['start>a']), ['unknown_kind a']],
    ['a step nothing leads to', () => graph([start, setX('a')]), ['unreachable a']],
    ['an edge to nowhere', () => graph([start], ['start>nope']), ['missing_node']],
    [
      'an edge from a port that is not there',
      () => graph([start, setX('a')], [edgeBetween('start', 'a', 'true')]),
      ['missing_port start'],
    ],
    [
      'an edge to a port that is not there',
      () => graph([start, setX('a')], [edgeBetween('start', 'a', 'out', 'tools')]),
      ['missing_port a'],
    ],
    [
      'an edge from an error port that is off',
      () => graph([start, setX('a'), setX('b')], ['start>a', edgeBetween('a', 'b', 'error')]),
      ['missing_port a'],
    ],
    [
      'an edge from an error port that is on',
      () => graph([start, setX('a', 'x', { onError: 'port' }), setX('b')], ['start>a', edgeBetween('a', 'b', 'error')]),
      [],
    ],
    [
      'a case that was removed',
      () =>
        graph(
          [start, step('w', 'switch', { value: 'v', cases: [{ id: 'one', operator: 'is_empty' }] }), setX('a')],
          ['start>w', edgeBetween('w', 'a', 'case_1')],
        ),
      ['missing_port w'],
    ],
    [
      'something before a trigger',
      () => graph([start, setX('a'), step('t', 'webhook')], ['start>a', 'a>t']),
      ['trigger_has_input t'],
    ],
    [
      'the same edge twice',
      () => graph([start, setX('a')], ['start>a', { ...edgeBetween('start', 'a'), id: 'other' }]),
      ['duplicate_edge'],
    ],
    [
      'settings that are missing',
      () => graph([start, step('m', 'email-send')], ['start>m']),
      ['invalid_config m to', 'invalid_config m subject', 'invalid_config m text'],
    ],
    [
      'settings of a wrong type',
      () => graph([start, step('d', 'delay', { amount: 'two', unit: 'years' })], ['start>d']),
      ['invalid_config d amount', 'invalid_config d unit'],
    ],
    [
      'settings of a step that is switched off',
      () => graph([start, step('m', 'email-send', {}, { disabled: true })], ['start>m']),
      [],
    ],
    [
      'an expression that cannot be read',
      () => graph([start, step('m', 'email-send', mail({ text: 'Hi {{ trigger.x | nope }}' }))], ['start>m']),
      ['expression m text'],
    ],
    [
      'an expression inside a list',
      () => graph([start, setX('a', '{{ ')], ['start>a']),
      ['expression a fields.0.value'],
    ],
    [
      'a limit whose key cannot be read',
      () => graph([start, { ...setX('a', 'x'), limit: { concurrency: 1, key: '{{ input.x | nope }}' } }], ['start>a']),
      ['expression a limit.key'],
    ],
    [
      'a limit whose key refers to no step',
      () => graph([start, { ...setX('a', 'x'), limit: { concurrency: 1, key: '{{ steps.strat.x }}' } }], ['start>a']),
      ['unknown_reference a limit.key'],
    ],
    [
      'a limit with a key that is fine',
      () => graph([start, { ...setX('a', 'x'), limit: { concurrency: 1, key: '{{ trigger.x }}' } }], ['start>a']),
      [],
    ],
    [
      'a reference to no step',
      () => graph([start, setX('a', '{{ steps.strat.x }}')], ['start>a']),
      ['unknown_reference a fields.0.value'],
    ],
    [
      'a reference to a later step',
      () => graph([start, setX('a', '{{ steps.b.x }}'), setX('b')], ['start>a', 'a>b']),
      ['unknown_reference a fields.0.value'],
    ],
    [
      'a reference to a step beside',
      () => graph([start, setX('a', '{{ steps.b.x }}'), setX('b')], ['start>a', 'start>b']),
      ['unknown_reference a fields.0.value'],
    ],
    [
      'a reference to itself',
      () => graph([start, setX('a', '{{ steps.a.x }}')], ['start>a']),
      ['unknown_reference a fields.0.value'],
    ],
    [
      'a misspelt name',
      () => graph([start, setX('a', '{{ triger.x }}')], ['start>a']),
      ['unknown_reference a fields.0.value'],
    ],
    ['run.foo', () => graph([start, setX('a', '{{ run.foo }}')], ['start>a']), ['unknown_reference a fields.0.value']],
    [
      'variables of its own',
      () =>
        graph(
          [
            start,
            setX('a', '{% for i in trigger.list %}{{ i.x }}{{ forloop.index }}{% endfor %}{% assign q = 1 %}{{ q }}'),
          ],
          ['start>a'],
        ),
      [],
    ],
    ['Respond without anyone to answer', () => graph([start, step('r', 'respond')], ['start>r']), ['no_trigger r']],
    ['Respond behind a webhook', () => graph([step('h', 'webhook'), step('r', 'respond')], ['h>r']), []],
    ['settings that are too large', () => graph([start, setX('a', 'x'.repeat(300_000))], ['start>a']), ['too_large a']],
    ['ports of another type', () => graph([start, setX('a')], ['start>a']), []],
  ])('%s', (_name, make, expected) => expect(brief(validate(make(), catalogue))).toEqual(expected));

  it('names the steps of a loop in order, and each loop once', () => {
    const looped = graph(
      [
        start,
        setX('a', 'x', { title: 'Alpha' }),
        setX('b'),
        setX('c'),
        setX('behind'),
        setX('own'),
        setX('p'),
        setX('q'),
      ],
      ['start>a', 'a>b', 'b>c', 'c>a', 'c>behind', 'own>own', 'p>q', 'q>p'],
    );
    const loops = validate(looped, catalogue).filter(({ code }) => code === 'cycle');
    expect(loops.map(({ message }) => message.replace(/\. Remove.*/, ''))).toEqual([
      expect.stringMatching(/loop: (Alpha → b → c → Alpha|b → c → Alpha → b|c → Alpha → b → c)$/),
      'The steps form a loop: own → own',
      expect.stringMatching(/loop: (p → q → p|q → p → q)$/),
    ]);
    expect(loops[1]?.edgeId).toBe('own:out>own:in');
  });

  it('says what to do', () => {
    const problems = validate(
      graph(
        [
          start,
          step('m', 'email-send', { text: 'x {{ trigger.body.email | upcas }}', subject: '{{ steps.strat.a }}' }),
          step('d', 'respond', { status: 99 }),
        ],
        ['start>m'],
      ),
      catalogue,
    );
    expect(problems.map(({ message }) => message)).toEqual(
      expect.arrayContaining([
        'Add at least one recipient, for example {{ trigger.body.email }}.',
        'There is no filter “upcas”. Did you mean “upcase”?',
        'There is no step “strat”. Did you mean “start”?',
        '“Status” must be at least 200.',
      ]),
    );
    expect(problems.find(({ code }) => code === 'expression')?.position).toBe(2);
    expect(problems.find(({ code }) => code === 'unknown_reference')?.position).toBe(3);
  });

  it('tells errors from warnings', () => {
    expect(isRunnable(validate(graph([start, setX('a')]), catalogue))).toBe(true);
    expect(isRunnable(validate(graph([start, step('m', 'email-send')], ['start>m']), catalogue))).toBe(false);
  });

  it('survives settings nested 100,000 deep', () => {
    let deep: unknown = 1;
    for (let n = 0; n < 100_000; n++) deep = [deep];
    expect(brief(validate(graph([start, step('a', 'set', { fields: deep })], ['start>a']), catalogue))).toEqual([
      'too_large a',
    ]);
  });

  it('refuses 5,000 steps by the number and at once', () => {
    const nodes = [start, ...Array.from({ length: 4_999 }, (_, n) => setX(`s${n}`))];
    const problems = validate(graph(nodes), catalogue);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.message).toMatch(/5000 steps; at most 2000/);
  });

  it('takes 2,000 steps with expressions in well under 50 ms, as a chain and as a loop', () => {
    const nodes = [
      start,
      ...Array.from({ length: 1_999 }, (_, n) =>
        setX(`s${n}`, n === 0 ? '{{ trigger.x }}' : `Hi {{ steps.s${n - 1}.x }} {{ input.y }}`),
      ),
    ];
    const edges = nodes.slice(1).map((node, n) => edgeBetween((nodes[n] as WorkflowNode).id, node.id));
    const chain = graph(nodes, edges);
    expect(validate(chain, catalogue)).toEqual([]);
    const cpuMs = (cache?: InspectionCache) => {
      const started = process.cpuUsage();
      expect(validate(chain, catalogue, cache)).toEqual([]);
      const { user, system } = process.cpuUsage(started);
      return (user + system) / 1_000;
    };
    const cache: InspectionCache = new WeakMap();
    const fresh = Math.min(...Array.from({ length: 8 }, () => cpuMs()));
    const again = Math.min(...Array.from({ length: 8 }, () => cpuMs(cache)));
    console.log(
      `validate 2,000 steps: ${fresh.toFixed(1)} ms of processor time, ${again.toFixed(1)} ms when nothing changed`,
    );
    expect(fresh).toBeLessThan(100);
    const looped = validate(graph(nodes, [...edges, edgeBetween('s1998', 's0')]), catalogue);
    expect(brief(looped)).toEqual(['cycle s0']);
  });
});

it('knows which steps come before which', () => {
  for (let seed = 1; seed <= 60; seed++) {
    const random = seededRandom(seed);
    const shape = randomGraph(random, 40);
    const ids = shape.nodes.map(({ id }) => id);
    const plain = shape.edges.map(({ source, target }) => `${source}>${target}`);
    const pairs = ids.slice(2).map((id) => [id, ids[Math.floor(random() * ids.length)] as string] as const);
    const nodes = shape.nodes.map(({ id, kind }) =>
      kind === 'start'
        ? step(id, 'manual')
        : setX(id, `{{ steps.${pairs.find(([own]) => own === id)?.[1] ?? 'n0'}.x }}`),
    );
    const made = graph(nodes, [...new Set(plain)]);
    const wrong = validate(made, catalogue)
      .filter(({ code }) => code === 'unknown_reference')
      .map(({ nodeId }) => nodeId);
    const comesBefore = (earlier: string, later: string): boolean =>
      made.edges.some(({ source, target }) => target === later && (source === earlier || comesBefore(earlier, source)));
    const expected = nodes
      .filter(({ id, kind }) => kind === 'set' && !comesBefore(pairs.find(([own]) => own === id)?.[1] ?? 'n0', id))
      .map(({ id }) => id);
    expect(wrong).toEqual(expected);
  }
});
