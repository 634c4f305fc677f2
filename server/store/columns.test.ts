import { expect, test } from 'vitest';
import { testDatabase } from '../database/testing.ts';
import { bigints, bools, byteas, ints, jsons, texts, timestamps, uuids } from './columns.ts';

const db = await testDatabase();

async function back(type: string, column: Buffer): Promise<unknown[]> {
  const { rows } = await db.pool.query<{ value: unknown }>(`SELECT value FROM unnest($1::${type}[]) AS t (value)`, [
    column,
  ]);
  return rows.map((row) => row.value);
}

const id = '01976a5e-7c1f-7abc-8def-0123456789ab';

test.each([
  [
    'uuid',
    uuids([id, null, '00000000-0000-0000-0000-000000000000']),
    [id, null, '00000000-0000-0000-0000-000000000000'],
  ],
  [
    'text',
    texts(['plain', null, '', '"{a,b}" \\ NULL', 'äöü € 🎉', 'NULL']),
    ['plain', null, '', '"{a,b}" \\ NULL', 'äöü € 🎉', 'NULL'],
  ],
  ['json', jsons(['{"a":"\\u0000 ü\\""}', null, '[]']), [{ a: '\u0000 ü"' }, null, []]],
  ['int', ints([0, -1, 2_147_483_647]), [0, -1, 2_147_483_647]],
  ['bigint', bigints([0, -1, 2 ** 53 - 1, -(2 ** 53 - 1), 2 ** 32]), [0, -1, 2 ** 53 - 1, -(2 ** 53 - 1), 2 ** 32]],
  ['bool', bools([true, false]), [true, false]],
  ['bytea', byteas([Buffer.from([0, 255, 92]), Buffer.alloc(0)]), [Buffer.from([0, 255, 92]), Buffer.alloc(0)]],
  [
    'timestamptz',
    timestamps([new Date('2026-11-22T21:43:25.123Z'), null, new Date('1969-07-20T20:17:40Z'), new Date(0)]),
    [new Date('2026-11-22T21:43:25.123Z'), null, new Date('1969-07-20T20:17:40Z'), new Date(0)],
  ],
  ['uuid', uuids([]), []],
])('%s comes back as it went', async (type, column, values) => {
  expect(await back(type, column)).toEqual(values);
});

test('a lone half of a pair is replaced, as in every text that goes to the database', async () => {
  expect(await back('text', texts(['a\ud800b', 'next']))).toEqual(['a\ufffdb', 'next']);
});
