import { describe, expect, test } from 'vitest';
import { contract } from '../../shared/api/contract.ts';
import { roles, type Role } from '../../shared/api/workspace.ts';
import { testDatabase } from '../database/testing.ts';
import { access } from './access.ts';
import { newPerson, Person, testServer, textOf, type Answer } from './testing.ts';

/**
 * P8: every route of the contract × every role × somebody else's objects. The requests are made from the contract; `inputs` says with what,
 * and a route without a row fails.
 */
const db = await testDatabase();
const server = await testServer(db);
const owner = await newPerson(server, 'Otto');
const stranger = await newPerson(server, 'Stan');

const graph = {
  nodes: [{ id: 'manual_1', kind: 'manual', version: 1, title: 'Start', config: {}, position: { x: 0, y: 0 } }],
  edges: [],
  direction: 'down',
};
const nowhere = '01990000-0000-7000-8000-000000000000';

interface Objects {
  workflow: string;
  template: string;
  key: string;
  member: string;
  invitation: string;
  workspace: string;
}

const objects: Objects = await makeObjects(owner);

async function makeObjects(person: Person): Promise<Objects> {
  const id = async (answer: Promise<Answer>) => textOf((await answer).body['id']);
  const workflow = await id(person.send('POST', '/api/v1/workflows', { name: 'Private plan', graph }));
  await person.send('POST', `/api/v1/workflows/${workflow}/publish`, { revision: 1 });
  const members = await person.send('GET', '/api/v1/workspace/members');
  return {
    workflow,
    template: await id(person.send('POST', '/api/v1/templates', { workflowId: workflow, name: 'Private plan' })),
    key: await id(person.send('POST', '/api/v1/api-keys', { name: 'Private plan' })),
    invitation: await id(
      person.send('POST', '/api/v1/workspace/invitations', { email: 'private@example.com', role: 'viewer' }),
    ),
    member: textOf(members.body['members']?.[0]?.['id']),
    workspace: textOf((await person.send('GET', '/api/v1/me')).body['workspace']?.['id']),
  };
}

/** `own`: it works on what the caller may see, so a stranger may call it and finds nothing of ours. */
type Row = { input: Record<string, unknown>; own?: true };
const { workflow, template, key, member, invitation, workspace } = objects;
const inputs: Record<string, Row> = {
  'workspace.me': { input: {}, own: true },
  'workspace.update': { input: {}, own: true },
  'workspace.switch': { input: { id: workspace } },
  'workspace.members': { input: {}, own: true },
  'workspace.invite': { input: { email: 'someone@example.com', role: 'viewer' }, own: true },
  'workspace.revokeInvitation': { input: { id: invitation } },
  'workspace.setRole': { input: { id: member, role: 'owner' } },
  'workspace.removeMember': { input: { id: member } },
  'apiKeys.list': { input: {}, own: true },
  'apiKeys.create': { input: { name: 'k' }, own: true },
  'apiKeys.remove': { input: { id: key } },
  'credits.balance': { input: {}, own: true },
  'credits.statement': { input: {}, own: true },
  'nodes.list': { input: {}, own: true },
  'workflows.list': { input: {}, own: true },
  'workflows.create': { input: { name: 'w' }, own: true },
  'workflows.get': { input: { id: workflow } },
  'workflows.saveDraft': { input: { id: workflow, revision: 1, graph } },
  'workflows.rename': { input: { id: workflow, name: 'stolen' } },
  'workflows.duplicate': { input: { id: workflow } },
  'workflows.validate': { input: { graph }, own: true },
  'workflows.publish': { input: { id: workflow, revision: 1 } },
  'workflows.setActive': { input: { id: workflow, active: false } },
  'workflows.versions': { input: { id: workflow } },
  'workflows.version': { input: { id: workflow, number: 1 } },
  'workflows.remove': { input: { id: workflow } },
  'compose.providers': { input: {}, own: true },
  'compose.generate': { input: { prompt: 'p', workflowId: workflow }, own: true },
  'previews.create': { input: { workflowId: workflow, revision: 1 } },
  'previews.get': { input: { id: nowhere } },
  'runs.start': { input: { workflowId: workflow } },
  'runs.list': { input: { workflowId: workflow }, own: true },
  'runs.get': { input: { id: nowhere } },
  'runs.events': { input: { id: nowhere } },
  'runs.cancel': { input: { id: nowhere } },
  'runs.resolveUncertain': { input: { id: nowhere, nodeId: 'n', decision: 'was_sent' } },
  'templates.list': { input: {}, own: true },
  'templates.get': { input: { id: template } },
  'templates.use': { input: { id: template } },
  'templates.save': { input: { workflowId: workflow, name: 't' } },
  'templates.remove': { input: { id: template } },
  'inbox.list': { input: {}, own: true },
  'inbox.get': { input: { id: nowhere } },
  'inbox.source': { input: { id: nowhere } },
  'inbox.attachment': { input: { id: nowhere, index: 0 } },
  'inbox.remove': { input: { id: nowhere } },
  'inbox.clear': { input: {}, own: true },
};

