import { afterAll, beforeEach, expect, test, vi } from 'vitest';
import { edgeBetween, type WorkflowEdge } from '../../../shared/workflow/graph.ts';
import { testDatabase } from '../../database/testing.ts';
import { startSmtpFake } from '../../drivers/mail/fake.ts';
import { newPerson, textOf, type Json } from '../../http/testing.ts';
import { testProduct } from '../../testing.ts';

const smtp = await startSmtpFake();
afterAll(() => smtp.close());
const db = await testDatabase();
const server = await testProduct(db, { smtpUrl: smtp.url });
const owner = await newPerson(server, 'Otto');

beforeEach(() => {
  smtp.messages.length = 0;
  smtp.behave(() => undefined);
});

async function call(method: string, path: string, body?: unknown, status = 200): Promise<Json> {
  const answer = await owner.send(method, `/api/v1${path}`, body);
  expect(answer.status, `${method} ${path}: ${JSON.stringify(answer.body)}`).toBe(status);
  return answer.body;
}

const step = (id: string, kind: string, config: object = {}, more: object = {}) => {
  return { id, kind, version: 1, title: id, config, position: { x: 0, y: 0 }, ...more };
};
const mail = (id: string, more: object = {}, text = 'Hello {{ trigger.name }}') =>
  step(id, 'email-send', { to: `${id}@example.com`, subject: `To ${id}`, text }, more);

/** A workflow of these steps, one after the other, behind a start by hand. */
async function workflowOf(...steps: ReturnType<typeof step>[]): Promise<string> {
  const nodes = [step('manual_1', 'manual'), ...steps];
  const edges: WorkflowEdge[] = steps.map(({ id }, i) => edgeBetween(nodes[i]!.id, id));
  return textOf(
    (await call('POST', '/workflows', { name: 'Letters', graph: { nodes, edges, direction: 'down' } }, 201))['id'],
  );
}

async function start(workflow: string, payload: unknown = { name: 'Ada' }): Promise<string> {
  return textOf((await call('POST', `/workflows/${workflow}/runs`, { payload }, 201))['id']);
}

async function reaches(id: string, status: string, timeout = 10_000): Promise<Json> {
  await vi.waitFor(async () => expect(textOf((await call('GET', `/runs/${id}`))['status'])).toBe(status), { timeout });
  return call('GET', `/runs/${id}`);
}

const sent = () => smtp.messages.map(({ to }) => to.join());
const messageIds = () => smtp.messages.map(({ raw }) => /^Message-ID: (.*)$/im.exec(raw.toString())?.[1]);
const refuse = (recipient: string) =>
  smtp.behave(({ point, argument }) =>
    point === 'rcpt' && argument === recipient ? { reply: '550 no such user' } : undefined,
  );
/** Takes the message of the first attempt and hangs up before saying so. */
const cutOnce = () => {
  let cut = false;
  smtp.behave(({ point }) => {
    if (point !== 'stored' || cut) return undefined;
    cut = true;
    return 'drop';
  });
};

test('a rerun keeps what stands before the step: it is in the journal as a copy and is not sent again', async () => {
  const first = await start(await workflowOf(mail('a'), mail('b'), mail('c')));
  const old = await reaches(first, 'done');
  expect(sent()).toEqual(['a@example.com', 'b@example.com', 'c@example.com']);
  const rerun = await call('POST', `/runs/${first}/rerun`, { from: 'b' }, 201);
  expect(rerun).toMatchObject({
    parentRunId: first,
    reason: 'rerun',
    versionId: textOf(old['versionId']),
    mode: 'test',
  });
  const run = await reaches(textOf(rerun['id']), 'done');
  expect(sent().slice(3)).toEqual(['b@example.com', 'c@example.com']);
  expect(smtp.messages.at(-1)?.raw.toString()).toContain('Hello Ada');
  const events = run['events'] as unknown as { type: string; node?: string; copied?: boolean }[];
  expect(events.filter(({ copied }) => copied).map(({ type, node }) => `${type} ${node}`)).toEqual(['step.done a']);
  expect(new Set(messageIds()).size).toBe(5);
});

test('what cannot be repeated is refused', async () => {
  const first = await start(await workflowOf(mail('a')));
  await reaches(first, 'done');
  await call('POST', `/runs/${first}/rerun`, { from: 'zz' }, 400);
  await call('POST', `/runs/${first}/retry`, {}, 409);
  const resting = await start(await workflowOf(step('wait', 'delay', { amount: 1, unit: 'days' })));
  await reaches(resting, 'waiting');
  await call('POST', `/runs/${resting}/rerun`, { from: 'manual_1' }, 409);
  const missing = '0193a1b2-0000-7000-8000-000000000001';
  for (const path of ['rerun', 'retry', 'replay']) await call('POST', `/runs/${missing}/${path}`, { from: 'a' }, 404);
});

test('a failed run is tried again from its failed step, once, however often one asks', async () => {
  refuse('b@example.com');
  const first = await start(await workflowOf(mail('a'), mail('b'), mail('c')));
  await reaches(first, 'failed');
  smtp.behave(() => undefined);
  expect((await call('GET', '/runs?status=failed&untried=true'))['items']).toMatchObject([{ id: first }]);
  const retry = await call('POST', `/runs/${first}/retry`, {}, 201);
  const again = await call('POST', `/runs/${first}/retry`, {}, 201);
  expect(textOf(again['id'])).toBe(textOf(retry['id']));
  expect((await call('GET', '/runs?status=failed&untried=true'))['items']).toEqual([]);
  expect(retry).toMatchObject({ parentRunId: first, reason: 'retry' });
  await reaches(textOf(retry['id']), 'done');
  expect(sent()).toEqual(['a@example.com', 'b@example.com', 'c@example.com']);
});

