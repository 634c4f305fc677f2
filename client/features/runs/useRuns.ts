import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { query } from '../../api/client.ts';
import { applyRunChange } from '../../api/liveRuns.ts';
import type { RunFilter } from '../../api/liveRuns.ts';
import { useReconnected, useSocketEvent } from '../../api/socket.ts';

/** The runs that fit the filter, page by page; changes arrive through the socket and are put in their place. */
export function useRuns(filter: RunFilter) {
  const client = useQueryClient();
  const options = query.runs.list.infiniteOptions({
    input: (cursor: string | undefined) => ({ limit: 40, ...filter, ...(cursor ? { cursor } : {}) }),
    initialPageParam: undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });
  useSocketEvent('run.changed', (run) => {
    client.setQueryData(options.queryKey, (data) => data && applyRunChange(data, run, filter));
  });
  useReconnected(() => void client.invalidateQueries({ queryKey: options.queryKey }));
  return useInfiniteQuery(options);
}
