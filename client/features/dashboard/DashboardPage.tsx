import { Button } from '@mantine/core';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { ChartColumn } from 'lucide-react';
import { useMemo } from 'react';
import { Link, useSearchParams } from 'react-router';
import type { Dashboard } from '../../../shared/api/dashboard.ts';
import { query } from '../../api/client.ts';
import { failureOf } from '../../api/errors.ts';
import { useThrottled } from '../../api/liveRuns.ts';
import { useReconnected, useSocketEvent } from '../../api/socket.ts';
import { language } from '../../i18n/language.ts';
import { t } from '../../i18n/t.ts';
import { useNow } from '../../ui/clock.ts';
import { formatCredits, formatDuration } from '../../ui/format.ts';
import { Page } from '../../ui/Page.tsx';
import { Empty, Failed, RowsSkeleton } from '../../ui/States.tsx';
import { BoardFilters, ExportMenu } from './BoardFilters.tsx';
import { ChartCard } from './ChartCard.tsx';
import classes from './DashboardPage.module.css';
import { dayAt, daysOf, readBoard, successOf, writeBoard } from './range.ts';
import { Tiles } from './Tiles.tsx';
import { WorkflowTable } from './WorkflowTable.tsx';

/** While runs come and go the figures are asked for this often. */
const refreshMs = 15_000;

const number = new Intl.NumberFormat(language);
const status = (name: string): string => `var(--mw-status-${name})`;
/** Providers have colours that say nothing else. */
const providerColors = ['ai', 'email', 'logic', 'data'].map((name) => `var(--mw-group-${name})`);

function useBoard(input: { from: string; to: string; timeZone: string; workflowId?: string }) {
  const client = useQueryClient();
  const refresh = useThrottled(() => void client.invalidateQueries({ queryKey: query.dashboard.get.key() }), refreshMs);
  useSocketEvent('run.changed', refresh);
  useReconnected(refresh);
  return useQuery({ ...query.dashboard.get.queryOptions({ input }), placeholderData: keepPreviousData });
}

/** `/dashboard`: how the workspace is doing, by day and workflow. The range stands in the address. */
export default function DashboardPage() {
  const [search, setSearch] = useSearchParams();
  const filter = useMemo(() => readBoard(search), [search]);
  const now = useNow();
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const days = daysOf(filter.range, dayAt(now));
  const input = { ...days, timeZone, ...(filter.workflowId ? { workflowId: filter.workflowId } : {}) };
  const board = useBoard(input);
  return (
    <Page title={t('Dashboard')} actions={<ExportMenu address={new URLSearchParams(input).toString()} />}>
      <BoardFilters
        filter={filter}
        days={days}
        timeZone={timeZone}
        onChange={(next) => setSearch(writeBoard(next), { replace: true })}
      />
      {board.isPending ? <RowsSkeleton rows={4} height={150} /> : null}
      {board.isError ? <Failed failure={failureOf(board.error)} onRetry={() => void board.refetch()} /> : null}
      {board.data ? (
        <div className={classes.board} data-old={board.isPlaceholderData || undefined}>
          <Content board={board.data} runsSearch={`from=${days.from}&to=${days.to}`} />
        </div>
      ) : null}
    </Page>
  );
}

function Content({ board, runsSearch }: { board: Dashboard; runsSearch: string }) {
  const { total } = board;
  if (total.runs + total.mails + total.costMicro === 0) {
    return (
      <Empty
        icon={ChartColumn}
        title={t('Nothing ran in this time')}
        text={t('Runs, mails and what AI costs are counted here, day by day.')}
        action={
          <Button component={Link} to="/workflows">
            {t('Go to the workflows')}
          </Button>
        }
      />
    );
  }
  return (
    <>
      <Tiles board={board} />
      <Charts board={board} />
      <WorkflowTable rows={board.workflows} search={runsSearch} />
    </>
  );
}

function Charts({ board: { days: rows, providers } }: { board: Dashboard }) {
  const days = rows.map(({ day }) => day);
  const whole = (value: number) => number.format(value);
  const runs = [
    { name: t('Done'), color: status('done'), values: rows.map(({ done }) => done) },
    { name: t('Failed'), color: status('failed'), values: rows.map(({ failed }) => failed) },
    { name: t('Cancelled'), color: status('skipped'), values: rows.map(({ cancelled }) => cancelled) },
    { name: t('Under way'), color: status('running'), values: rows.map(({ open }) => open) },
  ];
  return (
    <div className={classes.charts}>
      <div className={classes.wide}>
        <ChartCard title={t('Runs by day')} days={days} kind="bars" whole format={whole} series={runs} />
      </div>
      <ChartCard
        title={t('Success rate')}
        text={t('Done, of those that were done or failed')}
        days={days}
        kind="line"
        top={100}
        format={(value) => `${Math.round(value)} %`}
        series={[{ name: t('Success rate'), color: status('done'), values: rows.map(successOf) }]}
      />
      <ChartCard
        title={t('Duration')}
        text={t('95 of 100 runs took at most this long, waits included')}
        days={days}
        kind="line"
        format={formatDuration}
        series={[{ name: t('95 %'), color: 'var(--mw-group-logic)', values: rows.map(({ p95Ms }) => p95Ms) }]}
      />
      <ChartCard
        title={t('Mails sent')}
        days={days}
        kind="bars"
        whole
        format={whole}
        series={[{ name: t('Mails'), color: 'var(--mw-group-email)', values: rows.map(({ mails }) => mails) }]}
      />
      <ChartCard
        title={t('Cost of AI')}
        text={t('Credits, by provider. The built-in AI is free.')}
        days={days}
        kind="bars"
        format={formatCredits}
        series={
          providers.length === 0
            ? [{ name: t('Credits'), color: providerColors[0] ?? '', values: rows.map(() => 0) }]
            : providers.map(({ label, days: values }, at) => ({
                name: label,
                color: providerColors[at % providerColors.length] ?? '',
                values,
              }))
        }
      />
    </div>
  );
}
