import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { lookUpAccount } from './account.ts';
import { binariesUnder, findBinaries, mendBinaries } from './binaries.ts';
import { startEmbedded, type EmbeddedPostgres } from './embedded.ts';
import { withLockFile } from './lock.ts';
import { canRun, reachableBinaries } from './placement.ts';
import { isAlive, readPostmaster, stopPostmaster } from './postmaster.ts';

const root = process.getuid?.() === 0;
const cleaning: (() => unknown)[] = [];
afterEach(async () => {
  for (const clean of cleaning.splice(0).toReversed()) await clean();
});

function folder(mode = 0o755): string {
  const path = mkdtempSync(join(tmpdir(), 'embedded-'));
  chmodSync(path, mode);
  cleaning.push(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** A DATA_DIR in which somebody has started before: copied, because making a cluster takes a second. */
function usedFolder(): string {
  const path = folder();
  spawnSync('cp', ['-a', `${used}/.`, path]);
  return path;
}

let used = '';
beforeAll(async () => {
  used = mkdtempSync(join(tmpdir(), 'embedded-'));
  chmodSync(used, 0o755);
  await (await startEmbedded({ dataDir: used, settings: { fsync: 'off' } })).stop();
});
afterAll(() => rmSync(used, { recursive: true, force: true }));

const said: string[] = [];
async function start(dataDir: string): Promise<EmbeddedPostgres> {
  said.length = 0;
  const server = await startEmbedded({ dataDir, say: (line) => said.push(line), settings: { fsync: 'off' } });
  cleaning.push(() => server.stop());
  return server;
}

async function ask(url: string, query: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query({ text: query, rowMode: 'array' })).rows[0]?.[0];
  } finally {
    await client.end();
  }
}

