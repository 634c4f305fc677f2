import { afterEach, expect, test, vi } from 'vitest';
import { foldRun } from '../../shared/engine/fold.ts';
import { compileGraph } from '../../shared/engine/graph.ts';
import { mostBytes } from '../../shared/engine/payloads.ts';
import { rerunEvents } from '../../shared/engine/rerun.ts';
import { testCatalogue, testGraph, testNode } from '../../shared/engine/testing-graphs.ts';
import { output } from '../../shared/nodes/contract.ts';
import { testDatabase } from '../database/testing.ts';
import { LeaseLost } from './ports.ts';
import { engineBench, type TestProcess } from './testing.ts';

/** Large values of runs: apart from the journal, and there again for whoever goes on. */
const db = await testDatabase();
const bench = await engineBench(db);
const { startProcess } = bench;
afterEach(() => bench.reset());

const graph = testGraph(
  [testNode('n0', 'start'), testNode('a', 'work'), testNode('b', 'work'), testNode('c', 'work')],
  ['n0>a', 'a>b', 'b>c'],
);
const large = (mark: string) => ({ mark, text: mark.repeat(40_000) });

async function stored(runId: string): Promise<{ ref: string; length: number }[]> {
  const { rows } = await db.pool.query<{ ref: string; length: number }>(
    'SELECT ref, length(content) AS length FROM run_payloads WHERE run_id = $1 ORDER BY ref',
    [runId],
  );
  return rows;
}

