import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';

/** Megabytes that a process holds (resident set). */
export async function residentMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1_024);
}

/** Milliseconds of CPU that these processes have used, with those that they have started. */
export async function cpuMs(pids: readonly number[]): Promise<number> {
  const all = await Promise.all(
    (await readdir('/proc'))
      .filter((name) => /^\d+$/.test(name))
      .map(async (name) => {
        const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '');
        const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        return { pid: Number(name), parent: Number(fields[1]), ms: 10 * (Number(fields[11]) + Number(fields[12])) };
      }),
  );
  return all
    .filter(({ pid, parent }) => pids.includes(pid) || pids.includes(parent))
    .reduce((sum, { ms }) => sum + ms, 0);
}

/** What a load has cost, per run. */
export interface Cost {
  /** Transactions that wrote something. */
  commits: number;
  walBytes: number;
  /** Microseconds of CPU. */
  serverUs: number;
  databaseUs: number;
  loadUs: number;
  /** The most that the server held, looked at five times a second. */
  peakMb: number;
}

/** Runs `load` and says what it cost whom, per run. */
export async function costOf<T extends { answers: number }>(
  parts: { pool: pg.Pool; serverPid: number; databasePid: number },
  load: () => Promise<T>,
): Promise<T & { cost: Cost }> {
  let peakMb = 0;
  let isOver = false;
  const watching = (async () => {
    while (!isOver) {
      peakMb = Math.max(peakMb, await residentMb(parts.serverPid));
      await sleep(200);
    }
  })();
  const before = await counters(parts);
  const result = await load();
  const after = await counters(parts);
  isOver = true;
  await watching;
  const per = (name: keyof typeof before): number => (after[name] - before[name]) / Math.max(1, result.answers);
  return {
    ...result,
    cost: {
      commits: per('commits'),
      walBytes: per('walBytes'),
      serverUs: 1_000 * per('serverMs'),
      databaseUs: 1_000 * per('databaseMs'),
      loadUs: 1_000 * per('loadMs'),
      peakMb,
    },
  };
}

async function counters({ pool, serverPid, databasePid }: { pool: pg.Pool; serverPid: number; databasePid: number }) {
  const { rows } = await pool.query<{ commits: number; wal: number }>(
    `SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint AS commits, (pg_current_wal_insert_lsn() - '0/0')::bigint AS wal`,
  );
  const own = process.cpuUsage();
  return {
    commits: rows[0]!.commits,
    walBytes: rows[0]!.wal,
    serverMs: await cpuMs([serverPid]),
    databaseMs: await cpuMs([databasePid]),
    loadMs: (own.user + own.system) / 1_000,
  };
}
