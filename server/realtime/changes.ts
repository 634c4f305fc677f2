import type { RunSummary } from '../../shared/workflow/run.ts';

/** Changes of one run that follow each other faster than this are told as one, and all runs of that time are read together. */
const gatherMs = 25;
const atOnce = 200;

/** Tells of runs that were created or changed their status, in few queries however many they are. */
export function createChanges(deps: {
  summaries(workspaceId: string, runIds: readonly string[]): Promise<RunSummary[]>;
  emit(workspaceId: string, run: RunSummary): void;
  report(error: unknown): void;
}): { add(workspaceId: string, runId: string): void; close(): Promise<void> } {
  const gathered = new Map<string, Set<string>>();
  let timer: NodeJS.Timeout | undefined;
  let telling: Promise<void> = Promise.resolve();

  async function tell(): Promise<void> {
    for (const [workspaceId, ids] of gathered) {
      const some = [...ids].slice(0, atOnce);
      for (const id of some) ids.delete(id);
      if (ids.size === 0) gathered.delete(workspaceId);
      for (const run of await deps.summaries(workspaceId, some)) deps.emit(workspaceId, run);
    }
  }

  function tellSoon(): void {
    timer ??= setTimeout(() => {
      telling = tell()
        .catch(deps.report)
        .finally(() => {
          timer = undefined;
          if (gathered.size > 0) tellSoon();
        });
    }, gatherMs);
  }

  return {
    add(workspaceId, runId) {
      const ids = gathered.get(workspaceId) ?? new Set();
      gathered.set(workspaceId, ids.add(runId));
      tellSoon();
    },
    async close() {
      gathered.clear();
      clearTimeout(timer);
      await telling;
    },
  };
}
