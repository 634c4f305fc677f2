import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { environmentWithModules, modules, node24, present, root, run, say, seconds } from './paths.mjs';

const STAMP = join(root, 'dist', 'client.hash');

/** Everything that decides what the build yields. */
const INPUTS = [
  'client',
  'shared',
  'vite.config.ts',
  'package-lock.json',
  'ops/client-boundary.ts',
  'ops/chunks.ts',
  'ops/service-worker.ts',
];

/** Builds the client when its sources are other than those of the last build, or does nothing. */
export async function ensureClientBuilt() {
  const hash = hashInputs();
  if (present('dist', 'client', 'index.html') && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === hash) return;
  const since = performance.now();
  say('building the client …');
  const vite = join(modules, 'vite', 'bin', 'vite.js');
  const { code, output } = await run(node24, [vite, 'build', '--logLevel=warn'], {
    env: environmentWithModules(),
    quiet: true,
  });
  if (code !== 0) {
    process.stderr.write(output);
    throw new Error(`The client could not be built (exit code ${code}).`);
  }
  mkdirSync(join(root, 'dist'), { recursive: true });
  writeFileSync(STAMP, hash);
  say(`client built in ${seconds(since)}`);
}

function hashInputs() {
  const hash = createHash('sha256');
  const add = (path) => {
    for (const entry of readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const child = join(path, entry.name);
      if (entry.isDirectory()) add(child);
      else if (!/\.test\.tsx?$|\.server\.ts$/.test(entry.name)) addFile(child);
    }
  };
  const addFile = (path) =>
    hash
      .update(`${path.slice(root.length)}\0`)
      .update(readFileSync(path))
      .update('\0');
  for (const input of INPUTS) {
    const path = join(root, input);
    if (!existsSync(path)) continue;
    if (input.includes('.')) addFile(path);
    else add(path);
  }
  return hash.digest('hex');
}
