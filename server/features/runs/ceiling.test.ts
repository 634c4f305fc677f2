import { afterAll, expect, test, vi } from 'vitest';
import { edgeBetween } from '../../../shared/workflow/graph.ts';
import { testDatabase } from '../../database/testing.ts';
import { fakeKey, startFakeLlm } from '../../drivers/llm/fake.ts';
import { newPerson, textOf, type Json } from '../../http/testing.ts';
import { testProduct } from '../../testing.ts';

const llm = await startFakeLlm();
afterAll(() => llm.close());
llm.script({ say: 'Once upon a time', usage: { inputTokens: 100, outputTokens: 400 } });
const db = await testDatabase();
const server = await testProduct(db, { models: { openai: { apiKey: fakeKey, baseUrl: llm.openaiUrl } } });
const owner = await newPerson(server, 'Otto');

async function call(method: string, path: string, body?: unknown, status = 200): Promise<Json> {
  const answer = await owner.send(method, `/api/v1${path}`, body);
  expect(answer.status, `${method} ${path}: ${JSON.stringify(answer.body)}`).toBe(status);
  return answer.body;
}

const step = (id: string, kind: string, config: object = {}) => {
  return { id, kind, version: 1, title: id, config, position: { x: 0, y: 0 } };
};
const write = (id: string) => step(id, 'ai-generate', { provider: 'openai', prompt: 'Tell a story', maxTokens: 1_000 });
/** 1,000 tokens of the default model are half a credit; the fake uses less: 0.21 credits. */
const settings = { costLimitMicro: 600_000 };

async function started(): Promise<string> {
  const nodes = [step('manual_1', 'manual'), write('first'), write('second')];
  const edges = [edgeBetween('manual_1', 'first'), edgeBetween('first', 'second')];
  const graph = { nodes, edges, direction: 'down', settings };
  const workflow = await call('POST', '/workflows', { name: 'Stories', graph }, 201);
  expect(workflow).toMatchObject({ graph: { settings } });
  return textOf((await call('POST', `/workflows/${textOf(workflow['id'])}/runs`, { payload: {} }, 201))['id']);
}
const shows = (run: string, wanted: object) =>
  vi.waitFor(async () => expect(await call('GET', `/runs/${run}`)).toMatchObject(wanted), { timeout: 5_000 });

test('a run asks before it gets dearer than its workflow allows, and goes on with what a person allows', async () => {
  const run = await started();
  await shows(run, { status: 'waiting', paused: { by: null, cost: { node: 'second', limitMicro: 600_000 } } });
  expect(llm.requests).toHaveLength(1);
  expect((await call('GET', '/runs?paused=true'))['items']).toMatchObject([{ id: run }]);
  await call('POST', `/runs/${run}/resume`, {}, 400);
  await call('POST', `/runs/${run}/resume`, { costLimitMicro: 610_000 }, 400);
  expect(llm.requests).toHaveLength(1);
  await call('POST', `/runs/${run}/resume`, { costLimitMicro: 2_000_000 });
  await shows(run, { status: 'done', paused: null, costMicro: 420_000 });
  expect(llm.requests).toHaveLength(2);
});

test('stopped instead, it costs nothing more', async () => {
  const run = await started();
  await shows(run, { paused: { cost: { node: 'second' } } });
  const { length } = llm.requests;
  await call('POST', `/runs/${run}/cancel`);
  await shows(run, { status: 'cancelled', paused: null });
  expect(llm.requests).toHaveLength(length);
});
