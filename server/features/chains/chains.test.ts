import { describe, expect, test, vi } from 'vitest';
import { lineOf, publish, signUp, type Account } from '../../../e2e/support/account.ts';
import type { Run } from '../../../shared/api/runs.ts';
import type { Workflow } from '../../../shared/api/workflows.ts';
import type { WorkflowGraph } from '../../../shared/workflow/graph.ts';
import type { RunSummary } from '../../../shared/workflow/run.ts';
import { newRun } from '../../engine/begin.ts';
import { testDatabase } from '../../database/testing.ts';
import { testProduct } from '../../testing.ts';

/** Workflows that call workflows, and workflows that watch for failures, against the whole product. */
const db = await testDatabase();
const product = await testProduct(db);
const ada = await signUp(product.url);

const set = (name: string, value: string): Record<string, unknown> => ({ fields: [{ name, value, type: 'text' }] });
const callee = (...steps: Parameters<typeof lineOf>) => lineOf(['start', 'called', {}], ...steps);
const caller = (workflowId: string, config: Record<string, unknown> = {}) =>
  lineOf(['start', 'manual', {}], ['call', 'sub-workflow', { workflowId, ...config }]);

async function live(name: string, graph: WorkflowGraph, account = ada): Promise<string> {
  return (await publish(account, name, graph)).workflow.id;
}
async function run(workflowId: string, payload: unknown = {}, version = 'published'): Promise<string> {
  return (await ada.api<Run>('POST', `/workflows/${workflowId}/runs`, { version, payload })).id;
}
const runOf = (id: string) => ada.api<Run>('GET', `/runs/${id}`);
const runsOf = async (workflowId: string, account: Account = ada) =>
  (await account.api<{ items: RunSummary[] }>('GET', `/runs?limit=100&workflowId=${workflowId}`)).items;
async function ended(id: string): Promise<Run> {
  return vi.waitFor(async () => {
    const now = await runOf(id);
    expect(now.finishedAt, `${now.status}`).not.toBeNull();
    return now;
  }, 10_000);
}
const outputOf = ({ events }: Run, node: string) =>
  events.flatMap((event) => (event.type === 'step.done' && event.node === node ? [event.output] : []))[0];

