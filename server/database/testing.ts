import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Knex } from 'knex';
import pg from 'pg';
import { afterAll } from 'vitest';
import { startEmbedded } from './embedded.ts';
import { createKnex } from './knex.ts';
import { migrate } from './migrate.ts';
import { createPool } from './pool.ts';

/** A migrated database of its own for one test file. */
export interface TestDatabase {
  url: string;
  pool: pg.Pool;
  knex: Knex;
  /** Drops the database. Runs by itself after the file; fails when somebody still holds a connection. */
  close(): Promise<void>;
}

const TEMPLATE = 'mailweave_template';
const TEMPLATE_LOCK = 4_211_020_262;
const LEAK_GRACE_MS = 1_500;

/**
 * Gives a fresh, migrated PostgreSQL database. Call it at the top of a test file: `const db = await testDatabase();`.
 * All files of a vitest run share one cluster, started by the first of them; each database is a copy of a template, which
 * takes some 30 ms.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const database = await copyDatabase(TEMPLATE);
  afterAll(() => database.close());
  return database;
}

/** The same without migrations and without the automatic close: for tests of the migrations themselves. */
export async function emptyDatabase(): Promise<TestDatabase> {
  return copyDatabase('template0');
}

async function copyDatabase(template: string): Promise<TestDatabase> {
  const server = await clusterUrl();
  const name = `test_${randomBytes(6).toString('hex')}`;
  await onServer(server, async (client) => {
    await client.query('SELECT pg_advisory_lock($1)', [TEMPLATE_LOCK]);
    if (template === TEMPLATE) await ensureTemplate(client, server);
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${template}`);
  });
  const url = withDatabase(server, name);
  const pool = createPool({ url, name: 'test-pool', max: 5 });
  const knex = createKnex({ url, name: 'test-knex', max: 5 });
  let closing: Promise<void> | undefined;
  const close = async () => {
    await Promise.all([pool.ended ? undefined : pool.end(), knex.destroy()]);
    await dropDatabase(server, name);
  };
  return { url, pool, knex, close: () => (closing ??= close()) };
}

async function clusterUrl(): Promise<string> {
  const dataDir = process.env.MAILWEAVE_TEST_CLUSTER;
  if (!dataDir) throw new Error('testDatabase() needs the globalSetup of vitest.config.ts.');
  // Nothing of a test must survive a power cut; commits are about ten times as fast without waiting for the disk.
  const settings = { fsync: 'off', full_page_writes: 'off', shared_buffers: '64MB' };
  return (await startEmbedded({ dataDir, settings })).url;
}

/** The cluster lives no longer than one run, so the template is never stale; it takes its name once it is complete. */
async function ensureTemplate(client: pg.Client, server: string): Promise<void> {
  const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [TEMPLATE]);
  if (rowCount) return;
  const partial = `${TEMPLATE}_partial`;
  await client.query(`DROP DATABASE IF EXISTS ${partial}`);
  await client.query(`CREATE DATABASE ${partial}`);
  await migrate(withDatabase(server, partial));
  await client.query(`ALTER DATABASE ${partial} RENAME TO ${TEMPLATE}`);
}

async function dropDatabase(server: string, name: string): Promise<void> {
  await onServer(server, async (client) => {
    const leaks = await waitForLeaks(client, name);
    await client.query(`DROP DATABASE ${name} WITH (FORCE)`);
    if (leaks.length > 0) {
      throw new Error(`${leaks.length} database connection(s) were left open after the tests: ${leaks.join(' | ')}`);
    }
  });
}

/** A closed connection takes a moment to vanish on the server; what is still there after that is a leak. */
async function waitForLeaks(client: pg.Client, name: string): Promise<string[]> {
  const deadline = performance.now() + LEAK_GRACE_MS;
  for (;;) {
    const { rows } = await client.query<{ leak: string }>(
      `SELECT application_name || ': ' || left(query, 120) AS leak FROM pg_stat_activity
       WHERE datname = $1 AND backend_type = 'client backend'`,
      [name],
    );
    if (rows.length === 0 || performance.now() > deadline) return rows.map(({ leak }) => leak);
    await sleep(20);
  }
}

async function onServer<T>(server: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: withDatabase(server, 'postgres'), application_name: 'test-admin' });
  client.on('error', () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function withDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
}
