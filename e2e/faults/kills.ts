import { setTimeout as sleep } from 'node:timers/promises';
import type { FaultPoint } from '../../server/faults.ts';
import type { FaultyPostgres } from './postgres.ts';
import type { Random } from './random.ts';
import type { Planned, Role, Slot } from './slots.ts';

export interface KillCounts {
  total: number;
  byProcess: Record<Role | 'postgres', number>;
  byPoint: Partial<Record<FaultPoint, number>>;
  /** From outside, at an instant that chance has chosen. */
  atRandom: number;
}

/** The points that each role passes in the workflows of this test. `imap_fetched` is not passed by anything yet. */
export const pointsOf: Record<Role, readonly FaultPoint[]> = {
  web: ['run_committed', 'intent_journaled', 'effect_done', 'outcome_journaled', 'decision_stored', 'run_ended'],
  worker: [
    'run_committed',
    'run_taken',
    'intent_journaled',
    'effect_done',
    'outcome_journaled',
    'smtp_250',
    'hold_taken',
    'schedule_claimed',
    'approval_opened',
    'call_committed',
    'end_told',
    'run_ended',
  ],
};

/** Which of the kills hit PostgreSQL, and which a fault point. */
export interface Shares {
  postgres: number;
  points: number;
}

export interface Kills {
  readonly counts: KillCounts;
  /** How long PostgreSQL was away each time, in milliseconds. */
  readonly outages: readonly number[];
  /** For a process that starts: where it is to die, or null. */
  arm(role: Role): Planned | null;
  died(role: Role, at: Planned | null): void;
  /** Kills until all planned kills have happened, or the time is over. */
  all(targets: Targets): Promise<void>;
}

export interface Targets {
  webs: readonly Slot[];
  workers: readonly Slot[];
  postgres: FaultyPostgres;
  maxMs: number;
  say(line: string): void;
}

/** Decides who is killed when, and keeps the count. */
export function createKills(random: Random, total: number, shares: Shares): Kills {
  const counts: KillCounts = {
    total: 0,
    byProcess: { web: 0, worker: 0, postgres: 0 },
    byPoint: {},
    atRandom: 0,
  };
  const planned = planPoints(random, Math.round(total * shares.points));
  const outages: number[] = [];
  let killing = false;

  const pointsLeft = (): number => planned.web.length + planned.worker.length;
  const isOver = (): boolean => counts.total >= total && pointsLeft() === 0;

  async function killPostgres(postgres: FaultyPostgres): Promise<void> {
    counts.total++;
    counts.byProcess.postgres++;
    counts.atRandom++;
    const since = Date.now();
    if (random.chance(0.5)) await postgres.killServer(random.between(0, 2_500));
    else await postgres.killBackend();
    outages.push(Date.now() - since);
  }

  return {
    counts,
    outages,
    arm(role) {
      // The points are spread over the whole time; towards the end every start gets one.
      const chance = planned[role].length / Math.max(1, (total - counts.total) * 0.4);
      return killing && random.chance(chance) ? (planned[role].shift() ?? null) : null;
    },
    died(role, at) {
      counts.total++;
      counts.byProcess[role]++;
      if (at) counts.byPoint[at.point] = (counts.byPoint[at.point] ?? 0) + 1;
      else counts.atRandom++;
    },
    async all({ webs, workers, postgres, maxMs, say }) {
      killing = true;
      const deadline = Date.now() + maxMs;
      let told = 0;
      while (!isOver() && Date.now() < deadline) {
        await sleep(random.between(300, 1_500));
        if (counts.total >= told + 20) say(`  ${(told = counts.total)} kills, ${pointsLeft()} fault points to come`);
        if (counts.total < total && random.chance(shares.postgres)) await killPostgres(postgres);
        else {
          const slots = random.chance(0.35) ? webs : workers;
          const up = slots.filter((slot) => slot.url !== null);
          const victims = up.filter((slot) => slot.armed === null);
          // Who takes over is what is measured, not how long a process takes to start.
          if (victims.length > 0 && (slots === webs || up.length > 1)) random.pick(victims).kill();
        }
      }
      killing = false;
      // Whoever waits for its point may not come to it any more.
      for (const slot of [...webs, ...workers]) if (slot.armed) slot.kill();
    },
  };
}

/** Each point at least once, as long as there is room, and at different passings of it. */
function planPoints(random: Random, count: number): Record<Role, Planned[]> {
  const pairs = (Object.keys(pointsOf) as Role[]).flatMap((role) => pointsOf[role].map((point) => ({ role, point })));
  const planned: Record<Role, Planned[]> = { web: [], worker: [] };
  let round: typeof pairs = [];
  for (let i = 0; i < count; i++) {
    if (round.length === 0) round = random.shuffled(pairs);
    const { role, point } = round.pop()!;
    planned[role].push({ point, occurrence: random.between(1, 6) });
  }
  return planned;
}
