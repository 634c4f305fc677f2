import { Button, Menu, SegmentedControl, Select, TextInput } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { query } from '../../api/client.ts';
import { t } from '../../i18n/t.ts';
import classes from './DashboardPage.module.css';
import { lengths, type BoardFilter, type Days, type Length } from './range.ts';

/** How far back, from … to, and of which workflow. */
export function BoardFilters({
  filter,
  days,
  timeZone,
  onChange,
}: {
  filter: BoardFilter;
  days: Days;
  timeZone: string;
  onChange: (filter: BoardFilter) => void;
}) {
  const workflows = useQuery({
    ...query.workflows.list.queryOptions({ input: { limit: 100 } }),
    placeholderData: keepPreviousData,
  });
  const custom = typeof filter.range === 'object';
  const set = (part: Partial<Days>) => {
    const next = { ...days, ...part };
    if (next.from !== '' && next.to !== '' && next.from <= next.to) onChange({ ...filter, range: next });
  };
  return (
    <div className={classes.filters}>
      <SegmentedControl
        aria-label={t('Time')}
        value={custom ? 'days' : (filter.range as Length)}
        onChange={(value) => onChange({ ...filter, range: value === 'days' ? days : (value as Length) })}
        data={[
          ...lengths.map((n) => ({ value: n as string, label: t('{n} days', { n }) })),
          { value: 'days', label: t('From … to …') },
        ]}
      />
      {custom ? (
        <>
          <TextInput
            type="date"
            aria-label={t('From')}
            value={days.from}
            max={days.to}
            onChange={(event) => set({ from: event.currentTarget.value })}
          />
          <TextInput
            type="date"
            aria-label={t('To')}
            value={days.to}
            min={days.from}
            onChange={(event) => set({ to: event.currentTarget.value })}
          />
        </>
      ) : null}
      <Select
        aria-label={t('Workflow')}
        placeholder={t('All workflows')}
        data={(workflows.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        value={filter.workflowId ?? null}
        onChange={(next) => onChange({ range: filter.range, ...(next ? { workflowId: next } : {}) })}
        searchable
        clearable
        nothingFoundMessage={t('No such workflow')}
      />
      <span className={classes.zone}>{timeZone}</span>
    </div>
  );
}

/** The figures as files for a spreadsheet. */
export function ExportMenu({ address }: { address: string }) {
  const tables = [
    { table: 'days', label: t('Figures by day') },
    { table: 'workflows', label: t('Figures by workflow') },
    { table: 'ai', label: t('Cost of AI by day and provider') },
  ];
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" leftSection={<Download size={16} />}>
          {t('Export CSV')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {tables.map(({ table, label }) => (
          <Menu.Item key={table} component="a" href={`/api/v1/dashboard/export?${address}&table=${table}`} download>
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
