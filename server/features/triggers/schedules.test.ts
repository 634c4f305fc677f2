import { expect, test } from 'vitest';
import { instantsToFire } from './schedules.ts';

const now = new Date('2026-03-01T12:00:00Z');
const minutesAgo = (...minutes: number[]): Date[] => minutes.map((n) => new Date(now.getTime() - n * 60_000));

test.each([
  ['none', [0, 5, 0], [0, 0]],
  ['one', [30, 20, 10, 0], [10, 0]],
  ['all', [30, 20, 10, 0], [30, 20, 10, 0]],
  ['none', [30], []],
  ['one', [30], [30]],
] as const)('policy %s, due %j minutes ago, fires %j', (policy, due, fires) => {
  expect(instantsToFire(minutesAgo(...due), now, policy)).toEqual(minutesAgo(...fires));
});
