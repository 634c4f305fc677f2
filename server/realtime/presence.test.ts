import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { io, type Socket } from 'socket.io-client';
import { lineOf, signUp, type Account } from '../../e2e/support/account.ts';
import type { ClientToServer, PersonHere, ServerToClient } from '../../shared/api/socket.ts';
import type { Workflow } from '../../shared/api/workflows.ts';
import { testDatabase } from '../database/testing.ts';
import { testProduct } from '../testing.ts';
import { createPresence, presenceLimits } from './presence.ts';

/** Over real Socket.IO, at two processes over one database. */
const db = await testDatabase();
const one = await testProduct(db);
const other = await testProduct(db);
const ada = await signUp(one.url);
const eve = await signUp(one.url);
const graph = lineOf(['manual_1', 'manual', {}]);
const workflow = await ada.api<Workflow>('POST', '/workflows', { name: 'Shared', graph });

type Client = Socket<ServerToClient, ClientToServer>;
const clients: Client[] = [];
afterAll(() => {
  for (const client of clients) client.disconnect();
});
afterEach(() => void vi.useRealTimers());

async function connect(account: Account, url = one.url): Promise<Client> {
  const client: Client = io(url, {
    transports: ['websocket'],
    extraHeaders: { cookie: account.cookie },
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

/** A member of Ada's workspace under another name. */
async function joined(name: string): Promise<Account> {
  const person = await signUp(one.url);
  const { workspace } = await ada.api<{ workspace: { id: string } }>('GET', '/me');
  await db.pool.query('UPDATE users SET name = $1 WHERE email = $2', [name, person.email]);
  await db.pool.query(
    `INSERT INTO members (workspace_id, user_id, role) SELECT $1, id, 'editor' FROM users WHERE email = $2`,
    [workspace.id, person.email],
  );
  await person.api('POST', '/workspace/switch', { id: workspace.id });
  return person;
}

const open = (client: Client, workflowId = workflow.id) =>
  client.timeout(5_000).emitWithAck('workflow.open', { workflowId });
const names = (people: readonly PersonHere[]) => people.map(({ name }) => name).toSorted();

test('everybody who has it open knows of everybody, at whichever process, and of who goes', async () => {
  const grace = await joined('Grace Hopper');
  const [here, there] = [await connect(ada), await connect(grace, other.url)];
  const seen: Record<string, string[]> = {};
  here.on('workflow.people', ({ people }) => (seen['here'] = names(people)));
  there.on('workflow.people', ({ people }) => (seen['there'] = names(people)));
  expect(await open(here)).toEqual({ people: [{ userId: expect.any(String), name: 'Ada Lovelace' }], revision: 1 });
  await open(there);
  const both = ['Ada Lovelace', 'Grace Hopper'];
  await vi.waitFor(() => expect(seen).toEqual({ here: both, there: both }), { timeout: 5_000 });

  // A second tab is nobody new.
  const tab = await connect(ada);
  await open(tab);
  tab.disconnect();
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(seen['there']).toEqual(both);

  there.disconnect();
  await vi.waitFor(() => expect(seen['here']).toEqual(['Ada Lovelace']), { timeout: 5_000 });
  here.emit('workflow.close', { workflowId: workflow.id });
  const again = await connect(ada, other.url);
  await vi.waitFor(async () =>
    expect(await open(again)).toMatchObject({ people: [{ name: 'Ada Lovelace' }], revision: 1 }),
  );
});

test('a workflow of another workspace, or what is no id, does not exist, and nobody there hears of anybody', async () => {
  const [mine, theirs] = [await connect(ada), await connect(eve)];
  const heard: unknown[] = [];
  theirs.on('workflow.people', (message) => void heard.push(message));
  expect(await open(theirs)).toEqual({ error: expect.stringMatching(/no such workflow/i) });
  expect(await open(theirs, 'no-uuid')).toEqual({ error: expect.stringMatching(/no such workflow/i) });
  theirs.emit('workflow.open', null as never, () => {});
  theirs.emit('workflow.close', 7 as never);
  expect(await open(mine)).toMatchObject({ people: [{ name: 'Ada Lovelace' }] });
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(heard).toEqual([]);
  expect(theirs.connected).toBe(true);
});

test('a process that falls silent has nobody any more', () => {
  vi.useFakeTimers();
  const emit = vi.fn<Parameters<typeof createPresence>[0]['emit']>();
  const presence = createPresence({ origin: 'a', emit, publish: () => {}, now: Date.now });
  const grace = { userId: 'g', name: 'Grace' };
  presence.heard({ origin: 'b', workflowId: 'w', people: [grace] });
  presence.heard({ origin: 'b', workflowId: 'w', people: [grace] });
  expect(emit).toHaveBeenCalledExactlyOnceWith('w', [grace]);
  vi.advanceTimersByTime(presenceLimits.silentMs - 1_000);
  expect(presence.people('w')).toEqual([grace]);
  vi.advanceTimersByTime(presenceLimits.againMs + 1_000);
  expect(presence.people('w')).toEqual([]);
  expect(emit).toHaveBeenLastCalledWith('w', []);
  presence.close();
});

test('has bounds: workflows of one socket, people and letters that are told', () => {
  const publish = vi.fn<Parameters<typeof createPresence>[0]['publish']>();
  const presence = createPresence({ origin: 'a', emit: () => {}, publish, now: Date.now });
  for (let n = 0; n < presenceLimits.perSocket; n++)
    expect(presence.enter(`w${n}`, 's', { userId: 'u', name: 'U' })).toBe(true);
  expect(presence.enter('more', 's', { userId: 'u', name: 'U' })).toBe(false);
  for (let n = 0; n < 60; n++) presence.enter('w', `s${n}`, { userId: crypto.randomUUID(), name: '名'.repeat(200) });
  const told = publish.mock.lastCall![0];
  expect(told.people).toHaveLength(presenceLimits.told);
  expect(Buffer.byteLength(JSON.stringify({ type: 'people', ...told }))).toBeLessThan(7_800);
  presence.leaveAll('s');
  expect(presence.people('w0')).toEqual([]);
  presence.close();
});
