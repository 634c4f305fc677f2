import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { testGraph, testNode } from '../../shared/engine/testing-graphs.ts';
import { AppError } from '../../shared/errors.ts';
import { output } from '../../shared/nodes/contract.ts';
import { testDatabase } from '../database/testing.ts';
import { DuplicateRun, LeaseLost } from './ports.ts';
import { engineBench } from './testing.ts';

const db = await testDatabase();
const bench = await engineBench(db);
const { startProcess } = bench;
afterEach(() => bench.reset());

const chain = (...more: Parameters<typeof testNode>[2][]) =>
  testGraph([testNode('n0', 'start'), testNode('a', 'work', more[0]), testNode('b', 'work', more[1])], ['n0>a', 'a>b']);
const types = (events: { type: string; node?: string }[]) =>
  events.map((event) => [event.type, event.node].filter(Boolean).join(' '));

test('a run goes from its trigger to its end, and its journal says how', async () => {
  const process = await startProcess();
  const create = bench.run(process, await bench.addVersion(chain()));
  const session = await process.engine.start({ create, output: { hello: 1 } });
  await session.gone;
  expect(types(await bench.journal(create.id))).toEqual([
    'run.started',
    'step.started a',
    'step.done a',
    'step.started b',
    'step.done b',
    'run.finished',
  ]);
  expect(await bench.row(create.id)).toMatchObject({ status: 'done', worker: null, due_at: null });
});

test('an answer is there when it is durable: with the end where the run ends with it, else before the rest is done', async () => {
  const process = await startProcess();
  const writes: string[][] = [];
  bench.trouble.commit = ({ events }) => void writes.push(types(events));
  const rest = Promise.withResolvers<void>();
  const answering = () => ({ ...output('said'), answer: { status: 200, headers: {}, body: 'yes' } });
  bench.behaviours.set('b', answering);
  const version = await bench.addVersion(chain());
  const last = await process.engine.start({ create: bench.run(process, version), output: null, acknowledge: 'answer' });
  expect(await last.answered).toMatchObject({ body: 'yes' });
  expect(writes).toEqual([
    ['run.started', 'step.started a', 'step.done a', 'step.started b', 'step.done b', 'run.finished'],
  ]);
  expect((await bench.row(last.run.id)).status).toBe('done');

  bench.behaviours.set('a', answering);
  bench.behaviours.set('b', async () => {
    await rest.promise;
    return output(null);
  });
  const create = bench.run(process, version);
  const first = await process.engine.start({ create, output: null, acknowledge: 'answer' });
  expect(await first.answered).toMatchObject({ body: 'yes' });
  expect(types(await bench.journal(create.id))).toContain('step.done a');
  expect((await bench.row(create.id)).status).toBe('running');
  rest.resolve();
  await first.gone;
  expect((await bench.row(create.id)).status).toBe('done');
});

test('branches run at the same time', async () => {
  const process = await startProcess();
  const graph = testGraph(
    [testNode('n0', 'start'), testNode('a', 'work'), testNode('b', 'work'), testNode('j', 'work')],
    ['n0>a', 'n0>b', 'a>j', 'b>j'],
  );
  const both = Promise.withResolvers<void>();
  let inside = 0;
  const meet = async () => {
    if (++inside === 2) both.resolve();
    await both.promise;
    return output(null);
  };
  bench.behaviours.set('a', meet);
  bench.behaviours.set('b', meet);
  const create = bench.run(process, await bench.addVersion(graph));
  const session = await process.engine.start({ create, output: null });
  await session.gone;
  expect((await bench.row(create.id)).status).toBe('done');
});

test('a step is tried again as its policy says, and only for errors that can mend', async () => {
  const process = await startProcess();
  const attempts: number[] = [];
  bench.behaviours.set('a', ({ attempt }) => {
    attempts.push(attempt);
    if (attempt < 3) throw new AppError('http_failed', 'busy', { retryable: true });
    return output('late');
  });
  const create = bench.run(process, await bench.addVersion(chain({ retry: { attempts: 3, delayMs: 1, factor: 1 } })));
  await process.engine.start({ create, output: null });
  for (let i = 0; i < 100 && (await bench.row(create.id)).status !== 'done'; i++) {
    await process.takeDue();
    await sleep(10);
  }
  expect(attempts).toEqual([1, 2, 3]);
  bench.behaviours.set('a', () => {
    throw new AppError('bad_request', 'no address');
  });
  const second = bench.run(process, await bench.addVersion(chain({ retry: { attempts: 3, delayMs: 1, factor: 1 } })));
  await (
    await process.engine.start({ create: second, output: null })
  ).gone;
  expect(await bench.row(second.id)).toMatchObject({ status: 'failed', error: { message: 'no address', nodeId: 'a' } });
});

