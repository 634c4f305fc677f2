import type { Knex } from 'knex';
import type pg from 'pg';
import type { Pause, Wish } from '../../shared/workflow/run.ts';
import type { Commit } from '../engine/ports.ts';

/** What somebody wants of a run, before it is carried out. */
export function createPauseStore(knex: Knex) {
  return {
    /**
     * Makes a wish durable. The process that holds the run acts on it, or the next that takes it: to pause it, whoever asks takes it; to go
     * on, it is due in the queue. `signalled` makes a run that is just being put to rest due again, so that its wish is not missed.
     * @returns false: the run has ended, or is as it is wished already.
     */
    wish: (workspaceId: string, runId: string, wish: Wish): Promise<boolean> =>
      knex.transaction(async (trx) => {
        const query = () => trx('runs').where({ workspace_id: workspaceId, finished_at: null });
        if ((await wishFor(trx, query().where('id', runId), wish)) === 0) return false;
        // Shares of a list that are not due yet get the wish with their turn.
        const shares = query().where('caller_run_id', runId).whereNotNull('part').whereRaw(`NOT ${isParked}`);
        await wishFor(trx, shares, wish);
        return true;
      }),
  };
}

/** A share of a list whose turn has not come. */
const isParked = `(status = 'queued' AND due_at IS NULL AND worker IS NULL AND pause IS NULL)`;

/** @returns how many runs are not yet as they are wished. */
function wishFor(knex: Knex, runs: Knex.QueryBuilder, wish: Wish): Promise<number> {
  const update = { steering: JSON.stringify(wish), signalled: true };
  if (wish.to === 'pause') {
    return runs.whereNull('pause').whereRaw(`coalesce(steering->>'to', '') <> 'pause'`).update(update);
  }
  const dueAt = knex.raw('CASE WHEN worker IS NULL THEN now() ELSE due_at END');
  return runs
    .whereRaw(`(pause IS NOT NULL OR steering->>'to' = 'pause')`)
    .update({ ...update, pause: null, due_at: dueAt });
}

export type PauseStore = ReturnType<typeof createPauseStore>;

/** The part of a commit that few have. */
export function saysPause({ standing }: Commit): boolean {
  return standing?.paused !== undefined;
}

/** Marks runs as paused or no longer paused, within the transaction of their commits. */
export async function updatePauses(client: Pick<pg.PoolClient, 'query'>, commits: readonly Commit[]): Promise<void> {
  // The last of a run that has several in this batch.
  const pauses = new Map<string, Pause | null>(
    commits.filter(saysPause).map(({ run, standing }) => [run.id, standing?.paused ?? null]),
  );
  if (pauses.size === 0) return;
  await client.query({
    name: 'runs-pause',
    text: 'UPDATE runs SET pause = t.pause FROM unnest($1::uuid[], $2::json[]) AS t (id, pause) WHERE runs.id = t.id',
    values: [[...pauses.keys()], [...pauses.values()].map((pause) => pause && JSON.stringify(pause))],
  });
}
