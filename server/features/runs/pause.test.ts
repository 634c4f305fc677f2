import { afterAll, expect, test, vi } from 'vitest';
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

async function call(method: string, path: string, body?: unknown, status = 200): Promise<Json> {
  const answer = await owner.send(method, `/api/v1${path}`, body);
  expect(answer.status, `${method} ${path}: ${JSON.stringify(answer.body)}`).toBe(status);
  return answer.body;
}

const step = (id: string, kind: string, config: object = {}) => {
  return { id, kind, version: 1, title: id, config, position: { x: 0, y: 0 } };
};
/** Waits a second, then sends a mail. */
const nodes = [
  step('manual_1', 'manual'),
  step('wait', 'delay', { amount: 1, unit: 'seconds' }),
  step('mail', 'email-send', { to: 'ada@example.com', subject: 'Hello', text: 'Hello' }),
];
const edges = [edgeBetween('manual_1', 'wait'), edgeBetween('wait', 'mail')];

async function waitingRun(): Promise<string> {
  const graph = { nodes, edges, direction: 'down' };
  const workflow = textOf((await call('POST', '/workflows', { name: 'Slow', graph }, 201))['id']);
  const run = textOf((await call('POST', `/workflows/${workflow}/runs`, { payload: {} }, 201))['id']);
  await vi.waitFor(async () => expect((await call('GET', `/runs/${run}`))['status']).toBe('waiting'));
  return run;
}

const shows = (run: string, wanted: object, timeout = 5_000) =>
  vi.waitFor(async () => expect(await call('GET', `/runs/${run}`)).toMatchObject(wanted), { timeout });

test('a paused run does nothing until it is resumed, and says who did both', async () => {
  const run = await waitingRun();
  await call('POST', `/runs/${run}/resume`, {}, 409);
  await call('POST', `/runs/${run}/pause`);
  await call('POST', `/runs/${run}/pause`, {}, 409);
  await shows(run, { status: 'waiting', paused: { by: 'Otto' } });
  expect((await call('GET', '/runs?paused=true'))['items']).toMatchObject([{ id: run, paused: { by: 'Otto' } }]);
  // The wait is over by now.
  await new Promise((resolve) => setTimeout(resolve, 1_200));
  expect(smtp.messages).toEqual([]);
  await call('POST', `/runs/${run}/resume`);
  await shows(run, { status: 'done', paused: null });
  expect(smtp.messages).toHaveLength(1);
  const { events } = await call('GET', `/runs/${run}/events`);
  expect((events as unknown as { type: string; by?: string }[]).filter(({ by }) => by)).toMatchObject([
    { type: 'run.paused', by: 'Otto' },
    { type: 'run.resumed', by: 'Otto' },
  ]);
  expect((await call('GET', '/runs?paused=true'))['items']).toEqual([]);
});

test('a paused run is stopped without going on first', async () => {
  const run = await waitingRun();
  const before = smtp.messages.length;
  await call('POST', `/runs/${run}/pause`);
  await shows(run, { paused: { by: 'Otto' } });
  await call('POST', `/runs/${run}/cancel`);
  await shows(run, { status: 'cancelled', paused: null });
  await call('POST', `/runs/${run}/resume`, {}, 409);
  expect(smtp.messages.length).toBe(before);
});
