import { expect, test, vi } from 'vitest';
import { mailsAtOnce } from '../../../shared/engine/held.ts';
import { edgeBetween } from '../../../shared/workflow/graph.ts';
import { testDatabase } from '../../database/testing.ts';
import { textOf } from '../../http/testing.ts';
import { letters, mail, step, type LetterStep } from './testing-letters.ts';

const db = await testDatabase();
const { smtp, call, reaches, sent, messageIds, outbox, refuse, cutOnce, ...bench } = await letters(db);
const start = async (...steps: LetterStep[]) => bench.start(await bench.workflowOf(steps, { holdMails: true }));
const stop = step('stop', 'stop', { status: 'failed', message: 'Not today' });

test('mails go out when the run has succeeded, each announced before and noted after', async () => {
  const id = await start(mail('a'), mail('b'), step('wait', 'delay', { amount: 1, unit: 'seconds' }), mail('c'));
  await reaches(id, 'waiting');
  expect([sent(), await outbox(id)]).toEqual([[], ['a held', 'b held']]);
  const run = await reaches(id, 'done');
  expect(sent().toSorted()).toEqual(['a@example.com', 'b@example.com', 'c@example.com']);
  expect(await outbox(id)).toEqual(['a sent', 'b sent', 'c sent']);
  const events = run['events'] as unknown as { type: string; node: string }[];
  const phase = events.slice(events.findIndex(({ type }) => type === 'mail.sending'));
  expect(phase.slice(0, 3).map(({ type, node }) => `${type} ${node}`)).toEqual(
    ['a', 'b', 'c'].map((node) => `mail.sending ${node}`),
  );
  expect(phase.slice(3).map(({ type }) => type)).toEqual(['mail.sent', 'mail.sent', 'mail.sent', 'run.finished']);
});

test('so many go out together as there are connections, and no more', async () => {
  const names = Array.from({ length: mailsAtOnce * 3 }, (_, i) => `m${String(i).padStart(2, '0')}`);
  let [inside, most] = [0, 0];
  smtp.behave(({ point }) => {
    if (point === 'final') inside -= 1;
    if (point !== 'mail') return undefined;
    most = Math.max(most, ++inside);
    return { delayMs: 100 };
  });
  const id = await start(...names.map((name) => mail(name)));
  await reaches(id, 'done');
  expect(sent().toSorted()).toEqual(names.map((name) => `${name}@example.com`));
  expect(await outbox(id)).toEqual(names.map((name) => `${name} sent`));
  expect(most).toBeLessThanOrEqual(mailsAtOnce);
  expect(most).toBeGreaterThan(mailsAtOnce / 2);
});

test('what is held is listed and can be read until it is sent or discarded, by whoever may see the inbox', async () => {
  const held = async (search = '') => call('GET', `/inbox/held?limit=1${search}`);
  const wait = step('wait', 'delay', { amount: 1, unit: 'days' });
  const id = await start(mail('a'), mail('b', {}, 'Dear {{ trigger.name }}'), wait);
  await reaches(id, 'waiting');
  const first = await held();
  expect(first).toMatchObject({
    total: 2,
    items: [{ runId: id, workflowName: 'Letters', to: ['b@example.com'], subject: 'To b' }],
  });
  const next = await held(`&cursor=${textOf(first['nextCursor'])}`);
  expect(next).toMatchObject({ items: [{ subject: 'To a' }], nextCursor: null });
  expect(await held('&search=to+A')).toMatchObject({ total: 1, items: [{ subject: 'To a' }] });
  expect(await held('&search=b%40example.c')).toMatchObject({ total: 1, items: [{ subject: 'To b' }] });
  expect(await held('&search=%25')).toMatchObject({ total: 0, items: [] });
  const letter = textOf(first.items?.[0]?.['id']);
  expect(await call('GET', `/inbox/held/${letter}`)).toMatchObject({
    id: letter,
    text: expect.stringMatching(/^Dear Ada\s*$/),
    cc: [],
  });

  await call('POST', `/runs/${id}/cancel`);
  await reaches(id, 'cancelled');
  expect(await held()).toMatchObject({ items: [], total: 0 });
  await call('GET', `/inbox/held/${letter}`, undefined, 404);
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
  cutOnce();
  const id = await start(mail('a'), mail('b'));
  await reaches(id, 'done', 15_000);
  expect(sent()).toHaveLength(3);
  expect(new Set(sent())).toEqual(new Set(['a@example.com', 'b@example.com']));
  expect(new Set(messageIds()).size).toBe(2);
});

test.each([
  ['was_sent', 1],
  ['send_again', 2],
] as const)('where its step asks, a person decides: %s', async (decision, copies) => {
  cutOnce();
  const id = await start(mail('a', { onUnknown: 'ask' }));
  await reaches(id, 'waiting');
  expect((await call('GET', '/runs?uncertain=true'))['items']).toMatchObject([{ id, uncertainSteps: 1 }]);
  await vi.waitFor(() => call('POST', `/runs/${id}/steps/a/resolve`, { decision }));
  await reaches(id, 'done');
  expect(sent()).toHaveLength(copies);
  expect(new Set(messageIds()).size).toBe(1);
});
