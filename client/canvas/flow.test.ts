import { expect, test } from 'vitest';
import { flowOf, itemsAlong } from './flow.ts';

const out = { port: 'out', inner: false };
const each = { port: 'each', inner: true };
const loop = { count: 10, begun: 4, done: 3, failed: 0, openedAt: 0, at: 1 };
const items = { of: { done: 5, failed: 1 }, went: { true: 4, false: 2 } };

test.each<[string, Parameters<typeof flowOf>, ReturnType<typeof flowOf>]>([
  ['no run on the screen', [null, { status: 'done', port: 'out' }, 'done', out], undefined],
  ['the source has not begun', ['running', undefined, undefined, out], undefined],
  ['the source is at work', ['running', { status: 'running' }, undefined, out], undefined],
  ['the target is at work', ['running', { status: 'done', port: 'out' }, 'running', out], 'running'],
  ['the target failed', ['failed', { status: 'done', port: 'out' }, 'failed', out], 'failed'],
  ['the target waits for a person', ['running', { status: 'done', port: 'out' }, 'waiting', out], 'done'],
  ['the target comes next', ['running', { status: 'done', port: 'out' }, undefined, out], 'taken'],
  ['the other way was taken', ['done', { status: 'done', port: 'error' }, 'skipped', out], 'untaken'],
])('%s', (_what, [run, source, target, way], flow) => expect(flowOf(run, source, target, way)).toBe(flow));

test('items are counted by the way they took', () => {
  expect(itemsAlong({ status: 'done', items }, { port: 'true', inner: false })).toBe(4);
  expect(itemsAlong({ status: 'done', items }, { port: 'error', inner: false })).toBeUndefined();
  expect(itemsAlong({ status: 'running', loop }, each)).toBe(4);
  expect(itemsAlong({ status: 'done', port: 'out' }, out)).toBeUndefined();
  expect(itemsAlong(undefined, out)).toBeUndefined();
});
