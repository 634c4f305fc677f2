/**
 * Runs per second of published webhook workflows, with every run persisted. W1 is webhook → condition → set → respond, W2 webhook → ten sets
 * → respond. In the same run: a bare Express handler that does one group-committed insert, the practical limit of this shape.
 */
import { readFile } from 'node:fs/promises';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startEmbedded } from '../server/database/embedded.ts';
import { createPool } from '../server/database/pool.ts';
import { edgeBetween, type WorkflowGraph } from '../shared/workflow/graph.ts';
import { lineOf, publish, signUp } from '../e2e/support/account.ts';
import { startInstance } from '../e2e/support/instance.ts';
import { startBareHandler } from './lib/bare.ts';
import { load, type LoadResult } from './lib/load.ts';
import { printFigures, printTable } from './lib/table.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '5' },
    connections: { type: 'string', default: '1,10,50,200' },
    workflows: { type: 'string', default: 'bare,W1,W2' },
    profile: { type: 'string' },
  },
});
const seconds = Math.min(60, Number(values.seconds));
const connections = values.connections.split(',').map(Number);
const wanted = values.workflows.split(',');

function conditionGraph(): WorkflowGraph {
  const rules = {
    combinator: 'and',
    rules: [{ left: '{{ trigger.body.amount }}', operator: 'greater', right: '100' }],
  };
  const graph = lineOf(
    ['webhook_1', 'webhook', {}],
    ['condition_1', 'condition', { rules }],
    [
      'set_1',
      'set',
      {
        fields: [
          { name: 'total', value: '{{ trigger.body.amount }}' },
          { name: 'who', value: '{{ trigger.body.name }}' },
        ],
      },
    ],
    ['respond_1', 'respond', { body: '{"ok":true,"who":{{ steps.set_1.who | json }}}' }],
  );
  graph.edges[1] = edgeBetween('condition_1', 'set_1', 'true');
  return graph;
}

function setsGraph(): WorkflowGraph {
  const sets = Array.from(
    { length: 10 },
    (_, i) =>
      [`set_${i + 1}`, 'set', { fields: [{ name: `f${i}`, value: '{{ trigger.body.name }}' }] }] as [
        string,
        string,
        object,
      ],
  );
  return lineOf(['webhook_1', 'webhook', {}], ...(sets as [string, string, Record<string, unknown>][]), [
    'respond_1',
    'respond',
    { body: '{"ok":true}' },
  ]);
}

interface Line extends LoadResult {
  workload: string;
  serverMb: number;
}

const dataDir = await mkdtemp(join(tmpdir(), 'mailweave-bench-'));
const database = await startEmbedded({ dataDir });
const pool = createPool({ url: database.url, name: 'bench', max: 4 });
const body = JSON.stringify({ name: 'Ada Lovelace', amount: 250, items: ['a', 'b', 'c'] });
const lines: Line[] = [];
const proofs: { workload: string; answered: number; persisted: number }[] = [];

/** A short load first, so that nothing measured is the first of its kind. */
async function measure(workload: string, url: string, pid: number): Promise<number> {
  const warm = await load({ url, body, connections: 20, seconds: 3, maxRequests: 20_000, status: 200 });
  let answers = warm.answers;
  for (const count of connections) {
    const result = await load({ url, body, connections: count, seconds, maxRequests: 2_000_000, status: 200 });
    answers += result.answers;
    lines.push({ workload, ...result, serverMb: await residentMb(pid) });
  }
  return answers;
}

async function residentMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1_024);
}

try {
  if (wanted.includes('bare')) {
    const bare = await startBareHandler(database.url);
    await measure('bare', bare.url, bare.pid);
    await bare.stop();
  }
  const instance = await startInstance({
    DATABASE_URL: database.url,
    DATA_DIR: dataDir,
    // --profile <folder>: a CPU profile of the server, to open in any browser's developer tools.
    ...(values.profile ? { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${values.profile}` } : {}),
  });
  const person = await signUp(instance.url);
  for (const [workload, graph] of [
    ['W1', conditionGraph()],
    ['W2', setsGraph()],
  ] as const) {
    if (!wanted.includes(workload)) continue;
    const { urls, workflow } = await publish(person, workload, graph);
    const answered = await measure(workload, urls.webhook_1!, instance.pid);
    const { rows } = await pool.query<{ n: number }>(
      `SELECT count(*) AS n FROM runs WHERE workflow_id = $1 AND status = 'done'`,
      [workflow.id],
    );
    proofs.push({ workload, answered, persisted: rows[0]!.n });
  }
  await instance.stop();
} finally {
  await pool.end();
  await database.stop();
  await rm(dataDir, { recursive: true, force: true });
}

printTable(
  `Webhook runs, ${seconds} s each`,
  ['workload', 'clients', 'runs/s', 'p50 ms', 'p99 ms', 'errors', 'server MB'],
  lines.map((line) => [
    line.workload,
    line.connections,
    Math.round(line.rate),
    line.p50,
    line.p99,
    line.errors,
    line.serverMb,
  ]),
);
printTable(
  'Every answered run is in the database',
  ['workload', 'answered', 'persisted'],
  proofs.map((proof) => [proof.workload, proof.answered, proof.persisted]),
);
const complete =
  proofs.every((proof) => proof.answered === proof.persisted) && lines.every((line) => line.errors === 0);
printFigures({ bench: 'webhook', seconds, lines, proofs, complete });
process.exitCode = complete ? 0 : 1;
