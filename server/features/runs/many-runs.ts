import { AppError } from '../../../shared/errors.ts';

/** So many at a time: each may hold one journal in memory. */
const atOnce = 8;

export interface ManyResult {
  done: number;
  refused: number;
  /** Why, and how many for each reason; the most frequent first. */
  reasons: { code: string; message: string; count: number }[];
}

/**
 * Does something to each of many runs, in their order, a few at a time. What one run is refused for stops none of the others.
 * @throws whatever is no AppError: then it is not the run that is to blame
 */
export async function forEachRun(ids: readonly string[], act: (id: string) => Promise<unknown>): Promise<ManyResult> {
  const reasons = new Map<string, ManyResult['reasons'][number]>();
  let done = 0;
  for (let first = 0; first < ids.length; first += atOnce) {
    const results = await Promise.allSettled(ids.slice(first, first + atOnce).map(act));
    for (const result of results) {
      if (result.status === 'fulfilled') done++;
      else count(reasons, result.reason);
    }
  }
  const all = [...reasons.values()].toSorted((one, other) => other.count - one.count);
  return { done, refused: all.reduce((sum, reason) => sum + reason.count, 0), reasons: all };
}

function count(reasons: Map<string, ManyResult['reasons'][number]>, error: unknown): void {
  if (!(error instanceof AppError)) throw error;
  const { code, message } = error;
  const known = reasons.get(message);
  if (known) known.count++;
  else reasons.set(message, { code, message, count: 1 });
}
