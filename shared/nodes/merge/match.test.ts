import { describe, expect, it } from 'vitest';
import { testContext } from '../testing-context.ts';
import { asText } from '../fields.ts';
import { config, node } from './index.ts';
import { matchLists, type Matching } from './match.ts';
import { runner } from './run.server.ts';

const people = [
  { email: 'ada@x.org', name: 'Ada', status: 'new' },
  { email: 'bob@x.org', name: 'Bob', status: 'old' },
  { name: 'Nobody' },
];
const orders = [
  { email: 'ADA@x.org ', total: 10, status: 'paid' },
  { email: 'ada@x.org', total: 20, status: 'open' },
  { email: 'eve@x.org', total: 30, status: 'open' },
];
const settings: Matching = {
  key: 'email',
  branches: [],
  keep: 'inner',
  several: 'all',
  clash: 'last',
  compare: 'loose',
};
const from = (...outputs: unknown[]) => outputs.map((output, i) => ({ node: 'abc'[i]!, port: 'out', output }));
const pick = (rows: Record<string, unknown>[], ...names: string[]) =>
  rows.map((row) => names.map((name) => asText(row[name]) || '-').join(' '));

describe('what is kept', () => {
  it.each<[Partial<Matching>, string[]]>([
    [{ keep: 'inner' }, ['Ada 10', 'Ada 20']],
    [{ keep: 'left' }, ['Ada 10', 'Ada 20', 'Bob -', 'Nobody -']],
    [{ keep: 'outer' }, ['Ada 10', 'Ada 20', 'Bob -', 'Nobody -', '- 30']],
    [{ keep: 'outer', several: 'first' }, ['Ada 10', 'Bob -', 'Nobody -', '- 30']],
    [{ keep: 'inner', compare: 'exact' }, ['Ada 20']],
    [{ keep: 'left', branches: [{ step: 'b', list: '', field: '' }] }, ['Ada 10', 'Ada 20', '- 30']],
    [{ keep: 'left', key: ' , ' }, ['Ada -', 'Bob -', 'Nobody -']],
    [{ keep: 'inner', key: 'email,status' }, []],
  ])('%j', (over, expected) => {
    expect(pick(matchLists({ ...settings, ...over }, from(people, orders)), 'name', 'total')).toEqual(expected);
  });
});

describe('fields of the same name', () => {
  it.each<[Matching['clash'], Record<string, unknown>]>([
    ['first', { email: 'ada@x.org', name: 'Ada', status: 'new', total: 20 }],
    ['last', { email: 'ada@x.org', name: 'Ada', status: 'open', total: 20 }],
    ['both', { email: 'ada@x.org', name: 'Ada', status: 'new', total: 20, status_b: 'open' }],
  ])('%s', (clash, row) => {
    expect(matchLists({ ...settings, clash, compare: 'exact' }, from(people, orders))).toEqual([row]);
  });

  it('a column has one name in all rows, also in those that lack a partner', () => {
    const rows = matchLists({ ...settings, clash: 'both', keep: 'outer' }, from(people, orders));
    expect(rows.at(-1)).toEqual({ email: 'eve@x.org', total: 30, status_b: 'open' });
  });

  it('a new name gives way to one that is taken', () => {
    const rows = matchLists(
      { ...settings, key: 'id', clash: 'both' },
      from([{ id: 1, x: 1 }], [{ id: 1, x: 2, x_b: 3 }]),
    );
    expect(rows).toEqual([{ id: 1, x: 1, x_b: 3, x_b_2: 2 }]);
  });
});

describe('three branches and more', () => {
  const three = from(
    [
      { id: 1, a: 1 },
      { id: 2, a: 2 },
    ],
    [
      { id: 2, b: 2 },
      { id: 3, b: 3 },
    ],
    [
      { id: 3, c: 3 },
      { id: 2, c: 2 },
    ],
  );
  it.each<[Matching['keep'], unknown[]]>([
    ['inner', [{ id: 2, a: 2, b: 2, c: 2 }]],
    [
      'left',
      [
        { id: 1, a: 1 },
        { id: 2, a: 2, b: 2, c: 2 },
      ],
    ],
    [
      'outer',
      [
        { id: 1, a: 1 },
        { id: 2, a: 2, b: 2, c: 2 },
        { id: 3, b: 3, c: 3 },
      ],
    ],
  ])('%s', (keep, rows) => expect(matchLists({ ...settings, key: 'id', keep }, three)).toEqual(rows));
});

describe('where lists and keys are', () => {
  it('finds a list inside an output and a key of another name, also inside an object', () => {
    const rows = matchLists(
      { ...settings, key: 'id', branches: [{ step: 'b', list: 'body.rows', field: 'customer.id' }] },
      from([{ id: 7, name: 'Ada' }], { body: { rows: [{ customer: { id: '7' }, total: 1 }] } }),
    );
    expect(rows).toEqual([{ id: 7, name: 'Ada', customer: { id: '7' }, total: 1 }]);
  });

  it('takes an object as a list of one, other entries as values, nothing as no entry', () => {
    const found = matchLists({ ...settings, key: 'value', keep: 'outer' }, from('x', ['x', 'y'], null));
    expect(found).toEqual([{ value: 'x' }, { value: 'y' }]);
  });

  it('says what is not there', () => {
    const missing = { ...settings, branches: [{ step: 'a', list: 'rows', field: '' }] };
    expect(() => matchLists(missing, from({ body: [] }))).toThrow('hands on no list under “rows”');
  });

  it('keeps a field with a name that means something to JavaScript', () => {
    const entry = JSON.parse('{"id": 1, "__proto__": "kept"}');
    expect(JSON.stringify(matchLists({ ...settings, key: 'id' }, from([entry], [{ id: 1 }])))).toBe(
      '[{"id":1,"__proto__":"kept"}]',
    );
  });
});

it('refuses to make more rows than anybody can want', () => {
  const same = Array.from({ length: 400 }, () => ({ id: 1 }));
  expect(() => matchLists({ ...settings, key: 'id' }, from(same, same))).toThrow('more than 100000 rows');
});

it('runs, previews and tells what it does', () => {
  const bound = config.parse({ shape: 'match', key: 'email', keep: 'left' });
  const inputs = from(people, orders);
  const ran = runner.run(bound, testContext({ inputs }).context);
  expect(ran).toMatchObject({ type: 'output', port: 'out', output: { length: 4 } });
  expect(node.summary(bound)).toBe('Matches lists by email, keeps all of the first');
  const context = { input: null, inputs, now: new Date() };
  expect(node.preview(bound, context)).toMatchObject({ summary: 'Matches 2 branches by email: 4 rows' });
  const wrong = { ...bound, branches: [{ step: 'a', list: 'rows', field: '' }] };
  expect(node.preview(wrong, context)).toMatchObject({ error: { code: 'bad_request' } });
});

it.each([
  [{}, ['key']],
  [{ key: 'id', mode: 'any' }, ['mode']],
  [{ key: 'id', branches: [{ step: '' }, { step: 'a' }, { step: 'a' }] }, ['branches.0.step', 'branches.2.step']],
  [{ key: 'id', branches: [{ step: 'a', field: 'x,y' }] }, ['branches.0.field']],
  [{ key: 'id', branches: [{ step: 'a', field: 'x' }] }, []],
])('%j: problems at %j', (over, fields) => {
  expect(node.check?.(config.parse({ shape: 'match', ...over })).map(({ field }) => field)).toEqual(fields);
});