test('an unexpected error fails the step without showing what it said', async () => {
  const process = await startProcess();
  bench.behaviours.set('a', () => {
    throw new Error('password=hunter2');
  });
  const create = bench.run(process, await bench.addVersion(chain()));
  await (
    await process.engine.start({ create, output: null })
  ).gone;
  expect(JSON.stringify(await bench.journal(create.id))).not.toContain('hunter2');
  expect(process.reports).toHaveLength(1);
});

test('a step that takes too long fails by its time limit and hears of it', async () => {
  const process = await startProcess();
  let heard = false;
  bench.behaviours.set('a', ({ signal }) => {
    signal.addEventListener('abort', () => (heard = true));
    return new Promise(() => {});
  });
  const create = bench.run(process, await bench.addVersion(chain({ timeoutMs: 100 })));
  await (
    await process.engine.start({ create, output: null })
  ).gone;
  expect((await bench.row(create.id)).error?.message).toMatch(/longer than 0.1 s/);
  expect(heard).toBe(true);
});

test('a wait leaves memory and goes on when it is due, in whatever process', async () => {
  const first = await startProcess();
  const due = Date.now() + 3_000;
  bench.behaviours.set('a', ({ resumed, input }) =>
    resumed ? output(input) : { type: 'wait', wait: { kind: 'until', at: due } },
  );
  const create = bench.run(first, await bench.addVersion(chain()));
  const session = await first.engine.start({ create, output: { keep: 'me' } });
  await session.gone;
  expect(await bench.row(create.id)).toMatchObject({ status: 'waiting', worker: null });
  await first.die();
  const second = await startProcess();
  expect(await second.takeDue(), 'not before its time').toBe(0);
  await sleep(due + 50 - Date.now());
  expect(await second.takeDue()).toBe(1);
  await second.engine.session(create.id)?.gone;
  const events = await bench.journal(create.id);
  expect(events.find((event) => event.type === 'step.done' && event.node === 'a')).toMatchObject({ pass: true });
  expect((await bench.row(create.id)).status).toBe('done');
});

test('the runs of a dead process are taken over; finished steps do not repeat; the dead one can write no more', async () => {
  const doomed = await startProcess();
  const calls: string[] = [];
  const stuck = Promise.withResolvers<void>();
  bench.behaviours.set('a', () => {
    calls.push('a');
    return output('from a');
  });
  bench.behaviours.set('b', async ({ idempotencyKey, input }) => {
    calls.push(`b ${idempotencyKey.split(':')[1]} ${String(input)}`);
    if (calls.filter((call) => call.startsWith('b')).length === 1) await stuck.promise;
    return output('from b');
  });
  const create = bench.run(doomed, await bench.addVersion(chain()));
  const session = await doomed.engine.start({ create, output: null });
  for (
    let i = 0;
    i < 100 && !(await bench.journal(create.id)).some((event) => event.type === 'step.started' && event.node === 'b');
    i++
  )
    await sleep(10);
  await doomed.die();
  const heir = await startProcess();
  for (let i = 0; i < 50 && (await heir.takeOrphaned()) === 0; i++) await sleep(10);
  await heir.engine.session(create.id)?.gone;
  expect((await bench.row(create.id)).status).toBe('done');
  expect(calls).toEqual(['a', 'b b from a', 'b b from a']);
  const before = await bench.journal(create.id);
  stuck.resolve();
  await session.gone;
  expect(doomed.reports.some((error) => error instanceof LeaseLost)).toBe(true);
  expect(await bench.journal(create.id)).toEqual(before);
});

