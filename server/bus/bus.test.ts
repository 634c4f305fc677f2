import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test, vi } from 'vitest';
import { testDatabase } from '../database/testing.ts';
import { openBus, type Bus } from './bus.ts';
import type { BusMessage } from './messages.ts';

const db = await testDatabase();
const open: Bus[] = [];
const errors: unknown[] = [];
async function join(takes = false): Promise<{ bus: Bus; heard: BusMessage[] }> {
  const bus = await openBus({ url: db.url, takes, report: (error) => errors.push(error) });
  const heard: BusMessage[] = [];
  bus.onMessage((message) => heard.push(message));
  open.push(bus);
  return { bus, heard };
}
const meet = (...buses: Bus[]) =>
  vi.waitFor(() => expect(buses.map((bus) => bus.peers)).toEqual(buses.map(() => buses.length - 1)));
afterEach(async () => {
  await Promise.all(open.splice(0).map((bus) => bus.close()));
  errors.length = 0;
});

/** Counts what other connections hear. */
async function eavesdrop(work: () => Promise<void>): Promise<number> {
  const client = await db.pool.connect();
  let count = 0;
  client.on('notification', () => (count += 1));
  await client.query('LISTEN mailweave');
  await work();
  await sleep(50);
  await client.query('UNLISTEN mailweave');
  client.removeAllListeners('notification');
  client.release();
  return count;
}

test('who is alone says nothing', async () => {
  const { bus } = await join(true);
  await sleep(50);
  const said = await eavesdrop(async () => {
    for (let i = 0; i < 100; i++) bus.publish({ type: 'changed', workspaceId: 'w', runId: String(i) });
    bus.join('run:1');
    bus.wake();
  });
  expect(said).toBe(0);
});

test('messages arrive at all others, in order, in few notifications', async () => {
  const [a, b, c] = [await join(), await join(), await join()];
  await meet(a.bus, b.bus, c.bus);
  const said = await eavesdrop(async () => {
    for (let i = 0; i < 500; i++) a.bus.publish({ type: 'cancel', runId: `run-${i}` });
    await vi.waitFor(() => expect(b.heard).toHaveLength(500));
  });
  const all = Array.from({ length: 500 }, (_, i) => ({ type: 'cancel', runId: `run-${i}` }));
  expect(b.heard).toEqual(all);
  await vi.waitFor(() => expect(c.heard).toEqual(all));
  expect(a.heard).toEqual([]);
  expect(said).toBeLessThan(15);
});

test('of messages with one key the newest travels; what is too large is refused', async () => {
  const [a, b] = [await join(), await join()];
  await meet(a.bus, b.bus);
  for (const runId of ['1', '2', '3']) a.bus.publish({ type: 'changed', workspaceId: 'w', runId }, 'one');
  expect(a.bus.publish({ type: 'cancel', runId: 'ü'.repeat(4_000) })).toBe(false);
  expect(a.bus.publish({ type: 'cancel', runId: 'u'.repeat(4_000) })).toBe(true);
  await vi.waitFor(() => expect(b.heard).toHaveLength(2));
  expect(b.heard[0]).toEqual({ type: 'changed', workspaceId: 'w', runId: '3' });
});

test('interest is known to those who were there and to those who come later, and ends', async () => {
  const [a, b] = [await join(), await join()];
  await meet(a.bus, b.bus);
  const rooms = Array.from({ length: 250 }, (_, i) => `run:${i}`);
  for (const room of rooms) b.bus.join(room);
  await vi.waitFor(() => expect(rooms.every((room) => a.bus.wants(room))).toBe(true));
  const late = await join();
  const joined: string[] = [];
  late.bus.onJoin((some) => joined.push(...some));
  await vi.waitFor(() => expect(rooms.every((room) => late.bus.wants(room))).toBe(true));
  expect(joined.sort()).toEqual([...rooms].sort());
  b.bus.leave('run:7');
  await vi.waitFor(() => expect([a.bus.wants('run:7'), late.bus.wants('run:7')]).toEqual([false, false]));
  expect(a.bus.wants('run:8')).toBe(true);
  await b.bus.close();
  await vi.waitFor(() => expect([a.bus.wants('run:8'), a.bus.peers]).toEqual([false, 1]));
});

test('only those who take from the queue are a reason to wake', async () => {
  const [web, other] = [await join(), await join()];
  await meet(web.bus, other.bus);
  web.bus.wake();
  const worker = await join(true);
  await meet(web.bus, other.bus, worker.bus);
  await vi.waitFor(() => {
    web.bus.wake();
    expect(worker.heard.length).toBeGreaterThan(0);
  });
});

test('a lost connection comes back, meets the others again and says that something may have been missed', async () => {
  const [a, b] = [await join(), await join()];
  await meet(a.bus, b.bus);
  b.bus.join('run:1');
  let resynced = 0;
  a.bus.onResync(() => (resynced += 1));
  await db.pool.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'mailweave-bus' AND datname = current_database()`,
  );
  await vi.waitFor(() => expect(a.bus.peers).toBe(0));
  a.bus.publish({ type: 'cancel', runId: 'lost' });
  await vi.waitFor(() => expect([resynced, a.bus.peers, a.bus.wants('run:1')]).toEqual([1, 1, true]), {
    timeout: 5_000,
  });
  a.bus.publish({ type: 'cancel', runId: 'found' });
  await vi.waitFor(() => expect(b.heard).toEqual([{ type: 'cancel', runId: 'found' }]));
  expect(errors.length).toBeGreaterThan(0);
});
