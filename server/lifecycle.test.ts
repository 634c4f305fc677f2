import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { startInstance } from '../e2e/support/instance.ts';
import { startDatabaseProxy } from './database/testing-proxy.ts';
import { testDatabase } from './database/testing.ts';
import { startPatiently, type Closer } from './lifecycle.ts';

const db = await testDatabase();
const proxy = await startDatabaseProxy(db.url);
const dataDir = await mkdtemp(join(tmpdir(), 'mailweave-start-'));
afterAll(async () => {
  await proxy.close();
  await rm(dataDir, { recursive: true, force: true });
});

test.each(['worker_numbers', 'LISTEN'])(
  'a database that goes away late in the start (at %s) is waited for',
  async (late) => {
    let cuts = 0;
    proxy.cut((sent) => {
      if (!sent.includes(late) || cuts > 0) return undefined;
      cuts++;
      return 'before';
    });
    const instance = await startInstance({ DATABASE_URL: proxy.url, DATA_DIR: dataDir });
    try {
      expect(cuts).toBe(1);
      expect((await fetch(`${instance.url}/readyz`)).status).toBe(200);
    } finally {
      await instance.stop();
    }
    expect(await instance.ended).toEqual({ code: 0, signal: null });
  },
  60_000,
);

test('what is no outage ends the start, and what was opened is closed between two tries', async () => {
  const closers: Closer[] = [];
  const closed: string[] = [];
  let tries = 0;
  const begin = async (): Promise<void> => {
    tries++;
    closers.push([`part ${tries}`, () => void closed.push(`part ${tries}`)]);
    throw tries === 1 ? Object.assign(new Error('gone'), { code: '57P01' }) : new Error('a defect');
  };
  const said: string[] = [];
  await expect(startPatiently(begin, closers, (line) => said.push(line))).rejects.toThrow('a defect');
  expect([tries, closed, closers.length, said.length]).toEqual([2, ['part 1'], 1, 1]);
});
