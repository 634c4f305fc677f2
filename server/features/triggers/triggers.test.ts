import { describe, expect, test } from 'vitest';
import { lineOf, publish, signUp } from '../../../e2e/support/account.ts';
import type { Run } from '../../../shared/api/runs.ts';
import type { Workflow } from '../../../shared/api/workflows.ts';
import type { WorkflowGraph } from '../../../shared/workflow/graph.ts';
import { testDatabase } from '../../database/testing.ts';
import { testProduct } from '../../testing.ts';
import { fireDueSchedules } from './schedules.ts';

/** Triggers against the whole product over PostgreSQL; only the clock that looks for due schedules is ours. */
const db = await testDatabase();
const product = await testProduct(db);
const ada = await signUp(product.url);

const everyMinute = { cron: '* * * * *', timezone: 'UTC', missed: 'all' };
const both: WorkflowGraph = {
  ...lineOf(['hook', 'webhook', {}]),
  nodes: [
    ...lineOf(['hook', 'webhook', {}]).nodes,
    ...lineOf(['clock', 'schedule', everyMinute]).nodes,
    ...lineOf(['page', 'form', {}, { disabled: true }]).nodes,
  ],
};

async function rowsOf(workflowId: string): Promise<Record<string, { active: boolean; next_at: Date | null }>> {
  const { rows } = await db.pool.query<{ node_id: string; active: boolean; next_at: Date | null }>(
    'SELECT node_id, active, next_at FROM triggers WHERE workflow_id = $1',
    [workflowId],
  );
  return Object.fromEntries(rows.map(({ node_id, ...row }) => [node_id, row]));
}

const byNode = (triggers: Workflow['triggers']) => Object.fromEntries(triggers.map((info) => [info.nodeId, info]));

describe('deployment', () => {
  test('a draft has its address already; publishing makes it live, and keeps it over versions', async () => {
    const draft = await ada.api<Workflow>('POST', '/workflows', { name: 'Both', graph: both });
    const shown = byNode(draft.triggers);
    expect(shown['hook']?.url).toMatch(/\/hooks\/[\w-]{32}$/);
    expect(shown['clock']).toMatchObject({ url: null, nextAt: expect.any(String) });
    expect(shown['page'], 'a step that is switched off listens nowhere').toBeUndefined();
    expect((await rowsOf(draft.id))['hook']).toEqual({ active: false, next_at: null });

    const first = await ada.api<Workflow>('POST', `/workflows/${draft.id}/publish`, { revision: draft.revision });
    expect(byNode(first.triggers)['hook']?.url).toBe(shown['hook']?.url);
    const live = await rowsOf(draft.id);
    expect(live['hook']).toEqual({ active: true, next_at: null });
    expect(live['clock']?.next_at?.getTime()).toBeGreaterThan(Date.now());

    const without = { ...both, nodes: both.nodes.filter(({ id }) => id !== 'clock') };
    const saved = await ada.api<Workflow>('PUT', `/workflows/${draft.id}/draft`, { revision: 1, graph: without });
    expect((await rowsOf(draft.id))['clock']?.active, 'a saved draft changes nothing that is live').toBe(true);
    const second = await ada.api<Workflow>('POST', `/workflows/${draft.id}/publish`, { revision: saved.revision });
    expect(await rowsOf(draft.id)).toMatchObject({ clock: { active: false, next_at: null }, hook: { active: true } });
    expect(byNode(second.triggers)['hook']?.url).toBe(shown['hook']?.url);
  });

  test('switching off and on; a schedule goes on from now, not from where it stopped', async () => {
    const { workflow } = await publish(ada, 'Switch', both);
    await ada.api('PUT', `/workflows/${workflow.id}/active`, { active: false });
    expect(await rowsOf(workflow.id)).toMatchObject({
      hook: { active: false },
      clock: { active: false, next_at: null },
    });
    await ada.api('PUT', `/workflows/${workflow.id}/active`, { active: true });
    const on = await rowsOf(workflow.id);
    expect(on['hook']?.active).toBe(true);
    expect(on['clock']?.next_at?.getTime()).toBeGreaterThan(Date.now());
  });
});

