import type { Actor } from '../../actor.ts';
import type { FailedFilter } from '../../store/runs.ts';
import { forEachRun, type ManyResult } from './many-runs.ts';
import { retryRun, type RerunDeps } from './rerun-run.ts';

export interface RetryFailedInput extends FailedFilter {
  limit: number;
  /** Only counts. */
  dryRun: boolean;
}

export interface RetryFailedResult extends Omit<ManyResult, 'done'> {
  /** Failed runs that fit the filter and have not been tried again yet, before this call. */
  matching: number;
  started: number;
}

/** Tries failed runs again, oldest first. What one run is refused for stops none of the others. */
export async function retryFailedRuns(
  deps: RerunDeps,
  actor: Actor,
  input: RetryFailedInput,
): Promise<RetryFailedResult> {
  const { ids, matching } = await deps.runs.failed(actor.workspaceId, input, input.dryRun ? 0 : input.limit);
  const { done: started, refused, reasons } = await forEachRun(ids, (id) => retryRun(deps, actor, id));
  return { matching, started, refused, reasons };
}