test('an effect is announced before it happens; a node that asks to be asked is parked instead of repeated', async () => {
  const doomed = await startProcess();
  let calls = 0;
  bench.behaviours.set('a', async ({ ports }) => {
    calls++;
    await ports.http.request({ method: 'POST', url: '', headers: {}, timeoutMs: 1 });
    if (calls === 1) await new Promise(() => {});
    return output('sent');
  });
  const create = bench.run(doomed, await bench.addVersion(chain({ onUnknown: 'ask' })));
  await doomed.engine.start({ create, output: null });
  for (let i = 0; i < 100 && !types(await bench.journal(create.id)).includes('step.intent a'); i++) await sleep(10);
  await doomed.die();
  const heir = await startProcess();
  for (let i = 0; i < 50 && (await heir.takeOrphaned()) === 0; i++) await sleep(10);
  await heir.engine.session(create.id)?.gone;
  expect(calls).toBe(1);
  expect(types(await bench.journal(create.id)).at(-1)).toBe('step.uncertain a');
  expect((await bench.row(create.id)).status).toBe('waiting');
});

test('cancelling stops what is running and what was to come', async () => {
  const process = await startProcess();
  bench.behaviours.set(
    'a',
    ({ signal }) => new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
  );
  const create = bench.run(process, await bench.addVersion(chain()));
  const session = await process.engine.start({ create, output: null });
  await sleep(20);
  session.cancel();
  await session.gone;
  expect((await bench.row(create.id)).status).toBe('cancelled');
  expect(types(await bench.journal(create.id))).not.toContain('step.started b');
});

test('a clean shutdown lets the running step finish and leaves the rest to others', async () => {
  const first = await startProcess();
  bench.behaviours.set('a', async () => {
    await sleep(50);
    return output('a');
  });
  const create = bench.run(first, await bench.addVersion(chain()));
  await first.engine.start({ create, output: null });
  await first.engine.drain();
  expect(await bench.row(create.id)).toMatchObject({ status: 'queued', worker: null });
  const second = await startProcess();
  await second.takeDue();
  await second.engine.session(create.id)?.gone;
  expect((await bench.row(create.id)).status).toBe('done');
  expect(types(await bench.journal(create.id)).filter((type) => type === 'step.started a')).toHaveLength(1);
});

test('a step that is switched off does nothing and hands on what it got', async () => {
  const process = await startProcess();
  bench.behaviours.set('a', () => {
    throw new Error('must not run');
  });
  bench.behaviours.set('b', ({ input }) => output(input));
  const create = bench.run(process, await bench.addVersion(chain({ disabled: true })));
  const session = await process.engine.start({ create, output: 'as it came' });
  await session.gone;
  expect(session.state.steps.get('b')?.output).toBe('as it came');
});

test('one idempotency key starts one run', async () => {
  const process = await startProcess();
  const version = await bench.addVersion(chain());
  const first = bench.run(process, version, 'order-7');
  await process.engine.start({ create: first, output: null });
  const again = process.engine.start({ create: bench.run(process, version, 'order-7'), output: null });
  await expect(again).rejects.toThrow(DuplicateRun);
  await expect(again).rejects.toMatchObject({ existingId: first.id });
});

test('a pinned output stands in for the step, which does not run', async () => {
  const process = await startProcess();
  bench.behaviours.set('a', () => {
    throw new Error('must not run');
  });
  const create = bench.run(process, await bench.addVersion(chain()));
  const session = await process.engine.start({
    create,
    output: null,
    pins: { a: { output: { text: 'as confirmed' } } },
  });
  await session.gone;
  expect(
    (await bench.journal(create.id)).find((event) => event.type === 'step.done' && event.node === 'a'),
  ).toMatchObject({ output: { text: 'as confirmed' } });
});

test('a payload with a NUL character is stored as it came', async () => {
  const process = await startProcess();
  const version = await bench.addVersion(chain());
  const runs = Array.from({ length: 20 }, () => bench.run(process, version));
  const sessions = await Promise.all(
    runs.map((create) => process.engine.start({ create, output: { text: '\u0000 kept as it came' } })),
  );
  await Promise.all(sessions.map((session) => session.gone));
  for (const create of runs) expect((await bench.row(create.id)).status).toBe('done');
});
