import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeEach, expect, test, vi } from 'vitest';
import { edgeBetween } from '../../../shared/workflow/graph.ts';
import { testDatabase } from '../../database/testing.ts';
import { newPerson, textOf, type Json } from '../../http/testing.ts';
import { testProduct } from '../../testing.ts';

/** A shop that takes orders and lets go of them. */
const calls: { call: string; key: string | undefined; body: string }[] = [];
let refuses = '';
/** Calls to this one are answered when it lets them. */
let held: { call: string; until: Promise<void> } | undefined;
const shop = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk: Buffer) => (body += chunk.toString()));
  request.on('end', () => {
    const call = `${request.method} ${request.url}`;
    calls.push({ call, key: request.headers['idempotency-key']?.toString(), body });
    const status = call === refuses ? 503 : 200;
    const answer = () =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(`{"id":"${request.url?.slice(1)}-1"}`);
    if (call === held?.call) void held.until.then(answer);
    else answer();
  });
});
await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve));
const { port } = shop.address() as AddressInfo;
afterAll(() => void shop.close());

const db = await testDatabase();
const server = await testProduct(db, { allow: [{ host: '127.0.0.1', port }] });
const owner = await newPerson(server, 'Otto');
beforeEach(() => {
  calls.length = 0;
  refuses = '';
  held = undefined;
});

async function call(method: string, path: string, body?: unknown, status = 200): Promise<Json> {
  const answer = await owner.send(method, `/api/v1${path}`, body);
  expect(answer.status, `${method} ${path}: ${JSON.stringify(answer.body)}`).toBe(status);
  return answer.body;
}

const step = (id: string, kind: string, config: object = {}) => {
  return { id, kind, version: 1, title: id, config, position: { x: 0, y: 0 } };
};
const order = (id: string, more: object = { undoMethod: 'DELETE', undoUrl: `${base}/{{ output.body.id }}` }) =>
  step(id, 'http-request', { method: 'POST', url: `${base}/${id}`, ...more });
const base = `http://127.0.0.1:${port}`;
const stop = step('stop', 'stop', { status: 'failed', message: 'Sold out' });

async function ended(settings: object, ...steps: ReturnType<typeof step>[]): Promise<Json> {
  return end(await started(settings, ...steps));
}

async function started(settings: object, ...steps: ReturnType<typeof step>[]): Promise<string> {
  const nodes = [step('manual_1', 'manual'), ...steps];
  const edges = steps.map(({ id }, i) => edgeBetween(nodes[i]!.id, id));
  const graph = { nodes, edges, direction: 'down', settings };
  const workflow = textOf((await call('POST', '/workflows', { name: 'Orders', graph }, 201))['id']);
  return textOf((await call('POST', `/workflows/${workflow}/runs`, { payload: {} }, 201))['id']);
}

async function end(run: string): Promise<Json> {
  await vi.waitFor(async () => expect((await call('GET', `/runs/${run}`))['finishedAt']).not.toBeNull(), {
    timeout: 10_000,
  });
  return call('GET', `/runs/${run}`);
}
const made = () => calls.map((one) => one.call);
const undos = (run: Json) =>
  (run['events'] as unknown as { type: string; node: string }[]).flatMap(({ type, node }) =>
    type.startsWith('step.compensat') ? [`${type.slice(5)} ${node}`] : [],
  );

test('when a run fails, what can be undone is, the last one first, each under a key of its own', async () => {
  const run = await ended({ onFailure: 'rollback' }, order('a'), order('b'), order('c', {}), stop);
  expect(run).toMatchObject({ status: 'failed', error: { message: 'Sold out' } });
  expect(made()).toEqual(['POST /a', 'POST /b', 'POST /c', 'DELETE /b-1', 'DELETE /a-1']);
  expect(undos(run)).toEqual(['compensating b', 'compensated b', 'compensating a', 'compensated a']);
  expect(new Set(calls.map(({ key }) => key)).size).toBe(5);
});

test('an undoing may send what the step was answered', async () => {
  const undo = { undoMethod: 'POST', undoUrl: `${base}/cancel`, undoBody: '{"order":{{ output.body.id | json }}}' };
  await ended({ onFailure: 'rollback' }, order('a', undo), stop);
  expect(calls.at(-1)).toMatchObject({ call: 'POST /cancel', body: '{"order":"a-1"}' });
});

test('an undoing that is refused is tried again, noted, and does not keep the others', async () => {
  refuses = 'DELETE /b-1';
  const run = await ended({ onFailure: 'rollback' }, order('a'), order('b'), stop);
  expect(made().slice(2)).toEqual(['DELETE /b-1', 'DELETE /b-1', 'DELETE /b-1', 'DELETE /a-1']);
  expect(undos(run)).toEqual(['compensating b', 'compensate_failed b', 'compensating a', 'compensated a']);
  expect(new Set(calls.slice(2, 5).map(({ key }) => key)).size, 'every attempt under one key').toBe(1);
}, 20_000);

test('stopping the run does not stop the undoing', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  held = { call: 'DELETE /b-1', until: promise };
  const id = await started({ onFailure: 'rollback' }, order('a'), order('b'), stop);
  await vi.waitFor(() => expect(made()).toContain('DELETE /b-1'));
  await call('POST', `/runs/${id}/cancel`);
  resolve();
  const run = await end(id);
  expect(run).toMatchObject({ status: 'failed' });
  expect(undos(run)).toEqual(['compensating b', 'compensated b', 'compensating a', 'compensated a']);
});

test.each([
  ['a workflow that keeps what was done', {}, [stop]],
  ['a run that is done', { onFailure: 'rollback' }, []],
])('%s undoes nothing', async (_what, settings, more) => {
  const run = await ended(settings, order('a'), ...more);
  expect([made(), undos(run)]).toEqual([['POST /a'], []]);
});
