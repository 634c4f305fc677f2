import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { t } from '../../../i18n/t.ts';
import type { HistoryEntry } from '../../../../shared/api/workflows.ts';
import { upgradeGraph } from '../../../../shared/engine/upgrade.ts';
import type { WorkflowGraph } from '../../../../shared/workflow/graph.ts';
import { api, query } from '../../../api/client.ts';
import { catalogue } from '../../../nodes/catalogue.ts';
import { formatInstant } from '../../../ui/format.ts';

/** One of two states of a workflow that are compared: `draft`, `version:3`, `kept:<id>`, `run:<id>`. */
export type SideKey = 'draft' | `version:${number}` | `kept:${string}` | `run:${string}`;

/** A state that the page has already. */
export interface KnownSide {
  key: SideKey;
  label: string;
  graph: WorkflowGraph;
}

export function keyOf(entry: Pick<HistoryEntry, 'id' | 'number'>): SideKey {
  return entry.number === null ? `kept:${entry.id}` : `version:${entry.number}`;
}

export function labelOf(entry: Pick<HistoryEntry, 'number' | 'at'>): string {
  return entry.number === null
    ? t('Draft kept {when}', { when: formatInstant(entry.at) })
    : t('Version {number}', { number: String(entry.number) });
}

/** The history of a workflow, page by page, as it is now. */
export function useHistory(workflowId: string) {
  return useInfiniteQuery({
    ...query.workflows.history.infiniteOptions({
      input: (cursor: string | undefined) => ({ id: workflowId, limit: 30, ...(cursor ? { cursor } : {}) }),
      initialPageParam: undefined,
      getNextPageParam: (last) => last.nextCursor ?? undefined,
    }),
    staleTime: 0,
  });
}

/** A state, once it is there. */
export interface Side {
  graph: WorkflowGraph | undefined;
  error: Error | null;
  retry: () => void;
}

/** The graph of a side; what the page knows already is not asked for. */
export function useSide(workflowId: string, key: SideKey, known: readonly KnownSide[]): Side {
  const own = known.find((side) => side.key === key);
  const read = useQuery({
    queryKey: ['side', workflowId, key],
    queryFn: ({ signal }) => readSide(workflowId, key, signal),
    // Versions never change; a draft does.
    staleTime: key === 'draft' ? 0 : Infinity,
    ...(key === 'draft' ? { gcTime: 0 } : {}),
    enabled: own === undefined,
  });
  if (own !== undefined) return { graph: own.graph, error: null, retry: () => {} };
  return { graph: read.data, error: read.error, retry: () => void read.refetch() };
}

/** Reads a state of the workflow from the server, with its steps brought to their current versions. */
export async function readSide(workflowId: string, key: SideKey, signal?: AbortSignal): Promise<WorkflowGraph> {
  const [kind, rest = ''] = key.split(':');
  const options = signal === undefined ? {} : { signal };
  switch (kind) {
    case 'version':
      return upgraded(await api.workflows.version({ id: workflowId, number: Number(rest) }, options));
    case 'kept':
      return upgraded(await api.workflows.keptDraft({ id: workflowId, draftId: rest }, options));
    case 'run':
      return upgraded(await api.runs.get({ id: rest }, options));
    default:
      return upgraded(await api.workflows.get({ id: workflowId }, options));
  }
}

function upgraded({ graph }: { graph: WorkflowGraph }): WorkflowGraph {
  return upgradeGraph(graph, catalogue);
}