interface Route {
  name: string;
  method: string;
  path: string;
  role: Role;
}

const rows: Record<string, Record<string, Role>> = access;
const routes: Route[] = Object.entries(contract).flatMap(([resource, own]) =>
  Object.entries(own).map(([name, procedure]) => {
    const { method = 'POST', path = '' } = procedure['~orpc'].route;
    return { name: `${resource}.${name}`, method, path, role: rows[resource]?.[name] ?? 'owner' };
  }),
);

function call(person: Person, { name, method, path }: Route): Promise<Answer> {
  const rest = { ...inputs[name]?.input };
  const filled = path.replace(/\{(\w+)\}/g, (_, part: string) => {
    const value = String(rest[part]);
    delete rest[part];
    return value;
  });
  if (method === 'GET')
    return person.send('GET', `/api/v1${filled}?${new URLSearchParams(rest as Record<string, string>)}`);
  return person.send(method, `/api/v1${filled}`, rest);
}

function may(role: Role, needed: Role): boolean {
  return roles.indexOf(role) <= roles.indexOf(needed);
}

async function memberWith(role: Role): Promise<Person> {
  const person = await newPerson(server, `Member-${role}`);
  await db.pool.query(
    `INSERT INTO members (workspace_id, user_id, role) SELECT $1, id, $2 FROM users WHERE email = $3`,
    [workspace, role, person.email],
  );
  await person.send('POST', '/api/v1/workspace/switch', { id: workspace });
  return person;
}

const viewer = await memberWith('viewer');
const editor = await memberWith('editor');

test('every route has a row in the table of roles and in this matrix, and no row is left over', () => {
  const names = routes.map(({ name }) => name).toSorted();
  const table = Object.entries(rows).flatMap(([resource, own]) =>
    Object.keys(own).map((name) => `${resource}.${name}`),
  );
  expect(Object.keys(inputs).toSorted()).toEqual(names);
  expect(table.toSorted()).toEqual(names);
});

describe.each(routes)('$method $path', (route) => {
  test('nobody gets in without signing in', async () => {
    expect((await call(new Person(server, 'x'), route)).status).toBe(401);
  });

  test('somebody of another workspace finds nothing of ours', async () => {
    const answer = await call(stranger, route);
    const text = JSON.stringify(answer.body);
    for (const id of Object.values(objects)) expect(text).not.toContain(id);
    expect(text).not.toContain('Private plan');
    if (!inputs[route.name]?.own) expect([403, 404]).toContain(answer.status);
  });
});

test.each(routes.filter(({ role }) => !may('viewer', role)))('a viewer may not $method $path', async (route) => {
  expect((await call(viewer, route)).status).toBe(403);
});

test.each(routes.filter(({ role }) => !may('editor', role)))('an editor may not $method $path', async (route) => {
  expect((await call(editor, route)).status).toBe(403);
});

test('after all that, everything of ours is as it was', async () => {
  const { body } = await owner.send('GET', `/api/v1/workflows/${workflow}`);
  expect(body).toMatchObject({ name: 'Private plan', revision: 1, active: true, publishedVersion: 1 });
  expect((await owner.send('GET', `/api/v1/templates/${template}`)).status).toBe(200);
  expect((await owner.send('GET', '/api/v1/api-keys')).body['items']).toHaveLength(1);
  const people = (await owner.send('GET', '/api/v1/workspace/members')).body;
  expect(people['members']).toHaveLength(3);
  expect(people['invitations']).toHaveLength(1);
});

test('the roles that may, may', async () => {
  const reading = routes.filter(
    ({ name, method, role }) => method === 'GET' && role === 'viewer' && /^(work|templ)/.test(name),
  );
  for (const route of reading) expect((await call(viewer, route)).status, route.name).toBe(200);
  const writing = routes.filter(
    ({ name, role }) => role === 'editor' && /^workflows\.(create|rename|duplicate|setActive)/.test(name),
  );
  for (const route of writing) expect([200, 201], route.name).toContain((await call(editor, route)).status);
});
