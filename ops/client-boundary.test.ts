import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build } from 'vite';
import { afterEach, expect, test } from 'vitest';
import { clientBoundary } from './client-boundary.ts';

let root = '';
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** Builds a client with this entry beside some server code; resolves to the bundle's text. */
async function bundle(entry: string): Promise<string> {
  root = mkdtempSync(join(tmpdir(), 'boundary-'));
  const files = {
    'client/index.html': '<script type="module" src="/main.ts"></script>',
    'client/main.ts': entry,
    'server/secret.ts': `export const secret = 'hunter2';`,
    'shared/nodes/delay/index.ts': `export const delay = 'a delay';`,
    'shared/nodes/delay/run.server.ts': `export const run = 'hunter2';`,
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const built = await build({
    root: join(root, 'client'),
    configFile: false,
    logLevel: 'silent',
    plugins: [clientBoundary(root)],
    build: { write: false, minify: false },
  });
  if (!('output' in built)) throw new Error('vite did not build once');
  return built.output.map((file) => (file.type === 'chunk' ? file.code : '')).join('\n');
}

test.each([
  [
    'a file of the server',
    `import { secret } from '../server/secret.ts'; console.log(secret);`,
    /server\/secret\.ts, imported by client\/main\.ts/,
  ],
  ['a runner', `import { run } from '../shared/nodes/delay/run.server.ts'; console.log(run);`, /run\.server\.ts/],
  [
    'a runner through a glob',
    `console.log(import.meta.glob('../shared/nodes/*/*.ts', { eager: true }));`,
    /run\.server\.ts/,
  ],
  ['a runner, lazily', `console.log(await import('../shared/nodes/delay/run.server.ts'));`, /run\.server\.ts/],
  [
    'a Node module',
    `import { readFileSync } from 'node:fs'; console.log(readFileSync);`,
    /client\/main\.ts imports node:fs/,
  ],
])('%s fails the build by name', async (_, entry, expected) => {
  await expect(bundle(entry)).rejects.toThrow(expected);
});

test('shared code is bundled', async () => {
  const entry = `const nodes = import.meta.glob('../shared/nodes/*/index.ts', { eager: true }); console.log(nodes);`;
  expect(await bundle(entry)).toContain('a delay');
});
