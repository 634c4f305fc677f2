import { setTimeout as sleep } from 'node:timers/promises';
import type { RetentionRule, RetentionStore } from '../../store/retention.ts';

/** Each workspace is looked at once in this time, by one process of all. */
const everyMs = 3_600_000;
/** How often a process asks whether a workspace's time has come. */
const lookMs = 60_000;
/** Between two batches, for everybody else's sake. */
const restMs = 50;
const dayMs = 86_400_000;
/** Two years and a day: the longest time that the dashboard shows, and the one before it to compare with. */
const historyDays = 2 * 366;

export interface RetentionDeps {
  store: RetentionStore;
  now(): Date;
  report(error: unknown): void;
}

/** Prunes every workspace whose time has come. @returns how many runs went. */
export async function pruneDue({ store, now }: Omit<RetentionDeps, 'report'>, signal?: AbortSignal): Promise<number> {
  let removed = 0;
  for (;;) {
    const rule = signal?.aborted ? null : await store.claim(new Date(now().getTime() - everyMs));
    if (!rule) return removed;
    removed += await pruneWorkspace(store, rule, now(), signal);
  }
}

async function pruneWorkspace(
  store: RetentionStore,
  rule: RetentionRule,
  now: Date,
  signal?: AbortSignal,
): Promise<number> {
  const { workspaceId } = rule;
  const before = new Date(now.getTime() - rule.days * dayMs);
  const byAge = await repeat(store, () => store.removeEndedBefore(workspaceId, before), signal);
  if (!signal?.aborted) await store.removeTalksBefore(workspaceId, before);
  if (!signal?.aborted) await store.removeHistoryBefore(workspaceId, new Date(now.getTime() - historyDays * dayMs));
  const boundary = signal?.aborted ? null : await store.boundary(rule);
  if (!boundary) return byAge;
  return byAge + (await repeat(store, () => store.removeBeyond(workspaceId, boundary), signal));
}

async function repeat(store: RetentionStore, remove: () => Promise<number>, signal?: AbortSignal): Promise<number> {
  let removed = 0;
  while (!signal?.aborted) {
    const count = await remove();
    removed += count;
    if (count < store.batch) return removed;
    await sleep(restMs);
  }
  return removed;
}

/** Looks every minute; `stop` resolves when the batch under way has ended. */
export function startRetention(deps: RetentionDeps): { stop(): Promise<void> } {
  const stopping = new AbortController();
  let looking = Promise.resolve();
  const timer = setInterval(() => {
    looking = looking.then(async () => void (await pruneDue(deps, stopping.signal))).catch(deps.report);
  }, lookMs);
  return {
    stop() {
      clearInterval(timer);
      stopping.abort();
      return looking;
    },
  };
}
