import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { RunSummary } from '../../shared/workflow/run.ts';
import { createChanges } from './changes.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function changes() {
  const told: string[] = [];
  const asked: number[] = [];
  const { add, close } = createChanges({
    summaries: async (_workspaceId, ids) => {
      asked.push(ids.length);
      return ids.map((id) => ({ id }) as RunSummary);
    },
    emit: (workspaceId, run) => void told.push(`${workspaceId} ${run.id}`),
    report: (error) => {
      throw error;
    },
  });
  return { add, close, told, asked };
}

test('many changes are read together, several of one run as one', async () => {
  const { add, told, asked } = changes();
  for (let i = 0; i < 450; i++) add('w', String(i % 300));
  add('other', 'x');
  await vi.advanceTimersByTimeAsync(100);
  expect(asked).toEqual([200, 1, 100]);
  expect(new Set(told).size).toBe(301);
  expect(told).toHaveLength(301);
  add('w', '1');
  await vi.advanceTimersByTimeAsync(100);
  expect(told.at(-1)).toBe('w 1');
});

test('nothing is told after the end', async () => {
  const { add, close, told } = changes();
  add('w', '1');
  await close();
  await vi.advanceTimersByTimeAsync(100);
  expect([told, vi.getTimerCount()]).toEqual([[], 0]);
});
