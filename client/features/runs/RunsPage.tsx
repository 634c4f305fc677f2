import { Button } from '@mantine/core';
import { History, SearchX } from 'lucide-react';
import { useMemo } from 'react';
import { Link, useSearchParams } from 'react-router';
import { t } from '../../i18n/t.ts';
import { Page } from '../../ui/Page.tsx';
import { Empty } from '../../ui/States.tsx';
import { readFilter, writeFilter, type PageFilter } from './filter.ts';
import { RetryFailed } from './RetryFailed.tsx';
import { RunFilters } from './RunFilters.tsx';
import { RunList } from './RunList.tsx';

function Nothing({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  if (filtered) {
    return (
      <Empty
        icon={SearchX}
        title={t('No such runs')}
        text={t('No run fits this filter.')}
        action={
          <Button variant="default" onClick={onClear}>
            {t('Show all runs')}
          </Button>
        }
      />
    );
  }
  return (
    <Empty
      icon={History}
      title={t('Nothing has run yet')}
      text={t('Every run of a workflow is kept here, with what went in and out of each step.')}
      action={
        <Button component={Link} to="/workflows">
          {t('Go to the workflows')}
        </Button>
      }
    />
  );
}

/** Every run of the workspace, newest first, live. The filter lives in the address, so that it can be shared and survives a reload. */
export default function RunsPage() {
  const [search, setSearch] = useSearchParams();
  const address = search.toString();
  const filter = useMemo(() => readFilter(new URLSearchParams(address)), [address]);
  const change = (next: PageFilter) => setSearch(writeFilter(next), { replace: true });
  return (
    <Page title={t('Runs')} actions={<RetryFailed workflowId={filter.workflowId} />}>
      <RunFilters filter={filter} onChange={change} />
      <RunList
        key={address}
        filter={filter}
        nothing={<Nothing filtered={Object.keys(filter).length > 0} onClear={() => change({})} />}
      />
    </Page>
  );
}
