import type { Engine } from '../engine/engine.ts';
import { faultPoint } from '../faults.ts';
import type { Dispatcher } from './dispatcher.ts';

/** How often the queue is looked at when nothing says that it is worth it earlier. */
const pollMs = 500;
/** How often the runs of dead processes are looked for. */
const reapMs = 1_000;
/** How often it is looked for runs that are this process's and that it knows nothing of; at once when a look has failed. */
const reclaimMs = 15_000;
/**
 * Runs taken in one look: few of a short queue, so that while this process gets going with them others take theirs, and ever more of a long
 * one, in which there is enough for all.
 */
const atOnce = { first: 4, most: 32 };
/** When something due had to be left behind: looked at again this soon, and ever later while nothing comes of it. */
const crowdedMs = { first: 10, most: 160 };

export interface DispatchLoop {
  /** Looks at once. */
  wake(): void;
  /** Resolves when the look under way has ended. */
  stop(): Promise<void>;
}

/**
 * Feeds the engine: takes due runs while it has room, and takes over the runs of processes that are gone.
 * @param takes false: leaves the queue to others and only cancels what is wanted cancelled.
 */
export function startDispatchLoop(
  dispatcher: Dispatcher,
  engine: Engine,
  report: (error: unknown) => void,
  { takes = true }: { takes?: boolean } = {},
): DispatchLoop {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> | null = null;
  let again = false;
  let reapedAt = 0;
  let restMs = pollMs;
  let troubles = 0;
  let reclaimAt = 0;
  let crowded = crowdedMs.first;
  let batch = atOnce.first;

  async function look(): Promise<void> {
    restMs = pollMs;
    await engine.giveBack();
    if (Date.now() - reapedAt >= reapMs) {
      reapedAt = Date.now();
      const room = engine.capacity();
      if (takes && room > 0) await engine.adopt(await dispatcher.takeOrphaned(room));
      for (const id of await dispatcher.cancelRequested()) engine.session(id)?.cancel();
      for (const { runId, wish } of await dispatcher.wishes()) engine.session(runId)?.steer(wish);
      for (const id of await dispatcher.signalled()) engine.session(id)?.signalled();
      if (Date.now() >= reclaimAt) {
        engine.reclaim(await dispatcher.held());
        // Twice in a row after trouble: once shows who is unknown, the second time who still is.
        troubles = Math.max(0, troubles - 1);
        reclaimAt = Date.now() + (troubles > 0 ? 0 : reclaimMs);
      }
    }
    if (takes) restMs = await take();
  }

  /** @returns how long to rest until the next look. */
  async function take(): Promise<number> {
    const room = Math.min(engine.capacity(), batch);
    if (room === 0) return crowdedMs.first;
    const { runs, left } = await dispatcher.takeDue(room);
    if (runs.length > 0) faultPoint('run_taken');
    await engine.adopt(runs);
    batch = left ? Math.min(batch * 2, atOnce.most) : atOnce.first;
    // A process with its hands full is late for its next look, and so leaves the rest to others.
    if (runs.length > 0) crowded = crowdedMs.first;
    else crowded = Math.min(crowded * 2, crowdedMs.most);
    return !left ? pollMs : runs.length > 0 ? 0 : crowded;
  }

  function run(): void {
    clearTimeout(timer);
    if (stopped) return;
    if (looking) {
      again = true;
      return;
    }
    looking = look()
      .catch((error: unknown) => {
        [troubles, reclaimAt] = [3, 0];
        report(error);
      })
      .finally(() => {
        looking = null;
        if (stopped) return;
        if (again) {
          again = false;
          run();
        } else timer = setTimeout(run, restMs);
      });
  }

  run();
  return {
    wake: run,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await looking;
    },
  };
}
