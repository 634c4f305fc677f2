import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { environmentWithoutModules, modules, node24, plural, root, run, say, seconds } from './paths.mjs';
import { prune, prunedForProduction } from './prune.mjs';

/**
 * Runs `npm ci` when packages are missing or of other versions than package-lock.json says, or does nothing.
 * @param {{ dev: boolean }} options `dev`: the tools of `npm test` and `npm run check` are wanted too
 */
export async function ensureInstalled({ dev }) {
  const { wanted, installed, hasDev } = readLocks();
  if (installed && isComplete(wanted, installed, dev) && !(dev && prunedForProduction())) return;
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
