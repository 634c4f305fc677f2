import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { StartupError } from '../startup-error.ts';

/** The operating-system account that runs PostgreSQL: null means "the one we run as". */
export type ServerAccount = { uid: number; gid: number; name: string } | null;

const isRoot = (): boolean => process.getuid?.() === 0;

/** Reads one account of /etc/passwd by name or numeric id. */
export function lookUpAccount(nameOrUid: string | number): ServerAccount {
  const id = spawnSync('getent', ['passwd', String(nameOrUid)], { encoding: 'utf8' });
  const lines = id.status === 0 ? id.stdout : readPasswd();
  for (const line of lines.split('\n')) {
    const [name, , uid, gid] = line.split(':');
    if (!name || (name !== nameOrUid && Number(uid) !== nameOrUid)) continue;
    return { name, uid: Number(uid), gid: Number(gid) };
  }
  return null;
}

function readPasswd(): string {
  try {
    return readFileSync('/etc/passwd', 'utf8');
  } catch {
    return '';
  }
}

/**
 * PostgreSQL refuses to run as root, so root hands it to another account: the owner of an existing cluster, else the
 * system's `postgres`, made when it is missing.
 * @throws StartupError naming the remedy when no such account can be had.
 */
export function chooseAccount(clusterDir: string, say: (line: string) => void): ServerAccount {
  if (!isRoot()) return null;
  const owner = statSync(clusterDir, { throwIfNoEntry: false })?.uid;
  const existing = (owner ? lookUpAccount(owner) : null) ?? lookUpAccount('postgres');
  if (existing) return existing;
  for (const [command, ...args] of [
    ['useradd', '--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres'],
    ['adduser', '-S', '-D', '-H', 'postgres'],
  ] as [string, ...string[]][]) {
    if (spawnSync(command, args).status !== 0) continue;
    const made = lookUpAccount('postgres');
    if (!made) continue;
    say('made the system account "postgres", because PostgreSQL refuses to run as root');
    return made;
  }
  throw new StartupError(
    'PostgreSQL refuses to run as root, and the account "postgres" could not be made. ' +
      'Start as an ordinary user, create that account, or set DATABASE_URL.',
  );
}

/** The part of spawn options that runs a program as `account`. */
export const spawnAs = (account: ServerAccount): { uid?: number; gid?: number } =>
  account ? { uid: account.uid, gid: account.gid } : {};
