import { describe, expect, test } from 'vitest';
import { contract } from '../../shared/api/contract.ts';
import { roles, type Role } from '../../shared/api/workspace.ts';
import { testDatabase } from '../database/testing.ts';
import { testProduct } from '../testing.ts';
import { access } from './access.ts';
import { graph, objectsOf } from './testing-tenant.ts';
import { newPerson, Person, textOf, type Answer } from './testing.ts';

/**
 * P8: every route of the contract × everybody who is not of this workspace × its objects, against the whole product. The requests are made
 * from the contract; `inputs` says with what, and a route without a row fails. In the end the owner makes the same requests and gets
 * through, so nobody else was turned away for a mistake in the table.
 */
const db = await testDatabase();
const server = await testProduct(db);
const owner = await newPerson(server, 'Otto');

const me = await owner.send('GET', '/api/v1/me');
const workspace = textOf(me.body['workspace']?.['id']);
const viewer = await joined('viewer');
const editor = await joined('editor');
const leaver = await joined('viewer', 'Leaver');
const objects = await objectsOf({ db, server, workspace, owner, leaver });

/** What anybody may import. */
const file = { format: 'mailweave/workflow', version: 1, name: 'f', graph: { nodes: [], edges: [] } };

/** Puts somebody into our workspace. Whoever does not switch stays active in their own. */
async function joined(role: Role, name = `Member-${role}`, switches = true): Promise<Person> {
  const person = await newPerson(server, name);
  await db.pool.query(
    `INSERT INTO members (workspace_id, user_id, role) SELECT $1, id, $2 FROM users WHERE email = $3`,
    [workspace, role, person.email],
  );
  if (switches) await person.send('POST', '/api/v1/workspace/switch', { id: workspace });
  return person;
}

/** Somebody with a role in a workspace that is not ours. */
async function outsider(role: Role): Promise<Person> {
  const host = await newPerson(server, `Host-${role}`);
  if (role === 'owner') return host;
  const elsewhere = textOf((await host.send('GET', '/api/v1/me')).body['workspace']?.['id']);
  const person = await newPerson(server, `Outside-${role}`);
  await db.pool.query(
    `INSERT INTO members (workspace_id, user_id, role) SELECT $1, id, $2 FROM users WHERE email = $3`,
    [elsewhere, role, person.email],
  );
  await person.send('POST', '/api/v1/workspace/switch', { id: elsewhere });
  return person;
}

type Send = (method: string, path: string, body?: unknown) => Promise<Answer>;

async function withKey(): Promise<Send> {
  const host = await newPerson(server, 'Host-key');
  const made = await host.send('POST', '/api/v1/api-keys', { name: 'outside' });
  const authorization = `Bearer ${textOf(made.body['key'])}`;
  return (method, path, body) => new Person(server, 'nobody').send(method, path, body, { authorization });
}

const sessionOf =
  (person: Person): Send =>
  (method, path, body) =>
    person.send(method, path, body);
const double = 'one of us who is active elsewhere';
const outsiders: Record<string, Send> = {
  'an owner': sessionOf(await outsider('owner')),
  'an editor': sessionOf(await outsider('editor')),
  'a viewer': sessionOf(await outsider('viewer')),
  'an API key': await withKey(),
  [double]: sessionOf(await joined('owner', 'Elsewhere', false)),
};

/**
 * `own`: it works on what the caller may see, so an outsider may call it and finds nothing of ours. `owner`: what our owner gets, where
 * that is no success. `last`: it destroys, so the owner does it at the end.
 */
type Row = { input: Record<string, unknown>; own?: true; owner?: number; last?: true };
const { conversation, proposal } = objects;
const { keptDraft, payload, heldMail } = objects;
const { workflow, run, resting, pausable, paused, approval, preview, template, key, member, invitation, mail } =
  objects;
