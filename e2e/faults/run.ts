import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { fakeKey, startFakeLlm } from '../../server/drivers/llm/fake.ts';
import { signUp } from '../support/account.ts';
import { startLoad, type Load } from './load.ts';
import { createKills, type KillCounts, type Shares } from './kills.ts';
import { startPostgres } from './postgres.ts';
import { createRandom } from './random.ts';
import { openSlot, type Role, type Slot } from './slots.ts';
import { percentile, watchTakeovers } from './takeover.ts';
import { judge, type StoredRun, type Verdict } from './verdict.ts';
import { startWitness } from './witness.ts';
import { publishWorkflows } from './workflows.ts';

export interface FaultOptions {
  /** SIGKILLs in all. */
  kills: number;
  seed: number;
  /** Processes of each role. */
  slots: Record<Role, number>;
  senders: number;
  shares?: Shares;
  /** Kills no more after this time, however many there were. */
  maxMs: number;
  say(line: string): void;
}

export interface FaultReport extends Verdict {
  kills: KillCounts;
  takeover: { runs: number; p50: number; p99: number; max: number };
  /** Processes that ended in another way than by SIGKILL. */
  crashed: number;
  /** The longest time that PostgreSQL was away, in milliseconds. */
  longestOutage: number;
  /** Processes that neither listened nor ended within a minute of their start. */
  hungStarts: number;
  /** Requests that were never answered. */
  hangs: number;
  /** Starts that ended before anything listened, since the database went away meanwhile. They are tried again. */
  failedStarts: number;
  answers: Record<string, number>;
  seconds: number;
  seed: number;
}

/** Longest time for what is under way to come to its end after the last kill. */
const settleMs = 90_000;

/**
 * Runs the product under load while its processes and its database are killed, then lets it come to rest and compares what was promised
 * with what is there.
 */
export async function runFaults(options: FaultOptions): Promise<FaultReport> {
  const { say, seed } = options;
  const since = Date.now();
  const random = createRandom(seed);
  const closers: (() => Promise<unknown>)[] = [];
  try {
    const dataDir = await mkdtemp(join(tmpdir(), 'mailweave-faults-data-'));
    closers.push(() => rm(dataDir, { recursive: true, force: true }));
    const postgres = await startPostgres(random);
    closers.push(() => postgres.close());
    const witness = await startWitness(random);
    closers.push(() => witness.close());
    const llm = await startFakeLlm();
    llm.script({ say: 'A text that costs something.' });
    closers.push(() => llm.close());
    const env = {
      DATABASE_URL: postgres.url,
      DATA_DIR: dataDir,
      SECRET_KEY: 'the same in all processes of one installation',
      SMTP_URL: witness.smtpUrl,
      OPENAI_API_KEY: fakeKey,
      OPENAI_BASE_URL: llm.openaiUrl,
      OUTBOUND_ALLOW: `127.0.0.1:${witness.callPort}`,
    };
    let [crashed, failedStarts, hungStarts] = [0, 0, 0];
    const kills = createKills(random, options.kills, options.shares ?? { postgres: 0.12, points: 0.45 });
    const open = (role: Role): Slot =>
      openSlot({
        role,
        env,
        arm: kills.arm,
        died: kills.died,
        hung: (_role, output) => {
          hungStarts++;
          say(`a ${role} process neither listened nor ended:\n${output.slice(-3_000)}`);
        },
        failed: (_role, when, output) => {
          if (when === 'starting') return void failedStarts++;
          crashed++;
          say(`a ${role} process ended by itself:\n${output.slice(-3_000)}`);
        },
      });
    const webs = Array.from({ length: options.slots.web }, () => open('web'));
    closers.push(() => Promise.all(webs.map((slot) => slot.stop())));
    const first = await listening(webs);
    const workers = Array.from({ length: options.slots.worker }, () => open('worker'));
    closers.push(() => Promise.all(workers.map((slot) => slot.stop())));
    const person = await signUp(first);
    const published = await publishWorkflows(person, witness.callUrl);
    await listening(workers);
    say(
      `${webs.length} web and ${workers.length} worker processes are up; ${options.kills} kills to come (seed ${seed})`,
    );

    const takeovers = watchTakeovers(postgres.pool);
    const load = startLoad({
      random,
      published,
      person,
      pool: postgres.pool,
      witness,
      senders: options.senders,
      webs: () => webs.flatMap((slot) => slot.url ?? []),
    });
    closers.push(() => load.stop());
    await kills.all({ webs, workers, postgres, maxMs: options.maxMs, say });
    witness.behave();
    await load.stopSending(30_000);
    say(
      `killed ${kills.counts.total} processes; ${load.acknowledged.length} webhooks were acknowledged. Waiting for the rest`,
    );
    await settled(postgres.pool, load);
    await takeovers.stop();
    await load.stop();
    const verdict = judge({ ...witness, ...load, ...published, runs: await storedRuns(postgres.pool) });
    return {
      ...verdict,
      kills: kills.counts,
      takeover: {
        runs: takeovers.takeovers.length,
        p50: percentile(takeovers.takeovers, 0.5),
        p99: percentile(takeovers.takeovers, 0.99),
        max: percentile(takeovers.takeovers, 1),
      },
      crashed,
      failedStarts,
      hungStarts,
      hangs: load.hangs,
      longestOutage: Math.max(0, ...kills.outages),
      answers: Object.fromEntries(load.answers),
      seconds: Math.round((Date.now() - since) / 1000),
      seed,
    };
  } finally {
    for (const close of closers.toReversed()) await close().catch((error: unknown) => say(String(error)));
  }
}

/** The address of the first slot that listens. @throws Error when none does within a minute. */
async function listening(slots: readonly Slot[]): Promise<string> {
  for (let i = 0; i < 1_200; i++) {
    const [url] = slots.flatMap((slot) => slot.url ?? []);
    if (url) return url;
    await sleep(50);
  }
  throw new Error('No process was listening after a minute.');
}

/** Resolves when no run is open any more, or when the time is over. */
async function settled(pool: pg.Pool, load: Load): Promise<void> {
  const deadline = Date.now() + settleMs;
  while (Date.now() < deadline) {
    const { rows } = await pool.query<{ open: number }>(
      `SELECT count(*)::int + (SELECT count(*)::int FROM triggers WHERE next_at <= now()) AS open FROM runs WHERE finished_at IS NULL`,
    );
    if (rows[0]?.open === 0 && load.acknowledged.length > 0) return;
    await sleep(100);
  }
}

async function storedRuns(pool: pg.Pool): Promise<StoredRun[]> {
  const { rows } = await pool.query<StoredRun>(
    `SELECT r.id, r.workflow_id AS "workflowId", r.idempotency_key AS "idempotencyKey", r.status,
       format('worker %s, fence %s, due %s, signalled %s, words %s, approvals %s', r.worker, r.fence, r.due_at, r.signalled,
         (SELECT count(*) FROM run_signals s WHERE s.run_id = r.id),
         (SELECT json_agg(a.decision) FROM approvals a WHERE a.run_id = r.id)) AS standing,
       (SELECT coalesce(json_agg(event ORDER BY j.seq, nth), '[]')
        FROM run_journal j CROSS JOIN json_array_elements(j.events) WITH ORDINALITY AS e (event, nth) WHERE j.run_id = r.id) AS events
     FROM runs r ORDER BY r.id`,
  );
  return rows;
}
