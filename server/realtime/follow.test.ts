import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { RunEvent } from '../../shared/workflow/run.ts';
import { createFollower } from './follow.ts';

/** Events as the journal holds them; only their numbers matter here. */
const event = (seq: number): RunEvent => ({ seq, at: 0, type: 'step.started', node: 'n', attempt: 1 });
const events = (from: number, to: number): RunEvent[] =>
  Array.from({ length: to - from + 1 }, (_, i) => event(from + i));

function following(journal: RunEvent[]) {
  const told: number[] = [];
  const reads: number[] = [];
  const follower = createFollower({
    read: async (_workspaceId, _runId, after) => {
      reads.push(after);
      return journal.filter(({ seq }) => seq > after);
    },
    heads: async (runs) => new Map(runs.map(({ runId }) => [runId, journal.at(-1)?.seq ?? 0])),
    emit: (_runId, some) => void told.push(...some.map(({ seq }) => seq)),
    report: (error) => {
      throw error;
    },
  });
  follower.start('w', 'r', 2);
  return { follower, told, reads };
}
beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('events that follow each other are handed on without a look at the journal; known ones once', () => {
  const { follower, told, reads } = following([]);
  follower.deliver('r', events(1, 3));
  follower.deliver('r', events(3, 5));
  follower.deliver('r', events(4, 5));
  follower.deliver('other', events(6, 7));
  expect(told).toEqual([3, 4, 5]);
  expect(reads).toEqual([]);
});

test('where some are missing the journal is read, once for all that come meanwhile', async () => {
  const { follower, told, reads } = following(events(1, 9));
  follower.deliver('r', events(6, 7));
  follower.deliver('r', events(8, 9));
  await vi.advanceTimersByTimeAsync(50);
  expect(told).toEqual([3, 4, 5, 6, 7, 8, 9]);
  expect(reads).toEqual([2, 9]);
});

test('what nobody told is found soon after the beginning, and by the poll', async () => {
  const journal = events(1, 4);
  const { follower, told } = following(journal);
  await vi.advanceTimersByTimeAsync(250);
  expect(told).toEqual([3, 4]);
  journal.push(...events(5, 6));
  await vi.advanceTimersByTimeAsync(2_100);
  expect(told).toEqual([3, 4, 5, 6]);
  follower.stop('r');
  journal.push(event(7));
  await vi.advanceTimersByTimeAsync(5_000);
  expect(told).toEqual([3, 4, 5, 6]);
  expect(vi.getTimerCount()).toBe(0);
});
