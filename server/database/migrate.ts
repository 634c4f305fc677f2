import { readdir } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { join } from 'node:path';
import type { Knex } from 'knex';
import { createKnex } from './knex.ts';
import { StartupError } from '../startup-error.ts';

/** What a file under migrations/ exports. Both run inside one transaction with the record of the migration. */
export interface Migration {
  up(knex: Knex): Promise<void>;
  down(knex: Knex): Promise<void>;
}

export interface MigrateOptions {
  /** Folder of the dated files; default: migrations/ of this repository. */
  directory?: string;
  say?: (line: string) => void;
}

const MIGRATIONS = fileURLToPath(new URL('../../migrations', import.meta.url));
const FILE_NAME = /^\d{4}-\d{2}-\d{2}-\d{4}-[a-z0-9-]+\.ts$/;

/** Any constant will do; it must be the same in all versions. */
const LOCK_KEY = 4_211_020_261;

/**
 * Applies what is missing, oldest first, each in its own transaction. Processes that start together wait for each other
 * on an advisory lock, which dies with its connection (a lock row would have to be freed by hand after a crash).
 * @returns the names that were applied now.
 * @throws StartupError when the database knows a migration that this code does not have: it was made by a newer release.
 */
export async function migrate(url: string, options: MigrateOptions = {}): Promise<string[]> {
  const { directory = MIGRATIONS, say = () => {} } = options;
  return locked(url, async (knex) => {
    const files = await listMigrations(directory);
    const applied = await readApplied(knex);
    const unknown = applied.filter((name) => !files.includes(name));
    if (unknown.length > 0) {
      throw new StartupError(
        `The database was made by a newer Mailweave: it has the migration ${unknown.join(', ')}. ` +
          'Start that release, or restore an older backup.',
      );
    }
    const missing = files.filter((name) => !applied.includes(name));
    for (const name of missing) {
      const { up } = await load(directory, name);
      await inTransaction(knex, name, async (trx) => {
        await up(trx);
        await trx('migrations').insert({ name });
      });
    }
    say(missing.length === 1 ? '1 migration applied' : `${missing.length} migrations applied`);
    return missing;
  });
}

/**
 * Takes back the newest migrations.
 * @returns the names that were taken back, newest first.
 */
export async function rollback(url: string, count: number, options: MigrateOptions = {}): Promise<string[]> {
  const { directory = MIGRATIONS, say = () => {} } = options;
  return locked(url, async (knex) => {
    const newest = (await readApplied(knex)).toReversed().slice(0, count);
    for (const name of newest) {
      const { down } = await load(directory, name);
      await inTransaction(knex, name, async (trx) => {
        await down(trx);
        await trx('migrations').where({ name }).delete();
      });
    }
    say(newest.length === 1 ? '1 migration taken back' : `${newest.length} migrations taken back`);
    return newest;
  });
}

async function locked<T>(url: string, work: (knex: Knex) => Promise<T>): Promise<T> {
  // One connection for all: the session lock must live where the work is done.
  const knex = createKnex({ url, name: 'mailweave-migrate', max: 1 });
  try {
    await knex.raw('SELECT pg_advisory_lock(?)', [LOCK_KEY]);
    await knex.raw(
      'CREATE TABLE IF NOT EXISTS migrations (name text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())',
    );
    return await work(knex);
  } finally {
    await knex.destroy();
  }
}

async function inTransaction(knex: Knex, name: string, work: (trx: Knex) => Promise<void>): Promise<void> {
  try {
    await knex.transaction(work);
  } catch (cause) {
    throw new StartupError(`The migration ${name} failed and was taken back: ${(cause as Error).message}`, { cause });
  }
}

async function readApplied(knex: Knex): Promise<string[]> {
  const rows: { name: string }[] = await knex('migrations').select('name').orderBy('name');
  return rows.map(({ name }) => name);
}

/** @throws StartupError when a file is not named `YYYY-MM-DD-HHMM-title.ts`; the name is the order. */
async function listMigrations(directory: string): Promise<string[]> {
  const files = (await readdir(directory)).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));
  const odd = files.find((name) => !FILE_NAME.test(name));
  if (odd)
    throw new StartupError(
      `migrations/${odd} must be named like 2026-11-22-0100-what-it-does.ts; the name is the order.`,
    );
  return files.toSorted();
}

async function load(directory: string, name: string): Promise<Migration> {
  const url = pathToFileURL(join(directory, name)).href;
  const loaded = (await import(/* @vite-ignore */ url)) as Partial<Migration>;
  if (!loaded.up || !loaded.down) throw new StartupError(`migrations/${name} must export up and down.`);
  return { up: loaded.up, down: loaded.down };
}
