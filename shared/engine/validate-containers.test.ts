import { beforeAll, describe, expect, it } from 'vitest';
import { loadCatalogue } from '../../server/nodes/registry.ts';
import type { NodeCatalogue } from '../nodes/contract.ts';
import { edgeBetween, type WorkflowEdge, type WorkflowGraph, type WorkflowNode } from '../workflow/graph.ts';
import { validate } from './validate.ts';

let catalogue: NodeCatalogue;
beforeAll(async () => {
  ({ catalogue } = await loadCatalogue());
});

const step = (id: string, kind: string, config: Record<string, unknown>, parent?: string): WorkflowNode => ({
  id,
  kind,
  version: 1,
  title: '',
  config,
  position: { x: 0, y: 0 },
  ...(parent === undefined ? {} : { parent }),
});
const start = step('start', 'manual', {});
const each = (id = 'each', parent?: string, items = '{{ trigger.list }}') => step(id, 'for-each', { items }, parent);
const setX = (id: string, parent?: string, value = 'x') => step(id, 'set', { fields: [{ name: 'x', value }] }, parent);
const graph = (nodes: WorkflowNode[], edges: string[]): WorkflowGraph => ({
  nodes,
  edges: edges.map((edge): WorkflowEdge => {
    const [from = '', to = ''] = edge.split('>');
    const [source = '', port = 'out'] = from.split('.');
    return edgeBetween(source, to, port);
  }),
  direction: 'down',
});
const brief = (made: WorkflowGraph) =>
  validate(made, catalogue).map(({ code, nodeId, edgeId }) => `${code} ${nodeId ?? edgeId ?? ''}`.trim());

describe('containers', () => {
  it.each<[string, () => WorkflowGraph, string[]]>([
    [
      'a body with a branch and what follows it',
      () =>
        graph(
          [
            start,
            each(),
            setX('a', 'each'),
            setX('b', 'each', '{{ steps.a.x }}'),
            setX('c', undefined, '{{ steps.each.results }}'),
          ],
          ['start>each', 'each.each>a', 'a>b', 'each.done>c'],
        ),
      [],
    ],
    ['nothing inside', () => graph([start, each()], ['start>each']), ['empty_container each']],
    [
      'nothing inside of one that is switched off',
      () => graph([start, { ...each(), disabled: true }], ['start>each']),
      [],
    ],
    [
      'a container that is not there',
      () => graph([start, setX('a', 'nope')], ['start>a']),
      ['container a', 'border start:out>a:in'],
    ],
    [
      'a step inside a plain step',
      () => graph([start, setX('a'), setX('b', 'a')], ['start>a']),
      ['container b', 'unreachable b'],
    ],
    [
      'a trigger inside',
      () =>
        graph([start, each(), step('hook', 'webhook', {}, 'each'), setX('a', 'each')], ['start>each', 'each.each>a']),
      ['container hook'],
    ],
    [
      'a container inside itself',
      () => graph([start, each('p', 'q'), each('q', 'p')], ['start>p']),
      ['container p', 'container q', 'border start:out>p:in', 'unreachable q'],
    ],
    [
      'an edge out of the body',
      () => graph([start, each(), setX('a', 'each'), setX('b')], ['start>each', 'each.each>a', 'a>b']),
      ['border a:out>b:in'],
    ],
    [
      'an edge into the body from beside',
      () => graph([start, each(), setX('a', 'each'), setX('b')], ['start>each', 'each.each>a', 'start>b', 'b>a']),
      ['border b:out>a:in'],
    ],
    [
      'an edge between two bodies',
      () =>
        graph(
          [start, each('p'), each('q'), setX('a', 'p'), setX('b', 'q')],
          ['start>p', 'start>q', 'p.each>a', 'q.each>b', 'a>b'],
        ),
      ['border a:out>b:in'],
    ],
    [
      '“each” that leads outside',
      () => graph([start, each(), setX('a', 'each'), setX('b')], ['start>each', 'each.each>a', 'each.each>b']),
      ['border each:each>b:in'],
    ],
    [
      '“done” that leads inside',
      () => graph([start, each(), setX('a', 'each')], ['start>each', 'each.done>a']),
      ['border each:done>a:in'],
    ],
    [
      'a step inside that nothing leads to',
      () => graph([start, each(), setX('a', 'each'), setX('b', 'each')], ['start>each', 'each.each>a']),
      ['unreachable b'],
    ],
  ])('%s', (_name, make, expected) => expect(brief(make())).toEqual(expected));

  const nested = (depth: number) => {
    const loops = Array.from({ length: depth }, (_, n) => each(`l${n}`, n === 0 ? undefined : `l${n - 1}`));
    const edges = loops.map((_, n) => (n === 0 ? 'start>l0' : `l${n - 1}.each>l${n}`));
    const inner = setX('a', `l${depth - 1}`);
    return graph([start, ...loops, inner], [...edges, `l${depth - 1}.each>a`]);
  };

  it('takes five, one inside the other, and says so of a sixth', () => {
    expect(brief(nested(5))).toEqual([]);
    const [problem] = validate(nested(6), catalogue);
    expect(problem).toMatchObject({ code: 'container', nodeId: 'a' });
    expect(problem?.message).toMatch(/at most 5/);
  });
});

describe('what expressions inside and outside refer to', () => {
  const inside = (value: string) =>
    graph(
      [start, setX('before'), each(), setX('first', 'each'), setX('a', 'each', value), setX('after')],
      ['start>before', 'before>each', 'each.each>first', 'first>a', 'each.done>after'],
    );
  const outside = (value: string) =>
    graph(
      [start, each(), setX('a', 'each'), setX('after', undefined, value)],
      ['start>each', 'each.each>a', 'each.done>after'],
    );
  it.each<[string, WorkflowGraph, RegExp | null]>([
    ['the item', inside('{{ item.email }} {{ index }}'), null],
    ['a step of the same item', inside('{{ steps.first.x }}'), null],
    ['a step before the container', inside('{{ steps.before.x }} {{ trigger.y }}'), null],
    ['the container from inside', inside('{{ steps.each.results }}'), /still under way/],
    ['a step after the container', inside('{{ steps.after.x }}'), /does not come before/],
    ['the item from outside', outside('{{ item.email }}'), /not inside/],
    ['the number from outside', outside('{{ index }}'), /not inside/],
    ['what the container came to', outside('{{ steps.each.results[0].x }}'), null],
    ['a step inside from outside', outside('{{ steps.a.x }}'), /use \{\{ steps\.each\.results \}\}/],
    ['a variable of its own of that name', outside('{% for item in trigger.list %}{{ item.x }}{% endfor %}'), null],
    [
      'the item of the outer container for the inner list',
      graph(
        [start, each('p'), each('q', 'p', '{{ item.lines }}'), setX('a', 'q', '{{ item.x }}')],
        ['start>p', 'p.each>q', 'q.each>a'],
      ),
      null,
    ],
    [
      'the own item for the own list',
      graph([start, each('p', undefined, '{{ item }}'), setX('a', 'p')], ['start>p', 'p.each>a']),
      /not inside/,
    ],
  ])('%s', (_name, made, message) => {
    const found = validate(made, catalogue);
    if (message === null) expect(found).toEqual([]);
    else {
      expect(found.map(({ code }) => code)).toEqual(['unknown_reference']);
      expect(found[0]?.message).toMatch(message);
    }
  });
});
