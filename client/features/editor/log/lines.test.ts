import { expect, it } from 'vitest';
import type { RunEvent } from '../../../../shared/workflow/run.ts';
import { asText, isShown, linesOf, type Level } from './lines.ts';

const error = { code: 'x', message: 'No.' } as never;
const events: RunEvent[] = [
  { seq: 1, at: 0, type: 'run.started', trigger: 't', output: {} },
  { seq: 2, at: 1, type: 'step.started', node: 'a', attempt: 1 },
  { seq: 3, at: 9, type: 'step.done', node: 'a', port: 'out', ms: 8, log: [{ at: 5, message: 'Half way' }] },
  { seq: 4, at: 12, type: 'step.failed', node: 'each[1]/b', attempt: 1, error, ms: 1 },
  { seq: 5, at: 13, type: 'run.finished', status: 'failed' },
];
const lines = events.flatMap((event) =>
  linesOf(
    event,
    new Map([
      ['a', 'Fetch'],
      ['b', 'Send'],
    ]),
  ),
);

it('what a step said comes before its end', () => {
  expect(lines.map(({ key }) => key)).toEqual(['1', '2', '3.0', '3', '4', '5']);
  expect(lines[2]).toMatchObject({ text: 'Fetch: Half way', said: true });
});

it.each<[Level, string | null, string[]]>([
  ['all', null, ['1', '2', '3.0', '3', '4', '5']],
  ['said', null, ['3.0', '4', '5']],
  ['problems', null, ['4', '5']],
  ['all', 'a', ['2', '3.0', '3']],
  ['all', 'b', ['4']],
  ['problems', 'a', []],
])('%s of %s', (level, nodeId, keys) => {
  expect(lines.filter((line) => isShown(line, { level, nodeId })).map(({ key }) => key)).toEqual(keys);
});

it('leaves as text', () => {
  expect(asText(lines.slice(2, 3))).toBe('1970-01-01T00:00:00.005Z  Fetch: Half way\n');
});
