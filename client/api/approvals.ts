import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Approval } from '../../shared/api/approvals.ts';
import { api, query } from './client.ts';
import { useReconnected, useSocketEvent } from './socket.ts';

export interface Verdict {
  id: string;
  decision: 'approved' | 'rejected';
  comment: string;
  edits: Record<string, string>;
}

/** What waits for a decision, of the workspace or of one run, kept up to date while it is on the screen. Empty until it is known. */
export function useApprovals(runId?: string): readonly Approval[] {
  const client = useQueryClient();
  const refresh = () => void client.invalidateQueries({ queryKey: query.approvals.list.key() });
  useSocketEvent('approval.changed', refresh);
  useSocketEvent('run.changed', (run) => {
    if (run.finishedAt !== null && run.id === runId) refresh();
  });
  useReconnected(refresh);
  const input = runId === undefined ? {} : { runId };
  return useQuery(query.approvals.list.queryOptions({ input })).data?.items ?? [];
}

/** Decides. Whatever came of it, the lists are asked for again: somebody else may have been faster. */
export function useDecide(onError: (error: Error) => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (verdict: Verdict) => api.approvals.decide(verdict),
    onError,
    onSettled: () => client.invalidateQueries({ queryKey: query.approvals.list.key() }),
  });
}
