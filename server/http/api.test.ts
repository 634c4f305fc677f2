import { expect, test } from 'vitest';
import type { ComposeEvent } from '../../shared/api/compose.ts';
import { AppError } from '../../shared/errors.ts';
import { createApiClient } from '../../shared/api/client.ts';
import { testDatabase } from '../database/testing.ts';
import { newPerson, Person, testServer, textOf } from './testing.ts';

const db = await testDatabase();
const server = await testServer(db, {
  services: {
    compose: {
      providers: () => Promise.reject(new Error('not part of this test')),
      generate: async () => brokenStream(),
    },
  },
  http: {
    mounts: [(app) => app.get('/hooks/:token', () => Promise.reject(new Error('secret of the database')))],
  },
});
async function* brokenStream(): AsyncGenerator<ComposeEvent, never, void> {
  yield { type: 'status', text: 'Thinking' };
  throw new AppError('provider_auth', 'The key of OpenAI is wrong.');
}

const ada = await newPerson(server, 'Ada');

const node = (id: string, kind = 'manual') => ({
  id,
  kind,
  version: 1,
  title: id,
  config: {},
  position: { x: 0, y: 0 },
});
const graph = { nodes: [node('manual_1'), node('stop_1', 'stop')], edges: [], direction: 'down' };

async function newWorkflow(name = 'Flow'): Promise<string> {
  const { body } = await ada.send('POST', '/api/v1/workflows', { name, graph });
  return textOf(body['id']);
}

test('of two people who save the same revision, one wins and nothing is overwritten', async () => {
  const id = await newWorkflow();
  const save = (title: string) => {
    const changed = { ...graph, nodes: [{ ...node('manual_1'), title }] };
    return ada.send('PUT', `/api/v1/workflows/${id}/draft`, { revision: 1, graph: changed });
  };
  const answers = await Promise.all([save('one'), save('two'), save('three')]);
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409, 409]);
  const lost = answers.find(({ status }) => status === 409);
  expect(lost?.body).toMatchObject({
    error: { code: 'conflict', details: { revision: 2, updatedBy: 'Ada', updatedAt: expect.any(String) } },
  });
  const won = ['one', 'two', 'three'][answers.findIndex(({ status }) => status === 200)];
  const { body } = await ada.send('GET', `/api/v1/workflows/${id}`);
  expect(body).toMatchObject({ revision: 2, graph: { nodes: [{ title: won }] } });
});

test('an unfinished workflow is kept with its problems, but not published', async () => {
  const made = await ada.send('POST', '/api/v1/workflows', {
    name: 'Half',
    graph: { nodes: [node('stop_1', 'stop')], edges: [] },
  });
  expect(made).toMatchObject({ status: 201, body: { problems: [{ code: 'no_trigger' }] } });
  const refused = await ada.send('POST', `/api/v1/workflows/${textOf(made.body['id'])}/publish`, { revision: 1 });
  expect(refused).toMatchObject({
    status: 422,
    body: { error: { code: 'invalid_graph', details: { problems: [{ severity: 'error', code: 'no_trigger' }] } } },
  });
});

test('publishing freezes versions, says what changed since, and can be switched off', async () => {
  const id = await newWorkflow('Published');
  const early = await ada.send('PUT', `/api/v1/workflows/${id}/active`, { active: true });
  expect(early.status).toBe(409);
  const first = await ada.send('POST', `/api/v1/workflows/${id}/publish`, { revision: 1 });
  expect(first.body).toMatchObject({ version: { number: 1, publishedBy: 'Ada' }, triggers: [{ nodeId: 'manual_1' }] });
  expect(server.deployed).toContain(first.body['version']?.['id']);

  const smaller = { nodes: [node('manual_1')], edges: [], direction: 'down' };
  await ada.send('PUT', `/api/v1/workflows/${id}/draft`, { revision: 1, graph: smaller });
  expect((await ada.send('GET', `/api/v1/workflows/${id}`)).body).toMatchObject({
    changed: true,
    active: true,
    publishedVersion: 1,
  });
  expect((await ada.send('POST', `/api/v1/workflows/${id}/publish`, { revision: 1 })).status).toBe(409);
  expect((await ada.send('POST', `/api/v1/workflows/${id}/publish`, { revision: 2 })).body).toMatchObject({
    version: { number: 2 },
  });

  const { body: versions } = await ada.send('GET', `/api/v1/workflows/${id}/versions`);
  expect(versions).toMatchObject({ items: [{ number: 2 }, { number: 1 }] });
  expect((await ada.send('GET', `/api/v1/workflows/${id}/versions/1`)).body).toMatchObject({ number: 1, graph });
  expect((await ada.send('PUT', `/api/v1/workflows/${id}/active`, { active: false })).body).toMatchObject({
    active: false,
    changed: false,
  });
});

