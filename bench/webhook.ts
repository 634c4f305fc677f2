/**
 * Runs per second of published webhook workflows, with every run persisted. Between webhook and respond: W1 condition and set, W2 ten sets,
 * W3 a mail to a local SMTP server, W4 a call of an AI that takes 20 ms. In the same run: a bare Express handler that does one
 * group-committed insert, the practical limit of this shape.
 */
import { parseArgs } from 'node:util';
import { startChild } from './lib/child.ts';
import { load, type LoadResult } from './lib/load.ts';
import { costOf, residentMb, type Cost } from './lib/meters.ts';
import { openStage } from './lib/stage.ts';
import { printFigures, printTable } from './lib/table.ts';
import { workloads } from './lib/workloads.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '5' },
    connections: { type: 'string', default: '1,10,50,200' },
    workflows: { type: 'string', default: 'bare,W1,W2,W3,W4' },
    /** All of it so many times in turn; the median counts. */
    rounds: { type: 'string', default: '1' },
    /** A folder for a CPU profile of the server, to open in any browser's developer tools. */
    profile: { type: 'string' },
  },
});
const seconds = Math.min(60, Number(values.seconds));
const rounds = Math.min(20, Number(values.rounds));
const connections = values.connections.split(',').map(Number);
const wanted = values.workflows.split(',');

interface Line extends LoadResult {
  workload: string;
  cost: Cost;
}
interface Subject {
  workload: string;
  url: string;
  body: string;
  pid: number;
  answers: number;
  persisted(): Promise<number>;
}

const stage = await openStage(values.profile ? { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${values.profile}` } : {});
const idleMb = await residentMb(stage.server.pid);
const bare = await startChild('bare-server.ts', { DATABASE_URL: stage.database.url });
const lines: Line[] = [];
const proofs: { workload: string; answered: number; persisted: number }[] = [];

async function measure(subject: Subject, count: number): Promise<void> {
  const { url, body, pid, workload } = subject;
  const parts = { pool: stage.pool, serverPid: pid, databasePid: stage.database.pid };
  const result = await costOf(parts, () =>
    load({ url, body, connections: count, seconds, maxRequests: 2_000_000, status: 200 }),
  );
  subject.answers += result.answers;
  lines.push({ workload, ...result });
}

/** A short load first, so that nothing measured is the first of its kind. */
async function warmUp(subject: Subject): Promise<void> {
  const { url, body } = subject;
  const warm = await load({ url, body, connections: 20, seconds: 3, maxRequests: 20_000, status: 200 });
  subject.answers += warm.answers;
}

try {
  const subjects: Subject[] = [];
  for (const workload of workloads.filter(({ name }) => wanted.includes(name))) {
    const placed = await stage.put(workload);
    subjects.push({ workload: workload.name, body: workload.body, pid: stage.server.pid, answers: 0, ...placed });
  }
  if (wanted.includes('bare')) {
    const persisted = async (): Promise<number> =>
      (await stage.pool.query<{ n: number }>('SELECT count(*) AS n FROM bare_runs')).rows[0]!.n;
    subjects.unshift({
      workload: 'bare',
      url: bare.first,
      body: workloads[0]!.body,
      pid: bare.pid,
      answers: 0,
      persisted,
    });
  }
  for (const subject of subjects) await warmUp(subject);
  for (let round = 0; round < rounds; round++) {
    for (const count of connections) for (const subject of subjects) await measure(subject, count);
  }
  for (const subject of subjects)
    proofs.push({ workload: subject.workload, answered: subject.answers, persisted: await subject.persisted() });
  const { mails, calls } = await stage.outside();
  for (const [workload, arrived] of [
    ['W3', mails],
    ['W4', calls],
  ] as const) {
    const proof = proofs.find((one) => one.workload === workload);
    if (proof) proofs.push({ workload: `${workload} outside`, answered: proof.answered, persisted: arrived });
  }
} finally {
  await bare.stop();
  await stage.close();
}

const medians = subjectsOf(lines).map((same) => same.toSorted((a, b) => a.rate - b.rate)[same.length >> 1]!);
function subjectsOf(all: readonly Line[]): Line[][] {
  return [...Map.groupBy(all, ({ workload, connections: count }) => `${workload} ${count}`).values()];
}
const bareRate = (count: number): number | undefined =>
  medians.find(({ workload, connections: at }) => workload === 'bare' && at === count)?.rate;

printTable(
  `Webhook runs, ${seconds} s each${rounds > 1 ? `, medians of ${rounds} rounds` : ''}; µs are CPU per run, bytes and commits are per run`,
  [
    'workload',
    'clients',
    'runs/s',
    '× bare',
    'p50 ms',
    'p99 ms',
    'errors',
    'server MB',
    'server µs',
    'database µs',
    'load µs',
    'commits',
    'WAL bytes',
  ],
  medians.map(({ workload, connections: count, rate, p50, p99, errors, cost }) => [
    workload,
    count,
    Math.round(rate),
    Number((rate / (bareRate(count) ?? Number.NaN)).toFixed(2)),
    p50,
    p99,
    errors,
    cost.peakMb,
    Math.round(cost.serverUs),
    Math.round(cost.databaseUs),
    Math.round(cost.loadUs),
    Number(cost.commits.toFixed(3)),
    Math.round(cost.walBytes),
  ]),
);
printTable(
  'Every answered run is in the database',
  ['workload', 'answered', 'persisted'],
  proofs.map((proof) => [proof.workload, proof.answered, proof.persisted]),
);
const complete =
  proofs.every((proof) => proof.answered === proof.persisted) && lines.every((line) => line.errors === 0);
printFigures({ bench: 'webhook', seconds, rounds, idleMb, lines: medians, proofs, complete });
process.exitCode = complete ? 0 : 1;
