import { expect, test } from 'vitest';
import { AppError } from '../../../shared/errors.ts';
import { forEachRun } from './many-runs.ts';

test('what one run is refused for stops none of the others, and equal reasons are counted together', async () => {
  const ids = Array.from({ length: 20 }, (_, n) => String(n));
  const result = await forEachRun(ids, async (id) => {
    if (Number(id) % 4 === 0) throw new AppError('conflict', 'This run has already ended.');
    if (id === '7') throw new AppError('not_found', 'There is no such run.');
  });
  expect(result).toEqual({
    done: 14,
    refused: 6,
    reasons: [
      { code: 'conflict', message: 'This run has already ended.', count: 5 },
      { code: 'not_found', message: 'There is no such run.', count: 1 },
    ],
  });
});

test('a fault that is not the run’s own is not counted as a refusal', async () => {
  await expect(forEachRun(['a'], () => Promise.reject(new Error('no database')))).rejects.toThrow('no database');
});
