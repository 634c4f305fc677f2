import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { RunSummary } from '../../../shared/workflow/run.ts';
import { query } from '../../api/client.ts';
import { applyRunChange, fits, useThrottled, type RunFilter } from '../../api/liveRuns.ts';
import { useReconnected, useSocketEvent } from '../../api/socket.ts';

/** Many runs a second are drawn this often. */
const drawMs = 250;
/** With more changes than that waiting, the list is loaded anew instead. */
const mostLate = 500;

/**
 * The runs that fit the filter, page by page. Changes arrive through the socket. While `still` (somebody has scrolled, points at a row or has
 * selected some) no row moves: a run is changed where it stands, and new ones wait. `fresh` of them do; `showFresh` lets them in. For one filter: another one takes another component.
 */
export function useRuns(filter: RunFilter, still: boolean) {
  const client = useQueryClient();
  const options = query.runs.list.infiniteOptions({
    input: (cursor: string | undefined) => ({ limit: 40, ...filter, ...(cursor ? { cursor } : {}) }),
    initialPageParam: undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });
  const list = useInfiniteQuery(options);
  /** Arrived and not drawn yet. */
  const arrived = useRef(new Map<string, RunSummary>());
  /** Drawn where they stand, and not put in their place yet. */
  const late = useRef(new Map<string, RunSummary>());
  const [fresh, setFresh] = useState(0);

  const apply = (runs: Iterable<RunSummary>, inPlace: boolean) =>
    client.setQueryData(options.queryKey, (data) => {
      if (!data) return data;
      let next = data;
      for (const run of runs) next = applyRunChange(next, run, filter, inPlace);
      return next;
    });
  const showFresh = () => {
    if (late.current.size > mostLate) void client.resetQueries({ queryKey: options.queryKey });
    else apply(late.current.values(), false);
    late.current.clear();
    setFresh(0);
  };
  const draw = useThrottled(() => {
    apply(arrived.current.values(), still);
    if (still) {
      for (const [id, run] of arrived.current) late.current.set(id, run);
      const shown = new Set(
        client.getQueryData(options.queryKey)?.pages.flatMap(({ items }) => items.map(({ id }) => id)),
      );
      setFresh([...late.current.values()].filter((run) => !shown.has(run.id) && fits(run, filter)).length);
    }
    arrived.current.clear();
  }, drawMs);
  useSocketEvent('run.changed', (run) => {
    arrived.current.set(run.id, run);
    draw();
  });
  useReconnected(() => void client.invalidateQueries({ queryKey: options.queryKey }));

  const release = useEffectEvent(() => {
    if (late.current.size > 0) showFresh();
  });
  useEffect(() => {
    if (!still) release();
  }, [still]);
  return { list, fresh, showFresh };
}
