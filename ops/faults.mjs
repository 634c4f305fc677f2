// `npm run test:faults`: kills processes of a running installation and counts what is lost. KILLS=20 makes it short, SEED repeats its choices.
import { join } from 'node:path';
import { ensureClientBuilt } from './client.mjs';
import { ensureInstalled } from './install.mjs';
import { environmentWithModules, node24, root, run } from './paths.mjs';

await ensureInstalled({ dev: true });
await ensureClientBuilt();
const { code } = await run(node24, [join(root, 'e2e', 'faults', 'main.ts')], { env: environmentWithModules() });
process.exitCode = code;
