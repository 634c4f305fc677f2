// `npm run check`: format, types, lint, import rules, the architecture picture, size of the first loads, unused code, tests.
// `-- --quick` leaves out the last three, for a pre-commit hook.
import { join } from 'node:path';
import { ensureClientBuilt } from './client.mjs';
import { ensureInstalled } from './install.mjs';
import { environmentWithModules, modules, node24, run, say, seconds } from './paths.mjs';

const bin = (name) => join(modules, '.bin', name);
const quick = process.argv.includes('--quick');

/** Each: what it is called, and what is run. @type {[name: string, command: string, args: string[]][]} */
const steps = [
  ['format', bin('oxfmt'), ['--check']],
  ['types', bin('tsc'), ['--noEmit']],
  ['types of shared/, without Node and DOM', bin('tsc'), ['--noEmit', '-p', 'shared']],
  ['lint', bin('oxlint'), ['--type-aware']],
  ['import rules', node24, ['ops/layers.ts']],
  ['architecture picture', node24, ['ops/architecture.ts', '--check']],
  ...(quick
    ? []
    : [
        ['first loads within their budgets', node24, ['ops/bundle-budget.ts']],
        ['unused code', bin('knip'), []],
        ['tests', node24, [join(modules, 'vitest', 'vitest.mjs'), 'run', '--reporter=dot']],
      ]),
];

await ensureInstalled({ dev: true });
if (!quick) await ensureClientBuilt();
const failed = [];
for (const [name, command, args] of steps) {
  const since = performance.now();
  const { code, output } = await run(command, args, { env: environmentWithModules(), quiet: true });
  say(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds(since)})`);
  if (code === 0) continue;
  failed.push(name);
  process.stdout.write(output);
}
say(failed.length === 0 ? `${steps.length} checks passed` : `failed: ${failed.join(', ')}`);
process.exitCode = failed.length === 0 ? 0 : 1;
