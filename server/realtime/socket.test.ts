import { afterAll, expect, test, vi } from 'vitest';
import { io, type Socket } from 'socket.io-client';
import { lineOf, publish, signUp, type Account } from '../../e2e/support/account.ts';
import type { ClientToServer, ServerToClient } from '../../shared/api/socket.ts';
import type { RunEvent, RunSummary } from '../../shared/workflow/run.ts';
import { testDatabase } from '../database/testing.ts';
import { testProduct } from '../testing.ts';

/** Live events over real Socket.IO, against the whole product. */
const db = await testDatabase();
const product = await testProduct(db);
const ada = await signUp(product.url);
const eve = await signUp(product.url);

type Client = Socket<ServerToClient, ClientToServer>;
const clients: Client[] = [];
afterAll(() => {
  for (const client of clients) client.disconnect();
});

async function connect(headers: Record<string, string>): Promise<Client> {
  const client: Client = io(product.url, {
    transports: ['websocket'],
    extraHeaders: headers,
    reconnection: false,
    forceNew: true,
  });
  clients.push(client);
  await new Promise<void>((resolve, reject) => {
    client.on('connect', resolve);
    client.on('connect_error', reject);
  });
  return client;
}

const watch = (client: Client, runId: string, after = 0) =>
  client.timeout(5_000).emitWithAck('run.watch', { runId, after });

/** A workflow of so many short waits, so that a run makes events for a while. */
async function start(account: Account, steps: number): Promise<RunSummary> {
  const waits = Array.from({ length: steps }, (_, i): [string, string, Record<string, unknown>] => [
    `wait_${i}`,
    'delay',
    { amount: 0, unit: 'seconds' },
  ]);
  const graph = lineOf(['manual', 'manual', {}], ...waits);
  const { workflow } = await publish(account, 'Slow', graph);
  return account.api<RunSummary>('POST', `/workflows/${workflow.id}/runs`, { payload: {} });
}

const eventsOf = (answer: Awaited<ReturnType<typeof watch>>): RunEvent[] => {
  if ('error' in answer) throw new Error(answer.error);
  return answer.events;
};

test('nobody connects without a session, with a broken one, or from another site', async () => {
  await expect(connect({})).rejects.toThrow('unauthorized');
  await expect(connect({ cookie: `${ada.cookie}x` })).rejects.toThrow('unauthorized');
  await expect(connect({ cookie: ada.cookie, origin: 'https://evil.example' })).rejects.toThrow();
  expect((await connect({ cookie: ada.cookie, origin: product.url })).connected).toBe(true);
});

test('a run of another workspace does not exist, and none of its events arrive', async () => {
  const run = await start(ada, 1);
  const spy = await connect({ cookie: eve.cookie });
  const heard: unknown[] = [];
  spy.onAny((name) => void heard.push(name));
  const answer = await watch(spy, run.id);
  expect(answer).toEqual({ error: expect.stringMatching(/no such run/i) });
  await start(ada, 3).then(({ id }) => watch(spy, id));
  await vi.waitFor(async () =>
    expect(
      (await ada.api<{ items: RunSummary[] }>('GET', '/runs')).items.every(({ status }) => status === 'done'),
    ).toBe(true),
  );
  expect(heard).toEqual([]);
});

test('whoever joins at any moment sees every event once the answer and the live ones are put together', async () => {
  const client = await connect({ cookie: ada.cookie });
  const seen = new Map<string, Map<number, RunEvent>>();
  const take = (runId: string, events: readonly RunEvent[]): void => {
    const own = seen.get(runId) ?? new Map<number, RunEvent>();
    seen.set(runId, own);
    for (const event of events) own.set(event.seq, event);
  };
  client.on('run.events', ({ runId, events }) => take(runId, events));
  const runs = await Promise.all(
    Array.from({ length: 8 }, async (_, i) => {
      const run = await start(ada, 12);
      await new Promise((resolve) => setTimeout(resolve, i * 7));
      take(run.id, eventsOf(await watch(client, run.id)));
      return run.id;
    }),
  );
  for (const id of runs) {
    await vi.waitFor(() => expect([...seen.get(id)!.values()].map(({ type }) => type)).toContain('run.finished'), {
      timeout: 10_000,
    });
    const numbers = [...seen.get(id)!.keys()].toSorted((a, b) => a - b);
    expect(numbers).toEqual(Array.from({ length: numbers.length }, (_, i) => i + 1));
  }
});

test('after a lost connection only what is missing comes again', async () => {
  const run = await start(ada, 5);
  const client = await connect({ cookie: ada.cookie });
  await vi.waitFor(async () => expect(eventsOf(await watch(client, run.id)).at(-1)?.type).toBe('run.finished'));
  const all = eventsOf(await watch(client, run.id));
  expect(eventsOf(await watch(client, run.id, 4)).map(({ seq }) => seq)).toEqual(all.slice(4).map(({ seq }) => seq));
  expect(eventsOf(await watch(client, run.id, all.length))).toEqual([]);
});

test('malformed wishes are ignored and break nothing', async () => {
  const client = await connect({ cookie: ada.cookie });
  for (const input of [null, 7, { runId: 1, after: 0 }, { runId: 'x', after: 'y' }])
    client.emit('run.watch', input as never, () => {});
  client.emit('run.unwatch', null as never);
  expect(await watch(client, 'no-uuid')).toHaveProperty('error');
  expect(client.connected).toBe(true);
});
