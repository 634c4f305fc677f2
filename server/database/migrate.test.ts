import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { migrate, rollback } from './migrate.ts';
import { emptyDatabase, type TestDatabase } from './testing.ts';

let db: TestDatabase | undefined;
afterEach(() => db?.close());

function folder(files: Record<string, string>): string {
  const directory = mkdtempSync(join(tmpdir(), 'migrations-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
  return directory;
}

const table = (name: string) => `
  export const up = (knex) => knex.schema.createTable('${name}', (t) => { t.increments(); });
  export const down = (knex) => knex.schema.dropTable('${name}');`;

const tables = async ({ pool }: TestDatabase) =>
  (await pool.query(`SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`)).rows.map(
    (row: { tablename: string }) => row.tablename,
  );

test('applies what is missing in the order of names, once, and takes it back in reverse', async () => {
  db = await emptyDatabase();
  const directory = folder({ '2026-01-02-0100-b.ts': table('b'), '2026-01-01-0100-a.ts': table('a') });
  const said: string[] = [];
  const say = (line: string) => said.push(line);
  expect(await migrate(db.url, { directory, say })).toEqual(['2026-01-01-0100-a.ts', '2026-01-02-0100-b.ts']);
  expect(await migrate(db.url, { directory, say })).toEqual([]);
  expect(await tables(db)).toEqual(['a', 'b', 'migrations']);
  expect(await rollback(db.url, 1, { directory, say })).toEqual(['2026-01-02-0100-b.ts']);
  expect(await tables(db)).toEqual(['a', 'migrations']);
  expect(said).toEqual(['2 migrations applied', '0 migrations applied', '1 migration taken back']);
});

test('processes that start together do not race', async () => {
  db = await emptyDatabase();
  const { url } = db;
  const directory = folder({ '2026-01-01-0100-a.ts': table('a'), '2026-01-01-0200-b.ts': table('b') });
  const results = await Promise.all(Array.from({ length: 4 }, () => migrate(url, { directory })));
  expect(results.map((names) => names.length).toSorted((a, b) => a - b)).toEqual([0, 0, 0, 2]);
});

test('a failing migration leaves nothing behind and is named', async () => {
  db = await emptyDatabase();
  const broken = `
    export const up = async (knex) => {
      await knex.schema.createTable('half', (t) => { t.increments(); });
      await knex.raw('SELECT * FROM nowhere');
    };
    export const down = async () => {};`;
  const directory = folder({ '2026-01-01-0100-a.ts': table('a'), '2026-01-01-0200-broken.ts': broken });
  await expect(migrate(db.url, { directory })).rejects.toThrow(/2026-01-01-0200-broken.ts failed.*nowhere/);
  expect(await tables(db)).toEqual(['a', 'migrations']);
});

test('a database of a newer release is refused', async () => {
  db = await emptyDatabase();
  await migrate(db.url, { directory: folder({ '2026-01-01-0100-a.ts': table('a') }) });
  await expect(migrate(db.url, { directory: folder({}) })).rejects.toThrow(/newer Mailweave.*2026-01-01-0100-a/);
});

test.each(['first.ts', '2026-1-1-01-a.ts', '2026-01-01-a.ts'])('a file named %s is refused', async (name) => {
  db = await emptyDatabase();
  await expect(migrate(db.url, { directory: folder({ [name]: table('a') }) })).rejects.toThrow(/must be named like/);
});

test('the migrations of this repository go up, down and up again', async () => {
  db = await emptyDatabase();
  const applied = await migrate(db.url);
  await rollback(db.url, applied.length);
  expect(await tables(db)).toEqual(['migrations']);
  expect(await migrate(db.url)).toEqual(applied);
});
