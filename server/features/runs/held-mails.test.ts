import { afterAll, beforeEach, expect, test, vi } from 'vitest';
import { edgeBetween } from '../../../shared/workflow/graph.ts';
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
const mail = (id: string, more: object = {}) =>
  step(id, 'email-send', { to: `${id}@example.com`, subject: `To ${id}`, text: 'Hello' }, more);
const stop = step('stop', 'stop', { status: 'failed', message: 'Not today' });
const settings = { holdMails: true };

async function start(...steps: ReturnType<typeof step>[]): Promise<string> {
  const nodes = [step('manual_1', 'manual'), ...steps];
  const edges = steps.map(({ id }, i) => edgeBetween(nodes[i]!.id, id));
  const graph = { nodes, edges, direction: 'down', settings };
  const workflow = textOf((await call('POST', '/workflows', { name: 'Letters', graph }, 201))['id']);
  return textOf((await call('POST', `/workflows/${workflow}/runs`, { payload: {} }, 201))['id']);
}

async function reaches(id: string, status: string, timeout = 10_000): Promise<Json> {
  await vi.waitFor(async () => expect(textOf((await call('GET', `/runs/${id}`))['status'])).toBe(status), { timeout });
  return call('GET', `/runs/${id}`);
}

const sent = () => smtp.messages.map(({ to }) => to.join());
const messageIds = () => smtp.messages.map(({ raw }) => /^Message-ID: (.*)$/im.exec(raw.toString())?.[1]);
const outbox = async (id: string) =>
  (await db.pool.query('SELECT node_id, status FROM outbox WHERE run_id = $1 ORDER BY key', [id])).rows.map(
    ({ node_id, status }) => `${node_id} ${status}`,
  );
const refuse = (recipient: string) =>
  smtp.behave(({ point, argument }) =>
    point === 'rcpt' && argument === recipient ? { reply: '550 no such user' } : undefined,
  );

test('mails go out when the run has succeeded, in the order they were written', async () => {
  const id = await start(mail('a'), mail('b'), step('wait', 'delay', { amount: 1, unit: 'seconds' }), mail('c'));
  await reaches(id, 'waiting');
  expect([sent(), await outbox(id)]).toEqual([[], ['a held', 'b held']]);
  const run = await reaches(id, 'done');
  expect(sent()).toEqual(['a@example.com', 'b@example.com', 'c@example.com']);
  expect(await outbox(id)).toEqual(['a sent', 'b sent', 'c sent']);
  const types = (run['events'] as unknown as { type: string; output?: { held?: boolean } }[]).map(({ type }) => type);
  expect(types.slice(-7)).toEqual([
    'mail.sending',
    'mail.sent',
    'mail.sending',
    'mail.sent',
    'mail.sending',
    'mail.sent',
    'run.finished',
  ]);
});

test('a run that fails sends nothing', async () => {
  const id = await start(mail('a'), mail('b'), stop);
  await reaches(id, 'failed');
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect([sent(), await outbox(id)]).toEqual([[], ['a discarded', 'b discarded']]);
});

test('a run that is stopped sends nothing', async () => {
  const id = await start(mail('a'), step('wait', 'delay', { amount: 1, unit: 'days' }));
  await reaches(id, 'waiting');
  await call('POST', `/runs/${id}/cancel`);
  await reaches(id, 'cancelled');
  expect([sent(), await outbox(id)]).toEqual([[], ['a discarded']]);
});

test('a mail that the server refuses fails the run, after the others have gone out; tried again, only it is sent', async () => {
  refuse('a@example.com');
  const id = await start(mail('a'), mail('b'));
  expect(await reaches(id, 'failed')).toMatchObject({ error: { nodeId: 'a' } });
  expect([sent(), await outbox(id)]).toEqual([['b@example.com'], ['a failed', 'b sent']]);
  smtp.behave(() => undefined);
  const retry = textOf((await call('POST', `/runs/${id}/retry`, {}, 201))['id']);
  await reaches(retry, 'done');
  expect(sent()).toEqual(['b@example.com', 'a@example.com']);
  expect([await outbox(id), await outbox(retry)]).toEqual([['b sent'], ['a sent']]);
});

test('tried again after a failure, what was discarded is held again, and sent once the run has succeeded', async () => {
  const nodes = [step('called_1', 'called'), step('set', 'set', { fields: [{ name: 'x', value: '1' }] })];
  const graph = { nodes, edges: [edgeBetween('called_1', 'set')], direction: 'down' };
  const callee = await call('POST', '/workflows', { name: 'Called', graph }, 201);
  // Nobody can call it before it is published.
  const id = await start(mail('a'), step('call', 'sub-workflow', { workflowId: callee['id'] }));
  await reaches(id, 'failed');
  expect([sent(), await outbox(id)]).toEqual([[], ['a discarded']]);
  await call('POST', `/workflows/${textOf(callee['id'])}/publish`, { revision: 1 });
  const retry = textOf((await call('POST', `/runs/${id}/retry`, {}, 201))['id']);
  await reaches(retry, 'done');
  expect([sent(), await outbox(retry)]).toEqual([['a@example.com'], ['a sent']]);
});

test('a mail of which nobody knows whether it went out is repeated as the same message', async () => {
  let cut = false;
  smtp.behave(({ point }) => {
    if (point !== 'stored' || cut) return undefined;
    cut = true;
    return 'drop';
  });
  const id = await start(mail('a'), mail('b'));
  await reaches(id, 'done', 15_000);
  expect(sent()).toEqual(['a@example.com', 'b@example.com', 'a@example.com']);
  expect(new Set(messageIds()).size).toBe(2);
});

test.each([
  ['was_sent', 1],
  ['send_again', 2],
] as const)('where its step asks, a person decides: %s', async (decision, copies) => {
  let cut = false;
  smtp.behave(({ point }) => {
    if (point !== 'stored' || cut) return undefined;
    cut = true;
    return 'drop';
  });
  const id = await start(mail('a', { onUnknown: 'ask' }));
  await reaches(id, 'waiting');
  expect((await call('GET', '/runs?uncertain=true'))['items']).toMatchObject([{ id, uncertainSteps: 1 }]);
  await vi.waitFor(() => call('POST', `/runs/${id}/steps/a/resolve`, { decision }));
  await reaches(id, 'done');
  expect(sent()).toHaveLength(copies);
  expect(new Set(messageIds()).size).toBe(1);
});