describe('calling', () => {
  test('the caller gets the output of the last step, and the called run shows its caller', async () => {
    const other = await live('Greeter', callee(['greet', 'set', set('text', 'Hello {{ trigger.name }}')]));
    const parent = await ended(await run(await live('Caller', caller(other)), { name: 'Bo' }));
    expect(parent.status).toBe('done');
    expect(outputOf(parent, 'call')).toMatchObject({ text: 'Hello Bo' });
    const [child] = await runsOf(other);
    expect(await runOf(child!.id)).toMatchObject({
      calledBy: { runId: parent.id, workflowName: 'Caller' },
      mode: 'live',
    });
    expect(parent.calledBy).toBeNull();
  });

  test('the answer of a Respond step counts, whatever comes after it; a called run may wait itself', async () => {
    const graph = callee(
      ['pause', 'delay', { amount: 0.2, unit: 'seconds' }],
      ['say', 'respond', { body: '{ "said": {{ trigger.n }} }' }],
      ['after', 'set', set('x', 'y')],
    );
    const other = await live('Answers', graph);
    expect(outputOf(await ended(await run(await live('Asks', caller(other)), { n: 7 })), 'call')).toEqual({ said: 7 });
  });

  test('without waiting the caller goes on with the id of the run', async () => {
    const other = await live('Slow', callee(['pause', 'delay', { amount: 1, unit: 'days' }]));
    const parent = await ended(await run(await live('Forgets', caller(other, { mode: 'forget' }))));
    const [child] = await runsOf(other);
    expect(outputOf(parent, 'call')).toEqual({ runId: child!.id });
  });

  test('a failure of the called run is one of the step', async () => {
    const other = await live('Breaks', callee(['stop', 'stop', { status: 'failed', message: 'No stock' }]));
    const parent = await ended(await run(await live('Calls it', caller(other))));
    expect(parent).toMatchObject({
      status: 'failed',
      error: { nodeId: 'call', message: expect.stringContaining('No stock') },
    });
  });

  test('stopping the caller stops what it waits for', async () => {
    const other = await live('Long', callee(['pause', 'delay', { amount: 1, unit: 'days' }]));
    const parent = await run(await live('Impatient', caller(other)));
    const child = await vi.waitFor(async () => {
      expect((await runOf(parent)).status).toBe('waiting');
      const [found] = await runsOf(other);
      expect(found?.status).toBe('waiting');
      return found!.id;
    }, 5_000);
    await ada.api('POST', `/runs/${parent}/cancel`);
    expect((await ended(parent)).status).toBe('cancelled');
    expect((await ended(child)).status).toBe('cancelled');
  });

  test('a caller that fails on another way ends what it waits for, however deep, and not what it has sent off', async () => {
    const day = ['pause', 'delay', { amount: 1, unit: 'days' }] as const;
    const deepest = await live('Deepest', callee([...day]));
    const between = await live('Between', callee(['call', 'sub-workflow', { workflowId: deepest }]));
    const sentOff = await live('Sent off', callee([...day]));
    const graph = lineOf(
      ['start', 'manual', {}],
      ['off', 'sub-workflow', { workflowId: sentOff, mode: 'forget' }],
      ['call', 'sub-workflow', { workflowId: between }],
      ['soon', 'delay', { amount: 1.5, unit: 'seconds' }],
      ['stop', 'stop', { status: 'failed', message: 'Enough' }],
    );
    // The last two are a way of their own.
    const edges = graph.edges.map((edge) =>
      edge.source === 'call' ? { ...edge, id: 'off-soon', source: 'off' } : edge,
    );
    const parent = await run(await live('Gives up', { ...graph, edges }));
    await vi.waitFor(async () => expect((await runsOf(deepest))[0]?.status).toBe('waiting'), 5_000);
    expect(await ended(parent)).toMatchObject({ status: 'failed', error: { message: 'Enough' } });
    for (const workflow of [between, deepest])
      await vi.waitFor(async () => expect((await runsOf(workflow))[0]?.status).toBe('cancelled'), 5_000);
    expect((await runsOf(sentOff))[0]?.status).toBe('waiting');
  }, 20_000);

  test.each([
    ['is not there', async () => '019a0000-0000-7000-8000-000000000000', /does not exist/],
    ['belongs to others', async () => live('Theirs', callee(), await signUp(product.url)), /does not exist/],
    [
      'has no such trigger',
      async () => live('By hand', lineOf(['start', 'manual', {}], ['m', 'merge', {}])),
      /has no “Called by/,
    ],
    [
      'is not published',
      async () => (await ada.api<Workflow>('POST', '/workflows', { name: 'Draft', graph: callee() })).id,
      /not been published/,
    ],
    [
      'is switched off',
      async () => {
        const id = await live('Off', callee());
        await ada.api('PUT', `/workflows/${id}/active`, { active: false });
        return id;
      },
      /switched off/,
    ],
  ])('a workflow that %s cannot be called', async (_name, make, message) => {
    const parent = await ended(await run(await live('Tries', caller(await make()))));
    expect(parent).toMatchObject({ status: 'failed', error: { message: expect.stringMatching(message) } });
  });

  test('ten levels, and not one more', async () => {
    let deepest = await live('Level 0', callee(['end', 'set', set('level', 'bottom')]));
    for (let level = 1; level <= 10; level++) {
      deepest = await live(`Level ${level}`, callee(['call', 'sub-workflow', { workflowId: deepest }]));
    }
    const fine = await ended(await run(deepest));
    expect([fine.status, outputOf(fine, 'call')]).toEqual(['done', expect.objectContaining({ level: 'bottom' })]);
    const tooDeep = await ended(await run(await live('Top', caller(deepest))));
    expect(tooDeep.error).toMatchObject({ code: 'too_large', message: expect.stringContaining('10 levels') });
  }, 40_000);

  test('a circle over published versions is not published, and one that slips through is not run', async () => {
    const first = await live('First', callee());
    const second = await live('Second', callee(['call', 'sub-workflow', { workflowId: first }]));
    const back = callee(['back', 'sub-workflow', { workflowId: second }]);
    await ada.api('PUT', `/workflows/${first}/draft`, { revision: 1, graph: back });
    await expect(ada.api('POST', `/workflows/${first}/publish`, { revision: 2 })).rejects.toThrow(
      /422.*call itself: this workflow → Second → this workflow.*call_cycle/,
    );
    const draft = await ended(await run(first, {}, 'draft'));
    expect(draft).toMatchObject({
      status: 'failed',
      error: { message: expect.stringContaining('First → Second → First') },
    });
  });

  test('the end of a called run is told again when a crash came in between', async () => {
    const other = await live('Tells', callee(['end', 'set', set('a', 'b')]));
    const parent = await ended(await run(await live('Listens', caller(other))));
    const [child] = await runsOf(other);
    await db.pool.query('UPDATE runs SET follow_up = true WHERE id = $1', [child!.id]);
    await vi.waitFor(async () => {
      const { rows } = await db.pool.query('SELECT 1 FROM runs WHERE follow_up');
      expect(rows).toEqual([]);
    }, 5_000);
    expect((await runOf(parent.id)).events).toHaveLength(parent.events.length);
  });
});

