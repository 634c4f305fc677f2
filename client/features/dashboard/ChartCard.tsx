import { ActionIcon, Table } from '@mantine/core';
import { ChartColumn, Table as TableIcon } from 'lucide-react';
import { useState } from 'react';
import { t } from '../../i18n/t.ts';
import { Panel } from '../../ui/Panel.tsx';
import { DayChart, shortDay, type DayChartProps } from './charts/DayChart.tsx';
import classes from './DashboardPage.module.css';
import { Tooltip } from '../../ui/Tooltip.tsx';

/** A chart, or on a button the same as a table. */
export function ChartCard({ text, ...chart }: DayChartProps & { text?: string }) {
  const [table, setTable] = useState(false);
  const label = table ? t('Show as a chart') : t('Show as a table');
  return (
    <Panel
      title={chart.title}
      {...(text ? { text } : {})}
      aside={
        <Tooltip label={label}>
          <ActionIcon aria-label={`${chart.title}: ${label}`} aria-pressed={table} onClick={() => setTable(!table)}>
            {table ? <ChartColumn size={16} /> : <TableIcon size={16} />}
          </ActionIcon>
        </Tooltip>
      }
    >
      {chart.series.length > 1 ? (
        <div className={classes.legend}>
          {chart.series.map(({ name, color }) => (
            <span key={name}>
              <i style={{ background: color }} />
              {name}
            </span>
          ))}
        </div>
      ) : null}
      {table ? <Figures {...chart} /> : <DayChart {...chart} />}
    </Panel>
  );
}

function Figures({ days, series, format, title }: DayChartProps) {
  return (
    <div className={classes.figures} tabIndex={0} role="region" aria-label={title}>
      <Table stickyHeader fz="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('Day')}</Table.Th>
            {series.map(({ name }) => (
              <Table.Th key={name} ta="right">
                {name}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {days.map((day, at) => (
            <Table.Tr key={day}>
              <Table.Td>{shortDay(day)}</Table.Td>
              {series.map(({ name, values }) => (
                <Table.Td key={name} ta="right">
                  {values[at] === null || values[at] === undefined ? '–' : format(values[at])}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
