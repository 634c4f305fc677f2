import { expect, it } from 'vitest';
import { turnIn, type Lane } from './turns.ts';

const lane = (over: Partial<Lane> = {}): Lane => ({ active: 0, startedAgo: [], ahead: 0, hadTurn: false, ...over });

it.each<[string, { perMinute?: number; concurrency?: number }, Partial<Lane>, number | null]>([
  ['an empty lane', { concurrency: 1 }, {}, 0],
  ['one at work of one', { concurrency: 1 }, { active: 1 }, null],
  ['one at work of two', { concurrency: 2 }, { active: 1 }, 0],
  ['room, but for those who came before', { concurrency: 2 }, { active: 1, ahead: 1 }, null],
  ['the first of a minute', { perMinute: 2 }, {}, 0],
  ['the second of two', { perMinute: 2 }, { startedAgo: [10_000] }, 0],
  ['the third of two: when the first is a minute old', { perMinute: 2 }, { startedAgo: [40_000, 10_000] }, 20_000],
  ['with one before it: when the second is', { perMinute: 2 }, { startedAgo: [40_000, 10_000], ahead: 1 }, 50_000],
  [
    'with two before it: a minute after the first of those',
    { perMinute: 2 },
    { startedAgo: [40_000, 10_000], ahead: 2 },
    80_000,
  ],
  ['nobody has started, three wait before it', { perMinute: 2 }, { ahead: 3 }, 60_000],
  ['its turn was taken before its process died', { perMinute: 1 }, { startedAgo: [1_000], hadTurn: true }, 0],
  ['both limits', { perMinute: 1, concurrency: 2 }, { active: 1, startedAgo: [15_000] }, 45_000],
])('%s', (_what, limit, over, expected) => expect(turnIn(limit, lane(over))).toBe(expected));
