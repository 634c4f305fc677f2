import { expect, test } from 'vitest';
import { createPool } from './pool.ts';
import { testDatabase } from './testing.ts';

const db = await testDatabase();

test('a checked-out connection that dies does not end the process, and the pool goes on', async () => {
  const errors: Error[] = [];
  const pool = createPool({ url: db.url, name: 'dying', max: 2, onError: (error) => errors.push(error) });
  const client = await pool.connect();
  const { rows } = await client.query('SELECT pg_backend_pid() AS pid');
  const ended = new Promise((resolve) => client.once('end', resolve));
  await db.pool.query('SELECT pg_terminate_backend($1)', [rows[0].pid]);
  await ended;
  await expect(client.query('SELECT 1')).rejects.toThrow();
  client.release(true);
  expect((await pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  expect(errors.length).toBeGreaterThan(0);
  await pool.end();
});

test('a knex connection that dies in the middle of a transaction does not end the process', async () => {
  const dying = db.knex.transaction(async (trx) => {
    const { rows } = await trx.raw('SELECT pg_backend_pid() AS pid');
    await db.pool.query('SELECT pg_terminate_backend($1)', [rows[0].pid]);
    await trx.raw('SELECT 1');
  });
  await expect(dying).rejects.toThrow();
  expect((await db.knex.raw('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
});

test('the statement timeout ends a long statement', async () => {
  const pool = createPool({ url: db.url, name: 'impatient', statementTimeoutMs: 50 });
  await expect(pool.query('SELECT pg_sleep(5)')).rejects.toThrow(/statement timeout/);
  await pool.end();
});

test.each([
  ['bigint becomes a number', '9007199254740991::int8', 9007199254740991],
  ['numeric stays exact text', '1.10::numeric', '1.10'],
])('%s', async (_, expression, value) => {
  expect((await db.pool.query(`SELECT ${expression} AS value`)).rows[0].value).toBe(value);
});

test('a bigint that a number cannot hold is an error, not a rounded number', async () => {
  await expect(db.pool.query('SELECT 9007199254740993::int8 AS value')).rejects.toThrow(/too large/);
});