/** Another process that starts the same DATA_DIR, tells how, and then waits to be killed. */
async function startElsewhere(dataDir: string, account: { uid?: number; gid?: number } = {}) {
  const script = `
    const { startEmbedded } = await import(${JSON.stringify(new URL('./embedded.ts', import.meta.url).href)});
    const { how, pid, port, url } = await startEmbedded({ dataDir: ${JSON.stringify(dataDir)} });
    console.log(JSON.stringify({ how, pid, port, url }));
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
    cwd: '/',
    ...account,
  });
  cleaning.push(() => child.kill('SIGKILL'));
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const server = JSON.parse(line.toString()) as Omit<EmbeddedPostgres, 'stop'>;
  cleaning.push(() => stopPostmaster(server.pid));
  return { child, ...server };
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
}

function occupy(port: number): Promise<Server> {
  const server = createServer();
  cleaning.push(() => server.close());
  return new Promise((resolve) => server.listen({ port, host: '127.0.0.1' }, () => resolve(server)));
}

const clusterOf = (dataDir: string) => join(dataDir, 'postgres', 'cluster');

test('the first start creates, the next one starts with the data there, and both stop', async () => {
  const dataDir = folder();
  const first = await start(dataDir);
  expect(first.how).toBe('created');
  await ask(first.url, 'CREATE TABLE kept AS SELECT 7 AS n');
  await first.stop();
  expect(isAlive(first.pid)).toBe(false);
  const since = performance.now();
  const second = await start(dataDir);
  expect(second).toMatchObject({ how: 'started', port: first.port });
  expect(performance.now() - since).toBeLessThan(5_000);
  expect(await ask(second.url, 'SELECT n FROM kept')).toBe(7);
  expect(said).toEqual([]);
});

test('what was acknowledged survives: commits wait for the disk, and strangers need the password', async () => {
  const { url } = await startElsewhere(usedFolder());
  expect(await ask(url, 'SHOW synchronous_commit')).toBe('on');
  expect(await ask(url, 'SHOW fsync')).toBe('on');
  const withoutPassword = url.replace(/:[^:@]+@/, ':wrong@');
  await expect(ask(withoutPassword, 'SELECT 1')).rejects.toThrow(/password authentication failed/);
});

test('after kill -9 of the parent the orphaned server is adopted, and stopped at the end', async () => {
  const dataDir = usedFolder();
  const orphan = await startElsewhere(dataDir);
  await ask(orphan.url, 'CREATE TABLE kept AS SELECT 7 AS n');
  await kill(orphan.child);
  expect(isAlive(orphan.pid)).toBe(true);
  const server = await start(dataDir);
  expect(server).toMatchObject({ how: 'adopted', pid: orphan.pid, port: orphan.port });
  expect(await ask(server.url, 'SELECT n FROM kept')).toBe(7);
  await server.stop();
  expect(isAlive(orphan.pid)).toBe(false);
});

test('after kill -9 of parent and server the next start recovers', async () => {
  const dataDir = usedFolder();
  const orphan = await startElsewhere(dataDir);
  await ask(orphan.url, 'CREATE TABLE kept AS SELECT 7 AS n');
  process.kill(orphan.pid, 'SIGKILL');
  await kill(orphan.child);
  const server = await start(dataDir);
  expect(server.how).toBe('started');
  expect(await ask(server.url, 'SELECT n FROM kept')).toBe(7);
});

test('a server that hangs is stopped and started anew', async () => {
  const dataDir = usedFolder();
  const orphan = await startElsewhere(dataDir);
  await kill(orphan.child);
  process.kill(orphan.pid, 'SIGSTOP');
  const server = await start(dataDir);
  expect(server.how).toBe('started');
  expect(isAlive(orphan.pid)).toBe(false);
  expect(said.join()).toContain(`stopping PostgreSQL process ${orphan.pid}, which does not answer`);
}, 60_000);

test.each([
  ['of a process that is gone', () => 2 ** 22 - 3],
  ['whose id now belongs to a stranger', () => process.pid],
])('a stale pid file %s is removed', async (_, pid) => {
  const dataDir = usedFolder();
  const first = await start(dataDir);
  await first.stop();
  const file = join(clusterOf(dataDir), 'postmaster.pid');
  writeFileSync(file, `${pid()}\n${clusterOf(dataDir)}\n1700000000\n${first.port}\n\n127.0.0.1\n  0 0\nready\n`, {
    mode: 0o600,
  });
  const server = await start(dataDir);
  expect(server.how).toBe('started');
  expect(said.join()).toContain(`stale pid file of PostgreSQL process ${pid()}`);
});

test('an occupied port is exchanged for a free one, which is remembered', async () => {
  const dataDir = usedFolder();
  const first = await start(dataDir);
  await first.stop();
  const stranger = await occupy(first.port);
  const second = await start(dataDir);
  expect(second.port).not.toBe(first.port);
  expect(said).toEqual([`port ${first.port} is taken, so PostgreSQL moved to port ${second.port}`]);
  await second.stop();
  stranger.close();
  expect((await start(dataDir)).port).toBe(second.port);
});

test('two processes that start together share one server, and the last one out stops it', async () => {
  const dataDir = folder();
  const [a, b] = await Promise.all([startElsewhere(dataDir), startElsewhere(dataDir)]);
  expect([a.how, b.how].toSorted()).toEqual(['adopted', 'created']);
  expect(a.pid).toBe(b.pid);
  const server = await start(dataDir);
  const other = new pg.Client({ connectionString: server.url });
  await other.connect();
  await server.stop();
  expect(isAlive(a.pid)).toBe(true);
  await other.end();
  await server.stop();
  expect(isAlive(a.pid)).toBe(false);
});

test('a creation that was killed half-way is begun again', async () => {
  const dataDir = usedFolder();
  rmSync(clusterOf(dataDir), { recursive: true });
  mkdirSync(`${clusterOf(dataDir)}.partial`);
  writeFileSync(join(`${clusterOf(dataDir)}.partial`, 'PG_VERSION'), '18');
  expect((await start(dataDir)).how).toBe('created');
});

test('a lost password file and a foreign version are named with their remedy', async () => {
  const dataDir = usedFolder();
  writeFileSync(join(clusterOf(dataDir), 'PG_VERSION'), '15\n');
  await expect(start(dataDir)).rejects.toThrow(/made by PostgreSQL 15.*Restore a backup/s);
  rmSync(join(dataDir, 'postgres.json'));
  await expect(start(dataDir)).rejects.toThrow(/postgres\.json with its password is missing/);
});

test('when PostgreSQL does not start, its own words are shown', async () => {
  const dataDir = folder();
  await expect(startEmbedded({ dataDir, settings: { shared_buffers: 'much' } })).rejects.toThrow(
    /did not start.*invalid value for parameter "shared_buffers"/s,
  );
});

test('the password is for us alone', async () => {
  const dataDir = usedFolder();
  await start(dataDir);
  expect(statSync(join(dataDir, 'postgres.json')).mode & 0o777).toBe(0o600);
  expect(statSync(clusterOf(dataDir)).mode & 0o077).toBe(0);
});

describe('lock file', () => {
  test('a lock of a dead process is taken over; a living one is named', async () => {
    const path = join(folder(), 'lock');
    writeFileSync(path, String(2 ** 22 - 3));
    expect(await withLockFile(path, 1_000, async () => 'in')).toBe('in');
    expect(existsSync(path)).toBe(false);
    writeFileSync(path, '1');
    await expect(withLockFile(path, 100, async () => 'in')).rejects.toThrow(/Process 1 has been starting the database/);
  });
});

test('missing symlinks and executable bits are mended', () => {
  const installed = findBinaries();
  const home = folder();
  const native = join(home, 'native');
  mkdirSync(join(native, 'bin'), { recursive: true });
  mkdirSync(join(native, 'lib'));
  for (const name of ['postgres', 'initdb']) writeFileSync(join(native, 'bin', name), '', { mode: 0o644 });
  const links = readFileSync(join(installed.root, 'pg-symlinks.json'), 'utf8');
  writeFileSync(join(native, 'pg-symlinks.json'), links);
  const copy = binariesUnder(native, installed.version);
  const { length } = JSON.parse(links) as unknown[];
  expect(mendBinaries(copy)).toBe(length + 2);
  expect(mendBinaries(copy)).toBe(0);
  expect(lstatSync(join(native, 'lib', 'libpq.so.5')).isSymbolicLink()).toBe(true);
});

describe.skipIf(!root)('as root', () => {
  test('the server runs as another account', async () => {
    const server = await start(usedFolder());
    expect(statSync(`/proc/${server.pid}`).uid).toBe(lookUpAccount('postgres')?.uid);
  });

  test('under a folder that nobody else may enter, the cluster goes where its account can, and says so', async () => {
    const dataDir = join(folder(0o700), 'data');
    const first = await start(dataDir);
    const state = JSON.parse(readFileSync(join(dataDir, 'postgres.json'), 'utf8')) as { home: string };
    cleaning.splice(-1, 0, () => rmSync(state.home, { recursive: true, force: true }));
    expect(state.home).toMatch(/^\/var\/lib\/mailweave\//);
    expect(said[0]).toContain(`is kept in ${state.home}`);
    await ask(first.url, 'CREATE TABLE kept AS SELECT 7 AS n');
    await first.stop();
    const second = await start(dataDir);
    expect(second.how).toBe('started');
    expect(await ask(second.url, 'SELECT n FROM kept')).toBe(7);
  });

  test('programs under a closed folder are copied to where the account can run them, once, without using space', () => {
    const account = lookUpAccount('postgres');
    const installed = findBinaries();
    const closed = folder(0o755);
    const hidden = reachableBinaries({ ...installed, postgres: '/nowhere' }, closed, account, () => {});
    chmodSync(closed, 0o700);
    expect(canRun(account, hidden)).toBe(false);
    const home = folder();
    const lines: string[] = [];
    const copy = reachableBinaries(hidden, home, account, (line) => lines.push(line));
    expect(canRun(account, copy)).toBe(true);
    expect(reachableBinaries(hidden, home, account, (line) => lines.push(line))).toEqual(copy);
    expect(lines).toHaveLength(1);
    expect(readdirSync(home)).toEqual([basename(copy.root)]);
  });

  const nobody = lookUpAccount('nobody');
  test.skipIf(!nobody || !canRun(nobody, findBinaries()))('an ordinary user runs it as itself', async () => {
    const dataDir = folder();
    if (!nobody) throw new Error('the account vanished');
    chownSync(dataDir, nobody.uid, nobody.gid);
    const { pid, how, child } = await startElsewhere(dataDir, { uid: nobody.uid, gid: nobody.gid });
    expect(how).toBe('created');
    expect(statSync(`/proc/${pid}`).uid).toBe(nobody.uid);
    await kill(child);
  });
});

test('the port in use is the one the server says', async () => {
  const dataDir = usedFolder();
  const server = await start(dataDir);
  const probe = await occupy(0);
  expect(readPostmaster(clusterOf(dataDir))).toEqual({ pid: server.pid, port: server.port, ready: true });
  expect((probe.address() as AddressInfo).port).not.toBe(server.port);
});
