import pg from 'pg';
import { expect, test } from 'vitest';
import { emptyDatabase, testDatabase } from './testing.ts';

const db = await testDatabase();

test('the database is migrated and its own', async () => {
  const { rows } = await db.pool.query('SELECT current_database() AS name');
  expect(rows[0].name).toMatch(/^test_/);
  expect(await db.knex.schema.hasTable('migrations')).toBe(true);
});

test('a connection that nobody closed fails the close, naming its last query', async () => {
  const leaky = await emptyDatabase();
  const client = new pg.Client({ connectionString: leaky.url, application_name: 'leak' });
  client.on('error', () => {});
  await client.connect();
  await client.query('SELECT 42 AS forgotten');
  await expect(leaky.close()).rejects.toThrow(/1 database connection.*leak: SELECT 42 AS forgotten/);
});
