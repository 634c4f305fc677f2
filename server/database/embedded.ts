import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { chooseAccount, type ServerAccount } from './account.ts';
import { findBinaries, type PostgresBinaries } from './binaries.ts';
import {
  checkClusterVersion,
  CLUSTER_USER,
  createCluster,
  freePort,
  startPostmaster,
  StartFailure,
  type ClusterPaths,
} from './cluster.ts';
import { withLockFile } from './lock.ts';
import { prepareHome, reachableBinaries } from './placement.ts';
import { isAlive, isServerOf, readPostmaster, removePidFile, stopPostmaster, waitFor } from './postmaster.ts';
import { readState, writeState, type State } from './state.ts';
import { StartupError } from '../startup-error.ts';

/** A running embedded PostgreSQL. */
export interface EmbeddedPostgres {
  /** Connection string of the product's database. */
  url: string;
  port: number;
  pid: number;
  /** `created`: first start; `started`: the cluster was there; `adopted`: a server was already running. */
  how: 'created' | 'started' | 'adopted';
  /** Stops the server, unless another process still uses it. Close your own pools first. */
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  dataDir: string;
  /** Receives one line per thing that a person may want to know. */
  say?: (line: string) => void;
  /** Overrides of PostgreSQL settings; tests switch fsync off with it. */
  settings?: Record<string, string>;
}

const DATABASE = 'mailweave';
const FIRST_PORT = 54_320;
const LOCK_TIMEOUT_MS = 90_000;
const ATTEMPTS = 6;
/** A server that does not answer will hardly write a checkpoint either. */
const HUNG_PATIENCE_MS = 2_000;

/**
 * Brings up the PostgreSQL of a DATA_DIR and comes back when it accepts connections. Whatever an earlier process left is
 * dealt with: an orphaned server is adopted, or stopped when it does not answer; a stale pid file is removed; an occupied
 * port is exchanged for a free one, which is remembered.
 * @throws StartupError with the remedy, after bounded waiting.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const dataDir = resolve(options.dataDir);
  mkdirSync(dataDir, { recursive: true });
  const lockFile = join(dataDir, 'postgres.lock');
  return withLockFile(lockFile, LOCK_TIMEOUT_MS, () => bringUp(dataDir, lockFile, options));
}

async function bringUp(dataDir: string, lockFile: string, options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const say = options.say ?? (() => {});
  const state = readState(dataDir);
  const account = chooseAccount(join(state?.home ?? dataDir, 'cluster'), say);
  const home = state?.home ?? prepareHome(dataDir, account, say);
  const paths: ClusterPaths = { cluster: join(home, 'cluster'), logFile: join(home, 'postgres.log') };
  if (!state && existsSync(paths.cluster)) {
    throw new StartupError(
      `${paths.cluster} holds a database, but ${join(dataDir, 'postgres.json')} with its password is missing. ` +
        'Restore that file, or move the folder away to start empty.',
    );
  }
  const known = state ?? { home, port: FIRST_PORT, password: randomBytes(24).toString('base64url') };
  if (!state) writeState(dataDir, known);

  const adopted = await adopt(paths.cluster, known, say);
  if (adopted) {
    await ensureDatabase(known);
    return handle(dataDir, lockFile, known, adopted, 'adopted');
  }

  const binaries = reachableBinaries(findBinaries(), home, account, say);
  const created = await createCluster(paths, binaries, account, known.password);
  checkClusterVersion(paths.cluster, binaries);
  const { pid, port } = await start(paths, binaries, account, known.port, options.settings);
  if (port !== known.port) {
    if (!created) say(`port ${known.port} is taken, so PostgreSQL moved to port ${port}`);
    known.port = port;
    writeState(dataDir, known);
  }
  await ensureDatabase(known);
  return handle(dataDir, lockFile, known, { pid, port }, created ? 'created' : 'started');
}

async function start(
  paths: ClusterPaths,
  binaries: PostgresBinaries,
  account: ServerAccount,
  wanted: number,
  settings?: Record<string, string>,
): Promise<{ pid: number; port: number }> {
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort(wanted);
    try {
      return { pid: await startPostmaster(paths, binaries, account, port, settings), port };
    } catch (error) {
      // A port can be lost between probe and bind; the children of a killed server take a moment to leave its memory.
      if (!(error instanceof StartFailure) || error.reason === 'other' || attempt === ATTEMPTS) throw error;
      await sleep(200 * attempt);
    }
  }
}

/** Uses the server that already runs on the cluster, if there is one and it answers; clears away what does not. */
async function adopt(
  cluster: string,
  state: State,
  say: (line: string) => void,
): Promise<{ pid: number; port: number } | null> {
  const found = readPostmaster(cluster);
  if (!found) return null;
  const identity = isServerOf(found.pid, cluster);
  if (identity === 'no') {
    removePidFile(cluster);
    say(`removed the stale pid file of PostgreSQL process ${found.pid}`);
    return null;
  }
  const port = await waitUntilReady(cluster, found.pid);
  if (port !== null && (await answers({ ...state, port }, cluster))) {
    state.port = port;
    return { pid: found.pid, port };
  }
  if (identity === 'yes') {
    say(`stopping PostgreSQL process ${found.pid}, which does not answer`);
    await stopPostmaster(found.pid, HUNG_PATIENCE_MS);
  }
  removePidFile(cluster);
  return null;
}

