import { afterEach, expect, test, vi } from 'vitest';
import { testGraph, testNode } from '../../shared/engine/testing-graphs.ts';
import { testDatabase } from '../database/testing.ts';
import { JournalUnavailable } from './ports.ts';
import { maxReturns } from './strays.ts';
import { engineBench } from './testing.ts';

/** What a process cannot go on with goes back to the queue, so that it does not stay with it until the process ends. */
const db = await testDatabase();
const bench = await engineBench(db);
const { startProcess } = bench;
afterEach(() => bench.reset());
const version = await bench.addVersion(
  testGraph([testNode('n0', 'start'), testNode('a', 'work'), testNode('b', 'work')], ['n0>a', 'a>b']),
);
const away = () => Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
const returnsOf = async (id: string) =>
  (await db.pool.query<{ returns: number }>('SELECT returns FROM runs WHERE id = $1', [id])).rows[0]!.returns;
const makeDue = (id: string) => db.pool.query('UPDATE runs SET due_at = now() WHERE id = $1 AND worker IS NULL', [id]);

test('a run whose journal cannot be written for want of a database goes on in the next process', async () => {
  const [first, second] = [await startProcess(), await startProcess()];
  const create = bench.run(first, version);
  bench.trouble.commit = ({ standing }) => (standing ? new JournalUnavailable(away()) : undefined);
  const session = await first.engine.start({ create, output: 1 });
  await session.gone;
  expect(await bench.row(create.id)).toMatchObject({ status: 'running', worker: first.worker });
  await first.engine.giveBack();
  expect(await bench.row(create.id)).toMatchObject({ status: 'queued', worker: null });
  expect(await returnsOf(create.id)).toBe(0);
  bench.trouble.commit = () => undefined;
  expect(await second.takeDue()).toBe(1);
  await vi.waitFor(async () => expect((await bench.row(create.id)).status).toBe('done'));
  const seqs = (await bench.journal(create.id)).map(({ seq }) => seq);
  expect(seqs).toEqual(seqs.map((_, i) => i + 1));
});

test('a taken run that cannot be read is given back with a growing delay, and has failed in the end', async () => {
  const process = await startProcess();
  const create = bench.run(process, version);
  await process.engine.enqueue({ create, output: 1 });
  let broken = true;
  bench.trouble.read = () => (broken ? new Error('a page of the disk cannot be read') : undefined);
  const delays: number[] = [];
  for (let times = 1; times <= maxReturns; times++) {
    await makeDue(create.id);
    expect(await process.takeDue()).toBe(1);
    await process.engine.giveBack();
    expect(await returnsOf(create.id)).toBe(times);
    delays.push((await bench.row(create.id)).due_at!.getTime() - Date.now());
  }
  expect(delays.every((delay, i) => delay > (delays[i - 1] ?? 0) || delay > 50_000)).toBe(true);
  await makeDue(create.id);
  await process.takeDue();
  // Not even its end can be written yet: it stays here, and is tried again.
  await process.engine.giveBack();
  expect(await bench.row(create.id)).toMatchObject({ status: 'running', worker: process.worker });
  broken = false;
  await process.engine.giveBack();
  expect(await bench.row(create.id)).toMatchObject({
    status: 'failed',
    worker: null,
    error: { message: expect.stringContaining('6 times in a row') },
  });
  expect((await bench.journal(create.id)).at(-1)).toMatchObject({ type: 'run.finished', status: 'failed', seq: 2 });
});

test('what comes to rest again has not failed in a row', async () => {
  const process = await startProcess();
  const create = bench.run(process, version);
  await process.engine.enqueue({ create, output: 1 });
  await db.pool.query('UPDATE runs SET returns = 4 WHERE id = $1', [create.id]);
  bench.behaviours.set('a', () => ({ type: 'wait', wait: { kind: 'until', at: Date.now() + 3_600_000 } }));
  await process.takeDue();
  await vi.waitFor(async () => expect((await bench.row(create.id)).status).toBe('waiting'));
  expect(await returnsOf(create.id)).toBe(0);
});

test('a run that was taken over meanwhile is left alone', async () => {
  const process = await startProcess();
  const create = bench.run(process, version);
  bench.trouble.commit = ({ standing }) => (standing ? new JournalUnavailable(away()) : undefined);
  await (
    await process.engine.start({ create, output: 1 })
  ).gone;
  await db.pool.query('UPDATE runs SET worker = 0, fence = fence + 1 WHERE id = $1', [create.id]);
  await process.engine.giveBack();
  expect(await bench.row(create.id)).toMatchObject({ worker: 0, fence: 2 });
});

test('what was taken by a statement whose answer was cut off goes back to the queue', async () => {
  const process = await startProcess();
  const create = bench.run(process, version);
  await process.engine.enqueue({ create, output: 1 });
  await process.dispatcher.takeDue(10);
  for (let look = 1; look <= 2; look++) {
    process.engine.reclaim(await process.dispatcher.held());
    await process.engine.giveBack();
    expect((await bench.row(create.id)).worker).toBe(look === 1 ? process.worker : null);
  }
  expect(await process.takeDue()).toBe(1);
  await vi.waitFor(async () => expect((await bench.row(create.id)).status).toBe('done'));
});

test('a run that is at work is never reclaimed', async () => {
  const process = await startProcess();
  const create = bench.run(process, version);
  const finish = Promise.withResolvers<void>();
  bench.behaviours.set('a', async () => {
    await finish.promise;
    return { type: 'output', port: 'out', output: 1 };
  });
  const session = await process.engine.start({ create, output: 1 });
  for (let look = 1; look <= 3; look++) {
    process.engine.reclaim(await process.dispatcher.held());
    await process.engine.giveBack();
  }
  expect(await bench.row(create.id)).toMatchObject({ status: 'running', worker: process.worker });
  finish.resolve();
  await session.gone;
  expect((await bench.row(create.id)).status).toBe('done');
});

test('a word whose mark was seen by a process that could not read it is not lost', async () => {
  const process = await startProcess();
  const waiting = await bench.addVersion(
    testGraph([testNode('n0', 'start'), testNode('a', 'work'), testNode('b', 'work')], ['n0>a', 'n0>b']),
  );
  const create = bench.run(process, waiting);
  const finish = Promise.withResolvers<void>();
  bench.behaviours.set('a', ({ resumed }) =>
    resumed
      ? { type: 'output', port: 'out', output: resumed.signal.kind }
      : { type: 'wait', wait: { kind: 'run', runId: 'called', at: null } },
  );
  bench.behaviours.set('b', async () => {
    await finish.promise;
    return { type: 'output', port: 'out', output: 1 };
  });
  const session = await process.engine.start({ create, output: 1 });
  await bench.send(create.id, 'a', { kind: 'run', runId: 'called', status: 'done', output: 7 });
  // The answer to this never arrives.
  await process.dispatcher.signalled();
  finish.resolve();
  await session.gone;
  expect(await process.takeDue()).toBe(1);
  await vi.waitFor(async () => expect((await bench.row(create.id)).status).toBe('done'));
});
