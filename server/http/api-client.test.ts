import { expect, test } from 'vitest';
import { testDatabase } from '../database/testing.ts';
import { newPerson, testServer } from './testing.ts';
import { createApiClient } from '../../shared/api/client.ts';

const db = await testDatabase();
const server = await testServer(db);

test('the client speaks for a session and for a key, and its errors carry our codes', async () => {
  const person = await newPerson(server, 'Cara');
  const session = createApiClient(`${server.url}/`, { cookie: person.cookie });
  const made = await session.workflows.create({ name: 'Typed' });
  const { key } = await session.apiKeys.create({ name: 'k' });

  const robot = createApiClient(server.url, { apiKey: key });
  const { items } = await robot.workflows.list({});
  expect(items.map(({ id }) => id)).toEqual([made.id]);
  await expect(robot.workflows.get({ id: '01990000-0000-7000-8000-000000000000' })).rejects.toMatchObject({
    code: 'not_found',
    status: 404,
    data: { requestId: expect.any(String) },
  });
  await expect(session.workflows.saveDraft({ id: made.id, revision: 7, graph: made.graph })).rejects.toMatchObject({
    code: 'conflict',
    data: { details: { revision: 1, updatedBy: 'Cara' } },
  });
});
