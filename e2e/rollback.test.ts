import { createServer } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { testDatabase } from '../server/database/testing.ts';
import type { FaultPoint } from '../server/faults.ts';
import { accountAt, allRunsEnded, lineOf, publish, signUp } from './support/account.ts';
import { startInstance } from './support/instance.ts';

/* A failed run takes back what it did. The server is killed in the middle of it, and started again. */
const calls: string[] = [];
const shop = createServer((request, response) => {
  calls.push(`${request.method} ${request.url} ${request.headers['idempotency-key']?.toString().split(':').slice(1)}`);
  response.writeHead(200, { 'content-type': 'application/json' }).end('{"id":1}');
});
await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve));
const target = `127.0.0.1:${(shop.address() as AddressInfo).port}`;
const db = await testDatabase();
const dataDir = await mkdtemp(join(tmpdir(), 'mailweave-rollback-'));
afterAll(() => {
  shop.close();
  return rm(dataDir, { recursive: true, force: true });
});
const environment = { DATABASE_URL: db.url, DATA_DIR: dataDir, OUTBOUND_ALLOW: target };

const order = (name: string) => {
  const undo = { undoMethod: 'DELETE', undoUrl: `http://${target}/${name}/{{ output.body.id }}` };
  return { method: 'POST', url: `http://${target}/${name}`, ...undo };
};
const graph = {
  ...lineOf(
    ['webhook_1', 'webhook', {}],
    ['first', 'http-request', order('first')],
    ['second', 'http-request', order('second')],
    ['stop_1', 'stop', { status: 'failed', message: 'Sold out' }],
  ),
  settings: { onFailure: 'rollback' as const },
};
const healthy = await startInstance(environment);
const person = await signUp(healthy.url);
const { urls } = await publish(person, 'Orders', graph);
await healthy.stop();
const path = new URL(urls['webhook_1']!).pathname;
let runs = 0;

test.each<[what: string, FaultPoint, occurrence: number, repeated: number]>([
  ['the first undoing was announced', 'intent_journaled', 3, 0],
  ['it had happened', 'effect_done', 3, 1],
  ['it was written down', 'outcome_journaled', 3, 0],
])(
  'killed when %s, the run takes back the rest after a restart',
  async (_what, point, occurrence, repeated) => {
    runs += 1;
    calls.length = 0;
    const doomed = await startInstance({ ...environment, FAULT_POINT: `${point}:${occurrence}` });
    await fetch(doomed.url + path, { method: 'POST' }).catch(() => null);
    expect(await doomed.ended).toMatchObject({ signal: 'SIGKILL' });
    const again = await startInstance(environment);
    try {
      const ended = await allRunsEnded(accountAt(again.url, person.email, person.cookie), runs);
      expect(ended.map(({ status }) => status)).toEqual(Array.from({ length: runs }, () => 'failed'));
      expect(calls.slice(2)).toEqual([
        ...Array.from({ length: 1 + repeated }, () => 'DELETE /second/1 second,undo'),
        'DELETE /first/1 first,undo',
      ]);
    } finally {
      await again.stop();
    }
  },
  120_000,
);
