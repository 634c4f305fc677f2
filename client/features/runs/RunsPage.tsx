import { Button } from '@mantine/core';
import { History, SearchX } from 'lucide-react';
import { Link, useSearchParams } from 'react-router';
import { failureOf } from '../../api/errors.ts';
import type { RunFilter } from '../../api/liveRuns.ts';
import { Page } from '../../ui/Page.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { RunRow } from '../../ui/RunRow.tsx';
import { Empty, Failed, RowsSkeleton } from '../../ui/States.tsx';
import { RetryFailed } from './RetryFailed.tsx';
import { readFilter, writeFilter } from './filter.ts';
import { RunFilters } from './RunFilters.tsx';
import { useRuns } from './useRuns.ts';

function Nothing({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  if (filtered) {
    return (
      <Empty
        icon={SearchX}
        title="No such runs"
        text="No run fits this filter."
        action={
          <Button variant="default" onClick={onClear}>
            Show all runs
          </Button>
        }
      />
    );
  }
  return (
    <Empty
      icon={History}
      title="Nothing has run yet"
      text="Every run of a workflow is kept here, with what went in and out of each step."
      action={
        <Button component={Link} to="/workflows">
          Go to the workflows
        </Button>
      }
    />
  );
}

function Content({ filter, onClear }: { filter: RunFilter; onClear: () => void }) {
  const list = useRuns(filter);
  if (list.isPending) return <RowsSkeleton rows={8} height={60} />;
  if (list.isError) return <Failed failure={failureOf(list.error)} onRetry={() => void list.refetch()} />;
  const runs = list.data.pages.flatMap((page) => page.items);
  if (runs.length === 0) return <Nothing filtered={Boolean(filter.status ?? filter.workflowId)} onClear={onClear} />;
  return (
    <Panel flush>
      {runs.map((run) => (
        <RunRow key={run.id} run={run} />
      ))}
      {list.hasNextPage ? (
        <Button
          variant="subtle"
          fullWidth
          radius={0}
          loading={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          Show older runs
        </Button>
      ) : null}
    </Panel>
  );
}

/** Every run of the workspace, newest first, live. The filter lives in the address, so that it can be shared and survives a reload. */
export default function RunsPage() {
  const [search, setSearch] = useSearchParams();
  const filter = readFilter(search);
  const change = (next: RunFilter) => setSearch(writeFilter(next), { replace: true });
  return (
    <Page title="Runs" actions={<RetryFailed workflowId={filter.workflowId} />}>
      <RunFilters filter={filter} onChange={change} />
      <Content filter={filter} onClear={() => change({})} />
    </Page>
  );
}