const today = new Date().toISOString().slice(0, 10);
const days = { from: today, to: today, timeZone: 'Europe/Berlin' };
const inputs: Record<string, Row> = {
  'workspace.me': { input: {}, own: true },
  'workspace.update': { input: { name: 'Renamed' }, own: true },
  'workspace.retention': { input: {}, own: true },
  'workspace.setRetention': { input: { days: 30, runs: 1_000 }, own: true },
  'workspace.switch': { input: { id: workspace } },
  'workspace.members': { input: {}, own: true },
  'workspace.invite': { input: { email: 'someone@example.com', role: 'viewer' }, own: true },
  'workspace.revokeInvitation': { input: { id: invitation }, last: true },
  'workspace.setRole': { input: { id: member, role: 'owner' } },
  'workspace.removeMember': { input: { id: member }, last: true },
  'apiKeys.list': { input: {}, own: true },
  'apiKeys.create': { input: { name: 'k' }, own: true },
  'apiKeys.remove': { input: { id: key }, last: true },
  'credits.balance': { input: {}, own: true },
  'credits.statement': { input: {}, own: true },
  'dashboard.get': { input: { ...days, workflowId: workflow }, own: true },
  'dashboard.export': { input: { ...days, table: 'workflows' }, own: true },
  'nodes.list': { input: {}, own: true },
  'workflows.list': { input: {}, own: true },
  'workflows.create': { input: { name: 'w' }, own: true },
  'workflows.get': { input: { id: workflow } },
  'workflows.saveDraft': { input: { id: workflow, revision: 1, graph } },
  'workflows.rename': { input: { id: workflow, name: 'stolen' } },
  'workflows.duplicate': { input: { id: workflow } },
  'workflows.export': { input: { id: workflow } },
  'workflows.import': { input: { file }, own: true },
  'workflows.validate': { input: { graph }, own: true },
  // The owner has saved revision 2 by then.
  'workflows.publish': { input: { id: workflow, revision: 1 }, owner: 409 },
  'workflows.setActive': { input: { id: workflow, active: false } },
  'workflows.versions': { input: { id: workflow } },
  'workflows.version': { input: { id: workflow, number: 1 } },
  'workflows.history': { input: { id: workflow } },
  'workflows.keepDraft': { input: { id: workflow, graph, reason: 'conflict' } },
  'workflows.keptDraft': { input: { id: workflow, draftId: keptDraft } },
  'workflows.remove': { input: { id: workflow }, last: true },
  'connections.problems': { input: {}, own: true },
  'connections.test': { input: { id: 'mail' }, own: true },
  'compose.providers': { input: {}, own: true },
  'compose.generate': { input: { prompt: 'mail a@example.com', workflowId: workflow }, own: true },
  'assist.edit': { input: { workflowId: workflow, request: 'Remove the mail', graph } },
  'assist.explain': { input: { workflowId: workflow, graph } },
  // The run is done.
  'assist.fix': { input: { workflowId: workflow, runId: run, graph }, owner: 409 },
  'conversations.list': { input: { workflowId: workflow } },
  'conversations.get': { input: { id: conversation } },
  'conversations.decide': { input: { id: conversation, messageId: proposal, outcome: 'accepted' } },
  'conversations.remove': { input: { id: conversation } },
  'previews.create': { input: { workflowId: workflow, revision: 2, basedOn: preview } },
  'previews.get': { input: { id: preview } },
  'runs.start': { input: { workflowId: workflow, payload: {} } },
  'runs.sendTest': { input: { workflowId: workflow, nodeId: 'email_send_1' } },
  'runs.list': { input: { workflowId: workflow }, own: true },
  'runs.get': { input: { id: run } },
  'runs.events': { input: { id: run } },
  'runs.payload': { input: { id: run, ref: payload } },
  'runs.parts': { input: { id: run } },
  'runs.cancel': { input: { id: resting } },
  'runs.pause': { input: { id: pausable } },
  'runs.resume': { input: { id: paused } },
  'runs.rerun': { input: { id: run, from: 'email_send_1' } },
  // The run is done, so there is nothing to try again.
  'runs.retry': { input: { id: run }, owner: 409 },
  'runs.replay': { input: { id: run, version: 'draft' } },
  'runs.retryFailed': { input: {}, own: true },
  'runs.bulk': { input: { action: 'cancel', ids: [resting] }, own: true },
  // The run has ended, and says so to the owner.
  'approvals.list': { input: {}, own: true },
  'approvals.decide': { input: { id: approval, decision: 'approved' } },
  'runs.resolveUncertain': { input: { id: run, nodeId: 'email_send_1', decision: 'was_sent' }, owner: 409 },
  'templates.list': { input: {}, own: true },
  'templates.get': { input: { id: template } },
  'templates.use': { input: { id: template } },
  'templates.save': { input: { workflowId: workflow, name: 't' } },
  'templates.export': { input: { id: template } },
  'templates.import': { input: { file }, own: true },
  'templates.remove': { input: { id: template }, last: true },
  'inbox.list': { input: {}, own: true },
  'inbox.held': { input: {}, own: true },
  'inbox.heldMail': { input: { id: heldMail } },
  'inbox.get': { input: { id: mail } },
  'inbox.source': { input: { id: mail } },
  'inbox.attachment': { input: { id: mail, index: 0 } },
  'inbox.remove': { input: { id: mail }, last: true },
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

function call(send: Send, { name, method, path }: Route): Promise<Answer> {
  const rest = { ...inputs[name]?.input };
  const filled = path.replace(/\{(\w+)\}/g, (_, part: string) => {
    const value = String(rest[part]);
    delete rest[part];
    return value;
  });
  if (method === 'GET') return send('GET', `/api/v1${filled}?${new URLSearchParams(rest as Record<string, string>)}`);
  return send(method, `/api/v1${filled}`, rest);
}

function may(role: Role, needed: Role): boolean {
  return roles.indexOf(role) <= roles.indexOf(needed);
}

/** A fingerprint of every row that is ours, by table. */
async function ours(): Promise<Record<string, string | null>> {
  const { rows: tables } = await db.pool.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'workspace_id' ORDER BY 1`,
  );
  const prints: Record<string, string | null> = {};
  for (const { name } of tables) {
    const { rows: found } = await db.pool.query<{ print: string | null }>(
      `SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) AS print FROM "${name}" t WHERE workspace_id = $1`,
      [workspace],
    );
    prints[name] = found[0]!.print;
  }
  return prints;
}

const before = await ours();

test('every route has a row in the table of roles and in this matrix, and no row is left over', () => {
  const names = routes.map(({ name }) => name).toSorted();
  const table = Object.entries(rows).flatMap(([resource, own]) =>
    Object.keys(own).map((name) => `${resource}.${name}`),
  );
  expect(Object.keys(inputs).toSorted()).toEqual(names);
  expect(table.toSorted()).toEqual(names);
});

test('there is something of ours in every table that outsiders must not reach', () => {
  const filled = Object.keys(before).filter((table) => before[table] !== null);
  for (const table of [
    'workflows',
    'workflow_versions',
    'runs',
    'run_journal',
    'outbox',
    'previews',
    'triggers',
    'kept_drafts',
  ])
    expect(filled).toContain(table);
  for (const table of ['members', 'invitations', 'credit_entries']) expect(filled).toContain(table);
});

describe.each(routes)('$method $path', (route) => {
  test('nobody gets in without signing in', async () => {
    expect((await call(sessionOf(new Person(server, 'x')), route)).status).toBe(401);
  });

  // Whoever belongs to both may go over to ours, and only so.
  const names = Object.keys(outsiders).filter((name) => route.name !== 'workspace.switch' || name !== double);
  test.each(names)('%s of another workspace finds nothing of ours', async (name) => {
    const answer = await call(outsiders[name]!, route);
    const text = JSON.stringify(answer.body);
    for (const id of Object.values(objects)) {
      if (route.name !== 'workspace.me') expect(text).not.toContain(id);
    }
    expect(text).not.toContain('Private plan');
    if (!inputs[route.name]?.own) expect([403, 404]).toContain(answer.status);
  });
});

test.each(routes.filter(({ role }) => !may('viewer', role)))('a viewer may not $method $path', async (route) => {
  expect((await call(sessionOf(viewer), route)).status).toBe(403);
});

test.each(routes.filter(({ role }) => !may('editor', role)))('an editor may not $method $path', async (route) => {
  expect((await call(sessionOf(editor), route)).status).toBe(403);
});

test('after all that, no row of ours has changed', async () => {
  expect(await ours()).toEqual(before);
});

test('members may do what their role allows', async () => {
  const reading = routes.filter(({ method, role }) => method === 'GET' && role === 'viewer');
  for (const route of reading) expect((await call(sessionOf(viewer), route)).status, route.name).toBe(200);
  const writing = routes.filter(({ name, role }) => role === 'editor' && /^workflows\.(create|duplicate)/.test(name));
  for (const route of writing) expect([200, 201], route.name).toContain((await call(sessionOf(editor), route)).status);
});

const destroysLast = routes.toSorted(
  (one, other) => Number(inputs[one.name]?.last ?? false) - Number(inputs[other.name]?.last ?? false),
);
test.each(destroysLast.filter(({ name }) => !inputs[name]?.own))(
  'our owner gets through $method $path',
  async (route) => {
    const wanted = inputs[route.name]?.owner;
    expect(wanted === undefined ? [200, 201] : [wanted]).toContain((await call(sessionOf(owner), route)).status);
  },
);
