import { spawn } from 'node:child_process';
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { spawnAs, type ServerAccount } from './account.ts';
import type { PostgresBinaries } from './binaries.ts';
import { isAlive, readPostmaster, waitFor } from './postmaster.ts';
import { StartupError } from '../startup-error.ts';

/** The only role of an embedded cluster. */
export const CLUSTER_USER = 'mailweave';

const INIT_TIMEOUT_MS = 60_000;
const START_TIMEOUT_MS = 60_000;
const LOG_LIMIT_BYTES = 5_000_000;

/**
 * For a small machine. Durability is never traded: synchronous_commit and fsync stay on. No WAL archive or replica exists
 * for an embedded cluster, so the minimal WAL level saves writes.
 */
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  shared_buffers: '128MB',
  synchronous_commit: 'on',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_wal_size: '512MB',
  checkpoint_completion_target: '0.9',
  random_page_cost: '1.1',
  jit: 'off',
  log_checkpoints: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
} as const;

export interface ClusterPaths {
  /** PGDATA. */
  cluster: string;
  /** What PostgreSQL prints; the last lines are quoted when it does not start. */
  logFile: string;
}

/**
 * Creates the cluster when there is none. It is made under a temporary name, so a process killed half-way leaves nothing
 * that the next start would mistake for a cluster.
 * @returns true when it was created now.
 */
export async function createCluster(
  { cluster, logFile }: ClusterPaths,
  binaries: PostgresBinaries,
  account: ServerAccount,
  password: string,
): Promise<boolean> {
  if (existsSync(join(cluster, 'PG_VERSION'))) return false;
  const partial = `${cluster}.partial`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { mode: 0o700 });
  const passwordFile = `${cluster}.password`;
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (account) for (const path of [partial, passwordFile]) chownSync(path, account.uid, account.gid);
  try {
    await runInitdb(binaries, account, logFile, [
      `--pgdata=${partial}`,
      `--username=${CLUSTER_USER}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
    ]);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(partial, cluster);
  return true;
}

async function runInitdb(
  { initdb }: PostgresBinaries,
  account: ServerAccount,
  logFile: string,
  args: string[],
): Promise<void> {
  const log = openSync(logFile, 'a');
  const child = spawn(initdb, args, {
    ...spawnAs(account),
    cwd: '/',
    env: serverEnvironment(),
    stdio: ['ignore', log, log],
    timeout: INIT_TIMEOUT_MS,
  });
  closeSync(log);
  const ending = await new Promise<string>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(signal ? `was stopped by ${signal}` : `exit code ${code}`));
  });
  if (ending !== 'exit code 0') {
    throw new StartupError(`PostgreSQL could not create its cluster (initdb: ${ending}).${lastLines(logFile)}`);
  }
}

/** @throws StartupError when another major version of PostgreSQL made the cluster. */
export function checkClusterVersion(cluster: string, binaries: PostgresBinaries): void {
  const made = readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim();
  const ours = binaries.version.split('.')[0];
  if (made === ours) return;
  throw new StartupError(
    `The database under ${cluster} was made by PostgreSQL ${made}, and this Mailweave brings PostgreSQL ${ours}. ` +
      'Restore a backup into an empty DATA_DIR, or go back to the release that made it.',
  );
}

/** Why a server that we spawned did not come up; `port` and `memory` may be worth another try. */
export class StartFailure extends StartupError {
  readonly reason: 'port' | 'busy' | 'other';
  constructor(reason: 'port' | 'busy' | 'other', message: string) {
    super(message);
    this.reason = reason;
  }
}

/**
 * Starts PostgreSQL on `port` and returns its process id once it accepts connections. It gets a session of its own, so
 * that Ctrl-C in the terminal reaches us alone and we can finish our writes first, and it logs to a file: a pipe would
 * break when we are killed.
 * @throws StartFailure with the end of its log.
 */
export async function startPostmaster(
  { cluster, logFile }: ClusterPaths,
  binaries: PostgresBinaries,
  account: ServerAccount,
  port: number,
  extraSettings: Record<string, string> = {},
): Promise<number> {
  rotateLog(logFile);
  const from = statSync(logFile, { throwIfNoEntry: false })?.size ?? 0;
  const log = openSync(logFile, 'a', 0o600);
  const settings = Object.entries({ ...SETTINGS, ...extraSettings }).flatMap(([key, value]) => [
    '-c',
    `${key}=${value}`,
  ]);
  const child = spawn(binaries.postgres, ['-D', cluster, '-p', String(port), ...settings], {
    ...spawnAs(account),
    cwd: '/',
    env: serverEnvironment(),
    stdio: ['ignore', log, log],
    detached: true,
  });
  closeSync(log);
  let ended: string | undefined;
  child.once('error', (error) => (ended = error.message));
  child.once('exit', (code, signal) => (ended = `exit ${signal ?? code}`));
  child.unref();
  const pid = child.pid;
  await waitFor(
    START_TIMEOUT_MS,
    () => `PostgreSQL did not come up within ${START_TIMEOUT_MS / 1000} s.${lastLines(logFile, from)}`,
    () => {
      if (ended !== undefined) throw failure(ended, lastLines(logFile, from));
      const postmaster = readPostmaster(cluster);
      return postmaster?.pid === pid && postmaster?.ready ? true : undefined;
    },
  ).catch((error: unknown) => {
    if (pid !== undefined && isAlive(pid) && ended === undefined) process.kill(pid, 'SIGINT');
    throw error;
  });
  return pid as number;
}

function failure(ended: string, lines: string): StartFailure {
  const reason = /could not bind|Address already in use|could not create any TCP/.test(lines)
    ? 'port'
    : /shared memory block|lock file .* already exists/.test(lines)
      ? 'busy'
      : 'other';
  return new StartFailure(reason, `PostgreSQL did not start (${ended}).${lines}`);
}

/** Nothing of our own environment (keys, passwords) is handed on. */
const serverEnvironment = (): NodeJS.ProcessEnv => ({ PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' });

function lastLines(logFile: string, from = 0): string {
  const text = existsSync(logFile) ? readFileSync(logFile).subarray(from).toString('utf8').trim() : '';
  return text
    ? ` It said:\n${text
        .split('\n')
        .slice(-8)
        .map((line) => `  ${line}`)
        .join('\n')}`
    : '';
}

function rotateLog(logFile: string): void {
  if ((statSync(logFile, { throwIfNoEntry: false })?.size ?? 0) < LOG_LIMIT_BYTES) return;
  renameSync(logFile, `${logFile}.1`);
}

/** A TCP port that is free now: `wanted` when it is, else one that the system picks. */
export async function freePort(wanted: number): Promise<number> {
  return (
    (await tryPort(wanted)) ??
    (await tryPort(0)) ??
    Promise.reject(new StartupError('No TCP port is free on 127.0.0.1.'))
  );
}

function tryPort(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(undefined));
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = probe.address();
      const free = typeof address === 'object' && address ? address.port : undefined;
      probe.close(() => resolve(free));
    });
  });
}
