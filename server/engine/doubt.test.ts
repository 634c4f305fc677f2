import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { testGraph, testNode } from '../../shared/engine/testing-graphs.ts';
import { AppError } from '../../shared/errors.ts';
import type { RunContext } from '../../shared/nodes/contract.ts';
import { testDatabase } from '../database/testing.ts';
import { engineBench, type Behaviour } from './testing.ts';

const db = await testDatabase();
const bench = await engineBench(db);
const process = await bench.startProcess();
afterEach(() => bench.behaviours.clear());
afterAll(() => process.die());

const call = ({ ports }: RunContext) => ports.http.request({ method: 'POST', url: '', headers: {}, timeoutMs: 1 });
const stopped = ({ signal }: RunContext) =>
  new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));

/** Announces its effect, then hangs until it is told to stop. */
const hangs: Behaviour = async (context) => {
  await call(context);
  return stopped(context);
};
const hangsBefore: Behaviour = (context) => stopped(context);
const deaf: Behaviour = async (context) => {
  await call(context);
  return new Promise(() => {});
};
const refused: Behaviour = async (context) => {
  await call(context);
  throw new AppError('http_failed', 'no', { details: { status: 422 } });
};
const broken: Behaviour = async (context) => {
  await call(context);
  throw new AppError('http_failed', 'the line broke');
};

async function start(behaviour: Behaviour, onUnknown: 'ask' | 'repeat', timeoutMs = 100) {
  bench.behaviours.set('a', behaviour);
  const graph = testGraph([testNode('n0', 'start'), testNode('a', 'work', { onUnknown, timeoutMs })], ['n0>a']);
  const create = bench.run(process, await bench.addVersion(graph));
  return { create, session: await process.engine.start({ create, output: null }) };
}
const last = async (runId: string) => (await bench.journal(runId)).findLast((event) => event.type !== 'run.finished');

test.each<[string, Behaviour, 'ask' | 'repeat', string, string]>([
  ['its time runs out after the effect was announced', hangs, 'ask', 'step.uncertain', 'waiting'],
  ['it does not even hear that its time is over', deaf, 'ask', 'step.uncertain', 'waiting'],
  ['the line breaks', broken, 'ask', 'step.uncertain', 'waiting'],
  ['the other side says no', refused, 'ask', 'step.failed', 'failed'],
  ['its time runs out before', hangsBefore, 'ask', 'step.failed', 'failed'],
  ['it may be repeated', hangs, 'repeat', 'step.failed', 'failed'],
])('when %s', async (_when, behaviour, onUnknown, event, status) => {
  const { create, session } = await start(behaviour, onUnknown);
  await session.gone;
  expect([(await last(create.id))?.type, (await bench.row(create.id)).status]).toEqual([event, status]);
});

test('a step that is cancelled in the middle of its effect is left to a person, whose word ends the run', async () => {
  const { create, session } = await start(hangs, 'ask', 60_000);
  await vi.waitFor(async () => expect((await last(create.id))?.type).toBe('step.intent'));
  await db.pool.query('UPDATE runs SET cancel_requested = true WHERE id = $1', [create.id]);
  session.cancel();
  await session.gone;
  expect([(await last(create.id))?.type, (await bench.row(create.id)).status]).toEqual(['step.uncertain', 'waiting']);
  const taken = { ...create, fence: 2, cancelRequested: true };
  await db.pool.query(`UPDATE runs SET worker = $2, fence = 2, status = 'running' WHERE id = $1`, [
    create.id,
    process.worker,
  ]);
  await process.engine.decide(taken, 'a', 'was_sent');
  await vi.waitFor(async () => expect((await bench.row(create.id)).status).toBe('cancelled'));
});
