import { AppError } from '../../../shared/errors.ts';
import type { Actor } from '../../actor.ts';
import type { FailedFilter } from '../../store/runs.ts';
import { retryRun, type RerunDeps } from './rerun-run.ts';

/** So many at a time: each holds one journal in memory. */
const atOnce = 8;

export interface RetryFailedInput extends FailedFilter {
  limit: number;
  /** Only counts. */
  dryRun: boolean;
}

export interface RetryFailedResult {
  /** Failed runs that fit the filter and have not been tried again yet, before this call. */
  matching: number;
  started: number;
  refused: number;
  /** Why, and how many for each reason. */
  reasons: { code: string; message: string; count: number }[];
}

/** Tries failed runs again, oldest first. What one run is refused for stops none of the others. */
export async function retryFailedRuns(
  deps: RerunDeps,
  actor: Actor,
  input: RetryFailedInput,
): Promise<RetryFailedResult> {
  const { ids, matching } = await deps.runs.failed(actor.workspaceId, input, input.dryRun ? 0 : input.limit);
  const reasons = new Map<string, RetryFailedResult['reasons'][number]>();
  let started = 0;
  for (let first = 0; first < ids.length; first += atOnce) {
    const results = await Promise.allSettled(ids.slice(first, first + atOnce).map((id) => retryRun(deps, actor, id)));
    for (const result of results) {
      if (result.status === 'fulfilled') started++;
      else countReason(reasons, result.reason);
    }
  }
  const all = [...reasons.values()].toSorted((one, other) => other.count - one.count);
  return { matching, started, refused: all.reduce((sum, { count }) => sum + count, 0), reasons: all };
}

function countReason(reasons: Map<string, RetryFailedResult['reasons'][number]>, error: unknown): void {
  if (!(error instanceof AppError)) throw error;
  const { code, message } = error;
  const known = reasons.get(message);
  if (known) known.count++;
  else reasons.set(message, { code, message, count: 1 });
}