describe('schedules', () => {
  const report: unknown[] = [];
  const deps = { ...product.schedules, report: (error: unknown) => void report.push(error) };

  async function dueSince(minutes: number, workflowIds: readonly string[]): Promise<Date> {
    const since = new Date(Math.floor(Date.now() / 60_000) * 60_000 - minutes * 60_000);
    await db.pool.query('UPDATE triggers SET next_at = NULL WHERE next_at IS NOT NULL');
    await db.pool.query(`UPDATE triggers SET next_at = $1 WHERE kind = 'schedule' AND workflow_id = ANY($2)`, [
      since,
      workflowIds,
    ]);
    return since;
  }

  /** The instants that a workflow has runs for. */
  async function fired(workflowId: string): Promise<string[]> {
    const { rows } = await db.pool.query<{ at: string }>(
      `SELECT substr(idempotency_key, length('schedule:clock:') + 1) AS at FROM runs WHERE workflow_id = $1 ORDER BY 1`,
      [workflowId],
    );
    return rows.map(({ at }) => at);
  }

  const clock = (config: object) => lineOf(['clock', 'schedule', { ...everyMinute, ...config }]);
  const publishClock = async (config: object = {}): Promise<string> =>
    (await publish(ada, 'Clock', clock(config))).workflow.id;

  /** Looks again and again, as a scheduler does, until nothing is due. */
  async function drain(rival: typeof deps): Promise<void> {
    const due = 'SELECT 1 FROM triggers WHERE active AND next_at <= now()';
    while ((await db.pool.query(due)).rowCount) await fireDueSchedules(rival);
  }

  test('P5: rivals over many due schedules, one of them clumsy: each instant exactly once', async () => {
    const workflows = await Promise.all(Array.from({ length: 20 }, () => publishClock()));
    const since = await dueSince(5, workflows);
    let calls = 0;
    const clumsy: typeof deps = {
      ...deps,
      output: (config, instant) => {
        if (++calls % 7 === 0) throw new Error('stumbled between two instants');
        return deps.output(config, instant);
      },
    };
    // The clumsy one begins, so that it is certain to get something to stumble over.
    const first = fireDueSchedules(clumsy);
    await Promise.all([first, drain(clumsy), drain(deps), drain(clumsy), drain(deps)]);
    expect(calls).toBeGreaterThanOrEqual(7);
    const passed = Math.floor((Date.now() - since.getTime()) / 60_000) + 1;
    const expected = Array.from({ length: passed }, (_, i) => new Date(since.getTime() + i * 60_000).toISOString());
    for (const workflow of workflows) expect((await fired(workflow)).slice(0, 6)).toEqual(expected.slice(0, 6));
    const { items } = await ada.api<{ items: { id: string }[] }>('GET', `/runs?workflowId=${workflows[0]}`);
    const run = await ada.api<Run>('GET', `/runs/${items.at(-1)?.id}`);
    expect(run.events[0]).toMatchObject({ type: 'run.started', output: { scheduledAt: since.toISOString() } });
  });

  test('after a night away: none makes up nothing, one makes up one, and the next instant lies ahead', async () => {
    const none = await publishClock({ missed: 'none' });
    const one = await publishClock({ missed: 'one' });
    await dueSince(60 * 48, [none, one]);
    await drain(deps);
    // The minute that has just begun is on time for both.
    expect((await fired(none)).length).toBeLessThanOrEqual(2);
    expect((await fired(one)).length - (await fired(none)).length).toBe(1);
    expect((await rowsOf(one))['clock']?.next_at?.getTime()).toBeGreaterThan(Date.now() - 1_000);
  });

  test('a schedule that cannot fire is reported, stays due and holds up nobody', async () => {
    const broken = await publishClock();
    const fine = await publishClock();
    const since = await dueSince(1, [broken, fine]);
    const { rows } = await db.pool.query<{ id: string }>('SELECT id FROM triggers WHERE workflow_id = $1', [broken]);
    await db.pool.query(`UPDATE triggers SET config = '{"everyWeeks":99}' WHERE id = $1`, [rows[0]?.id]);
    report.length = 0;
    const failing = new Map<string, Date>();
    await fireDueSchedules(deps, failing);
    await fireDueSchedules(deps, failing);
    expect(report).toHaveLength(1);
    expect([...failing.keys()]).toEqual([rows[0]?.id]);
    expect(await fired(fine)).toContain(since.toISOString());
    expect((await rowsOf(broken))['clock']?.next_at).toEqual(since);
  });

  test('a workflow that is switched off does not fire', async () => {
    const off = await publishClock();
    await ada.api('PUT', `/workflows/${off}/active`, { active: false });
    await dueSince(0, []);
    await db.pool.query('UPDATE triggers SET next_at = now() WHERE workflow_id = $1', [off]);
    await fireDueSchedules(deps);
    expect(await fired(off)).toEqual([]);
  });
});
