import { afterAll, expect, test, vi } from 'vitest';
import { AppError } from '../../../shared/errors.ts';
import type { Wish } from '../../../shared/workflow/run.ts';
import { openBus } from '../../bus/bus.ts';
import { testDatabase } from '../../database/testing.ts';
import type { Engine } from '../../engine/engine.ts';
import type { Session } from '../../engine/session.ts';
import { createElsewhere } from './elsewhere.ts';

/** Two processes; the second holds the run `held`, whose step `s` waits for a decision. */
const db = await testDatabase();
const report = (error: unknown): void => {
  throw error;
};
const [here, there] = [
  await openBus({ url: db.url, takes: false, report }),
  await openBus({ url: db.url, takes: true, report }),
];
afterAll(() => Promise.all([here.close(), there.close()]));

const done: string[] = [];
const held = {
  run: { id: 'held', workspaceId: 'w' },
  cancel: () => void done.push('cancel'),
  steer: ({ to, by }: Wish) => void done.push(`${to} by ${by}`),
  resolveUncertain: (node: string, decision: string) => {
    if (node !== 's') throw new AppError('conflict', 'This step is not waiting for a decision.');
    done.push(decision);
  },
};
const engineWith = (session?: object): Pick<Engine, 'session'> => ({
  session: (id) => (session && id === 'held' ? (session as Session) : undefined),
});
const elsewhere = createElsewhere(here, engineWith());
createElsewhere(there, engineWith(held));
const decide = (runId: string, nodeId: string, workspaceId = 'w') =>
  elsewhere.resolve({ workspaceId, runId, nodeId, decision: 'was_sent' });

test('cancel, wishes and decisions reach the process that holds the run, and its refusal comes back', async () => {
  await vi.waitFor(() => expect([here.peers, there.peers]).toEqual([1, 1]));
  elsewhere.cancel('held');
  elsewhere.steer('held', { id: 'w1', to: 'pause', by: 'Ada' });
  expect(await decide('held', 's')).toBe(true);
  await expect(decide('held', 'other')).rejects.toMatchObject({ code: 'conflict' });
  expect(done).toEqual(['cancel', 'pause by Ada', 'was_sent']);
});

test('a run that nobody holds, or of another workspace, is decided by nobody', async () => {
  expect(await Promise.all([decide('unknown', 's'), decide('held', 's', 'another workspace')])).toEqual([false, false]);
  expect(done).toEqual(['cancel', 'pause by Ada', 'was_sent']);
});
