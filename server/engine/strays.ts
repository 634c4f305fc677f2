import { toErrorBody } from '../../shared/errors.ts';
import { isOutage } from '../outage.ts';
import { DuplicateRun, JournalUnavailable, LeaseLost, type EnginePorts, type TakenRun } from './ports.ts';

/** A run that cannot be gone on with is tried again so many times, at growing intervals; then it has failed. */
export const maxReturns = 5;

/** Runs that this process holds by their row, and cannot go on with: their journal could not be read or written. */
export interface Strays {
  add(run: TakenRun, error: unknown): void;
  /** `rows`: all that this process holds by its rows. Those that nobody `knows` now, nor did the last time, are added. */
  reclaim(rows: readonly TakenRun[], knows: (runId: string) => boolean): void;
  /**
   * Gives them back to the queue. One that was refused too often in a row ends as failed. Whatever cannot be given back now, because the
   * database is away, is so at the next call. Never rejects.
   */
  giveBack(): Promise<void>;
}

export function createStrays(ports: EnginePorts): Strays {
  const strays = new Map<string, { run: TakenRun; error: unknown }>();
  /** The fences of runs that nobody here knew of at the last look. */
  let unknown = new Map<string, number>();
  return {
    reclaim(rows, knows) {
      const before = unknown;
      const now = rows.filter(({ id }) => !knows(id) && !strays.has(id));
      unknown = new Map(now.map(({ id, fence }) => [id, fence]));
      for (const run of now) {
        if (before.get(run.id) === run.fence)
          strays.set(run.id, { run, error: new JournalUnavailable('the taking was cut off') });
      }
    },
    add(run, error) {
      // Neither is ours: another process has it, or there is no such row.
      if (error instanceof LeaseLost || error instanceof DuplicateRun) return;
      strays.set(run.id, { run, error });
    },
    async giveBack() {
      for (const [id, { run, error }] of [...strays]) {
        try {
          const times = await ports.giveBack(run, !(error instanceof JournalUnavailable || isOutage(error)));
          if (times !== null && times > maxReturns) await abandon(ports, run, error);
          strays.delete(id);
        } catch (failure) {
          ports.report(failure, run);
          if (failure instanceof LeaseLost) strays.delete(id);
          if (isOutage(failure)) return;
        }
      }
    },
  };
}

/** Ends a run without unfolding it: neither its version nor its journal may be readable. */
async function abandon(ports: EnginePorts, run: TakenRun, cause: unknown): Promise<void> {
  const events = await ports.journal.read(run.workspaceId, run.id);
  const at = ports.now();
  const { code, message } = toErrorBody(cause);
  const error = { code, message: `The run could not be gone on with, ${maxReturns + 1} times in a row. ${message}` };
  const costMicro = events.reduce((sum, event) => sum + (event.type === 'step.done' ? (event.cost ?? 0) : 0), 0);
  const event = {
    type: 'run.finished' as const,
    status: 'failed' as const,
    error,
    seq: (events.at(-1)?.seq ?? 0) + 1,
    at: at.getTime(),
  };
  const standing = { status: 'failed' as const, error, costMicro, finishedAt: at, dueAt: null, held: false };
  await ports.journal.commit({ run, events: [event], standing, outbox: [], outcomes: [] });
  ports.broadcast.committed(run, [event], standing);
  ports.followUp(run);
  await ports.runEnded(run);
}
