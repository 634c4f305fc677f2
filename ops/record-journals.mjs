// `npm run record:journals [release]`: journals of this release, for the tests of all later ones.
import { join } from 'node:path';
import { ensureClientBuilt } from './client.mjs';
import { ensureInstalled } from './install.mjs';
import { environmentWithModules, node24, root, run } from './paths.mjs';

await ensureInstalled({ dev: true });
await ensureClientBuilt();
const script = join(root, 'e2e', 'record-journals.ts');
const { code } = await run(node24, [script, ...process.argv.slice(2)], { env: environmentWithModules() });
process.exitCode = code;