/** A server that is still starting or recovering becomes ready; one that is shutting down goes away (null). */
async function waitUntilReady(cluster: string, pid: number): Promise<number | null> {
  return waitFor(
    30_000,
    () => '',
    () => {
      const now = readPostmaster(cluster);
      if (!now || now.pid !== pid || !isAlive(pid)) return null;
      return now.ready ? now.port : undefined;
    },
  ).catch(() => null);
}

async function answers(state: State, cluster: string): Promise<boolean> {
  try {
    const rows = await query(state, 'postgres', 'SHOW data_directory');
    return rows[0]?.data_directory === cluster;
  } catch {
    return false;
  }
}

/** Asked on every start: the first one may have been killed between making the cluster and making the database. */
async function ensureDatabase(state: State): Promise<void> {
  const found = await query(state, 'postgres', `SELECT 1 FROM pg_database WHERE datname = '${DATABASE}'`);
  if (found.length === 0) await query(state, 'postgres', `CREATE DATABASE ${DATABASE}`);
}

const urlOf = ({ password, port }: State, database: string): string =>
  `postgres://${CLUSTER_USER}:${password}@127.0.0.1:${port}/${database}`;

async function query(state: State, database: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({
    connectionString: urlOf(state, database),
    connectionTimeoutMillis: 3_000,
    query_timeout: 30_000,
    application_name: 'mailweave-start',
  });
  client.on('error', () => {});
  try {
    await client.connect();
    return (await client.query(text)).rows as Record<string, unknown>[];
  } finally {
    await client.end().catch(() => {});
  }
}

function handle(
  dataDir: string,
  lockFile: string,
  state: State,
  { pid, port }: { pid: number; port: number },
  how: EmbeddedPostgres['how'],
): EmbeddedPostgres {
  if (how === 'adopted') writeState(dataDir, state);
  const stop = () =>
    withLockFile(lockFile, LOCK_TIMEOUT_MS, async () => {
      if (isAlive(pid) && !(await usedByOthers(state))) await stopPostmaster(pid);
    });
  return { url: urlOf(state, DATABASE), port, pid, how, stop };
}

/** Several processes (ROLE=web, ROLE=worker) may share one embedded server: the last one out stops it. */
async function usedByOthers(state: State): Promise<boolean> {
  try {
    const rows = await query(
      state,
      'postgres',
      `SELECT count(*)::int AS n FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()`,
    );
    return Number(rows[0]?.n) > 0;
  } catch {
    return false;
  }
}
