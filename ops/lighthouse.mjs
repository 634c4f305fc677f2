// `npm run lighthouse`: scores of the sign-in page, the home page and the editor. Lighthouse is 70 MB and no part of the install: npx fetches it.
import { join } from 'node:path';
import { ensureChromium } from './chromium.mjs';
import { ensureClientBuilt } from './client.mjs';
import { ensureInstalled } from './install.mjs';
import { environmentWithModules, node24, root, run } from './paths.mjs';

await ensureInstalled({ dev: true });
await ensureClientBuilt();
const chromium = ensureChromium();
if (chromium) {
  const { code } = await run(node24, [join(root, 'e2e', 'lighthouse.ts')], {
    env: environmentWithModules({ CHROME_PATH: chromium }),
  });
  process.exitCode = code;
} else {
  console.error('There is no Chromium. Install it, or set CHROMIUM to its path.');
  process.exitCode = 1;
}
