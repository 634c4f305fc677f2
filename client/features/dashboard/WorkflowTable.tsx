import { Table, UnstyledButton } from '@mantine/core';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'react-router';
import type { Dashboard } from '../../../shared/api/dashboard.ts';
import { language } from '../../i18n/language.ts';
import { t } from '../../i18n/t.ts';
import { formatCredits, formatDuration } from '../../ui/format.ts';
import { Panel } from '../../ui/Panel.tsx';
import classes from './DashboardPage.module.css';
import { successOf } from './range.ts';

type Row = Dashboard['workflows'][number];

const number = new Intl.NumberFormat(language);

const columns: readonly {
  key: string;
  title: string;
  value: (row: Row) => number | null;
  show: (value: number) => string;
}[] = [
  { key: 'runs', title: t('Runs'), value: (row) => row.runs, show: (value) => number.format(value) },
  { key: 'failed', title: t('Failed'), value: (row) => row.failed, show: (value) => number.format(value) },
  { key: 'success', title: t('Success'), value: successOf, show: (value) => `${Math.round(value)} %` },
  { key: 'p95', title: t('95 % within'), value: (row) => row.p95Ms, show: formatDuration },
  { key: 'mails', title: t('Mails'), value: (row) => row.mails, show: (value) => number.format(value) },
  { key: 'cost', title: t('Credits'), value: (row) => row.costMicro, show: formatCredits },
];

function nameOf(row: Row): string {
  if (row.workflowId === null) return t('Previews and the assistant');
  return row.name ?? t('A deleted workflow');
}

/** One line for each workflow, sorted by any column; its figures lead to its runs. */
export function WorkflowTable({ rows, search }: { rows: readonly Row[]; search: string }) {
  const [sort, setSort] = useState<{ key: string; down: boolean }>({ key: 'runs', down: true });
  const column = columns.find(({ key }) => key === sort.key) ?? columns[0];
  const sorted = rows.toSorted(
    (one, other) => ((column?.value(other) ?? -1) - (column?.value(one) ?? -1)) * (sort.down ? 1 : -1),
  );
  return (
    <Panel title={t('By workflow')} flush>
      <Table.ScrollContainer minWidth={620}>
        <Table verticalSpacing="sm" horizontalSpacing="lg">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('Workflow')}</Table.Th>
              {columns.map(({ key, title }) => (
                <Table.Th
                  key={key}
                  ta="right"
                  aria-sort={key === sort.key ? (sort.down ? 'descending' : 'ascending') : 'none'}
                >
                  <UnstyledButton
                    className={classes.sort ?? ''}
                    onClick={() => setSort({ key, down: key === sort.key ? !sort.down : true })}
                  >
                    {key === sort.key ? sort.down ? <ArrowDown size={13} /> : <ArrowUp size={13} /> : null}
                    {title}
                  </UnstyledButton>
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {sorted.map((row) => (
              <Table.Tr key={row.workflowId ?? 'none'}>
                <Table.Td className={classes.name}>
                  {row.workflowId !== null && row.name !== null ? (
                    <Link to={`/runs?workflow=${row.workflowId}&${search}`}>{nameOf(row)}</Link>
                  ) : (
                    <span className={classes.zone}>{nameOf(row)}</span>
                  )}
                </Table.Td>
                {columns.map(({ key, value, show }) => {
                  const shown = value(row);
                  return (
                    <Table.Td key={key} ta="right" className={classes.number}>
                      {shown === null ? '–' : show(shown)}
                    </Table.Td>
                  );
                })}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Panel>
  );
}
