import { expect, test, vi } from 'vitest';
import { publish, signUp } from '../../../e2e/support/account.ts';
import type { Run } from '../../../shared/api/runs.ts';
import { edgeBetween, type WorkflowGraph, type WorkflowNode } from '../../../shared/workflow/graph.ts';
import type { LoopOutput, RunSummary } from '../../../shared/workflow/run.ts';
import { testDatabase } from '../../database/testing.ts';
import { testProduct } from '../../testing.ts';

/** Long lists, shared out to runs of their own, against the whole product. */
const db = await testDatabase();
const product = await testProduct(db);
const ada = await signUp(product.url);

const step = (id: string, kind: string, config: object, parent?: string): WorkflowNode => ({
  id,
  kind,
  version: 1,
  title: id,
  config: config as Record<string, unknown>,
  position: { x: 0, y: 0 },
  ...(parent === undefined ? {} : { parent }),
});

/** Each item gets a greeting; one whose name is the trigger's `bad` fails. */
const greetEach = (more: object = {}): WorkflowGraph => ({
  nodes: [
    step('start', 'manual', {}),
    step('each', 'for-each', { items: '{{ trigger.people }}', concurrency: 20, ...more }),
    step(
      'check',
      'condition',
      {
        rules: {
          combinator: 'and',
          rules: [{ left: '{{ item.name }}', operator: 'equals', right: '{{ trigger.bad }}' }],
        },
      },
      'each',
    ),
    step('refuse', 'http-request', { method: 'GET', url: 'http://127.0.0.1:1/' }, 'each'),
    step(
      'greet',
      'set',
      { fields: [{ name: 'text', value: '{{ trigger.greeting }} {{ item.name }} ({{ index }})' }], keepInput: false },
      'each',
    ),
    step('end', 'set', { fields: [{ name: 'count', value: '{{ input.count }}' }], keepInput: false }),
  ],
  edges: [
    edgeBetween('start', 'each'),
    edgeBetween('each', 'check', 'each'),
    edgeBetween('check', 'refuse', 'true'),
    edgeBetween('check', 'greet', 'false'),
    edgeBetween('each', 'end', 'done'),
  ],
  direction: 'down',
});
const people = (count: number) => Array.from({ length: count }, (_, i) => ({ name: `P${i}` }));

const runOf = (id: string) => ada.api<Run>('GET', `/runs/${id}`);
const partsOf = async (id: string) =>
  (await ada.api<{ items: { part: number; status: string; runId: string }[] }>('GET', `/runs/${id}/parts`)).items;
async function ended(id: string): Promise<Run> {
  return vi.waitFor(async () => {
    const now = await runOf(id);
    expect(now.finishedAt, `${now.status}`).not.toBeNull();
    return now;
  }, 30_000);
}
const outcomeOf = ({ events }: Run): LoopOutput & { results: { text: string }[] } => {
  const results: { text: string }[] = [];
  for (const event of events)
    if (event.type === 'loop.part' && event.output)
      for (const [i, result] of event.output.results.entries())
        results[event.output.part * 500 + i] = result as { text: string };
  return { results, count: results.length, failed: 0, failures: [] };
};

test('a long list is done by runs of their own, and comes together in its order', async () => {
  const { workflow } = await publish(ada, 'Greet all', greetEach());
  const payload = { people: people(2_600), bad: 'nobody', greeting: 'Hello' };
  const { id } = await ada.api<Run>('POST', `/workflows/${workflow.id}/runs`, { version: 'published', payload });
  const run = await ended(id);
  expect(run.status).toBe('done');
  const { results } = outcomeOf(run);
  expect(results).toHaveLength(2_600);
  expect(results.every(({ text }, i) => text === `Hello P${i} (${i})`)).toBe(true);
  expect(run.events).toContainEqual(
    expect.objectContaining({ type: 'step.done', node: 'end', output: { count: 2_600 } }),
  );
  expect((await partsOf(id)).map(({ part, status }) => [part, status])).toEqual(
    [0, 1, 2, 3, 4, 5].map((n) => [n, 'done']),
  );
  const { items } = await ada.api<{ items: RunSummary[] }>('GET', `/runs?workflowId=${workflow.id}`);
  expect(items.map((one) => one.id)).toEqual([id]);
}, 60_000);

