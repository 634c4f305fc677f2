import { request as httpRequest } from 'node:http';
import { describe, expect, test } from 'vitest';
import { allRunsEnded, lineOf, publish, signUp } from '../../e2e/support/account.ts';
import type { Run } from '../../shared/api/runs.ts';
import type { Workflow } from '../../shared/api/workflows.ts';
import { testDatabase } from '../database/testing.ts';
import { testProduct } from '../testing.ts';

/** The public address of a webhook, over a socket and against the whole product. */
const db = await testDatabase();
const product = await testProduct(db);
const ada = await signUp(product.url);

async function hook(config: Record<string, unknown>, ...steps: Parameters<typeof lineOf>): Promise<string> {
  const { urls } = await publish(ada, 'Hook', lineOf(['hook', 'webhook', config], ...steps));
  return urls['hook']!;
}

/** Sends JSON by POST unless told otherwise. */
async function call(url: string, body: unknown = {}, init: RequestInit = {}) {
  const response = await fetch(url, {
    method: 'POST',
    ...(init.method === undefined ? { body: typeof body === 'string' ? body : JSON.stringify(body) } : {}),
    ...init,
    headers: { 'content-type': 'application/json', ...(init.headers as Record<string, string> | undefined) },
  });
  const text = await response.text();
  const json: unknown = /^[[{]/.test(text) ? JSON.parse(text) : text;
  return { status: response.status, headers: response.headers, body: json };
}

const runIdOf = (answer: { body: unknown }): string => (answer.body as { runId: string }).runId;
const runCount = async (): Promise<number> => (await db.pool.query('SELECT 1 FROM runs')).rowCount ?? 0;

const plain = await hook({});
const answering = { status: 201, bodyType: 'html', body: '<script>alert(1)</script>{{ trigger.body.name | escape }}' };

describe('what it answers', () => {
  test('at once with a run that is durable, and that sees the request without its secrets', async () => {
    const answer = await call(
      `${plain}?a=1&a=2`,
      { name: 'Ada' },
      { headers: { authorization: 'Bearer x', 'x-shop': 'y' } },
    );
    expect(answer).toMatchObject({ status: 202, body: { runId: expect.any(String) } });
    await allRunsEnded(ada, 1);
    const run = await ada.api<Run>('GET', `/runs/${runIdOf(answer)}`);
    expect(run).toMatchObject({ status: 'done', mode: 'live' });
    const [started] = run.events;
    expect(started).toMatchObject({
      output: { method: 'POST', query: { a: ['1', '2'] }, body: { name: 'Ada' }, headers: { 'x-shop': 'y' } },
    });
    expect(JSON.stringify(started)).not.toContain('Bearer');
  });

  test('what a Respond step says, in a sandbox and without headers that are not the workflow’s to set', async () => {
    const headers = [
      'X-Own',
      'X-Accel-Redirect',
      'X-Frame-Options',
      'Cache-Control',
      'Content-Security-Policy',
      'Refresh',
    ];
    const url = await hook({}, [
      'say',
      'respond',
      { ...answering, headers: headers.map((name) => ({ name, value: 'mine' })) },
    ]);
    const answer = await call(url, { name: '<b>Ada</b>' });
    expect(answer).toMatchObject({ status: 201, body: '<script>alert(1)</script>&lt;b&gt;Ada&lt;/b&gt;' });
    const sent = (name: string) => answer.headers.get(name);
    expect([sent('x-own'), sent('cache-control')]).toEqual(['mine', 'mine']);
    for (const name of ['x-accel-redirect', 'x-frame-options', 'refresh']) expect(sent(name), name).not.toBe('mine');
    expect(sent('content-type')).toBe('text/html; charset=utf-8');
    expect(sent('x-content-type-options')).toBe('nosniff');
    expect(sent('content-security-policy')).toMatch(
      /^sandbox (?!.*allow-scripts)(?!.*allow-same-origin).*default-src 'none'/,
    );
    expect(sent('set-cookie')).toBeNull();
  });

  test('with the last output when finished, and with the failure when it failed', async () => {
    const fields = (value: string) => ({ fields: [{ name: 'hi', value }], keepInput: false });
    const fine = await hook({ answer: 'when_finished' }, ['set', 'set', fields('{{ trigger.body.name }}')]);
    expect(await call(fine, { name: 'Ada' })).toMatchObject({
      status: 200,
      body: { status: 'done', output: { hi: 'Ada' } },
    });
    const bad = await hook({ answer: 'when_finished' }, ['stop', 'stop', { status: 'failed', message: 'No stock' }]);
    expect(await call(bad)).toMatchObject({ status: 500, body: { error: { code: 'stopped', message: 'No stock' } } });
  });

  test('a wish to know what is allowed, from any origin', async () => {
    const answer = await call(plain, undefined, { method: 'OPTIONS' });
    expect(answer.status).toBe(204);
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
  });
});

test('an idempotency key starts one run, however often and how concurrently it is sent', async () => {
  const before = await runCount();
  const headers = { 'idempotency-key': 'order-17' };
  const answers = await Promise.all(Array.from({ length: 10 }, () => call(plain, { order: 17 }, { headers })));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
  expect(new Set(answers.map(runIdOf)).size).toBe(1);
  expect(await runCount()).toBe(before + 1);
  expect(runIdOf(await call(plain, {}, { headers: { 'idempotency-key': 'order-18' } }))).not.toBe(runIdOf(answers[0]!));
});

const off = await offUrl();

describe('refused, without a run', () => {
  test.each([
    ['a wrong token', async () => call(`${product.url}/hooks/${'x'.repeat(32)}`), 404],
    ['no token', async () => call(`${product.url}/hooks/`), 404],
    ['a path below the token', async () => call(`${plain}/more`), 404],
    ['the address of a draft', async () => call(await draftUrl()), 404],
    ['a workflow that is switched off', async () => call(off), 404],
    ['the address of a form', async () => call(await formUrl()), 404],
    ['another method', async () => call(await hook({ method: 'POST' }), undefined, { method: 'GET' }), 400],
    ['broken JSON', async () => call(plain, '{"name": "Ada'), 400],
    ['11 MB', async () => call(plain, JSON.stringify('x'.repeat(11_000_000))).catch(cutOff), 413],
    ['11 MB in pieces of unknown number', async () => ({ status: await sendChunks(plain, 11) }), 413],
  ] as const)('%s', async (_name, send, status) => {
    const count = await runCount();
    expect((await send()).status).toBe(status);
    expect(await runCount()).toBe(count);
  });
});

async function draftUrl(): Promise<string> {
  const graph = lineOf(['hook', 'webhook', {}]);
  return (await ada.api<Workflow>('POST', '/workflows', { name: 'Draft', graph })).triggers[0]!.url!;
}

async function offUrl(): Promise<string> {
  const { workflow, urls } = await publish(ada, 'Off', lineOf(['hook', 'webhook', {}]));
  expect((await call(urls['hook']!)).status).toBe(202);
  await ada.api('PUT', `/workflows/${workflow.id}/active`, { active: false });
  return urls['hook']!;
}

async function formUrl(): Promise<string> {
  const { urls } = await publish(ada, 'Form', lineOf(['page', 'form', {}]));
  return urls['page']!.replace('/forms/', '/hooks/');
}

/** The server may hang up on who still sends: with nothing accepted, that is a refusal too. */
function cutOff(): { status: number } {
  return { status: 413 };
}

/** Sends as many megabytes without saying how many, and gives the status. */
function sendChunks(url: string, megabytes: number): Promise<number> {
  return new Promise((resolve) => {
    const request = httpRequest(url, { method: 'POST' }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    request.on('error', () => resolve(413));
    const piece = Buffer.alloc(1_000_000, 'x');
    for (let i = 0; i < megabytes; i++) request.write(piece);
    request.end();
  });
}
