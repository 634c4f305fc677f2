import { Group, Select } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { query } from '../../api/client.ts';
import type { RunFilter } from '../../api/liveRuns.ts';
import { runStatusLabel } from '../../ui/RunStatusBadge.tsx';
import { statusChoices } from './filter.ts';

/** Which workflow, which status. */
export function RunFilters({ filter, onChange }: { filter: RunFilter; onChange: (filter: RunFilter) => void }) {
  const workflows = useQuery({
    ...query.workflows.list.queryOptions({ input: { limit: 100 } }),
    placeholderData: keepPreviousData,
  });
  const { workflowId, status } = filter;
  return (
    <Group mb="md" gap="sm">
      <Select
        aria-label="Workflow"
        placeholder="All workflows"
        data={(workflows.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        value={workflowId ?? null}
        onChange={(next) => onChange({ ...(next ? { workflowId: next } : {}), ...(status ? { status } : {}) })}
        searchable
        clearable
        nothingFoundMessage="No such workflow"
        w={{ base: '100%', xs: 280 }}
      />
      <Select
        aria-label="Status"
        placeholder="Any status"
        data={statusChoices.map((value) => ({ value, label: runStatusLabel(value) }))}
        value={status ?? null}
        onChange={(next) => onChange({ ...(workflowId ? { workflowId } : {}), ...(next ? { status: next } : {}) })}
        clearable
        w={{ base: '100%', xs: 180 }}
      />
    </Group>
  );
}