test('an item that fails stops all shares; a retry does only what is left', async () => {
  const { workflow } = await publish(ada, 'Greet most', greetEach());
  const payload = { people: people(2_600), bad: 'P1234', greeting: 'Hello' };
  const { id } = await ada.api<Run>('POST', `/workflows/${workflow.id}/runs`, { version: 'published', payload });
  const run = await ended(id);
  expect(run).toMatchObject({
    status: 'failed',
    error: { nodeId: 'each', message: expect.stringContaining('Item 1235:') },
  });
  await vi.waitFor(
    async () => expect((await partsOf(id)).every(({ status }) => /done|failed|cancelled/.test(status))).toBe(true),
    10_000,
  );
  const retry = await ada.api<Run>('POST', `/runs/${id}/retry`);
  const again = await ended(retry.id);
  expect(again).toMatchObject({ status: 'failed', error: { message: expect.stringContaining('Item 1235:') } });
  const [first] = await partsOf(retry.id);
  const { events } = await runOf(first!.runId);
  expect(events.filter(({ type, copied }) => type === 'step.started' && copied !== true)).toEqual([]);
}, 60_000);

test('pausing the run pauses its shares, and they go on with it', async () => {
  const { workflow } = await publish(ada, 'Paused', greetEach({ concurrency: 4, perMinute: 60_000 }));
  const payload = { people: people(2_100), bad: 'nobody', greeting: 'Hello' };
  const { id } = await ada.api<Run>('POST', `/workflows/${workflow.id}/runs`, { version: 'published', payload });
  await vi.waitFor(async () => expect((await partsOf(id)).length).toBe(5), 10_000);
  await ada.api('POST', `/runs/${id}/pause`);
  const itemsDone = async () => {
    const { rows } = await db.pool.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM run_journal j JOIN runs r ON r.id = j.run_id, json_array_elements(j.events) e
       WHERE r.caller_run_id = $1 AND e->>'type' = 'step.done'`,
      [id],
    );
    return rows[0]!.n;
  };
  await vi.waitFor(
    async () => expect((await partsOf(id)).map(({ status }) => status)).not.toContain('running'),
    10_000,
  );
  const before = await itemsDone();
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  expect(await itemsDone()).toBe(before);
  expect((await runOf(id)).finishedAt).toBeNull();
  await ada.api('POST', `/runs/${id}/resume`, {});
  const run = await ended(id);
  expect(run.status).toBe('done');
  expect(outcomeOf(run).results.every(({ text }, i) => text === `Hello P${i} (${i})`)).toBe(true);
}, 60_000);

test('a run with a ceiling keeps its items together, whatever their number', async () => {
  const graph = { ...greetEach(), settings: { costLimitMicro: 1_000_000 } };
  const { workflow } = await publish(ada, 'With a ceiling', graph);
  const payload = { people: people(1_200), bad: 'nobody', greeting: 'Hello' };
  const { id } = await ada.api<Run>('POST', `/workflows/${workflow.id}/runs`, { version: 'published', payload });
  expect((await ended(id)).status).toBe('done');
  expect(await partsOf(id)).toEqual([]);
}, 60_000);

test('stopping the run stops its shares, also those that have not begun', async () => {
  const { workflow } = await publish(ada, 'Slow', greetEach({ concurrency: 1, perMinute: 60 }));
  const payload = { people: people(1_600), bad: 'nobody', greeting: 'Hello' };
  const { id } = await ada.api<Run>('POST', `/workflows/${workflow.id}/runs`, { version: 'published', payload });
  await vi.waitFor(async () => expect((await partsOf(id)).length).toBe(4), 10_000);
  await ada.api('POST', `/runs/${id}/cancel`);
  expect((await ended(id)).status).toBe('cancelled');
  await vi.waitFor(
    async () => expect((await partsOf(id)).map(({ status }) => status)).toEqual(Array(4).fill('cancelled')),
    10_000,
  );
}, 60_000);
