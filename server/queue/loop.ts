import type { Engine } from '../engine/engine.ts';
import type { Dispatcher } from './dispatcher.ts';

/** How often the queue is looked at when nothing says that it is worth it earlier. */
const pollMs = 500;
/** How often the runs of dead processes are looked for. */
const reapMs = 1_000;

/**
 * Feeds the engine: takes due runs while it has room, and takes over the runs of processes that are gone. `wake` looks at once; `stop`
 * resolves when the look under way has ended.
 */
export function startDispatchLoop(dispatcher: Dispatcher, engine: Engine, report: (error: unknown) => void): { wake(): void; stop(): Promise<void> } {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> | null = null;
  let again = false;
  let reapedAt = 0;

  async function look(): Promise<void> {
    const room = engine.capacity();
    if (Date.now() - reapedAt >= reapMs) {
      reapedAt = Date.now();
      if (room > 0) await engine.adopt(await dispatcher.takeOrphaned(room));
      for (const id of await dispatcher.cancelRequested()) engine.session(id)?.cancel();
    }
    if (engine.capacity() > 0) await engine.adopt(await dispatcher.takeDue(engine.capacity()));
  }

  function run(): void {
    clearTimeout(timer);
    if (stopped) return;
    if (looking) {
      again = true;
      return;
    }
    looking = look()
      .catch(report)
      .finally(() => {
        looking = null;
        if (stopped) return;
        if (again) {
          again = false;
          run();
        } else timer = setTimeout(run, pollMs);
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
