import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environmentWithoutModules, modules, node24, plural, root, run, say, seconds } from './paths.mjs';
import { prune, prunedForProduction } from './prune.mjs';

/**
 * Runs `npm ci` when packages are missing or of other versions than package-lock.json says, or does nothing.
 * @param {{ dev: boolean }} options `dev`: the tools of `npm test` and `npm run check` are wanted too
 */
export async function ensureInstalled({ dev }) {
  if (isInstalled(dev)) return;
  const unlock = await lockInstall();
  try {
    // Another command may have done it while we waited.
    if (!isInstalled(dev)) await install(dev);
  } finally {
    unlock();
  }
}

function isInstalled(dev) {
  const { wanted, installed } = readLocks();
  return installed !== null && isComplete(wanted, installed, dev) && !(dev && prunedForProduction());
}

async function install(dev) {
  const { installed, hasDev } = readLocks();
  // An update must not take the tools away from somebody who has them.
  const withDev = dev || hasDev;
  const since = performance.now();
  say(
    installed
      ? 'package-lock.json has changed; installing packages …'
      : 'installing packages (the first time, about a minute) …',
  );
  const args = [
    'ci',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
    '--prefer-offline',
    ...(withDev ? ['--include=dev'] : ['--omit=dev']),
  ];
  const { code, output } = await run('npm', args, { env: environmentWithoutModules(), quiet: true });
  if (code !== 0) {
    process.stderr.write(output);
    throw new Error(`npm ci failed (exit code ${code}). Is the package registry within reach?`);
  }
  if (!existsSync(node24)) {
    throw new Error('npm did not install Node 24. Install scripts must be allowed: npm config delete ignore-scripts');
  }
  const after = readLocks();
  say(`${plural(Object.keys(after.installed ?? {}).length, 'package')} installed in ${seconds(since)}`);
  const freed = prune({ production: !withDev, lock: after.wanted });
  if (freed > 1e6) say(`${Math.round(freed / 1e6)} MB that nothing uses removed from node_modules`);
}

/** npm writes `node_modules/.package-lock.json` last, so an install that was killed has none. */
function readLocks() {
  const read = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;
  const hidden = join(modules, '.package-lock.json');
  const installed = existsSync(hidden) && existsSync(node24) ? read(hidden) : null;
  const hasDev = Object.values(installed ?? {}).some((entry) => entry.dev);
  return { wanted: read(join(root, 'package-lock.json')), installed, hasDev };
}

/** Optional packages are left out: most of them are for other platforms. */
function isComplete(wanted, installed, dev) {
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '' || entry.optional || entry.devOptional || (entry.dev && !dev)) return true;
    return installed[path]?.version === entry.version && installed[path]?.integrity === entry.integrity;
  });
}

/**
 * Makes two commands in one clone (`npm start` and `npm test`) install one after the other: npm would trip over itself.
 * @returns {Promise<() => void>} frees the lock
 */
async function lockInstall() {
  const file = join(tmpdir(), `mailweave-install-${createHash('sha256').update(root).digest('hex').slice(0, 16)}`);
  for (let waited = false; ; waited = true) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' });
      return () => rmSync(file, { force: true });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (!isRunning(Number(readFileSync(file, 'utf8')))) rmSync(file, { force: true });
    else if (!waited) say('another command is installing; waiting for it …');
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}

function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
