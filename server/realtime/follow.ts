import type { RunEvent } from '../../shared/workflow/run.ts';

/** Hands the watchers of runs every journaled event once and in order, wherever the run is at work. */
export interface Follower {
  /** Begins to follow a run that somebody watches; events up to `head` are known to them. */
  start(workspaceId: string, runId: string, head: number): void;
  stop(runId: string): void;
  /** Events from whoever runs it. Known ones are dropped; where some are missing before them, the journal is read. */
  deliver(runId: string, events: readonly RunEvent[]): void;
  /** There may be news in the journal: of this run, or of all. */
  check(runId?: string): void;
  close(): Promise<void>;
}

export interface FollowerDeps {
  read(workspaceId: string, runId: string, after: number): Promise<RunEvent[]>;
  /** The last sequence number of each run. */
  heads(runs: readonly { workspaceId: string; runId: string }[]): Promise<ReadonlyMap<string, number>>;
  emit(runId: string, events: RunEvent[]): void;
  report(error: unknown): void;
}

interface Followed {
  workspaceId: string;
  /** The last event that was handed on. */
  seq: number;
  reading: boolean;
  again: boolean;
}

/** How often the journal is looked at for what nobody told. */
const pollMs = 2_000;
/** It takes others this long at most to hear that a run is watched; what they wrote until then is read. */
const settleMs = 200;

export function createFollower({ read, heads, emit, report }: FollowerDeps): Follower {
  const followed = new Map<string, Followed>();
  let timer: NodeJS.Timeout | undefined;
  let polling: Promise<void> = Promise.resolve();
  let closed = false;

  function hand(runId: string, run: Followed, events: readonly RunEvent[]): void {
    const fresh = events.filter((event) => event.seq > run.seq);
    const last = fresh.at(-1);
    if (!last) return;
    run.seq = last.seq;
    emit(runId, fresh);
  }

  function catchUp(runId: string, run: Followed): void {
    if (run.reading) {
      run.again = true;
      return;
    }
    run.reading = true;
    run.again = false;
    read(run.workspaceId, runId, run.seq)
      .then((events) => hand(runId, run, events), report)
      .finally(() => {
        run.reading = false;
        if (run.again && followed.get(runId) === run) catchUp(runId, run);
      });
  }

  async function poll(): Promise<void> {
    const runs = [...followed].map(([runId, { workspaceId }]) => ({ workspaceId, runId }));
    if (runs.length === 0) return;
    for (const [runId, seq] of await heads(runs)) {
      const run = followed.get(runId);
      if (run && seq > run.seq) catchUp(runId, run);
    }
  }

  function pollSoon(): void {
    timer ??= setTimeout(() => {
      polling = poll()
        .catch(report)
        .finally(() => {
          timer = undefined;
          if (!closed && followed.size > 0) pollSoon();
        });
    }, pollMs);
  }

  return {
    start(workspaceId, runId, head) {
      if (followed.has(runId) || closed) return;
      const run = { workspaceId, seq: head, reading: false, again: false };
      followed.set(runId, run);
      setTimeout(() => {
        if (followed.get(runId) === run) catchUp(runId, run);
      }, settleMs).unref();
      pollSoon();
    },
    stop: (runId) => void followed.delete(runId),
    deliver(runId, events) {
      const run = followed.get(runId);
      if (!run) return;
      const next = events.find((event) => event.seq > run.seq);
      if (!next) return;
      if (next.seq === run.seq + 1) hand(runId, run, events);
      else catchUp(runId, run);
    },
    check(runId) {
      const run = runId === undefined ? undefined : followed.get(runId);
      if (run) catchUp(runId!, run);
      else if (runId === undefined) poll().catch(report);
    },
    async close() {
      closed = true;
      followed.clear();
      clearTimeout(timer);
      await polling;
    },
  };
}
