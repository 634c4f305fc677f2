import { expect, test } from 'vitest';
import { testDatabase } from '../../database/testing.ts';
import type { HistoryEntry } from '../../../shared/api/workflows.ts';
import { newPerson, testServer, textOf } from '../../http/testing.ts';
import { keptDrafts } from '../../store/history.ts';

const db = await testDatabase();
const server = await testServer(db, {});
const ada = await newPerson(server, 'Ada');
const eve = await newPerson(server, 'Eve');

const node = (id: string, title = id, kind = 'stop') => ({
  id,
  kind,
  version: 1,
  title,
  config: {},
  position: { x: 0, y: 0 },
});
const graphOf = (...nodes: ReturnType<typeof node>[]) => ({
  nodes: [node('manual_1', 'Start', 'manual'), ...nodes],
  edges: nodes.map(({ id }) => ({
    id: `manual_1:out>${id}:in`,
    source: 'manual_1',
    sourcePort: 'out',
    target: id,
    targetPort: 'in',
  })),
  direction: 'down',
});

async function historyOf(id: string, query = ''): Promise<{ items: HistoryEntry[]; nextCursor: string | null }> {
  const { body } = await ada.send('GET', `/api/v1/workflows/${id}/history${query}`);
  return body as unknown as { items: HistoryEntry[]; nextCursor: string | null };
}

async function workflowOf(graph: unknown): Promise<string> {
  const { body } = await ada.send('POST', '/api/v1/workflows', { name: 'History', graph });
  return textOf(body['id']);
}

async function publishNext(id: string, revision: number, graph: unknown): Promise<void> {
  const saved = await ada.send('PUT', `/api/v1/workflows/${id}/draft`, { revision, graph });
  expect(saved.status).toBe(200);
  const published = await ada.send('POST', `/api/v1/workflows/${id}/publish`, { revision: revision + 1 });
  expect(published.status).toBe(200);
}

test('each publish is an entry that says who, when, what changed, and which one is live', async () => {
  const id = await workflowOf(graphOf(node('stop_1'), node('stop_2')));
  await ada.send('POST', `/api/v1/workflows/${id}/publish`, { revision: 1 });
  await publishNext(id, 1, graphOf(node('stop_1', 'Ends here'), node('stop_3')));
  await ada.send('POST', `/api/v1/workflows/${id}/kept-drafts`, { graph: graphOf(), reason: 'restore' });

  expect(await historyOf(id)).toEqual({
    items: [
      {
        id: expect.any(String),
        number: null,
        reason: 'restore',
        at: expect.any(String),
        by: 'Ada',
        live: false,
        changes: null,
      },
      {
        id: expect.any(String),
        number: 2,
        reason: null,
        at: expect.any(String),
        by: 'Ada',
        live: true,
        changes: { added: 1, changed: 1, removed: 1, other: true },
      },
      {
        id: expect.any(String),
        number: 1,
        reason: null,
        at: expect.any(String),
        by: 'Ada',
        live: false,
        changes: null,
      },
    ],
    nextCursor: null,
  });
  await ada.send('PUT', `/api/v1/workflows/${id}/active`, { active: false });
  expect((await historyOf(id)).items.map(({ live }) => live)).toEqual([false, false, false]);
});

test('pages follow each other without a gap, over versions and kept drafts', async () => {
  const id = await workflowOf(graphOf(node('stop_1')));
  await ada.send('POST', `/api/v1/workflows/${id}/publish`, { revision: 1 });
  for (let revision = 1; revision <= 3; revision++) {
    await publishNext(id, revision, graphOf(node('stop_1', `Title ${revision}`)));
    await ada.send('POST', `/api/v1/workflows/${id}/kept-drafts`, { graph: graphOf(), reason: 'conflict' });
  }
  const all = await historyOf(id);
  const seen: unknown[] = [];
  let cursor = '';
  for (let page = 0; page < 10; page++) {
    const { items, nextCursor } = await historyOf(id, `?limit=2${cursor && `&cursor=${cursor}`}`);
    seen.push(...items);
    if (nextCursor === null) break;
    cursor = nextCursor;
  }
  expect(seen).toHaveLength(7);
  expect(seen).toEqual(all.items);
});

test('a kept draft comes back as it was, and the oldest go', async () => {
  const id = await workflowOf(graphOf());
  const kept: string[] = [];
  for (let n = 0; n <= keptDrafts; n++) {
    const { status, body } = await ada.send('POST', `/api/v1/workflows/${id}/kept-drafts`, {
      graph: graphOf(node('stop_1', `Draft ${n}`)),
      reason: 'conflict',
    });
    expect(status).toBe(201);
    kept.push(textOf(body['id']));
  }
  const read = (draftId: string, who = ada) => who.send('GET', `/api/v1/workflows/${id}/kept-drafts/${draftId}`);
  expect((await read(kept[0]!)).status).toBe(404);
  expect((await read(kept[1]!)).body).toMatchObject({ reason: 'conflict', graph: graphOf(node('stop_1', 'Draft 1')) });
  expect((await read(kept[1]!, eve)).status).toBe(404);
  const other = await workflowOf(graphOf());
  expect((await ada.send('GET', `/api/v1/workflows/${other}/kept-drafts/${kept[1]}`)).status).toBe(404);
});
