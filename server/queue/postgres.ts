import pg from 'pg';
import type { Wish } from '../../shared/workflow/run.ts';
import type { TakenRun } from '../engine/ports.ts';
import { maxReturns } from '../engine/strays.ts';
import type { Dispatcher } from './dispatcher.ts';
import { createTaking, taken, takenColumns } from './take.ts';

/** Namespace of the liveness locks: `pg_advisory_lock(lockClass, worker)` is held as long as the worker lives. */
const lockClass = 4_711_001;
/** Held beside it by those that take from the queue. */
const takerClass = 4_711_002;

/** After the database was away, nobody is taken for dead for so long. */
const settlingMs = 1_500;

/**
 * The `runs` table as the queue. Liveness is a session advisory lock on a connection of its own: it vanishes with the process, however it
 * dies, and costs no heartbeat. Every taking raises the run's fence, so a worker that only seemed dead can no longer write.
 */
export async function createPostgresDispatcher(
  pool: pg.Pool,
  url: string,
  report: (error: unknown) => void,
  { takes = true }: { takes?: boolean } = {},
): Promise<Dispatcher> {
  const worker = (await pool.query<{ n: number }>(`SELECT nextval('worker_numbers')::int AS n`)).rows[0]!.n;
  const liveness = await holdLock(url, takes ? [lockClass, takerClass] : [lockClass], worker, report);

  return {
    worker,
    takeDue: createTaking(pool, worker),
    async takeOrphaned(limit) {
      // Whoever has just lost the database is not the only one: the others need a moment to show that they live.
      if (Date.now() - liveness.since() < settlingMs) return [];
      const { rows } = await pool.query<TakenRun>({
        name: 'runs-take-orphaned',
        text: `
          UPDATE runs SET worker = $1, fence = fence + 1, signalled = false
          WHERE id IN (
            SELECT id FROM runs WHERE worker IS NOT NULL AND worker NOT IN (
              SELECT objid::int FROM pg_locks WHERE locktype = 'advisory' AND classid = $3 AND granted
                AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))
            LIMIT $2 FOR UPDATE SKIP LOCKED) ${taken}`,
        values: [worker, limit, lockClass],
      });
      return rows;
    },
    async giveBack({ id, fence }, refused) {
      const { rows } = await pool.query<{ returns: number }>({
        name: 'runs-give-back',
        text: `
          UPDATE runs SET returns = returns + $4::int,
            worker = CASE WHEN returns + $4::int > $5 THEN worker END,
            status = CASE WHEN returns + $4::int > $5 THEN status ELSE 'queued' END,
            due_at = CASE WHEN returns + $4::int > $5 THEN due_at ELSE now() + $4::int * least(interval '1 minute', interval '1 second' * 4 ^ returns) END
          WHERE id = $1 AND fence = $2 AND worker = $3 AND finished_at IS NULL RETURNING returns`,
        values: [id, fence, worker, refused ? 1 : 0, maxReturns],
      });
      return rows[0]?.returns ?? null;
    },
    async takeResting(workspaceId, runId) {
      const { rows } = await pool.query<TakenRun>({
        name: 'runs-take-resting',
        text: `
          UPDATE runs SET status = 'running', worker = $1, fence = fence + 1, due_at = NULL, signalled = false
          WHERE id = $2 AND workspace_id = $3 AND worker IS NULL AND status IN ('queued', 'waiting') ${taken}`,
        values: [worker, runId, workspaceId],
      });
      return rows[0] ?? null;
    },
    async cancelRequested() {
      const { rows } = await pool.query<{ id: string }>({
        name: 'runs-cancelled',
        text: 'SELECT id FROM runs WHERE worker = $1 AND cancel_requested',
        values: [worker],
      });
      return rows.map((row) => row.id);
    },
    async wishes() {
      const { rows } = await pool.query<{ runId: string; wish: Wish }>({
        name: 'runs-wishes',
        text: 'SELECT id AS "runId", steering AS wish FROM runs WHERE worker = $1 AND steering IS NOT NULL',
        values: [worker],
      });
      return rows;
    },
    async held() {
      const { rows } = await pool.query<TakenRun>({
        name: 'runs-held',
        text: `SELECT ${takenColumns} FROM runs WHERE worker = $1`,
        values: [worker],
      });
      return rows;
    },
    async signalled() {
      const { rows } = await pool.query<{ id: string }>({
        name: 'runs-signalled',
        // The mark stays until the run is taken anew: whoever takes it off may be cut off before it has read the word.
        text: 'SELECT id FROM runs WHERE worker = $1 AND signalled',
        values: [worker],
      });
      return rows.map((row) => row.id);
    },
    async runLimit(workspaceId) {
      const { rows } = await pool.query<{ n: number }>({
        name: 'run-limit',
        text: 'SELECT max_running AS n FROM workspaces WHERE id = $1',
        values: [workspaceId],
      });
      return rows[0]?.n ?? 0;
    },
    async takers() {
      const { rows } = await pool.query<{ n: number }>({
        name: 'takers',
        text: `
          SELECT count(*)::int AS n FROM pg_locks WHERE locktype = 'advisory' AND classid = $1 AND granted
            AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
        values: [takerClass],
      });
      return rows[0]!.n;
    },
    close: () => liveness.close(),
  };
}

interface Liveness {
  /** When the lock was taken again after it was lost, in milliseconds since the epoch; 0: never, Infinity: it is lost now. */
  since(): number;
  close(): Promise<void>;
}

const retryMs = 500;

/**
 * Keeps the locks on a connection of its own and takes them again when the connection is lost. In between, others may take this worker's runs
 * over; the fence keeps that safe.
 */
async function holdLock(
  url: string,
  classes: readonly number[],
  worker: number,
  report: (error: unknown) => void,
): Promise<Liveness> {
  let closed = false;
  let since = 0;
  let client: pg.Client | null = null;
  let retry: NodeJS.Timeout | undefined;

  async function connect(): Promise<void> {
    const next = new pg.Client({ connectionString: url, application_name: 'mailweave-liveness', keepAlive: true });
    next.on('error', report);
    next.on('end', () => {
      if (client !== next) return;
      client = null;
      since = Infinity;
      if (!closed) retry = setTimeout(reconnect, 250);
    });
    await next.connect();
    for (const one of classes) await next.query('SELECT pg_advisory_lock($1, $2)', [one, worker]);
    if (closed) return next.end();
    client = next;
  }

  function reconnect(): void {
    connect().then(
      () => {
        since = Date.now();
      },
      (error: unknown) => {
        report(error);
        if (!closed) retry = setTimeout(reconnect, retryMs);
      },
    );
  }

  await connect();
  return {
    since: () => since,
    async close() {
      closed = true;
      clearTimeout(retry);
      await client?.end();
    },
  };
}
