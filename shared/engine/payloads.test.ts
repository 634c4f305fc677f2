import { describe, expect, test } from 'vitest';
import type { RunEvent } from '../workflow/run.ts';
import {
  leastBytes,
  asLoaded,
  filledIn,
  isLarger,
  longestInline,
  missingIn,
  setAside,
  StoredPayload,
  withHeads,
  withPlaceholders,
} from './payloads.ts';

const large = 'x'.repeat(longestInline);
const hash = (json: string): string => `hash of ${json.length} starting ${json.slice(0, 3)}`;
const base = { seq: 1, at: 1 };

const cases: [name: string, event: RunEvent, apart: number][] = [
  ['a small output', { ...base, type: 'step.done', node: 'a', port: 'out', ms: 1, output: { a: 1 } }, 0],
  ['an output', { ...base, type: 'step.done', node: 'a', port: 'out', ms: 1, output: { text: large } }, 1],
  [
    'an output that is large and false',
    { ...base, type: 'step.done', node: 'a', port: 'out', ms: 1, output: large },
    1,
  ],
  [
    'an answer',
    { ...base, type: 'step.done', node: 'a', port: 'out', ms: 1, answer: { status: 200, headers: {}, body: [large] } },
    1,
  ],
  [
    'a start with all that it can bring',
    {
      ...base,
      type: 'run.started',
      trigger: 't',
      output: large,
      pins: { a: { output: { large } }, b: { mailHash: 'h' }, c: { output: 1 } },
      part: {
        loop: 'l',
        part: 0,
        from: 0,
        items: [1, large],
        outputs: { s: [large], u: 2 },
        concurrency: 1,
        onItemError: 'stop',
      },
    },
    4,
  ],
  [
    'what a called run said',
    {
      ...base,
      type: 'step.resumed',
      node: 'a',
      signal: { kind: 'run', runId: 'r', status: 'done', output: { large } },
    },
    1,
  ],
  [
    'a list',
    { ...base, type: 'loop.opened', node: 'l', count: 2, items: [1, large], concurrency: 1, onItemError: 'stop' },
    1,
  ],
  [
    'what a share came to',
    {
      ...base,
      type: 'loop.part',
      node: 'l',
      runId: 'r',
      cost: 0,
      output: { part: 0, results: [large, 2], count: 2, failed: 0, failures: [] },
    },
    1,
  ],
  ['an event that carries nothing', { ...base, type: 'step.started', node: 'a', attempt: 1 }, 0],
];

test.each(cases)('%s is taken apart, and put together again as it was', (_name, event, apart) => {
  const { event: slim, contents } = setAside(event, hash);
  expect(contents).toHaveLength(apart);
  if (apart > 0) expect(JSON.stringify(slim).length).toBeLessThan(longestInline);
  else expect(slim).toBe(event);
  // As it comes back from the journal.
  const read = JSON.parse(JSON.stringify(slim)) as RunEvent;
  const loaded = new Map(contents.map(({ ref, json }) => [ref, JSON.parse(json) as unknown]));
  const placed = withPlaceholders(read);
  expect(missingIn(placed).size).toBe(new Set(contents.map(({ ref }) => ref)).size);
  const { payloads: _payloads, ...whole } = filledIn(placed, loaded) as RunEvent;
  expect(whole).toEqual(event);
});

test('what a user writes is no reference, whatever it looks like', () => {
  const output = { payloads: [{ path: ['output'], ref: 'of another run', bytes: 1, head: '' }] };
  const event: RunEvent = { ...base, type: 'step.done', node: 'a', port: 'out', ms: 1, output };
  expect(withPlaceholders(event)).toBe(event);
  expect(missingIn(event).size).toBe(0);
});

describe('a placeholder', () => {
  const placeholder = new StoredPayload({ ref: 'r', bytes: 9, head: '["abc"' });
  test('fails whoever takes it for the value', () => {
    expect(() => JSON.stringify({ inner: placeholder })).toThrow('before it was loaded');
  });
  test('is found and filled at any depth, and what holds none is not copied', () => {
    const untouched = { deep: [1, { two: 2 }] };
    const value = { a: [placeholder, new StoredPayload({ ref: 'list', bytes: 9, head: '' }, 1)], untouched };
    expect([...missingIn(value)]).toEqual(['r', 'list']);
    const filled = filledIn(value, new Map<string, unknown>([['list', ['x', 'y']]])) as typeof value;
    expect(filled.a).toEqual([placeholder, 'y']);
    expect(filled.untouched).toBe(untouched);
    expect(filledIn(untouched, new Map())).toBe(untouched);
  });
  test('is told by its beginning to whoever wants the gist', () => {
    expect(withHeads([placeholder, 1])).toEqual(['(9 bytes of JSON, which begin with ["abc")', 1]);
  });
  test('is not looked for in what has been loaded', () => {
    expect(missingIn({ a: asLoaded({ b: placeholder }) }).size).toBe(0);
  });
});

describe('how large a value is', () => {
  const most = 100;
  const sizes: [value: unknown, bytes: number][] = [
    ['x'.repeat(98), 100],
    ['x'.repeat(99), 101],
    ['ä'.repeat(49), 100],
    ['ä'.repeat(50), 102],
    ['😀'.repeat(24), 98],
    ['😀'.repeat(25), 102],
    ['\u0000'.repeat(16), 98],
    ['\u0000'.repeat(17), 104],
    [Array(50).fill(1), 101],
    [{ key: 'x'.repeat(90) }, 100],
    [{ key: 'x'.repeat(91) }, 101],
    [null, 4],
    [undefined, 0],
    [-1234567.125, 12],
  ];
  test.each(sizes)('%j', (value, bytes) => {
    expect(new TextEncoder().encode(JSON.stringify(value) ?? '').length).toBe(bytes);
    expect(isLarger(value, most)).toBe(bytes > most);
  });
  test('of one that contains itself has an answer too', () => {
    const round: unknown[] = [];
    round.push(round, round);
    expect(isLarger(round, most)).toBe(true);
  });
});

test.each([
  ['a text', 'abc', 5],
  ['a list', [1, 2, 'abc'], 10],
  ['an object', { a: 'bc', d: null }, 13],
  ['what is kept apart', { a: new StoredPayload({ ref: 'r', bytes: 1_000, head: '' }) }, 1_004],
  [
    'a list that is kept apart, item by item',
    [0, 1, 2].map((i) => new StoredPayload({ ref: 'r', bytes: 900, head: '' }, i)),
    903,
  ],
])('the least that %s takes', (_name, value, bytes) => {
  expect(leastBytes(value)).toBe(bytes);
  if (missingIn(value).size === 0) expect(JSON.stringify(value).length).toBeGreaterThanOrEqual(bytes);
});
