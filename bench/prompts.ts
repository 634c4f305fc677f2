/**
 * How well the built-in composer reads requests. `node bench/prompts.ts [--failures] [suite …]` prints a table per suite and, as the last
 * line, one JSON object. The suites stand in bench/prompts/: `seen` was there while the composer was built, the others were written later.
 */
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { compose } from '../server/drivers/llm/builtin/compose.ts';
import { loadCatalogue } from '../server/nodes/registry.ts';
import { validate } from '../shared/engine/validate.ts';
import { compositionGraph } from '../shared/workflow/composition.ts';
import type { Composition } from '../shared/workflow/composition.ts';
import { dimensions, judge } from './prompts/score.ts';
import type { Case, Dimension } from './prompts/score.ts';

const suites = ['seen', 'unseen', 'final'] as const;
/** Sunday; the weeks of every-other-week schedules are counted from it. */
const now = new Date('2026-11-22T12:00:00Z');

interface Tally {
  requests: number;
  right: number;
  perfect: number;
  checks: number;
  byDimension: Record<Dimension, { right: number; of: number }>;
  slowestMs: number;
}

const { catalogue } = await loadCatalogue();

/** Errors of the editor's validator, except settings that only the person can know: those the composer has flagged. */
function problemsOf(composition: Composition): string[] {
  const problems = validate(
    compositionGraph(composition, (kind) => catalogue.get(kind)?.version ?? 1),
    catalogue,
  );
  return problems
    .filter(
      ({ severity, field }) =>
        severity === 'error' && !(field && /^(?:to|url|until)$/.test(field) && composition.assumptions.length > 0),
    )
    .map(({ nodeId, field, message }) => `${nodeId ?? ''} ${field ?? ''} ${message}`);
}

function run(cases: readonly Case[], failures: string[]): Tally {
  const byDimension = Object.fromEntries(dimensions.map((name) => [name, { right: 0, of: 0 }])) as Tally['byDimension'];
  const tally: Tally = { requests: cases.length, right: 0, perfect: 0, checks: 0, byDimension, slowestMs: 0 };
  for (const { prompt, expect } of cases) {
    const start = performance.now();
    const composition = compose({ prompt, now, timezone: 'UTC' });
    tally.slowestMs = Math.max(tally.slowestMs, performance.now() - start);
    const verdict = judge(expect, composition, problemsOf(composition));
    let perfect = true;
    for (const name of dimensions) {
      const wrong = verdict[name];
      if (wrong === undefined) continue;
      tally.checks++;
      byDimension[name].of++;
      if (wrong === null) {
        tally.right++;
        byDimension[name].right++;
      } else {
        perfect = false;
        failures.push(`  ${name.padEnd(11)} ${wrong}\n              ${prompt}`);
      }
    }
    if (perfect) tally.perfect++;
  }
  return tally;
}

function percent(right: number, of: number): string {
  return of === 0 ? '–' : `${((100 * right) / of).toFixed(1)} %`;
}

function load(suite: string): Case[] | undefined {
  try {
    return JSON.parse(readFileSync(new URL(`prompts/${suite}.json`, import.meta.url), 'utf8')) as Case[];
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

const args = process.argv.slice(2);
const asked = args.filter((arg) => !arg.startsWith('-'));
const results: [string, Tally][] = [];
for (const suite of asked.length > 0 ? asked : suites) {
  const cases = load(suite);
  if (!cases) continue;
  const failures: string[] = [];
  results.push([suite, run(cases, failures)]);
  if (args.includes('--failures') && failures.length > 0)
    console.log(`${suite}: what went wrong\n${failures.join('\n')}\n`);
}

const width = 16;
console.log(['', ...results.map(([suite]) => suite)].map((cell) => cell.padEnd(width)).join(''));
const row = (label: string, cell: (tally: Tally) => string): void => {
  console.log([label, ...results.map(([, tally]) => cell(tally))].map((text) => text.padEnd(width)).join(''));
};
row('requests', (tally) => String(tally.requests));
for (const name of dimensions) {
  row(
    name,
    ({ byDimension }) =>
      `${byDimension[name].right}/${byDimension[name].of}  ${percent(byDimension[name].right, byDimension[name].of)}`,
  );
}
row('all checks', ({ right, checks }) => `${right}/${checks}  ${percent(right, checks)}`);
row('all right', ({ perfect, requests }) => `${perfect}/${requests}  ${percent(perfect, requests)}`);
row('slowest', ({ slowestMs }) => `${slowestMs.toFixed(0)} ms`);
console.log(
  JSON.stringify({
    bench: 'prompts',
    suites: Object.fromEntries(
      results.map(([suite, tally]) => [suite, { ...tally, score: tally.right / tally.checks }]),
    ),
  }),
);
