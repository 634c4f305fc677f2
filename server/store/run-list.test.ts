import { beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../database/testing.ts';
import { listRuns, type RunFilter } from './run-list.ts';

const db = await testDatabase();
const id = async (text: string, values: unknown[] = []): Promise<string> =>
  (await db.pool.query<{ id: string }>(text, values)).rows[0]!.id;

let workspace = '';
let welcome = '';
let failed = '';
const minute = (n: number): string => new Date(Date.UTC(2026, 10, 22, 12, n)).toISOString();

interface NewRun {
  workflow: string;
  at: number;
  status?: string;
  error?: string;
  mail?: { subject: string; recipients: string[] };
  part?: number;
}

async function workflowNamed(name: string, of = workspace): Promise<string> {
  const made = await id(`INSERT INTO workflows (workspace_id, name, graph) VALUES ($1, $2, '{}') RETURNING id`, [
    of,
    name,
  ]);
  await db.pool.query(
    `INSERT INTO workflow_versions (workspace_id, workflow_id, number, graph) VALUES ($1, $2, 1, '{}')`,
    [of, made],
  );
  return made;
}

async function addRun({ workflow, at, status = 'done', error, mail, part }: NewRun, of = workspace): Promise<string> {
  const made = await id(
    `INSERT INTO runs (id, workspace_id, workflow_id, version_id, mode, trigger_node, status, created_at, finished_at, error, part)
     SELECT uuidv7(), $1, $2, id, 'live', 't', $3, $4, $4, $5, $6 FROM workflow_versions WHERE workflow_id = $2 RETURNING id`,
    [of, workflow, status, minute(at), error ? JSON.stringify({ code: 'x', message: error }) : null, part ?? null],
  );
  if (mail)
    await db.pool.query(
      `INSERT INTO outbox (workspace_id, run_id, key, message_id, sender, recipients, subject, raw, content_hash, status)
       VALUES ($1, $2, $5, '', '', $3, $4, '', '', 'sent')`,
      [of, made, mail.recipients, mail.subject, made],
    );
  return made;
}

beforeAll(async () => {
  const place = `INSERT INTO workspaces (name, slug) VALUES ('W', gen_random_uuid()) RETURNING id`;
  workspace = await id(place);
  welcome = await workflowNamed('Welcome 100% of them');
  const orders = await workflowNamed('Sync orders');
  await addRun({ workflow: welcome, at: 1, mail: { subject: 'Hello Grace', recipients: ['grace@example.com'] } });
  failed = await addRun({ workflow: orders, at: 2, status: 'failed', error: 'The shop did not answer.' });
  await addRun({ workflow: welcome, at: 3, status: 'waiting' });
  await addRun({ workflow: orders, at: 4 });
  await addRun({ workflow: orders, at: 4, part: 0 });
  const other = await id(place);
  await addRun({ workflow: await workflowNamed('Welcome', other), at: 2, error: 'The shop did not answer.' }, other);
});

const minutesOf = async (filter: Partial<RunFilter>, window?: number): Promise<number[]> => {
  const page = await listRuns(db.knex, workspace, { limit: 30, ...filter }, window);
  return page.items.map(({ createdAt }) => new Date(createdAt).getUTCMinutes());
};

test.each<[string, () => Partial<RunFilter>, number[]]>([
  ['everything but shares of lists, newest first', () => ({}), [4, 3, 2, 1]],
  ['from an instant on', () => ({ since: minute(3) }), [4, 3]],
  ['until an instant, which is not in it', () => ({ until: minute(3) }), [2, 1]],
  ['between', () => ({ since: minute(2), until: minute(4) }), [3, 2]],
  ['words of the name', () => ({ search: 'welcome' }), [3, 1]],
  ['words of the error', () => ({ search: 'did NOT answer' }), [2]],
  ['the subject of a mail', () => ({ search: 'hello grace' }), [1]],
  ['a recipient', () => ({ search: 'grace@example' }), [1]],
  ['the beginning of the id', () => ({ search: failed.slice(0, 30) }), [2]],
  ['a sign that means something to LIKE is only a sign', () => ({ search: '100%' }), [3, 1]],
  ['and finds nothing else', () => ({ search: 'w_lcome' }), []],
  ['blanks are no search', () => ({ search: '  ' }), [4, 3, 2, 1]],
  ['all at once', () => ({ search: 'welcome', status: 'waiting', workflowId: welcome, since: minute(2) }), [3]],
])('%s', async (_name, filter, minutes) => {
  expect(await minutesOf(filter())).toEqual(minutes);
});

test('a search looks at a window of runs for each page, says how far back it is, and goes on from there', async () => {
  const first = await listRuns(db.knex, workspace, { search: 'welcome', limit: 30 }, 2);
  expect(first.items.map(({ createdAt }) => createdAt)).toEqual([minute(3)]);
  expect(first.searchedTo).toBe(minute(3));
  const second = await listRuns(db.knex, workspace, { search: 'welcome', limit: 30, cursor: first.nextCursor! }, 2);
  expect(second.items.map(({ createdAt }) => createdAt)).toEqual([minute(1)]);
  expect(second).toMatchObject({ nextCursor: null, searchedTo: null });
});

test('a full page of finds goes on after its last one', async () => {
  const first = await listRuns(db.knex, workspace, { search: 'welcome', limit: 1 });
  expect(first).toMatchObject({ searchedTo: null });
  expect(await minutesOf({ search: 'welcome', limit: 1, cursor: first.nextCursor! })).toEqual([1]);
});