test('a replay runs the same data on the draft as it is now, or on the published version', async () => {
  const workflow = await workflowOf(mail('a'));
  const first = await start(workflow, { name: 'Grace' });
  await reaches(first, 'done');
  await call('POST', `/runs/${first}/replay`, { version: 'published' }, 404);
  const { graph, revision } = await call('GET', `/workflows/${workflow}`);
  const text = JSON.stringify(graph).replace('Hello', 'Good evening');
  await call('PUT', `/workflows/${workflow}/draft`, { graph: JSON.parse(text), revision });
  const replay = await call('POST', `/runs/${first}/replay`, { version: 'draft' }, 201);
  expect(replay).toMatchObject({ parentRunId: first, reason: 'replay', mode: 'test' });
  await reaches(textOf(replay['id']), 'done');
  expect(smtp.messages.at(-1)?.raw.toString()).toContain('Good evening Grace');
});

test('failed runs are tried again in bulk: each once, oldest first, and refusals are counted by their reason', async () => {
  refuse('b@example.com');
  const workflow = await workflowOf(mail('a'), mail('b', {}, '{{ trigger.n }}'));
  const failed: string[] = [];
  for (let n = 1; n <= 20; n++) failed.push(await start(workflow, { name: 'x', n }));
  for (const id of failed) await reaches(id, 'failed');
  const stopped = await workflowOf(step('stop', 'stop', { status: 'failed', message: 'No consent' }));
  await reaches(await start(stopped), 'failed');
  const before = smtp.messages.length;
  const body = { workflowId: workflow, limit: 15 };
  expect(await call('POST', '/runs/retry-failed', { ...body, dryRun: true })).toEqual({
    matching: 20,
    started: 0,
    refused: 0,
    reasons: [],
  });
  smtp.behave(() => undefined);
  expect(await call('POST', '/runs/retry-failed', body)).toMatchObject({ matching: 20, started: 15, refused: 0 });
  expect(await call('POST', '/runs/retry-failed', body)).toMatchObject({ matching: 5, started: 5, refused: 0 });
  expect(await call('POST', '/runs/retry-failed', body)).toMatchObject({ matching: 0, started: 0 });
  await vi.waitFor(() => expect(smtp.messages.length).toBe(before + 20), { timeout: 10_000 });
  expect(
    sent()
      .slice(before)
      .every((to) => to === 'b@example.com'),
  ).toBe(true);
  const texts = smtp.messages.slice(before).map(({ raw }) => Number(raw.toString().split('\r\n\r\n')[1]));
  expect(texts.toSorted((one, other) => one - other)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
  const refused = await call('POST', '/runs/retry-failed', { workflowId: stopped });
  expect(refused).toMatchObject({ matching: 1, started: 0, refused: 1, reasons: [{ code: 'conflict', count: 1 }] });
  const past = await call('POST', '/runs/retry-failed', { workflowId: stopped, until: new Date(0).toISOString() });
  expect(past).toMatchObject({ matching: 0 });
}, 60_000);

test.each([
  ['was_sent', 1],
  ['send_again', 2],
] as const)('a cut mail of a step that asks is shown and waits for a person: %s', async (decision, copies) => {
  cutOnce();
  const id = await start(await workflowOf(mail('a', { onUnknown: 'ask' }), mail('b')));
  await reaches(id, 'waiting');
  const { items } = await call('GET', '/runs?uncertain=true');
  expect(items).toMatchObject([{ id, uncertainSteps: 1 }]);
  await call('POST', `/runs/${id}/steps/b/resolve`, { decision }, 409);
  await vi.waitFor(() => call('POST', `/runs/${id}/steps/a/resolve`, { decision }));
  await reaches(id, 'done');
  expect(sent()).toEqual([...Array.from({ length: copies }, () => 'a@example.com'), 'b@example.com']);
  expect(new Set(messageIds().slice(0, copies)).size).toBe(1);
  expect((await call('GET', '/runs?uncertain=true'))['items']).toEqual([]);
});

test('by default a cut mail is sent again by itself, with the same Message-ID', async () => {
  cutOnce();
  const id = await start(await workflowOf(mail('a')));
  await reaches(id, 'done', 14_000);
  expect(sent()).toEqual(['a@example.com', 'a@example.com']);
  expect(new Set(messageIds()).size).toBe(1);
  const { rows } = await db.pool.query('SELECT status FROM outbox WHERE run_id = $1', [id]);
  expect(rows).toEqual([{ status: 'sent' }]);
});

test('a run that ends while a mail is uncertain repeats it under the same Message-ID when it is tried again', async () => {
  cutOnce();
  const first = await start(await workflowOf(mail('a')));
  await vi.waitFor(() => expect(smtp.messages.length).toBe(1));
  await reaches(first, 'waiting');
  await call('POST', `/runs/${first}/cancel`);
  await reaches(first, 'cancelled');
  const retry = await call('POST', `/runs/${first}/retry`, {}, 201);
  await reaches(textOf(retry['id']), 'done');
  expect(sent()).toEqual(['a@example.com', 'a@example.com']);
  expect(new Set(messageIds()).size).toBe(1);
});
