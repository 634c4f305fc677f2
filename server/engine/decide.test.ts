import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { testGraph, testNode } from '../../shared/engine/testing-graphs.ts';
import { testDatabase } from '../database/testing.ts';
import { createPostgresDispatcher } from '../queue/postgres.ts';
import { engineBench } from './testing.ts';

const db = await testDatabase();
const bench = await engineBench(db);
const dispatcher = await createPostgresDispatcher(db.pool, db.url, () => {});
const processes: { die(): Promise<void> }[] = [{ die: () => dispatcher.close() }];
afterAll(() => Promise.all(processes.map((one) => one.die())));

/** A process dies in the middle of an announced effect; another parks the step. */
async function parked(calls: string[]) {
  const doomed = await bench.startProcess();
  bench.behaviours.set('a', async ({ ports, idempotencyKey }) => {
    calls.push(idempotencyKey);
    await ports.http.request({ method: 'POST', url: '', headers: {}, timeoutMs: 1 });
    if (calls.length === 1) await new Promise(() => {});
    return { type: 'output', port: 'out', output: 'sent' };
  });
  const graph = testGraph(
    [testNode('n0', 'start'), testNode('a', 'work', { onUnknown: 'ask' }), testNode('b', 'work')],
    ['n0>a', 'a>b'],
  );
  const create = bench.run(doomed, await bench.addVersion(graph));
  await doomed.engine.start({ create, output: null });
  const announced = async () => (await bench.journal(create.id)).some(({ type }) => type === 'step.intent');
  for (let i = 0; i < 100 && !(await announced()); i++) await sleep(10);
  await doomed.die();
  const heir = await bench.startProcess();
  for (let i = 0; i < 50 && (await heir.takeOrphaned()) === 0; i++) await sleep(10);
  await heir.engine.session(create.id)?.gone;
  processes.push(heir);
  return { create, heir };
}

test.each([
  ['send_again', 2],
  ['was_sent', 1],
] as const)('%s: the word ends the uncertainty, and the run goes on to its end', async (decision, attempts) => {
  const calls: string[] = [];
  const { create, heir } = await parked(calls);
  expect(calls).toHaveLength(1);
  expect((await bench.row(create.id)).status).toBe('waiting');
  const taken = (await dispatcher.takeResting(create.workspaceId, create.id))!;
  await heir.engine.decide(taken, 'a', decision);
  await heir.engine.session(create.id)?.gone;
  expect((await bench.row(create.id)).status).toBe('done');
  expect(calls).toHaveLength(attempts);
  expect(new Set(calls).size, 'one key for all attempts').toBe(1);
});

test('a word for a step that waits for none is refused, and the run rests on', async () => {
  const { create, heir } = await parked([]);
  const taken = (await dispatcher.takeResting(create.workspaceId, create.id))!;
  await expect(heir.engine.decide(taken, 'b', 'was_sent')).rejects.toMatchObject({ code: 'conflict' });
  await heir.engine.session(create.id)?.gone;
  expect(await bench.row(create.id)).toMatchObject({ status: 'waiting', worker: null });
});
