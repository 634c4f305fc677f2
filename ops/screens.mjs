// `npm run screens [name …]`: pictures of every page into docs/screens.
import { join } from 'node:path';
import { ensureChromium } from './chromium.mjs';
import { ensureClientBuilt } from './client.mjs';
import { ensureInstalled } from './install.mjs';
import { environmentWithModules, node24, root, run } from './paths.mjs';

await ensureInstalled({ dev: true });
await ensureClientBuilt();
const chromium = ensureChromium();
if (chromium) {
  const script = join(root, 'e2e', 'screens.ts');
  const { code } = await run(node24, [script, ...process.argv.slice(2)], {
    env: environmentWithModules({ CHROMIUM: chromium }),
  });
  process.exitCode = code;
} else {
  console.error('There is no Chromium. Install it, or set CHROMIUM to its path.');
  process.exitCode = 1;
}
