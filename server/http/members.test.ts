import { expect, test } from 'vitest';
import { testDatabase } from '../database/testing.ts';
import { newPerson, Person, testServer, textOf } from './testing.ts';

const db = await testDatabase();
const server = await testServer(db);
const owner = await newPerson(server, 'Olga');

async function invitationFor(email: string, role: string): Promise<string> {
  const answer = await owner.send('POST', '/api/v1/workspace/invitations', { email, role });
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  const text = server.mails.findLast(({ to }) => to === email)?.text ?? '';
  return /\/invitation\/(\S+)/.exec(text)?.[1] ?? '';
}

async function joined(name: string, role: string): Promise<Person> {
  const person = await newPerson(server, name);
  const invitationId = await invitationFor(person.email, role);
  const answer = await person.send('POST', '/api/auth/organization/accept-invitation', { invitationId });
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
  return person;
}

async function memberId(person: Person): Promise<string> {
  const { body } = await owner.send('GET', '/api/v1/workspace/members');
  const members = body['members'] as unknown as { id: string; email: string }[];
  return members.find(({ email }) => email === person.email)?.id ?? '';
}

test('an invitation arrives by mail, shows on GET, and joins on POST', async () => {
  const ed = await newPerson(server, 'Ed');
  const token = await invitationFor(ed.email, 'editor');
  const shown = await ed.send('GET', `/api/auth/organization/get-invitation?id=${token}`);
  expect(shown.body).toMatchObject({ organizationName: 'Olga’s workspace', role: 'editor', email: ed.email });
  expect((await ed.send('GET', '/api/v1/me')).body).toMatchObject({ workspace: { name: 'Ed’s workspace' } });

  const accepted = await ed.send('POST', '/api/auth/organization/accept-invitation', { invitationId: token });
  expect(accepted.status).toBe(200);
  expect((await ed.send('GET', '/api/v1/me')).body).toMatchObject({
    user: { emailVerified: true },
    workspace: { name: 'Olga’s workspace', role: 'editor' },
    workspaces: [{ name: 'Ed’s workspace' }, { name: 'Olga’s workspace' }],
  });
  const again = await ed.send('POST', '/api/auth/organization/accept-invitation', { invitationId: token });
  expect(again.status).toBe(400);
});

test('the bare id of an invitation opens nothing, and neither does somebody else’s account', async () => {
  const token = await invitationFor('gina@example.com', 'owner');
  const [id = ''] = token.split('.');
  const thief = await newPerson(server, 'Thea');
  const accept = (person: Person, invitationId: string) =>
    person.send('POST', '/api/auth/organization/accept-invitation', { invitationId });
  expect((await accept(thief, token)).status).toBe(403);
  const squatter = new Person(server, 'Gina');
  await squatter.signUp();
  for (const wrong of [id, `${id}.`, `${id}.AAAA`, `${token}x`]) {
    expect((await accept(squatter, wrong)).status, wrong).toBe(404);
    expect((await squatter.send('GET', `/api/auth/organization/get-invitation?id=${wrong}`)).status, wrong).toBe(404);
  }
});

test('a withdrawn invitation cannot be accepted; a new one replaces the old', async () => {
  const hal = await newPerson(server, 'Hal');
  const first = await invitationFor(hal.email, 'viewer');
  const second = await invitationFor(hal.email, 'editor');
  const accept = (invitationId: string) =>
    hal.send('POST', '/api/auth/organization/accept-invitation', { invitationId });
  expect((await accept(first)).status).toBe(400);
  const { body } = await owner.send('GET', '/api/v1/workspace/members');
  const open = (body['invitations'] as unknown as { id: string; email: string }[]).filter(
    ({ email }) => email === hal.email,
  );
  expect(open).toHaveLength(1);
  expect((await owner.send('DELETE', `/api/v1/workspace/invitations/${open[0]?.id}`)).status).toBe(200);
  expect((await accept(second)).status).toBe(400);
});

test('inviting a member again says so', async () => {
  const answer = await owner.send('POST', '/api/v1/workspace/invitations', {
    email: 'OLGA@example.com',
    role: 'viewer',
  });
  expect(answer).toMatchObject({
    status: 409,
    body: { error: { code: 'conflict', message: 'olga@example.com is a member already.' } },
  });
});

