import { expect, test } from 'vitest';
import { testDatabase } from '../database/testing.ts';
import { newPerson, PASSWORD, Person, testServer } from './testing.ts';

const db = await testDatabase();
const server = await testServer(db);

test('signing up gives a session and a workspace of one’s own', async () => {
  const ada = await newPerson(server, 'Ada');
  const me = await ada.send('GET', '/api/v1/me');
  expect(me.status).toBe(200);
  expect(me.body).toMatchObject({
    user: { name: 'Ada', email: 'ada@example.com', emailVerified: false },
    workspace: { name: 'Ada’s workspace', role: 'owner', timezone: 'UTC' },
    workspaces: [{ name: 'Ada’s workspace', role: 'owner' }],
    creditsMicro: 5_000_000,
  });
  expect(server.created).toContain(me.body['workspace']?.['id']);
});

test('cookies are HttpOnly and SameSite=Lax, and signing out ends the session', async () => {
  const bob = new Person(server, 'Bob');
  const answer = await bob.signUp();
  const [cookie] = answer.headers.getSetCookie();
  expect(cookie).toMatch(/HttpOnly/);
  expect(cookie).toMatch(/SameSite=Lax/i);
  expect(cookie).not.toMatch(/Secure/);
  const kept = bob.cookie;
  expect((await bob.send('POST', '/api/auth/sign-out', {})).status).toBe(200);
  const stale = await new Person(server, 'Bob').send('GET', '/api/v1/me', undefined, { cookie: kept });
  expect(stale.status).toBe(401);
  expect((await bob.signIn()).status).toBe(200);
  expect((await bob.send('GET', '/api/v1/me')).status).toBe(200);
});

test('a workflow is created, read and saved over REST', async () => {
  const eve = await newPerson(server, 'Eve');
  const made = await eve.send('POST', '/api/v1/workflows', { name: 'Welcome' });
  expect(made.status).toBe(201);
  const id = String(made.body['id']);
  const graph = {
    nodes: [{ id: 'manual_1', kind: 'manual', version: 1, title: 'Start', config: {}, position: { x: 0, y: 0 } }],
    edges: [],
    direction: 'down',
  };
  const saved = await eve.send('PUT', `/api/v1/workflows/${id}/draft`, { revision: 1, graph });
  expect(saved).toMatchObject({ status: 200, body: { revision: 2, problems: [] } });
  const read = await eve.send('GET', `/api/v1/workflows/${id}`);
  expect(read.body).toMatchObject({ name: 'Welcome', revision: 2, graph, nodeKinds: ['manual'], lastRun: null });
  expect(PASSWORD.length).toBeGreaterThan(9);
});