describe('watching for failures', () => {
  const failing = () =>
    lineOf(['start', 'manual', {}], ['stop', 'stop', { status: 'failed', message: 'Out of paper' }]);
  const watcher = (workflowId = '', ...steps: Parameters<typeof lineOf>) =>
    lineOf(
      ['start', 'workflow-failed', { workflowId }],
      ['note', 'set', set('text', '{{ trigger.error.message }}')],
      ...steps,
    );

  test('each live run that fails starts it once; tests, other workflows and its own failures do not', async () => {
    const printer = await live('Printer', failing());
    const other = await live('Other', failing());
    const one = await live('Watches one', watcher(printer, ['stop', 'stop', { status: 'failed', message: 'Me too' }]));
    const all = await live('Watches all', watcher());

    const failed = await ended(await run(printer));
    const [started] = await vi.waitFor(async () => {
      const found = await runsOf(one);
      expect(found.map(({ status }) => status)).toEqual(['failed']);
      return found;
    }, 5_000);
    const { events } = await runOf(started!.id);
    expect(events[0]).toMatchObject({
      output: {
        workflow: { id: printer, name: 'Printer' },
        run: { id: failed.id, url: expect.stringMatching(`/runs/${failed.id}$`) },
        error: { code: 'stopped', message: 'Out of paper' },
        step: { id: 'stop', title: 'stop' },
      },
    });
    await ended(await run(printer, {}, 'draft'));
    await ended(await run(other));
    // Told a second time, as after a crash.
    await db.pool.query('UPDATE runs SET follow_up = true WHERE id = $1', [failed.id]);
    await vi.waitFor(async () => expect(await runsOf(all)).toHaveLength(2), 5_000);
    await vi.waitFor(async () => {
      expect((await db.pool.query('SELECT 1 FROM runs WHERE follow_up')).rows).toEqual([]);
    }, 5_000);
    expect(await runsOf(one)).toHaveLength(1);
    expect(await runsOf(all)).toHaveLength(2);
    for (const id of [one, all]) await ada.api('PUT', `/workflows/${id}/active`, { active: false });
    await ended(await run(other));
    expect(await runsOf(all)).toHaveLength(2);
  }, 20_000);

  test('what a watcher calls sets nothing off either', async () => {
    const breaks = await live('Breaks too', callee(['stop', 'stop', { status: 'failed', message: 'again' }]));
    const all = await live('Calls on failure', watcher('', ['call', 'sub-workflow', { workflowId: breaks }]));
    await ended(await run(await live('Begins it', failing())));
    await vi.waitFor(async () => {
      expect((await runsOf(all)).map(({ status }) => status)).toEqual(['failed']);
      expect(await runsOf(breaks)).toHaveLength(1);
      expect((await db.pool.query('SELECT 1 FROM runs WHERE follow_up')).rows).toEqual([]);
    }, 5_000);
    expect(await runsOf(all)).toHaveLength(1);
  });
});

test('a run that failed within its first commit is followed up like any other', async () => {
  const graph = lineOf(['start', 'manual', {}], ['stop', 'stop', { status: 'failed', message: 'at once' }]);
  const { workflow } = await publish(ada, 'At once', graph);
  const { rows } = await db.pool.query<{ id: string; workspace_id: string }>(
    'SELECT v.id, v.workspace_id FROM workflow_versions v WHERE v.workflow_id = $1',
    [workflow.id],
  );
  const { id, workspace_id } = rows[0]!;
  const watching = await live('Sees it', lineOf(['start', 'workflow-failed', {}], ['m', 'merge', {}]));
  const create = newRun(
    { worker: product.dispatcher.worker },
    workspace_id,
    '',
    { id, workflowId: workflow.id },
    {
      mode: 'live',
      trigger: 'start',
      idempotencyKey: null,
    },
  );
  await (
    await product.engine.start({ create, output: null, acknowledge: 'answer' })
  ).gone;
  await vi.waitFor(async () => expect(await runsOf(watching)).toHaveLength(1), 5_000);
});
