import { expect, test } from 'vitest';
import { inWords } from './faults/report.ts';
import { runFaults } from './faults/run.ts';

/**
 * The short form of `npm run test:faults`, so that it cannot rot: up to twenty kills in a minute, fewer on a busy machine. How fast runs are taken
 * over and that every fault point is met is for the long one.
 */
test('a minute of kills loses nothing and doubles nothing', async () => {
  const lines: string[] = [];
  const report = await runFaults({
    kills: 20,
    seed: 1,
    slots: { web: 1, worker: 2 },
    senders: 4,
    maxMs: 60_000,
    say: (line) => lines.push(line),
  });
  const words = `${lines.join('\n')}\n${inWords(report)}`;
  console.log(inWords(report));
  expect(report, words).toMatchObject({ lost: 0, doubled: 0, broken: 0, crashed: 0, hangs: 0, hungStarts: 0 });
  expect(report.acknowledged, words).toBeGreaterThan(0);
  expect(report.terminal).toBe(report.acknowledged);
  expect(report.kills.total, words).toBeGreaterThan(5);
}, 240_000);
