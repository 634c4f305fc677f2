import { TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Search, SearchX, Workflow as WorkflowIcon } from 'lucide-react';
import { useState } from 'react';
import { query } from '../../api/client.ts';
import { failureOf } from '../../api/errors.ts';
import { useKindLooks } from '../../api/kinds.ts';
import { useRefreshOnRuns } from '../../api/liveRuns.ts';
import { t } from '../../i18n/t.ts';
import { LoadMore } from '../../ui/LoadMore.tsx';
import { Page } from '../../ui/Page.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Empty, Failed, RowsSkeleton } from '../../ui/States.tsx';
import { NewWorkflowButton } from './NewWorkflowButton.tsx';
import { WorkflowRow } from './WorkflowRow.tsx';

function useWorkflows(search: string) {
  return useInfiniteQuery(
    query.workflows.list.infiniteOptions({
      input: (cursor: string | undefined) => ({
        limit: 30,
        ...(search ? { search } : {}),
        ...(cursor ? { cursor } : {}),
      }),
      initialPageParam: undefined,
      getNextPageParam: (last) => last.nextCursor ?? undefined,
      placeholderData: keepPreviousData,
    }),
  );
}

function Content({ search }: { search: string }) {
  const list = useWorkflows(search);
  const looks = useKindLooks();
  if (list.isPending) return <RowsSkeleton rows={6} height={72} />;
  if (list.isError) return <Failed failure={failureOf(list.error)} onRetry={() => void list.refetch()} />;
  const items = list.data.pages.flatMap((page) => page.items);
  if (items.length === 0 && search) {
    return (
      <Empty
        icon={SearchX}
        title={t('Nothing found')}
        text={t('No workflow has “{search}” in its name.', { search })}
      />
    );
  }
  if (items.length === 0) {
    return (
      <Empty
        icon={WorkflowIcon}
        title={t('No workflows yet')}
        text={t('A workflow is a few steps that run by themselves: something starts it, AI writes, a mail goes out.')}
        action={<NewWorkflowButton label={t('Make the first one')} />}
      />
    );
  }
  return (
    <Panel flush>
      {items.map((workflow) => (
        <WorkflowRow key={workflow.id} workflow={workflow} looks={looks} />
      ))}
      <LoadMore list={list} label={t('Show more')} />
    </Panel>
  );
}

export default function WorkflowsPage() {
  const [search, setSearch] = useState('');
  const [debounced] = useDebouncedValue(search.trim(), 200);
  useRefreshOnRuns();
  return (
    <Page title={t('Workflows')} actions={<NewWorkflowButton label={t('New workflow')} />}>
      <TextInput
        aria-label={t('Search workflows')}
        placeholder={t('Search by name')}
        leftSection={<Search size={16} />}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
        mb="md"
        maw={360}
      />
      <Content search={debounced} />
    </Page>
  );
}
