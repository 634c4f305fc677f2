import { afterAll, beforeEach, expect, test, vi } from 'vitest';
import { edgeBetween, type WorkflowEdge } from '../../../shared/workflow/graph.ts';
import { testDatabase } from '../../database/testing.ts';
import { startSmtpFake } from '../../drivers/mail/fake.ts';
import { newPerson, textOf, type Json } from '../../http/testing.ts';
import { testProduct } from '../../testing.ts';

const smtp = await startSmtpFake();
afterAll(() => smtp.close());
const server = await testProduct(await testDatabase(), { smtpUrl: smtp.url });
const owner = await newPerson(server, 'Otto');
const other = await newPerson(server, 'Olga');

beforeEach(() => void (smtp.messages.length = 0));

async function call(method: string, path: string, body?: unknown, status = 200, who = owner): Promise<Json> {
  const answer = await who.send(method, `/api/v1${path}`, body);
  expect(answer.status, `${method} ${path}: ${JSON.stringify(answer.body)}`).toBe(status);
  return answer.body;
}

const step = (id: string, kind: string, config: object = {}, more: object = {}) => {
  return { id, kind, version: 1, title: id, config, position: { x: 0, y: 0 }, ...more };
};
const set = (id: string, value: string, more: object = {}) => step(id, 'set', { fields: [{ name: 'x', value }] }, more);
const mail = (id: string, text: string, more: object = {}) =>
  step(id, 'email-send', { to: `${id}@example.com`, subject: `To ${id}`, text }, more);

async function workflowOf(nodes: ReturnType<typeof step>[], edges?: WorkflowEdge[]): Promise<string> {
  const all = [step('manual_1', 'manual'), ...nodes];
  const line = nodes.map(({ id }, i) => edgeBetween(all[i]!.id, id));
  const graph = { nodes: all, edges: edges ?? line, direction: 'down' };
  return textOf((await call('POST', '/workflows', { name: 'Parts', graph }, 201))['id']);
}

async function ended(summary: Json): Promise<Json> {
  const id = textOf(summary['id']);
  await vi.waitFor(async () => expect((await call('GET', `/runs/${id}`))['finishedAt']).not.toBeNull(), 10_000);
  return call('GET', `/runs/${id}`);
}

const run = async (workflow: string, body: object = {}) =>
  ended(await call('POST', `/workflows/${workflow}/runs`, body, 201));

type Event = { type: string; node?: string; copied?: boolean; output?: { x?: unknown }; section?: object };
const eventsOf = (one: Json) => one['events'] as unknown as Event[];
const doneBy = (one: Json) =>
  eventsOf(one).flatMap(({ type, node, copied }) => (type === 'step.started' && !copied ? [node] : []));
const outputOf = (one: Json, node: string) =>
  eventsOf(one).find((event) => event.type === 'step.done' && event.node === node)?.output;

test('one step runs with what the last run left, and so does the next one with what that left', async () => {
  const workflow = await workflowOf([
    set('a', '{{ trigger.n }}'),
    set('b', 'b of {{ input.x }}'),
    set('c', '{{ input.x }}'),
  ]);
  const first = await run(workflow, { payload: { n: 7 } });
  const one = await run(workflow, { section: { node: 'b', mode: 'only' } });
  expect(one).toMatchObject({ status: 'done', mode: 'test', reason: 'test', parentRunId: textOf(first['id']) });
  expect(doneBy(one)).toEqual(['b']);
  expect(outputOf(one, 'b')).toMatchObject({ x: 'b of 7' });
  expect(eventsOf(one)[0]?.section).toMatchObject({ sources: { manual_1: 'run', a: 'run' } });
  const next = await run(workflow, { section: { node: 'c', mode: 'only' } });
  expect(doneBy(next)).toEqual(['c']);
  expect(outputOf(next, 'c')).toMatchObject({ x: 'b of 7' });
});

