/** A webhook with a list of 1,000 items: for each of them a set, then the answer with all results; at one connection. */
import { parseArgs } from 'node:util';
import { load } from './lib/load.ts';
import { costOf } from './lib/meters.ts';
import { openStage } from './lib/stage.ts';
import { printFigures, printTable } from './lib/table.ts';
import { loopWorkload } from './lib/workloads.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '5' },
    connections: { type: 'string', default: '1' },
    /** A folder for a CPU profile of the server, to open in any browser's developer tools. */
    profile: { type: 'string' },
  },
});
const seconds = Math.min(60, Number(values.seconds));
const connections = values.connections.split(',').map(Number);

const stage = await openStage(values.profile ? { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${values.profile}` } : {});
const parts = { pool: stage.pool, serverPid: stage.server.pid, databasePid: stage.database.pid };
try {
  const { url, persisted } = await stage.put(loopWorkload);
  const given = { url, body: loopWorkload.body, maxRequests: 100_000, status: 200 };
  const { results } = await answerOf(url);
  const right = results === 1_000;
  const warm = await load({ ...given, connections: 1, seconds: 3 });
  let answered = warm.answers + 1;
  const lines = [];
  for (const count of connections) {
    const line = await costOf(parts, () => load({ ...given, connections: count, seconds }));
    answered += line.answers;
    lines.push(line);
  }
  const stored = await persisted();
  printTable(
    'W5: 1,000 items per run',
    ['clients', 'runs/s', 'items/s', 'p50 ms', 'p99 ms', 'errors', 'server MB', 'commits', 'WAL bytes'],
    lines.map(({ connections: count, rate, p50, p99, errors, cost }) => [
      count,
      Number(rate.toFixed(1)),
      Math.round(1_000 * rate),
      p50,
      p99,
      errors,
      cost.peakMb,
      Number(cost.commits.toFixed(2)),
      Math.round(cost.walBytes),
    ]),
  );
  const complete = right && stored === answered && lines.every(({ errors }) => errors === 0);
  console.log(`${answered} answered, ${stored} persisted, the first with ${results} results`);
  printFigures({ bench: 'loop', seconds, lines, answered, persisted: stored, complete });
  process.exitCode = complete ? 0 : 1;
} finally {
  await stage.close();
}

/** How many right results one call gives. */
async function answerOf(url: string): Promise<{ results: number }> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: loopWorkload.body,
  });
  const list = (await answer.json()) as { doubled?: number }[];
  return { results: Array.isArray(list) ? list.filter(({ doubled }, i) => doubled === 2 * i).length : 0 };
}
