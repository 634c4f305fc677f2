import { expect, test } from 'vitest';
import { createRoom } from './room.ts';

function room(state: { capacity: number; held: number; limit: number }) {
  let [now, asked] = [0, 0];
  const roomFor = createRoom(
    { capacity: () => state.capacity, held: () => state.held },
    async () => (asked++, state.limit),
    () => now,
  );
  return { roomFor, pass: (ms: number) => (now += ms), asked: () => asked };
}

test.each([
  [{ capacity: 5, held: 0, limit: 2 }, true],
  [{ capacity: 5, held: 1, limit: 2 }, true],
  [{ capacity: 5, held: 2, limit: 2 }, false],
  [{ capacity: 0, held: 0, limit: 2 }, false],
])('%j: %s', async (state, expected) => {
  expect(await room(state).roomFor('w')).toBe(expected);
});

test('a limit is asked for once in a while, not for every run', async () => {
  const state = { capacity: 5, held: 1, limit: 2 };
  const { roomFor, pass, asked } = room(state);
  await Promise.all([roomFor('w'), roomFor('w'), roomFor('w')]);
  expect(asked()).toBe(1);
  state.limit = 1;
  pass(10_001);
  expect([await roomFor('w'), asked()]).toEqual([false, 2]);
});