test('workflows are searched, paged, renamed, duplicated and deleted', async () => {
  const eve = await newPerson(server, 'Eve');
  for (const name of ['100% Alpha', 'Beta', 'Gamma']) await eve.send('POST', '/api/v1/workflows', { name });
  const first = await eve.send('GET', '/api/v1/workflows?limit=2');
  expect(first.body).toMatchObject({ items: [{ name: 'Gamma' }, { name: 'Beta' }] });
  const rest = await eve.send('GET', `/api/v1/workflows?limit=2&cursor=${textOf(first.body['nextCursor'])}`);
  expect(rest.body).toMatchObject({ items: [{ name: '100% Alpha' }], nextCursor: null });
  expect((await eve.send('GET', '/api/v1/workflows?search=0%25%20a')).body['items']).toHaveLength(1);
  expect((await eve.send('GET', '/api/v1/workflows?search=%25')).body['items']).toHaveLength(1);
  expect((await eve.send('GET', '/api/v1/workflows?cursor=nonsense')).status).toBe(400);

  const id = textOf(rest.body['items']?.[0]?.['id']);
  expect((await eve.send('PATCH', `/api/v1/workflows/${id}`, { name: ' Delta ' })).body).toMatchObject({
    name: 'Delta',
  });
  expect((await eve.send('POST', `/api/v1/workflows/${id}/duplicate`, {})).body).toMatchObject({
    name: 'Delta (copy)',
    revision: 1,
  });
  expect((await eve.send('DELETE', `/api/v1/workflows/${id}`)).body).toEqual({ ok: true });
  expect((await eve.send('GET', `/api/v1/workflows/${id}`)).status).toBe(404);
});

test('an API key acts as an editor of its workspace, and is refused from the moment it is revoked', async () => {
  const made = await ada.send('POST', '/api/v1/api-keys', { name: 'Robot', expiresInDays: 30 });
  const key = textOf(made.body['key']);
  expect(key).toMatch(/^mw_\w{64}$/);
  expect(made.body).toMatchObject({ name: 'Robot', start: key.slice(0, 10), lastUsedAt: null });
  const robot = (method: string, path: string, body?: unknown) =>
    new Person(server, 'x').send(method, path, body, { authorization: `Bearer ${key}` });

  expect((await robot('GET', '/api/v1/me')).body).toMatchObject({
    workspace: { name: 'Ada’s workspace', role: 'editor' },
  });
  expect((await robot('POST', '/api/v1/workflows', { name: 'By robot' })).status).toBe(201);
  expect((await robot('GET', '/api/v1/api-keys')).status).toBe(403);
  expect((await robot('POST', '/api/v1/workspace/switch', { id: String(server.created[0]) })).status).toBe(403);

  const listed = await ada.send('GET', '/api/v1/api-keys');
  expect(listed.body).toMatchObject({ items: [{ name: 'Robot', lastUsedAt: expect.any(String) }] });
  expect(JSON.stringify(listed.body)).not.toContain(key);
  const { rows } = await db.pool.query('SELECT key FROM api_keys');
  expect(JSON.stringify(rows)).not.toContain(key);

  await ada.send('DELETE', `/api/v1/api-keys/${textOf(made.body['id'])}`);
  expect((await robot('GET', '/api/v1/me')).status).toBe(401);
});

test('a wrong or expired key is refused, also next to a good cookie', async () => {
  const { body } = await ada.send('POST', '/api/v1/api-keys', { name: 'Old' });
  await db.pool.query(`UPDATE api_keys SET expires_at = now() - interval '1 second' WHERE id = $1`, [body['id']]);
  for (const authorization of [
    `Bearer ${textOf(body['key'])}`,
    `Bearer mw_${'A'.repeat(64)}`,
    'Bearer x',
    'Basic YTpi',
    '',
  ]) {
    const answer = await ada.send('GET', '/api/v1/me', undefined, { authorization });
    expect(answer.status, authorization).toBe(401);
  }
});

