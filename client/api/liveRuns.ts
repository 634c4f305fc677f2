import type { InfiniteData } from '@tanstack/react-query';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { RunStatus, RunSummary } from '../../shared/workflow/run.ts';
import { query } from './client.ts';
import { useReconnected, useSocketEvent } from './socket.ts';

/** As the API takes it. Instants are ISO strings; `since` is in it, `until` is not. */
export interface RunFilter {
  workflowId?: string;
  status?: RunStatus;
  paused?: boolean;
  uncertain?: boolean;
  since?: string;
  until?: string;
  search?: string;
}

export interface RunPage {
  items: RunSummary[];
  nextCursor: string | null;
  searchedTo: string | null;
}

/** Whether a run belongs to the list. What only the server can look up, the mails of a run, does not count. */
export function fits(run: RunSummary, filter: RunFilter): boolean {
  const { workflowId, status, paused, uncertain, since, until, search } = filter;
  const at = Date.parse(run.createdAt);
  return (
    (!workflowId || run.workflowId === workflowId) &&
    (!status || run.status === status) &&
    (!paused || run.paused !== null) &&
    (!uncertain || run.uncertainSteps > 0) &&
    (!since || at >= Date.parse(since)) &&
    (!until || at < Date.parse(until)) &&
    (!search || says(run, search.trim().toLowerCase()))
  );
}

function says(run: RunSummary, words: string): boolean {
  return (
    run.workflowName.toLowerCase().includes(words) ||
    run.id.startsWith(words) ||
    (run.error?.message.toLowerCase().includes(words) ?? false)
  );
}

/**
 * The list after a run was created or changed: replaced where it stands, taken out when it no longer fits, put in its place by time when new.
 * `still`: somebody is pointing at a row, so none moves; a run is only replaced where it stands.
 */
export function applyRunChange<P>(
  data: InfiniteData<RunPage, P>,
  run: RunSummary,
  filter: RunFilter,
  still = false,
): InfiniteData<RunPage, P> {
  const listed = data.pages.some((page) => page.items.some((item) => item.id === run.id));
  // A run that was found by a mail stays found, whatever else it says.
  const keep = still || fits(run, filter.search && listed ? { ...filter, search: '' } : filter);
  if (!listed && (!keep || still)) return data;
  if (listed) {
    const pages = data.pages.map((page) => ({
      ...page,
      items: page.items.flatMap((item) => (item.id !== run.id ? [item] : keep ? [run] : [])),
    }));
    return { ...data, pages };
  }
  const [first, ...rest] = data.pages;
  if (!first) return data;
  const at = first.items.findIndex((item) => item.createdAt <= run.createdAt);
  // Older than everything loaded: it belongs to a page that is still to come.
  if (at < 0 && (first.nextCursor || rest.length > 0)) return data;
  const items = at < 0 ? [...first.items, run] : first.items.toSpliced(at, 0, run);
  return { ...data, pages: [{ ...first, items }, ...rest] };
}

/** Calls `refresh` at most once in `everyMs`, and once more after a burst. */
export function useThrottled(refresh: () => void, everyMs: number): () => void {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return () => {
    if (timer.current !== undefined) return;
    timer.current = setTimeout(() => {
      timer.current = undefined;
      refresh();
    }, everyMs);
  };
}

/** Keeps every plain query of runs and workflows fresh while runs change. Burst-proof: one refresh in two seconds. */
export function useRefreshOnRuns(): void {
  const client = useQueryClient();
  const refresh = useThrottled(() => {
    void client.invalidateQueries({ queryKey: query.runs.list.key({ type: 'query' }) });
    void client.invalidateQueries({ queryKey: query.workflows.list.key() });
    void client.invalidateQueries({ queryKey: query.workspace.me.queryKey() });
    void client.invalidateQueries({ queryKey: query.connections.problems.key() });
  }, 2_000);
  useSocketEvent('run.changed', refresh);
  useReconnected(refresh);
}
