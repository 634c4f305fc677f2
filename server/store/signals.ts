import type { Knex } from 'knex';
import type { Word } from '../../shared/engine/plan.ts';
import { uuidv7 } from '../ids.ts';
import type { Signals } from '../engine/ports.ts';

/** Words for waiting steps. */
export function createSignalStore(knex: Knex) {
  return {
    /** Stores a word for a step of a run. */
    async store(trx: Knex.Transaction, workspaceId: string, runId: string, { node, signal }: Word): Promise<void> {
      await trx('run_signals').insert({
        id: uuidv7(),
        workspace_id: workspaceId,
        run_id: runId,
        node_id: node,
        signal: JSON.stringify(signal),
      });
    },
    /**
     * Makes a run look at the words for it: at once when it rests, else the process that holds the run is told by `signalled`. The update takes
     * the row's lock whoever holds the run, so that a run on its way to rest cannot miss it.
     */
    async ring(trx: Knex.Transaction, workspaceId: string, runId: string): Promise<void> {
      await trx('runs')
        .where({ workspace_id: workspaceId, id: runId, finished_at: null })
        .update({
          signalled: true,
          due_at: trx.raw(`CASE WHEN worker IS NULL AND status = 'waiting' THEN now() ELSE due_at END`),
        });
    },
    /** Stores a word and rings. */
    async send(trx: Knex.Transaction, workspaceId: string, runId: string, word: Word): Promise<void> {
      await this.store(trx, workspaceId, runId, word);
      await this.ring(trx, workspaceId, runId);
    },
    arrived: (async ({ workspaceId, id }, nodes) =>
      knex('run_signals')
        .where({ workspace_id: workspaceId, run_id: id })
        .whereIn('node_id', [...nodes])
        .orderBy('id')
        .select('id', { node: 'node_id' }, 'signal')) satisfies Signals['arrived'],
  };
}

export type SignalStore = ReturnType<typeof createSignalStore>;