test('without a run a step has what the settings before it give; a broken step elsewhere is no matter', async () => {
  const workflow = await workflowOf([set('a', 'fixed'), set('b', '{{ input.x }}!'), step('c', 'http-request')]);
  await call('POST', `/workflows/${workflow}/runs`, {}, 422);
  const one = await run(workflow, { section: { node: 'b', mode: 'only', basedOn: null } });
  expect(outputOf(one, 'b')).toMatchObject({ x: 'fixed!' });
  expect(one).toMatchObject({ status: 'done', parentRunId: null });
  expect(doneBy(await run(workflow, { section: { node: 'b', mode: 'until' } }))).toEqual(['a', 'b']);
  await call('POST', `/workflows/${workflow}/runs`, { section: { node: 'c', mode: 'only' } }, 422);
  await call(
    'POST',
    `/workflows/${workflow}/runs`,
    { section: { node: 'a', mode: 'only' }, version: 'published' },
    404,
  );
});

test('a step inside of a container runs for the item that is asked for', async () => {
  const inside = { parent: 'each_1' };
  const workflow = await workflowOf(
    [
      step('each_1', 'for-each', { items: '{{ trigger.list }}' }),
      set('a', '{{ item }}!', inside),
      set('b', '{{ input.x }}?', inside),
    ],
    [edgeBetween('manual_1', 'each_1'), edgeBetween('each_1', 'a', 'each'), edgeBetween('a', 'b')],
  );
  await run(workflow, { payload: { list: ['k', 'l', 'm'] } });
  const one = await run(workflow, { section: { node: 'b', mode: 'only', items: { each_1: 1 } } });
  expect(doneBy(one)).toEqual(['each_1[0]/b']);
  expect(outputOf(one, 'each_1[0]/b')).toEqual({ x: 'l!?' });
  expect(doneBy(await run(workflow, { section: { node: 'b', mode: 'until' } }))).toEqual(
    expect.arrayContaining(['each_1[2]/a', 'each_1[2]/b']),
  );
});

test('a pinned step is not done in tests, also after one that failed, and a live run knows of no pin', async () => {
  const pinned = { pinned: { output: { x: 'pinned' } } };
  const workflow = await workflowOf([mail('a', 'Hello', pinned), set('b', '{{ input.x }}')]);
  const tested = await run(workflow);
  expect(outputOf(tested, 'b')).toEqual({ x: 'pinned' });
  expect(smtp.messages).toEqual([]);
  await call('POST', `/workflows/${workflow}/runs`, { section: { node: 'a', mode: 'only' } }, 409);
  expect(outputOf(await run(workflow, { section: { node: 'a', mode: 'from' } }), 'b')).toEqual({ x: 'pinned' });

  await call('POST', `/workflows/${workflow}/publish`, { revision: 1 });
  const version = await call('GET', `/workflows/${workflow}/versions/1`);
  expect(JSON.stringify(version)).not.toContain('pinned');
  expect(JSON.stringify(await call('GET', `/workflows/${workflow}/file`))).not.toContain('pinned');
  const live = await run(workflow, { version: 'published' });
  expect(outputOf(live, 'b')).not.toEqual({ x: 'pinned' });
  expect(smtp.messages).toHaveLength(1);
});

test('a failed test goes on from its failed step with a pin', async () => {
  const nodes = [set('a', 'kept'), step('call', 'http-request', { url: 'http://127.0.0.1:9/', method: 'GET' })];
  const workflow = await workflowOf([...nodes, set('c', '{{ input.body }} {{ steps.a.x }}')]);
  expect(await run(workflow)).toMatchObject({ status: 'failed' });
  const { graph } = await call('GET', `/workflows/${workflow}`);
  const { nodes: drawn, ...rest } = graph as unknown as { nodes: { id: string }[] };
  const pinned = drawn.map((node) => (node.id === 'call' ? { ...node, pinned: { output: { body: 'ok' } } } : node));
  await call('PUT', `/workflows/${workflow}/draft`, { graph: { ...rest, nodes: pinned }, revision: 1 });
  const again = await run(workflow, { section: { node: 'call', mode: 'from' } });
  expect(again).toMatchObject({ status: 'done' });
  expect(outputOf(again, 'c')).toMatchObject({ x: 'ok kept' });
  expect(eventsOf(again).find(({ node, type }) => node === 'a' && type === 'step.done')).toMatchObject({
    copied: true,
  });
  const rerun = await ended(await call('POST', `/runs/${textOf(again['id'])}/rerun`, { from: 'c' }, 201));
  expect(doneBy(rerun)).toEqual(['c']);
});