test('roles decide, and a change of role holds from the next request on', async () => {
  const vera = await joined('Vera', 'viewer');
  const make = () => vera.send('POST', '/api/v1/workflows', { name: 'Mine' });
  expect(await make()).toMatchObject({
    status: 403,
    body: { error: { code: 'forbidden', details: { needed: 'editor', role: 'viewer' } } },
  });
  const changed = await owner.send('PATCH', `/api/v1/workspace/members/${await memberId(vera)}`, { role: 'editor' });
  expect(changed.body).toMatchObject({ role: 'editor', email: vera.email });
  expect((await make()).status).toBe(201);
  expect((await vera.send('GET', '/api/v1/api-keys')).status).toBe(403);
});

test('a removed member is out at once and falls back to a workspace of their own', async () => {
  const rita = await joined('Rita', 'editor');
  expect((await owner.send('DELETE', `/api/v1/workspace/members/${await memberId(rita)}`)).status).toBe(200);
  expect((await rita.send('GET', '/api/v1/me')).body).toMatchObject({
    workspace: { name: 'Rita’s workspace', role: 'owner' },
  });
});

test('a workspace keeps an owner, also when two owners demote each other at once', async () => {
  const me = await memberId(owner);
  const patch = (by: Person, id: string) => by.send('PATCH', `/api/v1/workspace/members/${id}`, { role: 'viewer' });
  expect((await patch(owner, me)).body).toMatchObject({ error: { code: 'conflict' } });
  const second = await joined('Sven', 'owner');
  const other = await memberId(second);
  const answers = await Promise.all([patch(owner, other), patch(second, me)]);
  const [won, lost] = answers.map(({ status }) => status).toSorted((a, b) => a - b);
  expect(won).toBe(200);
  // Refused as the last owner, or as somebody who is no owner any more.
  expect([403, 409]).toContain(lost);
  const { rows } = await db.pool.query(
    `SELECT count(*) AS owners FROM members WHERE role = 'owner' AND workspace_id = (SELECT workspace_id FROM members WHERE id = $1)`,
    [me],
  );
  expect(rows[0].owners).toBe(1);
});

test('switching workspaces takes membership', async () => {
  const wim = await newPerson(server, 'Wim');
  const foreign = String(server.created[0]);
  expect((await wim.send('POST', '/api/v1/workspace/switch', { id: foreign })).status).toBe(404);
});

test('the workspace is renamed and gets a real time zone', async () => {
  const yan = await newPerson(server, 'Yan');
  const done = await yan.send('PATCH', '/api/v1/workspace', { name: 'Studio', timezone: 'Europe/Berlin' });
  expect(done.body).toMatchObject({ name: 'Studio', timezone: 'Europe/Berlin', role: 'owner' });
  for (const timezone of ['Mars/Base', '+02:00', '']) {
    const refused = await yan.send('PATCH', '/api/v1/workspace', { timezone });
    expect(refused, timezone).toMatchObject({
      status: 400,
      body: { error: { details: { fields: { timezone: expect.any(String) } } } },
    });
  }
});

test('how long runs are kept is read by everybody, changed by owners, and has bounds', async () => {
  const reader = await joined('Rosalind', 'viewer');
  await reader.send('POST', '/api/v1/workspace/switch', {
    id: textOf((await owner.send('GET', '/api/v1/me')).body['workspace']?.['id']),
  });
  const put = (person: Person, body: object) => person.send('PUT', '/api/v1/workspace/retention', body);
  expect((await reader.send('GET', '/api/v1/workspace/retention')).body).toEqual({ days: 90, runs: 100_000 });
  expect((await put(reader, { days: 30, runs: 1_000 })).status).toBe(403);
  expect((await put(owner, { days: 30, runs: 1_000 })).body).toEqual({ days: 30, runs: 1_000 });
  for (const wrong of [{ days: 0, runs: 1_000 }, { days: 30, runs: 99 }, { days: 30 }])
    expect((await put(owner, wrong)).status).toBe(400);
  expect((await reader.send('GET', '/api/v1/workspace/retention')).body).toEqual({ days: 30, runs: 1_000 });
});
