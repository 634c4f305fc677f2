import { Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Search } from 'lucide-react';
import { useState } from 'react';
import { query } from '../../api/client.ts';
import { t } from '../../i18n/t.ts';
import { runStatusLabel } from '../../ui/RunStatusBadge.tsx';
import { stateChoices, type PageFilter, type RunState } from './filter.ts';
import { rangeNames, type Range, type RangeName } from './range.ts';
import classes from './RunsPage.module.css';

const rangeLabels: Record<RangeName, string> = {
  hour: t('Last hour'),
  day: t('Last 24 hours'),
  week: t('Last 7 days'),
  month: t('Last 30 days'),
};

function stateLabel(state: RunState): string {
  if (state === 'paused') return t('Paused');
  return state === 'uncertain' ? t('Outcome unknown') : runStatusLabel(state);
}

interface Props {
  filter: PageFilter;
  onChange: (filter: PageFilter) => void;
}

/** Words, workflow, status, time. */
export function RunFilters({ filter, onChange }: Props) {
  const workflows = useQuery({
    ...query.workflows.list.queryOptions({ input: { limit: 100 } }),
    placeholderData: keepPreviousData,
  });
  const set = (part: { [K in keyof PageFilter]: PageFilter[K] | undefined }) => {
    const next = { ...filter, ...part };
    onChange(Object.fromEntries(Object.entries(next).filter(([, value]) => value !== undefined)) as PageFilter);
  };
  return (
    <div className={classes.filters} role="search" aria-label={t('Runs')}>
      <Words filter={filter} onSearch={(search) => set({ search })} />
      <Select
        aria-label={t('Workflow')}
        placeholder={t('All workflows')}
        data={(workflows.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        value={filter.workflowId ?? null}
        onChange={(next) => set({ workflowId: next ?? undefined })}
        searchable
        clearable
        nothingFoundMessage={t('No such workflow')}
      />
      <Select
        aria-label={t('Status')}
        placeholder={t('Any status')}
        data={stateChoices.map((value) => ({ value, label: stateLabel(value) }))}
        value={filter.state ?? null}
        onChange={(next) => set({ state: (next as RunState | null) ?? undefined })}
        clearable
      />
      <Select
        aria-label={t('Time')}
        placeholder={t('Any time')}
        data={[
          ...rangeNames.map((value) => ({ value: value as string, label: rangeLabels[value] })),
          { value: 'days', label: t('From … to …') },
        ]}
        value={filter.range?.name ?? null}
        onChange={(next) => set({ range: chosenRange(next) })}
        clearable
      />
      {filter.range?.name === 'days' ? (
        <Days range={filter.range} onChange={(from, to) => set({ range: { name: 'days', from, to } })} />
      ) : null}
    </div>
  );
}

function chosenRange(name: string | null): Range | undefined {
  if (name === null) return undefined;
  const today = new Date();
  const day = [today.getFullYear(), today.getMonth() + 1, today.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-');
  return name === 'days' ? { name, from: day, to: day } : { name: name as RangeName };
}

/** Typed words become a search after a short rest. */
function Words({ filter, onSearch }: { filter: PageFilter; onSearch: (search: string | undefined) => void }) {
  const [words, setWords] = useState(filter.search ?? '');
  const [said, setSaid] = useState(filter.search ?? '');
  const say = useDebouncedCallback((typed: string) => {
    setSaid(typed.trim());
    onSearch(typed.trim() === '' ? undefined : typed.trim());
  }, 300);
  // The filter was changed elsewhere: cleared, or by the browser's way back.
  if (said !== (filter.search ?? '')) {
    setSaid(filter.search ?? '');
    setWords(filter.search ?? '');
  }
  return (
    <TextInput
      type="search"
      aria-label={t('Search runs')}
      placeholder={t('Name, error, id, subject or recipient')}
      leftSection={<Search size={16} />}
      maxLength={200}
      value={words}
      onChange={(event) => {
        setWords(event.currentTarget.value);
        say(event.currentTarget.value);
      }}
    />
  );
}

/** Whole days, in the time zone of this device. */
function Days({
  range,
  onChange,
}: {
  range: { from: string; to: string };
  onChange: (from: string, to: string) => void;
}) {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <div className={classes.days} role="group" aria-label={t('Days, in the time zone {zone}', { zone })}>
      <TextInput
        type="date"
        aria-label={t('From')}
        value={range.from}
        max={range.to || undefined}
        onChange={(event) => onChange(event.currentTarget.value, range.to)}
      />
      <span>–</span>
      <TextInput
        type="date"
        aria-label={t('To')}
        value={range.to}
        min={range.from || undefined}
        onChange={(event) => onChange(range.from, event.currentTarget.value)}
      />
      <span className={classes.zone}>{zone}</span>
    </div>
  );
}
