// `npm test`: installs and builds what is missing, runs vitest, then the journeys in a real browser, and adds up.
// Arguments go to vitest (`npm test -- server/database`); then the journeys are left out.
import { mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureChromium } from './chromium.mjs';
import { ensureClientBuilt } from './client.mjs';
import { ensureInstalled } from './install.mjs';
import { environmentWithModules, modules, node24, present, root, run, say } from './paths.mjs';
import { addUp, countPlaywright, countVitest, summary } from './totals.mjs';

const results = join(root, 'test-results');
const selection = process.argv.slice(2);

try {
  await ensureInstalled({ dev: true });
  mkdirSync(results, { recursive: true });
  // Tests that start whole servers serve the client, too.
  await ensureClientBuilt();
  const parts = [await runVitest()];
  const specs =
    selection.length === 0 && present('e2e')
      ? readdirSync(join(root, 'e2e')).filter((file) => file.endsWith('.spec.ts'))
      : [];
  if (specs.length > 0) parts.push(await runJourneys(specs));
  const total = addUp(parts);
  process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
  say('');
  say(summary(total));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  say(summary({ passed: 0, failed: 1, skipped: 0 }));
  process.exitCode = 1;
}

async function runVitest() {
  const file = join(results, 'vitest.json');
  rmSync(file, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const { code } = await run(node24, [join(modules, 'vitest', 'vitest.mjs'), 'run', ...reporters, ...selection], {
    env: environmentWithModules({ NODE_ENV: 'test' }),
  });
  return counted(code, () => countVitest(JSON.parse(readFileSync(file, 'utf8'))));
}

async function runJourneys(specs) {
  const chromium = ensureChromium();
  if (!chromium) {
    say(`No Chromium: ${specs.length} browser spec(s) skipped. Install it, or set CHROMIUM to its path.`);
    return { passed: 0, failed: 0, skipped: specs.length };
  }
  const file = join(results, 'playwright.json');
  rmSync(file, { force: true });
  const { code } = await run(node24, [join(modules, '@playwright', 'test', 'cli.js'), 'test', '--reporter=list,json'], {
    env: environmentWithModules({ CHROMIUM: chromium, PLAYWRIGHT_JSON_OUTPUT_FILE: file }),
  });
  return counted(code, () => countPlaywright(JSON.parse(readFileSync(file, 'utf8'))));
}

/** A runner that ended badly counts as a failure even when it failed no test: a crash, a leak, an error between tests. */
function counted(code, count) {
  let part;
  try {
    part = count();
  } catch {
    part = { passed: 0, failed: 0, skipped: 0 };
  }
  return code !== 0 && part.failed === 0 ? { ...part, failed: 1 } : part;
}