test.each([
  ['a foreign origin', { origin: 'https://evil.example' }],
  ['a foreign origin that looks like ours', { origin: `${server.url}.evil.example` }],
  ['a sandboxed page', { origin: 'null' }],
  ['a cross-site fetch', { 'sec-fetch-site': 'cross-site' }],
  ['a sister host', { 'sec-fetch-site': 'same-site' }],
])('a change with the cookie from %s is refused on every face', async (_what, headers) => {
  for (const path of ['/api/v1/workflows', '/rpc/workflows/create', '/api/auth/sign-out']) {
    const answer = await ada.send(
      'POST',
      path,
      path.startsWith('/rpc') ? { json: { name: 'x' } } : { name: 'x' },
      headers,
    );
    expect(answer.status, path).toBe(403);
  }
  expect((await ada.send('GET', '/api/v1/me', undefined, headers)).status).toBe(200);
});

test('our own page passes', async () => {
  const headers = { origin: server.url, 'sec-fetch-site': 'same-origin' };
  expect((await ada.send('POST', '/api/v1/workflows', { name: 'Own' }, headers)).status).toBe(201);
});

test('wrong input names each field, in details and in the message', async () => {
  const answer = await ada.send('POST', '/api/v1/workflows', { name: ' ', graph: { nodes: [{ id: 'Ä' }], edges: [] } });
  expect(answer.status).toBe(400);
  expect(answer.body['error']).toMatchObject({
    code: 'bad_request',
    message: expect.stringMatching(/^name: give the workflow a name; graph\.nodes\.0\.id: use a-z/),
    details: { fields: { name: 'give the workflow a name', 'graph.nodes.0.kind': expect.any(String) } },
    requestId: answer.headers.get('x-request-id'),
  });
});

test('a graph over the limit, a body over the limit and a body that is no JSON are told apart', async () => {
  const nodes = Array.from({ length: 5_000 }, (_, n) => node(`n_${n}`));
  const tooMany = await ada.send('POST', '/api/v1/workflows', { name: 'Big', graph: { nodes, edges: [] } });
  expect(tooMany.body).toMatchObject({
    error: { details: { fields: { 'graph.nodes': 'a workflow holds at most 2000 steps' } } },
  });
  const tooLong = await ada.send('POST', '/api/v1/workflows', { name: 'x'.repeat(2_100_000) });
  expect(tooLong).toMatchObject({ status: 413, body: { error: { code: 'too_large' } } });
  const response = await fetch(`${server.url}/api/v1/workflows`, {
    method: 'POST',
    headers: { cookie: ada.cookie, 'content-type': 'application/json' },
    body: '{"name": ',
  });
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({
    error: { code: 'bad_request', message: expect.stringMatching(/JSON/), requestId: expect.any(String) },
  });
});

test('the client’s protocol carries the same codes and details', async () => {
  const answer = await ada.send('POST', '/rpc/workflows/create', { json: { name: '' } });
  expect(answer).toMatchObject({
    status: 400,
    body: {
      json: {
        code: 'bad_request',
        data: { details: { fields: { name: 'give the workflow a name' } }, requestId: expect.any(String) },
      },
    },
  });
});

test.each(['/api/v1/nothing', '/rpc/nothing', '/api/nothing', '/nothing', '/api/auth/nothing'])(
  '%s is a 404 in our shape',
  async (path) => {
    expect(await ada.send('GET', path)).toMatchObject({
      status: 404,
      body: { error: { code: 'not_found', requestId: expect.any(String) } },
    });
  },
);

test('a stream that fails in the middle says why, on both faces', async () => {
  const stream = await createApiClient(server.url, { cookie: ada.cookie }).compose.generate({ prompt: 'x' });
  expect((await stream.next()).value).toEqual({ type: 'status', text: 'Thinking' });
  await expect(stream.next()).rejects.toMatchObject({ code: 'provider_auth', message: 'The key of OpenAI is wrong.' });
  const rest = await ada.send('POST', '/api/v1/compose', { prompt: 'x' });
  expect(textOf(rest.body)).toMatch(/event: error\ndata: .*"code":"provider_auth"/);
});

