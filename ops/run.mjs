// node ops/run.mjs <file.ts> [arguments]: runs a TypeScript file of this repository on Node 24, installing it if need be.
import { ensureInstalled } from './install.mjs';
import { environmentWithModules, node24, run } from './paths.mjs';

await ensureInstalled({ dev: false });
const { code } = await run(node24, process.argv.slice(2), { env: environmentWithModules() });
process.exitCode = code;
