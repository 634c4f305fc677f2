/**
 * Two workers beside one: runs that only compute, queued while nobody works, done by one worker and by two over one PostgreSQL and one web
 * process. Prints the runs a second of each, and their ratio.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startInstance } from '../e2e/support/instance.ts';
import { load } from './lib/load.ts';
import { median } from './lib/median.ts';
import { cpuMs } from './lib/meters.ts';
import { openStage } from './lib/stage.ts';
import { printFigures, printTable } from './lib/table.ts';
import { busyWorkload } from './lib/workloads.ts';

const { values } = parseArgs({
  options: {
    /** Queued in each round. */
    runs: { type: 'string', default: '200' },
    rounds: { type: 'string', default: '3' },
  },
});
const runs = Math.min(20_000, Number(values.runs));
const rounds = Math.min(20, Number(values.rounds));
const patienceMs = 300_000;
const lookMs = 250;

interface Round {
  workers: number;
  /** Runs a second, from the tenth of a hundred to end until the ninetieth: all workers are at it then, and there is enough for all. */
  rate: number;
  /** Seconds of CPU of each worker, its start included. */
  cpu: number[];
  done: number;
}

const stage = await openStage({ ROLE: 'web', SECRET_KEY: 'the same in all processes of one installation' });
try {
  const { url, workflowId, persisted } = await stage.put(busyWorkload);
  const lines: Round[] = [];
  for (let i = 0; i < rounds; i++) {
    // In turn, so that what else the machine does meets both alike.
    for (const workers of i % 2 === 0 ? [1, 2] : [2, 1]) lines.push(await roundOf(workers));
  }
  const rateOf = (workers: number): number =>
    median(lines.filter((line) => line.workers === workers).map(({ rate }) => rate));
  const ratio = rateOf(2) / rateOf(1);
  const complete = lines.every(({ done }) => done === runs);
  printTable(
    `${runs} runs that only compute`,
    ['workers', 'runs/s', 'done', 'CPU s of each'],
    lines.map(({ workers, rate, done, cpu }) => [
      String(workers),
      rate,
      done,
      cpu.map((s) => s.toFixed(1)).join(' + '),
    ]),
  );
  const [one, two] = [rateOf(1).toFixed(1), rateOf(2).toFixed(1)];
  console.log(`median: ${one} runs/s with one worker, ${two} with two: ${ratio.toFixed(2)} times as many`);
  printFigures({ bench: 'workers', runs, rounds, lines, ratio, complete });
  process.exitCode = complete ? 0 : 1;

  async function roundOf(count: number): Promise<Round> {
    await stage.pool.query('DELETE FROM runs WHERE workflow_id = $1', [workflowId]);
    const queued = await load({
      url,
      connections: 20,
      seconds: 120,
      maxRequests: runs,
      body: busyWorkload.body,
      status: 202,
    });
    if (queued.answers !== runs) throw new Error(`${queued.answers} of ${runs} runs were queued`);
    const starting = Array.from({ length: count }, () => startInstance({ ...stage.environment, ROLE: 'worker' }));
    const workers = await Promise.all(starting);
    try {
      const until = Date.now() + patienceMs;
      while ((await ended()) < runs && Date.now() < until) await sleep(lookMs);
      const cpu = await Promise.all(workers.map(async ({ pid }) => (await cpuMs([pid])) / 1_000));
      return { workers: count, rate: await rateInTheMiddle(), cpu, done: await persisted() };
    } finally {
      await Promise.all(workers.map((worker) => worker.stop()));
    }
  }

  async function ended(): Promise<number> {
    const { rows } = await stage.pool.query<{ n: number }>(
      'SELECT count(*) AS n FROM runs WHERE workflow_id = $1 AND finished_at IS NOT NULL',
      [workflowId],
    );
    return rows[0]!.n;
  }

  /** By the instants at which runs have ended. */
  async function rateInTheMiddle(): Promise<number> {
    const { rows } = await stage.pool.query<{ at: Date }>(
      'SELECT finished_at AS at FROM runs WHERE workflow_id = $1 AND finished_at IS NOT NULL ORDER BY 1',
      [workflowId],
    );
    const [from, to] = [Math.floor(rows.length * 0.1), Math.floor(rows.length * 0.9)];
    const [first, last] = [rows[from], rows[to]];
    if (!first || !last) return Number.NaN;
    return (1_000 * (to - from)) / (last.at.getTime() - first.at.getTime());
  }
} finally {
  await stage.close();
}
