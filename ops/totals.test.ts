import { expect, test } from 'vitest';
import { addUp, countPlaywright, countVitest, summary } from './totals.mjs';

const vitest = (files: { status: string; tests: string[] }[]) => {
  const all = files.flatMap(({ tests }) => tests);
  const count = (status: string) => all.filter((test) => test === status).length;
  return {
    numPassedTests: count('passed'),
    numFailedTests: count('failed'),
    numPendingTests: count('pending'),
    numTodoTests: 0,
    testResults: files.map(({ status, tests }) => ({
      status,
      assertionResults: tests.map((test) => ({ status: test })),
    })),
  };
};

test.each([
  ['all pass', [{ status: 'passed', tests: ['passed', 'passed'] }], '2 passed, 0 failed'],
  ['one fails', [{ status: 'failed', tests: ['passed', 'failed'] }], '1 passed, 1 failed'],
  [
    'a file that cannot be loaded counts',
    [
      { status: 'failed', tests: [] },
      { status: 'passed', tests: ['passed'] },
    ],
    '1 passed, 1 failed',
  ],
  ['a failing hook after good tests counts', [{ status: 'failed', tests: ['passed'] }], '1 passed, 1 failed'],
  ['skipped ones are said', [{ status: 'passed', tests: ['passed', 'pending'] }], '1 passed, 0 failed, 1 skipped'],
])('vitest: %s', (_, files, expected) => {
  expect(summary(countVitest(vitest(files)))).toBe(expected);
});

test('both runners are added up; an error outside of the tests counts as a failure', () => {
  const journeys = countPlaywright({ stats: { expected: 3, flaky: 1, unexpected: 1, skipped: 0 }, errors: [{}] });
  expect(journeys).toEqual({ passed: 4, failed: 2, skipped: 0 });
  expect(summary(addUp([journeys, { passed: 6, failed: 0, skipped: 2 }]))).toBe('10 passed, 2 failed, 2 skipped');
});