/** References in the journals of all runs that lead nowhere. */
async function dangling(): Promise<number> {
  const { rows } = await db.pool.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM run_journal j, json_array_elements(j.events) e, json_array_elements(e->'payloads') p
     WHERE e->'payloads' IS NOT NULL
       AND NOT EXISTS (SELECT FROM run_payloads WHERE run_id = j.run_id AND workspace_id = j.workspace_id AND ref = p->>'ref')`,
  );
  return rows[0]!.n;
}

async function takenOver(runId: string): Promise<TestProcess> {
  const second = await startProcess();
  await expect.poll(() => second.takeOrphaned(), { timeout: 5_000 }).toBe(1);
  await second.engine.session(runId)?.gone;
  return second;
}

test('the journal names large values, which are stored once for a run that hands them on', async () => {
  const process = await startProcess();
  bench.behaviours.set('a', ({ input }) => output(structuredClone(input)));
  bench.behaviours.set('b', () => output(large('b')));
  bench.behaviours.set('c', () => output('small'));
  const create = bench.run(process, await bench.addVersion(graph));
  const session = await process.engine.start({ create, output: large('a') });
  await session.gone;
  const events = await bench.journal(create.id);
  expect(JSON.stringify(events).length).toBeLessThan(10_000);
  expect(events.flatMap(({ payloads = [] }) => payloads.map(({ path, bytes }) => [...path, bytes]))).toEqual([
    ['output', 40_022],
    ['output', 40_022],
    ['output', 40_022],
  ]);
  expect((await stored(create.id)).map(({ length }) => length)).toEqual([40_022, 40_022]);
  // Whoever had the run in memory saw the values themselves.
  expect(session.state.outputs).toMatchObject({ n0: large('a'), a: large('a'), b: large('b'), c: 'small' });
});

test('whoever takes a run over sees what came before, and loads only what its steps ask for', async () => {
  const first = await startProcess();
  const hang = Promise.withResolvers<never>();
  bench.behaviours.set('a', () => output(large('a')));
  bench.behaviours.set('b', () => output(large('b')));
  bench.behaviours.set('c', () => hang.promise);
  const create = bench.run(first, await bench.addVersion(graph));
  await first.engine.start({ create, output: large('t') });
  await expect.poll(async () => (await bench.journal(create.id)).at(-1)).toMatchObject({ type: 'step.started' });
  await first.die();
  const seen: unknown[] = [];
  bench.behaviours.set('c', ({ input, inputs }) => {
    seen.push(input, inputs[0]?.output);
    return output(input);
  });
  // The output of “a” is nothing to “c”.
  await db.pool.query(`DELETE FROM run_payloads WHERE run_id = $1 AND content LIKE '{"mark":"a"%'`, [create.id]);
  await takenOver(create.id);
  expect(seen).toEqual([large('b'), large('b')]);
  expect(await bench.row(create.id)).toMatchObject({ status: 'done' });
  await db.pool.query('DELETE FROM runs WHERE id = $1', [create.id]);
});

test('items and results of a loop are there again', async () => {
  const loop = testGraph(
    [
      testNode('n0', 'start'),
      testNode('each', 'each'),
      testNode('a', 'work', { parent: 'each' }),
      testNode('end', 'work'),
    ],
    ['n0>each', 'each.each>a', 'each.done>end'],
  );
  const first = await startProcess();
  const items = [large('0'), large('1'), large('2')];
  bench.behaviours.set('each', () => ({ type: 'loop', items, concurrency: 1, onItemError: 'stop' }));
  const hang = Promise.withResolvers<never>();
  bench.onEvery('a', ({ nodeId, input }) => (nodeId === 'each[1]/a' ? hang.promise : output({ was: input })));
  const create = bench.run(first, await bench.addVersion(loop));
  await first.engine.start({ create, output: null });
  await expect.poll(async () => (await bench.journal(create.id)).at(-1)).toMatchObject({ node: 'each[1]/a' });
  await first.die();
  bench.onEvery('a', ({ input }) => output({ was: input }));
  let end: unknown;
  bench.behaviours.set('end', ({ input }) => output((end = input)));
  await takenOver(create.id);
  expect(end).toMatchObject({ results: items.map((was) => ({ was })), count: 3 });
  expect(await dangling()).toBe(0);
});

test('a run that repeats another has its own copy of what stands', async () => {
  const process = await startProcess();
  bench.behaviours.set('a', () => output(large('a')));
  bench.behaviours.set('b', ({ input }) => output(input));
  bench.behaviours.set('c', () => output(null));
  const version = await bench.addVersion(graph);
  const old = bench.run(process, version);
  await (
    await process.engine.start({ create: old, output: large('t') })
  ).gone;
  const [start, ...kept] = rerunEvents(compileGraph(graph, testCatalogue), await bench.journal(old.id), ['c']);
  const again = { ...bench.run(process, version), adoptsPayloadsOf: old.id };
  await process.engine.enqueue({ create: again, output: large('t'), kept });
  expect(start?.payloads).toHaveLength(1);
  expect(await stored(again.id)).toEqual(await stored(old.id));
  const orphan = { ...bench.run(process, version), adoptsPayloadsOf: old.id };
  await db.pool.query('DELETE FROM runs WHERE id = $1', [old.id]);
  expect(await stored(old.id)).toEqual([]);
  let seen: unknown;
  bench.behaviours.set('c', ({ input }) => output((seen = input)));
  await process.takeDue();
  await process.engine.session(again.id)?.gone;
  expect(seen).toEqual(large('a'));
  // Its data went between the reading and the writing: there is no such run, rather than one without data.
  await expect(process.engine.enqueue({ create: orphan, output: null, kept })).rejects.toThrow(
    'does not exist any more',
  );
  expect(await bench.row(orphan.id)).toBeUndefined();
  expect(await dangling()).toBe(0);
});

test('what was taken over by another is refused with its large values', async () => {
  const first = await startProcess();
  const release = Promise.withResolvers<void>();
  bench.behaviours.set('a', async () => {
    await release.promise;
    return output(large('late'));
  });
  const create = bench.run(first, await bench.addVersion(graph));
  const session = await first.engine.start({ create, output: null });
  await db.pool.query('UPDATE runs SET fence = fence + 1 WHERE id = $1', [create.id]);
  release.resolve();
  expect(await session.gone).toBeInstanceOf(LeaseLost);
  expect(await stored(create.id)).toEqual([]);
});

test('a large word goes beside the journal too, and the step gets it, also after a crash', async () => {
  const first = await startProcess();
  const approvalId = '019a0000-0000-7000-8000-000000000001';
  const word = { kind: 'approval', approvalId, decision: 'approved', by: 'Ada', comment: '' } as const;
  bench.behaviours.set('a', ({ resumed }) =>
    resumed ? output(resumed.signal) : { type: 'wait', wait: { kind: 'approval', approvalId, at: null } },
  );
  const stuck = Promise.withResolvers<never>();
  bench.behaviours.set('b', () => stuck.promise);
  const create = bench.run(first, await bench.addVersion(graph));
  await (
    await first.engine.start({ create, output: null })
  ).gone;
  await bench.send(create.id, 'a', { ...word, payload: large('word') });
  expect(await first.takeDue()).toBe(1);
  await vi.waitFor(async () => expect((await bench.journal(create.id)).at(-1)).toMatchObject({ type: 'step.started' }));
  const journal = await bench.journal(create.id);
  const resumed = journal.find(({ type }) => type === 'step.resumed');
  expect(resumed?.payloads?.map(({ path }) => path)).toEqual([['signal', 'payload']]);
  expect(JSON.stringify(resumed).length).toBeLessThan(2_000);
  await first.die();
  const second = await startProcess();
  let seen: unknown;
  bench.behaviours.set('b', ({ input }) => output((seen = input)));
  expect(await second.takeOrphaned()).toBeGreaterThan(0);
  await vi.waitFor(async () => expect((await bench.row(create.id)).status).toBe('done'));
  expect(seen).toEqual({ ...word, payload: large('word') });
});

test('a step that puts out too much fails and says so; a trigger that brings too much is refused', async () => {
  const process = await startProcess();
  bench.behaviours.set('a', () => output('x'.repeat(mostBytes)));
  const create = bench.run(process, await bench.addVersion(graph));
  await (
    await process.engine.start({ create, output: null })
  ).gone;
  const row = await bench.row(create.id);
  expect(row).toMatchObject({ status: 'failed', error: { code: 'too_large', nodeId: 'a' } });
  expect(row.error?.message).toMatch(/^The step “a” puts out more than 10 MB\. Let it ask for less/);
  const another = bench.run(process, await bench.addVersion(graph));
  await expect(process.engine.start({ create: another, output: 'x'.repeat(mostBytes) })).rejects.toMatchObject({
    code: 'too_large',
  });
});

test('a process that dies at any moment leaves no reference without its value', async () => {
  const version = await bench.addVersion(graph);
  for (const behaviour of ['a', 'b', 'c']) bench.behaviours.set(behaviour, () => output(large(behaviour)));
  const ids: string[] = [];
  for (let round = 0; round < 10; round++) {
    const process = await startProcess();
    const sessions = await Promise.all(
      Array.from({ length: 5 }, async () => {
        const create = bench.run(process, version);
        ids.push(create.id);
        return process.engine.start({ create, output: large('t') });
      }),
    );
    // Some are through, some are being written, of some only the start is known.
    if (round % 2 === 0) await sessions[round % 5]!.gone;
    await process.die();
  }
  const last = await startProcess();
  await expect
    .poll(
      async () => {
        await last.takeOrphaned();
        const { rows } = await db.pool.query<{ n: number }>(
          'SELECT count(*)::int AS n FROM runs WHERE id = ANY($1) AND finished_at IS NULL',
          [ids],
        );
        return rows[0]!.n;
      },
      { timeout: 10_000 },
    )
    .toBe(0);
  expect(await dangling()).toBe(0);
  const compiled = compileGraph(graph, testCatalogue);
  for (const id of ids) expect(foldRun(compiled, await bench.journal(id)).status).toBe('done');
});