test('what breaks inside is logged, not told', async () => {
  const answer = await ada.send('GET', '/hooks/s3cr3t-token?key=value');
  expect(answer).toMatchObject({ status: 500, body: { error: { code: 'internal' } } });
  expect(JSON.stringify(answer.body)).not.toContain('secret of');
  const log = JSON.stringify(server.logged);
  expect(log).toContain('secret of the database');
  expect(log).not.toMatch(/s3cr3t-token|key=value/);
  expect(log).not.toContain(ada.cookie.split('=')[1]);
});

test('templates are listed, used with their form, saved and removed', async () => {
  const list = await ada.send('GET', '/api/v1/templates?search=welcome%20a%20new%20lead');
  expect(list.body['items']?.[0]).toMatchObject({ id: 'welcome-new-lead', createdAt: null });
  const use = (values: object) => ada.send('POST', '/api/v1/templates/welcome-new-lead/use', { values });
  expect(await use({ company: 'Acme', sales_email: 'nobody' })).toMatchObject({
    status: 400,
    body: { error: { details: { fields: { offer: 'fill this in', sales_email: 'enter an e-mail address' } } } },
  });
  const used = await use({ company: 'Acme', offer: 'Anvils', sales_email: 'sales@acme.example' });
  expect(used).toMatchObject({ status: 201, body: { name: 'Welcome a new lead' } });
  expect(JSON.stringify(used.body['graph'])).toContain('Contact Acme');

  const saved = await ada.send('POST', '/api/v1/templates', { workflowId: textOf(used.body['id']), name: 'Ours' });
  expect(saved).toMatchObject({ status: 201, body: { category: 'own', parameters: [] } });
  const id = textOf(saved.body['id']);
  expect((await ada.send('POST', `/api/v1/templates/${id}/use`, { name: 'Again' })).body).toMatchObject({
    name: 'Again',
    graph: used.body['graph'],
  });
  expect((await ada.send('DELETE', `/api/v1/templates/${id}`)).status).toBe(200);
  expect((await ada.send('GET', `/api/v1/templates/${id}`)).status).toBe(404);
});

test('workflows and templates leave as files and come back', async () => {
  const file = (await ada.send('GET', '/api/v1/templates/welcome-new-lead/file')).body;
  const kept = await ada.send('POST', '/api/v1/templates/import', { file });
  expect(kept).toMatchObject({ status: 201, body: { category: 'own', keywords: file['keywords'] } });
  const values = { company: 'Acme', offer: 'Anvils', sales_email: 'sales@acme.example' };
  const used = await ada.send('POST', `/api/v1/templates/${textOf(kept.body['id'])}/use`, { values });
  expect(JSON.stringify(used.body['graph'])).toContain('Contact Acme');

  const own = (await ada.send('GET', `/api/v1/workflows/${textOf(used.body['id'])}/file`)).body;
  expect((await ada.send('POST', '/api/v1/workflows/import', { file: own })).body).toMatchObject({
    name: used.body['name'],
    graph: used.body['graph'],
  });
  const refused = await ada.send('POST', '/api/v1/workflows/import', { file });
  expect(refused.body).toMatchObject({
    error: { details: { fields: { 'file.parameters': expect.stringContaining('Templates') } } },
  });
  const strange = await ada.send('POST', '/api/v1/workflows/import', { file: { nodes: [] } });
  expect(strange.body).toMatchObject({
    error: { details: { fields: { 'file.format': 'this is no file of a Mailweave workflow' } } },
  });
});

test('health, docs and headers', async () => {
  const nobody = new Person(server, 'x');
  expect((await nobody.send('GET', '/healthz')).body).toEqual({ status: 'ok' });
  expect((await nobody.send('GET', '/readyz')).body).toEqual({ status: 'ready' });
  expect((await nobody.send('GET', '/api/openapi.json')).body).toMatchObject({ openapi: expect.any(String) });
  const docs = await nobody.send('GET', '/api/docs');
  expect(docs.headers.get('content-type')).toMatch(/text\/html/);
  const policy = docs.headers.get('content-security-policy') ?? '';
  expect(policy).toMatch(/default-src 'self'.*frame-ancestors 'none'/);
  expect(policy).not.toMatch(/script-src[^;]*unsafe/);
  expect(docs.headers.get('x-content-type-options')).toBe('nosniff');
  expect(docs.headers.get('strict-transport-security')).toBeNull();
  expect(docs.headers.get('x-powered-by')).toBeNull();
});
