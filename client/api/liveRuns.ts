import type { InfiniteData } from '@tanstack/react-query';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { RunStatus, RunSummary } from '../../shared/workflow/run.ts';
import { query } from './client.ts';
import { useReconnected, useSocketEvent } from './socket.ts';

export interface RunFilter {
  workflowId?: string;
  status?: RunStatus;
}

export interface RunPage {
  items: RunSummary[];
  nextCursor: string | null;
}

function fits(run: RunSummary, filter: RunFilter): boolean {
  return (
    (!filter.workflowId || run.workflowId === filter.workflowId) && (!filter.status || run.status === filter.status)
  );
}

/** The list after a run was created or changed: replaced where it stands, taken out when it no longer fits, put on top when new. */
export function applyRunChange<P>(
  data: InfiniteData<RunPage, P>,
  run: RunSummary,
  filter: RunFilter,
): InfiniteData<RunPage, P> {
  const listed = data.pages.some((page) => page.items.some((item) => item.id === run.id));
  const keep = fits(run, filter);
  if (!listed && !keep) return data;
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
  }, 2_000);
  useSocketEvent('run.changed', refresh);
  useReconnected(refresh);
}
