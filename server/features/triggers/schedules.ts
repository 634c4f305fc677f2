import { DuplicateRun } from '../../engine/ports.ts';
import { newRun } from '../../engine/begin.ts';
import type { Engine } from '../../engine/engine.ts';
import { faultPoint } from '../../faults.ts';
import type { OpenTrigger, TriggerStore } from '../../store/triggers.ts';

/** An instant that is later than this by now counts as missed, and the schedule's own policy decides about it. */
const missedAfterMs = 60_000;
/** A schedule that was away for long makes up for at most this many instants at once; the rest follows at the next look. */
const maxCatchUp = 100;
const lookMs = 1_000;

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
export async function fireDueSchedules(deps: ScheduleDeps): Promise<number> {
  return deps.store.claimDue(20, async (trigger) => {
    faultPoint('schedule_claimed');
    const now = deps.now();
    const due = dueInstants(deps, trigger, now);
    const missed = trigger.config.missed === 'none' || trigger.config.missed === 'all' ? trigger.config.missed : 'one';
    for (const instant of instantsToFire(due, now, missed)) await fire(deps, trigger, instant);
    return deps.nextInstants(trigger.config, due.at(-1) ?? now, 1)[0] ?? null;
  });
}

function dueInstants(deps: ScheduleDeps, trigger: OpenTrigger, now: Date): Date[] {
  const due: Date[] = [];
  for (let next: Date | undefined = trigger.nextAt ?? undefined; next && next <= now && due.length < maxCatchUp; ) {
    due.push(next);
    [next] = deps.nextInstants(trigger.config, next, 1);
  }
  return due;
}

async function fire(deps: ScheduleDeps, trigger: OpenTrigger, instant: Date): Promise<void> {
  if (trigger.versionId === null) return;
  const create = newRun(deps, trigger.workspaceId, trigger.workspaceName, { id: trigger.versionId, workflowId: trigger.workflowId }, {
    mode: 'live',
    trigger: trigger.nodeId,
    idempotencyKey: `schedule:${trigger.nodeId}:${instant.toISOString()}`,
  });
  try {
    await deps.engine.enqueue({ create, output: deps.output(trigger.config, instant) });
    deps.wake();
  } catch (error) {
    if (!(error instanceof DuplicateRun)) throw error;
  }
}

/** Looks for due schedules every second. `stop` resolves when the look under way has ended. */
export function startScheduler(deps: ScheduleDeps): { stop(): Promise<void> } {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<unknown> = Promise.resolve();
  const look = (): void => {
    looking = fireDueSchedules(deps)
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
