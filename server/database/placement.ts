import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { spawnAs, type ServerAccount } from './account.ts';
import { binariesUnder, type PostgresBinaries } from './binaries.ts';
import { StartupError } from '../startup-error.ts';

/** Where clusters go that may not stand under DATA_DIR; survives reboots, unlike the temporary folder. */
const SHARED_ROOT = '/var/lib/mailweave';

/** True when `account` can enter `directory` and write there. */
export function canUse(account: ServerAccount, directory: string): boolean {
  const probe = spawnSync('/bin/sh', ['-c', 'cd "$1" && test -w .', 'sh', directory], {
    ...spawnAs(account),
    cwd: '/',
    stdio: 'ignore',
  });
  return probe.status === 0;
}

/** True when `account` can run this PostgreSQL. */
export function canRun(account: ServerAccount, { postgres }: PostgresBinaries): boolean {
  return spawnSync(postgres, ['--version'], { ...spawnAs(account), cwd: '/', stdio: 'ignore' }).status === 0;
}

/**
 * Makes a home for the cluster that `account` can reach: `<dataDir>/postgres`, or a folder of our own under
 * /var/lib/mailweave when the clone stands inside a home that nobody else may enter.
 * @returns the absolute folder; the cluster itself is `<home>/cluster`.
 */
export function prepareHome(dataDir: string, account: ServerAccount, say: (line: string) => void): string {
  const near = join(dataDir, 'postgres');
  if (makeHome(near, account)) return near;
  rmSync(near, { recursive: true, force: true });
  const name = `${basename(dirname(dataDir)) || 'data'}-${randomBytes(4).toString('hex')}`;
  const far = join(SHARED_ROOT, name);
  mkdirSync(SHARED_ROOT, { recursive: true, mode: 0o755 });
  if (!makeHome(far, account)) {
    throw new StartupError(
      `The account "${account?.name ?? 'current user'}" can enter neither ${near} nor ${far}. ` +
        'Set DATA_DIR to a folder that every account may enter, or set DATABASE_URL.',
    );
  }
  say(`${dataDir} is closed to the account "${account?.name}", so the database is kept in ${far}`);
  return far;
}

function makeHome(home: string, account: ServerAccount): boolean {
  mkdirSync(home, { recursive: true, mode: 0o700 });
  if (account) chownSync(home, account.uid, account.gid);
  chmodSync(home, 0o700);
  return canUse(account, home);
}

/**
 * Returns a PostgreSQL that `account` can run: the installed one, else a copy (hard links where possible, so it costs
 * no space) beside the cluster. The copy is made under a temporary name first: a half copy is never used.
 */
export function reachableBinaries(
  installed: PostgresBinaries,
  home: string,
  account: ServerAccount,
  say: (line: string) => void,
): PostgresBinaries {
  if (canRun(account, installed)) return installed;
  const root = join(home, `programs-${installed.version}`);
  const copy = binariesUnder(root, installed.version);
  if (existsSync(root) && canRun(account, copy)) return copy;
  const partial = `${root}.partial`;
  rmSync(partial, { recursive: true, force: true });
  rmSync(root, { recursive: true, force: true });
  copyTree(installed.root, partial);
  renameSync(partial, root);
  if (!canRun(account, copy)) {
    throw new StartupError(
      `The account "${account?.name ?? 'current user'}" can run PostgreSQL neither from ${installed.root} nor from ${root}. ` +
        'Is that file system mounted noexec? Set DATA_DIR to another place, or set DATABASE_URL.',
    );
  }
  say(`copied the PostgreSQL programs to ${root}, because "${account?.name}" cannot enter node_modules`);
  return copy;
}

function copyTree(from: string, to: string): void {
  mkdirSync(to, { recursive: true, mode: 0o755 });
  for (const entry of readdirSync(from)) {
    const source = join(from, entry);
    const target = join(to, entry);
    const info = lstatSync(source);
    if (info.isDirectory()) copyTree(source, target);
    else if (info.isSymbolicLink()) symlinkSync(readlinkSync(source), target);
    else linkOrCopy(source, target, info.mode);
  }
}

function linkOrCopy(source: string, target: string, mode: number): void {
  try {
    if ((mode & 0o044) === 0o044) return linkSync(source, target);
  } catch {
    // Another file system, or one without hard links: copy below.
  }
  copyFileSync(source, target);
  chmodSync(target, mode | 0o444 | (mode & 0o100 ? 0o111 : 0));
}