test('pins that are too large are refused with their size', async () => {
  const nodes = [step('manual_1', 'manual'), set('a', '1', { pinned: { output: 'x'.repeat(300_000) } })];
  const answer = await call(
    'POST',
    '/workflows',
    { name: 'Large', graph: { nodes, edges: [], direction: 'down' } },
    413,
  );
  expect(JSON.stringify(answer)).toContain('“a” has 301 kB; at most 256 kB');
});

test('a part that sends is previewed, and what was confirmed is what is sent', async () => {
  const workflow = await workflowOf([set('a', '{{ trigger.name }}'), mail('b', 'Hello {{ input.x }}'), mail('c', 'x')]);
  await run(workflow, { payload: { name: 'Ada' }, section: { node: 'a', mode: 'until' } });
  const preview = await call(
    'POST',
    `/workflows/${workflow}/previews`,
    { revision: 1, section: { node: 'b', mode: 'only' } },
    201,
  );
  expect(preview['mails']).toMatchObject([{ nodeId: 'b', exact: true, text: 'Hello Ada' }]);
  expect((preview['steps'] as unknown as { nodeId: string }[]).map(({ nodeId }) => nodeId)).toEqual([
    'manual_1',
    'a',
    'b',
  ]);
  // Another run in between is not what was previewed.
  await run(workflow, { payload: { name: 'Bo' }, section: { node: 'a', mode: 'until' } });
  const one = await run(workflow, { previewId: textOf(preview['id']) });
  expect(one).toMatchObject({ status: 'done' });
  expect(doneBy(one)).toEqual(['b']);
  expect(smtp.messages.map(({ to, raw }) => [to.join(), raw.toString().includes('Hello Ada')])).toEqual([
    ['b@example.com', true],
  ]);
});

test('data of another workspace, or of another workflow, is not found', async () => {
  const workflow = await workflowOf([set('a', '1'), set('b', '2')]);
  const elsewhere = textOf((await run(await workflowOf([set('a', '1')])))['id']);
  const section = { node: 'b', mode: 'only', basedOn: elsewhere };
  await call('POST', `/workflows/${workflow}/runs`, { section }, 404);
  const theirs = textOf(
    (
      await call(
        'POST',
        '/workflows',
        {
          name: 'T',
          graph: { nodes: [step('manual_1', 'manual'), set('b', '1')], edges: [edgeBetween('manual_1', 'b')] },
        },
        201,
        other,
      )
    )['id'],
  );
  await call('POST', `/workflows/${theirs}/runs`, { section }, 404, other);
  await call('POST', `/workflows/${theirs}/previews`, { section, revision: 1 }, 404, other);
});

test('a test mail goes to whoever asks, marked, with the data of the last run, and to nobody else', async () => {
  const secret = mail('b', 'Hello {{ input.x }}', { pinned: { output: {} } });
  const workflow = await workflowOf([set('a', '{{ trigger.name }}'), secret, mail('c', 'x')]);
  await run(workflow, { payload: { name: 'Ada' }, section: { node: 'a', mode: 'until' } });
  const path = `/workflows/${workflow}/steps/b/test-mail`;
  const sent = await ended(await call('POST', path, {}, 201));
  expect(sent).toMatchObject({ status: 'done', mode: 'test', reason: 'test' });
  expect(smtp.messages.map(({ to }) => to)).toEqual([[owner.email]]);
  const raw = smtp.messages[0]!.raw.toString();
  expect(raw).toContain('Subject: [Test] To b');
  expect(raw).toContain('Hello Ada');
  expect(/^(To|Cc|Bcc): .*b@example.com/m.test(raw)).toBe(false);
  await call('POST', `/workflows/${workflow}/steps/a/test-mail`, {}, 400);
  await call('POST', `/workflows/${workflow}/steps/zz/test-mail`, {}, 404);

  const key = textOf((await call('POST', '/api-keys', { name: 'k' }, 201))['key']);
  const byKey = await owner.send('POST', `/api/v1${path}`, {}, { authorization: `Bearer ${key}` });
  expect(byKey.status).toBe(403);
  const answers: number[] = [];
  for (let i = 0; i < 7; i++) answers.push((await owner.send('POST', `/api/v1${path}`, {})).status);
  expect(answers.at(-1)).toBe(429);
  expect(answers[0]).toBe(201);
});
