/** A moderate load of W1 and W3 for ten minutes (or as many as are given): does the server keep anything? Memory, handles and timers over time. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { drift } from './lib/drift.ts';
import { load } from './lib/load.ts';
import { openStage } from './lib/stage.ts';
import { printFigures, printTable } from './lib/table.ts';
import { workloads } from './lib/workloads.ts';

const minutes = Math.min(120, Number(process.argv[2] ?? 10));
/** Connections, and the pause of each between an answer and the next call. */
const connections = 8;
const pauseMs = 40;
/** The first part of the time is for filling caches. */
const settleShare = 0.25;

/** What may change over the measured time, by the fitted line, and still counts as flat. */
const tolerance = { rssMb: 20, heapMb: 3, buffersMb: 3, handles: 4, timers: 4 } as const;
type Figure = keyof typeof tolerance;

const folder = await mkdtemp(join(tmpdir(), 'mailweave-soak-'));
const file = join(folder, 'figures.jsonl');
const reporter = fileURLToPath(new URL('./lib/report-resources.ts', import.meta.url));
const stage = await openStage({ BENCH_REPORT: file, NODE_OPTIONS: `--import ${reporter}` });
try {
  const wanted = workloads.filter(({ name }) => name === 'W1' || name === 'W3');
  const placed = await Promise.all(
    wanted.map(async (workload) => ({ ...(await stage.put(workload)), body: workload.body })),
  );
  const results = await Promise.all(
    placed.map(({ url, body }) =>
      load({ url, body, connections, seconds: 60 * minutes, maxRequests: 10_000_000, status: 200, pauseMs }),
    ),
  );
  const answered = results.reduce((sum, { answers }) => sum + answers, 0);
  const errors = results.reduce((sum, { errors: failed }) => sum + failed, 0);
  const persisted = (await Promise.all(placed.map((one) => one.persisted()))).reduce((sum, count) => sum + count, 0);
  const lines = (await readFile(file, 'utf8')).trim().split('\n');
  const samples = lines.map((line) => JSON.parse(line) as Record<Figure, number>);
  const settled = samples.slice(Math.floor(samples.length * settleShare));
  const figures = (Object.keys(tolerance) as Figure[]).map((name) => {
    const change = drift(settled.map((sample) => sample[name]));
    return {
      name,
      first: settled[0]![name],
      last: settled.at(-1)![name],
      change,
      flat: Math.abs(change) <= tolerance[name] || change < 0,
    };
  });
  printTable(
    `${minutes} minutes of W1 and W3, ${answered} runs, ${Math.round(answered / (60 * minutes))} a second; from ${Math.round(100 * settleShare)} % of the time on`,
    ['figure', 'first', 'last', 'change by the fitted line', 'flat'],
    figures.map(({ name, first, last, change, flat }) => [name, first, last, change, flat ? 'yes' : 'no']),
  );
  console.log(`${answered} answered, ${persisted} persisted, ${errors} errors`);
  const complete = errors === 0 && answered === persisted && figures.every(({ flat }) => flat);
  printFigures({ bench: 'soak', minutes, answered, persisted, errors, figures, samples, complete });
  process.exitCode = complete ? 0 : 1;
} finally {
  await stage.close();
  await rm(folder, { recursive: true, force: true });
}
