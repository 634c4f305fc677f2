import { DuplicateRun } from '../../engine/ports.ts';
import { newRun } from '../../engine/begin.ts';
import type { Engine } from '../../engine/engine.ts';
import { faultPoint } from '../../faults.ts';
import type { OpenTrigger, TriggerStore } from '../../store/triggers.ts';

/** An instant that is later than this by now counts as missed, and the schedule's own policy decides about it. */
const missedAfterMs = 60_000;
/** A schedule that was away for long makes up for at most this many instants at once; the rest follows at the next look. */
const maxCatchUp = 100;
/** Where missed ones are not all made up for, so many are passed over at one look. */
const maxSkip = 2_000;
const lookMs = 1_000;
const claimAtOnce = 20;
const failingRestMs = 60_000;

export interface ScheduleDeps {
  store: TriggerStore;
  engine: Engine;
  worker: number;
  wake(): void;
  now(): Date;
  /** The first `count` instants of a schedule after `from`. */
  nextInstants(config: Record<string, unknown>, from: Date, count: number): Date[];
  /** The trigger's output for an instant. */
  output(config: Record<string, unknown>, instant: Date): unknown;
  report(error: unknown): void;
}

/** Which of the instants that have come to fire, by the schedule's policy for missed ones. `due` is sorted and not empty. */
export function instantsToFire(due: readonly Date[], now: Date, missed: 'none' | 'one' | 'all'): Date[] {
  const isMissed = (instant: Date): boolean => now.getTime() - instant.getTime() > missedAfterMs;
  const onTime = due.filter((instant) => !isMissed(instant));
  const late = due.filter(isMissed);
  switch (missed) {
    case 'none':
      return onTime;
    case 'one':
      return [...late.slice(-1), ...onTime];
    case 'all':
      return [...late, ...onTime];
  }
}

/**
 * Fires what is due. Claim, runs and next instant go together: the claim is held while the runs are made durable under a key made of the
 * schedule and its instant, so rivals skip it, and a crash in between fires the same instant under the same key, which is one run.
 */
export async function fireDueSchedules(deps: ScheduleDeps, failing: Failing = new Map()): Promise<number> {
  for (const [id, until] of failing) if (until <= deps.now()) failing.delete(id);
  return deps.store.claimDue(claimAtOnce, [...failing.keys()], async (trigger) => {
    faultPoint('schedule_claimed');
    try {
      return await fireAndAdvance(deps, trigger);
    } catch (error) {
      // It stays due and is tried again later; meanwhile it holds up nobody else's schedule.
      failing.set(trigger.id, new Date(deps.now().getTime() + failingRestMs));
      deps.report(error);
      return undefined;
    }
  });
}

/** Ids of schedules that failed to fire, and until when they are left alone. */
type Failing = Map<string, Date>;

async function fireAndAdvance(deps: ScheduleDeps, trigger: OpenTrigger): Promise<Date | null> {
  const now = deps.now();
  const missed = trigger.config.missed === 'none' || trigger.config.missed === 'all' ? trigger.config.missed : 'one';
  const due = dueInstants(deps, trigger, now, missed === 'all' ? maxCatchUp : maxSkip);
  const next = deps.nextInstants(trigger.config, due.at(-1) ?? now, 1)[0] ?? null;
  // More have passed than were looked at: none of these is the last one, so only who wants all of them gets them.
  const skipsAll = missed !== 'all' && next !== null && next <= now;
  for (const instant of skipsAll ? [] : instantsToFire(due, now, missed)) await fire(deps, trigger, instant);
  return next;
}

/** The instants that have come, at most about `limit` of the oldest. Asked for in growing portions: mostly there is just one. */
function dueInstants(deps: ScheduleDeps, trigger: OpenTrigger, now: Date, limit: number): Date[] {
  if (!trigger.nextAt || trigger.nextAt > now) return [];
  const due = [trigger.nextAt];
  for (let portion = 1; due.length < limit; portion *= 2) {
    const following = deps.nextInstants(trigger.config, due.at(-1)!, portion);
    due.push(...following.filter((instant) => instant <= now));
    const last = following.at(-1);
    if (following.length < portion || !last || last > now) break;
  }
  return due;
}

async function fire(deps: ScheduleDeps, trigger: OpenTrigger, instant: Date): Promise<void> {
  if (trigger.versionId === null) return;
  const create = newRun(
    deps,
    trigger.workspaceId,
    trigger.workspaceName,
    { id: trigger.versionId, workflowId: trigger.workflowId },
    {
      mode: 'live',
      trigger: trigger.nodeId,
      idempotencyKey: `schedule:${trigger.nodeId}:${instant.toISOString()}`,
    },
  );
  try {
    await deps.engine.enqueue({ create, output: deps.output(trigger.config, instant) });
    deps.wake();
  } catch (error) {
    if (!(error instanceof DuplicateRun)) throw error;
  }
}

/** Looks for due schedules every second. `stop` resolves when the look under way has ended. */
export function startScheduler(deps: ScheduleDeps): { stop(): Promise<void> } {
  const failing: Failing = new Map();
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<unknown> = Promise.resolve();
  const look = (): void => {
    looking = fireDueSchedules(deps, failing)
      .catch(deps.report)
      .finally(() => {
        if (!stopped) timer = setTimeout(look, lookMs);
      });
  };
  look();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await looking;
    },
  };
}
