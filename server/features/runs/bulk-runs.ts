import type { Actor } from '../../actor.ts';
import { forEachRun, type ManyResult } from './many-runs.ts';
import { retryRun, type RerunDeps } from './rerun-run.ts';
import { cancelRun, pauseRun, resumeRun, type SteerDeps } from './steer-run.ts';

export interface BulkDeps {
  starting: RerunDeps;
  steering: SteerDeps;
}

export interface BulkInput {
  action: 'retry' | 'cancel' | 'pause' | 'resume';
  ids: readonly string[];
}

/** Does one thing to each of the runs; a run that is named twice counts once. */
export async function bulkRuns(
  { starting, steering }: BulkDeps,
  actor: Actor,
  { action, ids }: BulkInput,
): Promise<ManyResult> {
  const acts: Record<BulkInput['action'], (id: string) => Promise<unknown>> = {
    retry: (id) => retryRun(starting, actor, id),
    cancel: (id) => cancelRun(steering, actor, id),
    pause: (id) => pauseRun(steering, actor, id),
    resume: (id) => resumeRun(steering, actor, { id }),
  };
  return forEachRun([...new Set(ids)], acts[action]);
}
