import { expect, test, vi } from 'vitest';
import { testDatabase } from '../../database/testing.ts';
import { textOf } from '../../http/testing.ts';
import { letters, mail, step, type LetterStep } from './testing-letters.ts';

const db = await testDatabase();
const { smtp, call, start, reaches, sent, messageIds, outbox, refuse, cutOnce, ...bench } = await letters(db);
const workflowOf = (...steps: LetterStep[]) => bench.workflowOf(steps);

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
  expect(await outbox(id)).toEqual(['a sent']);
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
