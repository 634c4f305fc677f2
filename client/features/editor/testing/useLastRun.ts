import { useEffect, useEffectEvent } from 'react';
import type { Run } from '../../../../shared/api/runs.ts';
import { api } from '../../../api/client.ts';
import { useRun, useRunStore } from '../../../stores/context.tsx';
import { useInfo } from '../context.tsx';
import { recallRun } from '../run/last-run.ts';

/** Takes in the data of the workflow's newest run while there is none on the canvas: tests and autocomplete use it. */
export function useLastRun(): void {
  const runs = useRunStore();
  const workflowId = useInfo((info) => info.id);
  const isIdle = useRun((state) => state.runId === null && state.recalled === null);
  const take = useEffectEvent(({ id, createdAt, graph, events }: Run) => {
    if (runs.getState().runId === null) runs.recall({ runId: id, at: createdAt }, graph, events);
  });
  useEffect(() => {
    // The run that this tab showed before it was reloaded comes back by itself.
    if (!isIdle || workflowId === null || recallRun(workflowId) !== null) return;
    const stop = new AbortController();
    void newestRun(workflowId, stop.signal).then(
      (run) => {
        if (run !== null && !stop.signal.aborted) take(run);
      },
      // Without it there are examples.
      () => undefined,
    );
    return () => stop.abort();
  }, [isIdle, workflowId]);
}

async function newestRun(workflowId: string, signal: AbortSignal): Promise<Run | null> {
  const { items } = await api.runs.list({ workflowId, limit: 1 }, { signal });
  const [newest] = items;
  return newest === undefined ? null : api.runs.get({ id: newest.id }, { signal });
}
