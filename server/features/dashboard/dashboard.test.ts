import { beforeEach, expect, test } from 'vitest';
import { testDatabase } from '../../database/testing.ts';
import { createCreditStore } from '../../store/credits.ts';
import { createDashboardStore } from '../../store/dashboard.ts';
import { createRetentionStore } from '../../store/retention.ts';
import { exportDashboard, readDashboard } from './dashboard.ts';

const db = await testDatabase();
const credits = createCreditStore(db.knex);
const deps = { store: createDashboardStore(db.knex), credits };
const retention = createRetentionStore(db.knex);
const id = async (text: string, values: unknown[] = []): Promise<string> =>
  (await db.pool.query<{ id: string }>(text, values)).rows[0]!.id;

interface Place {
  workspaceId: string;
  workflow: string;
}

async function place(name = 'Welcome'): Promise<Place> {
  const workspaceId = await id(`INSERT INTO workspaces (name, slug) VALUES ('W', gen_random_uuid()) RETURNING id`);
  return { workspaceId, workflow: await workflowIn(workspaceId, name) };
}

async function workflowIn(workspaceId: string, name: string): Promise<string> {
  const workflow = await id(`INSERT INTO workflows (workspace_id, name, graph) VALUES ($1, $2, '{}') RETURNING id`, [
    workspaceId,
    name,
  ]);
  await db.pool.query(
    `INSERT INTO workflow_versions (workspace_id, workflow_id, number, graph) VALUES ($1, $2, 1, '{}')`,
    [workspaceId, workflow],
  );
  return workflow;
}

/** A run that took `ms`, with a mail that went out when it ended. */
async function addRun({ workspaceId, workflow }: Place, at: string, status = 'done', ms = 1_000): Promise<void> {
  const ended = status === 'waiting' ? null : new Date(Date.parse(at) + ms);
  const run = await id(
    `INSERT INTO runs (id, workspace_id, workflow_id, version_id, mode, trigger_node, status, created_at, finished_at)
     SELECT uuidv7(), $1, $2, id, 'live', 't', $3, $4, $5 FROM workflow_versions WHERE workflow_id = $2 RETURNING id`,
    [workspaceId, workflow, status, at, ended],
  );
  if (status === 'done')
    await db.pool.query(
      `INSERT INTO outbox (workspace_id, run_id, key, message_id, sender, recipients, subject, raw, content_hash, status, sent_at)
       VALUES ($1, $2, $3, '', '', '{}', '', '', '', 'sent', $4)`,
      [workspaceId, run, `${run}:mail`, ended],
    );
}

const october = { from: '2026-10-24', to: '2026-10-26', timeZone: 'Europe/Berlin' };
const actorIn = (workspaceId: string) => ({
  workspaceId,
  role: 'viewer' as const,
  userId: '',
  name: 'Ada',
  via: 'session' as const,
});

let here: Place;
beforeEach(async () => {
  here = await place();
  // Berlin has 25 hours on the 25th: it begins at 22:00 UTC and ends at 23:00 UTC.
  await addRun(here, '2026-10-24T21:59:59Z');
  await addRun(here, '2026-10-24T22:00:00Z');
  await addRun(here, '2026-10-25T22:59:59Z', 'failed', 60_000);
  await addRun(here, '2026-10-25T23:00:00Z');
  await addRun(here, '2026-10-26T22:59:59Z', 'waiting');
  await addRun(here, '2026-10-26T23:00:00Z');
  await addRun(await place('Private plan'), '2026-10-25T12:00:00Z');
});

const daysIn = async (over: object = {}) =>
  (await readDashboard(deps, actorIn(here.workspaceId), { ...october, ...over })).days.map(
    ({ day, runs, done, failed, open, mails }) => [day.slice(8), runs, done, failed, open, mails],
  );
const berlin = [
  ['24', 1, 1, 0, 0, 0],
  // The mail of the run of the second before midnight went out after it.
  ['25', 2, 1, 1, 0, 2],
  ['26', 2, 1, 0, 1, 1],
];

test('days are those of the reader’s time zone, also when the clock is changed', async () => {
  expect(await daysIn()).toEqual(berlin);
  expect(await daysIn({ timeZone: 'Asia/Kathmandu' })).toEqual([
    ['24', 0, 0, 0, 0, 0],
    ['25', 2, 2, 0, 0, 2],
    ['26', 2, 1, 1, 0, 1],
  ]);
  expect(await daysIn({ workflowId: await workflowIn(here.workspaceId, 'Other') })).toEqual([
    ['24', 0, 0, 0, 0, 0],
    ['25', 0, 0, 0, 0, 0],
    ['26', 0, 0, 0, 0, 0],
  ]);
});

