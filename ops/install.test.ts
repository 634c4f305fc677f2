import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

let root = '';
afterEach(() => rmSync(root, { recursive: true, force: true }));

const lock = (version: string) =>
  JSON.stringify({
    packages: {
      '': {},
      'node_modules/runs': { version, integrity: version },
      'node_modules/tool': { version: '1.0.0', integrity: '1', dev: true },
      'node_modules/other-platform': { version: '1.0.0', optional: true },
    },
  });

/** A clone with our ops/ and an npm on PATH that writes down how it was called and installs what the lock file says. */
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'install-'));
  cpSync(import.meta.dirname, join(root, 'ops'), { recursive: true });
  writeFileSync(join(root, 'package.json'), '{"type":"module"}');
  writeFileSync(join(root, 'package-lock.json'), lock('1.0.0'));
  mkdirSync(join(root, 'bin'));
  writeFileSync(join(root, 'bin', 'package.json'), '{"type":"commonjs"}');
  writeFileSync(
    join(root, 'bin', 'npm'),
    `#!${process.execPath}
    const fs = require('node:fs');
    fs.appendFileSync('${root}/calls', process.argv.slice(2).filter((arg) => /dev/.test(arg)).join() + '\\n');
    if (fs.existsSync('${root}/broken')) { console.error('no such registry'); process.exit(3); }
    fs.rmSync('${root}/node_modules', { recursive: true, force: true });
    fs.mkdirSync('${root}/node_modules/node/bin', { recursive: true });
    fs.writeFileSync('${root}/node_modules/node/bin/node', '');
    const { packages } = JSON.parse(fs.readFileSync('${root}/package-lock.json', 'utf8'));
    delete packages[''];
    for (const [path, entry] of Object.entries(packages)) {
      if (entry.optional || (entry.dev && process.argv.includes('--omit=dev'))) delete packages[path];
    }
    fs.writeFileSync('${root}/node_modules/.package-lock.json', JSON.stringify({ packages }));`,
  );
  chmodSync(join(root, 'bin', 'npm'), 0o755);
});

async function ensureInstalled(dev: boolean): Promise<{ code: number | null; output: string }> {
  const script = `import { ensureInstalled } from '${join(root, 'ops', 'install.mjs')}'; await ensureInstalled({ dev: ${dev} });`;
  const env = { ...process.env, PATH: join(root, 'bin') };
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { env });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => (output += part.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output };
}

const calls = () => readFileSync(join(root, 'calls'), 'utf8').trim().split('\n');

test('installs without the tools for a start, adds them for tests, and then does nothing', async () => {
  expect((await ensureInstalled(false)).output).toMatch(/1 package installed in/);
  expect((await ensureInstalled(false)).output).toBe('');
  expect((await ensureInstalled(true)).output).toMatch(/2 packages installed in/);
  expect((await ensureInstalled(true)).output).toBe('');
  expect((await ensureInstalled(false)).output).toBe('');
  expect(calls()).toEqual(['--omit=dev', '--include=dev']);
});

test('a changed lock file installs anew, and keeps the tools of somebody who has them', async () => {
  await ensureInstalled(true);
  writeFileSync(join(root, 'package-lock.json'), lock('2.0.0'));
  expect((await ensureInstalled(false)).output).toContain('package-lock.json has changed');
  expect(calls()).toEqual(['--include=dev', '--include=dev']);
});

test('an install that was killed is begun again', async () => {
  await ensureInstalled(false);
  rmSync(join(root, 'node_modules', '.package-lock.json'));
  await ensureInstalled(false);
  expect(calls()).toHaveLength(2);
});

test('two commands at once install once', async () => {
  const results = await Promise.all([ensureInstalled(false), ensureInstalled(false)]);
  expect(results.map(({ code }) => code)).toEqual([0, 0]);
  expect(calls()).toHaveLength(1);
});

test('a failing npm is shown, with its exit code, and the next one is not locked out', async () => {
  writeFileSync(join(root, 'broken'), '');
  const failed = await ensureInstalled(false);
  expect(failed.code).toBe(1);
  expect(failed.output).toMatch(/no such registry[\s\S]*npm ci failed \(exit code 3\)/);
  rmSync(join(root, 'broken'));
  expect((await ensureInstalled(false)).code).toBe(0);
});