test('what retention deletes is still counted, to the quarter of an hour, by day, workflow and duration', async () => {
  const before = await readDashboard(deps, actorIn(here.workspaceId), october);
  expect(before.total).toMatchObject({ runs: 5, done: 3, failed: 1, open: 1, mails: 3 });
  expect(Math.abs(before.total.p95Ms! - 60_000)).toBeLessThan(3_000);
  expect(await retention.removeEndedBefore(here.workspaceId, new Date('2026-11-01'))).toBe(5);
  expect(await readDashboard(deps, actorIn(here.workspaceId), october)).toEqual(before);
  expect(await daysIn()).toEqual(berlin);
  // In two batches, into the same rows.
  await addRun(here, '2026-10-24T21:59:59Z');
  await retention.removeEndedBefore(here.workspaceId, new Date('2026-11-01'));
  expect((await daysIn())[0]).toEqual(['24', 2, 2, 0, 0, 0]);
  await retention.removeHistoryBefore(here.workspaceId, new Date('2026-11-01'));
  expect((await daysIn())[0]).toEqual(['24', 0, 0, 0, 0, 0]);
});

test('the days before are there to compare with', async () => {
  const after = { ...october, from: '2026-10-27', to: '2026-10-29' };
  const { total, before } = await readDashboard(deps, actorIn(here.workspaceId), after);
  expect(total.runs).toBe(1);
  expect(before).toMatchObject({ runs: 5, mails: 3 });
});

test('what a call to a model cost is counted once, for its provider and its workflow', async () => {
  const { workspaceId, workflow } = here;
  const today = new Date().toISOString().slice(0, 10);
  const now = { from: today, to: today, timeZone: 'UTC' };
  for (const [key, workflowId] of [
    ['a', workflow],
    ['b', workflow],
    ['c', undefined],
  ] as const) {
    await credits.hold({ workspaceId, key, amountMicro: 900, description: 'AI', provider: 'openai', workflowId });
    await credits.settle(workspaceId, key, 300);
    await credits.settle(workspaceId, key, 300);
  }
  const { providers, workflows, days, availableMicro } = await readDashboard(deps, actorIn(workspaceId), now);
  expect(providers).toEqual([{ provider: 'openai', label: 'OpenAI', calls: 3, costMicro: 900, days: [900] }]);
  expect(workflows.map(({ name, costMicro }) => [name, costMicro])).toEqual([
    ['Welcome', 600],
    [null, 300],
  ]);
  expect(days[0]?.costMicro).toBe(900);
  const { rows } = await db.pool.query<{ spent: number }>(
    `SELECT -sum(amount)::int AS spent FROM credit_entries WHERE workspace_id = $1 AND kind = 'usage'`,
    [workspaceId],
  );
  expect(rows[0]?.spent).toBe(900);
  expect(availableMicro).toBe((await credits.balance(workspaceId)).availableMicro);
});

test('the files say what the page shows, and no name is a formula', async () => {
  await db.pool.query(`UPDATE workflows SET name = '=1+1, "x"' WHERE id = $1`, [here.workflow]);
  const days = await exportDashboard(deps, actorIn(here.workspaceId), { ...october, table: 'days' });
  expect(days.name).toBe('mailweave-days-2026-10-24-2026-10-26.csv');
  expect((await days.text()).split('\r\n')).toEqual([
    'day,runs,done,failed,cancelled,under way,p95 duration (s),mails sent,AI cost (credits)',
    '2026-10-24,1,1,0,0,0,1.023,0,0',
    '2026-10-25,2,1,1,0,0,60.096,2,0',
    '2026-10-26,2,1,0,0,1,1.023,1,0',
    '',
  ]);
  const workflows = await exportDashboard(deps, actorIn(here.workspaceId), { ...october, table: 'workflows' });
  expect(await workflows.text()).toContain(`"'=1+1, ""x""",${here.workflow},5,3,1,0,1,`);
});

test('a zone that only the browser knows is refused in words', async () => {
  const asked = readDashboard(deps, actorIn(here.workspaceId), { ...october, timeZone: 'Mars/Olympus' });
  await expect(asked).rejects.toMatchObject({ code: 'bad_request' });
});
