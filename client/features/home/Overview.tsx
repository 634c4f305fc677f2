import { Anchor, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Coins, LayoutTemplate } from 'lucide-react';
import { Link } from 'react-router';
import type { WorkflowSummary } from '../../../shared/api/workflows.ts';
import { query } from '../../api/client.ts';
import { useKindLooks } from '../../api/kinds.ts';
import { useMe } from '../../api/session.ts';
import { t } from '../../i18n/t.ts';
import { useNow } from '../../ui/clock.ts';
import { formatCredits } from '../../ui/format.ts';
import { KindStrip } from '../../ui/KindStrip.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { RunRow } from '../../ui/RunRow.tsx';
import { WorkflowState } from '../../ui/WorkflowState.tsx';
import { BrokenConnection } from './BrokenConnections.tsx';
import { FirstRun } from './FirstRun.tsx';
import classes from './HomePage.module.css';
import { WaitingApprovals } from './WaitingApprovals.tsx';

/** Failed runs older than this are history, not a problem of today. */
const problemDays = 7;

function More({ to }: { to: string }) {
  return (
    <Anchor component={Link} to={to} size="sm">
      {t('See all')}
    </Anchor>
  );
}

function RecentWorkflows({ workflows }: { workflows: readonly WorkflowSummary[] }) {
  const looks = useKindLooks();
  return (
    <Panel title={t('Workflows')} aside={<More to="/workflows" />} flush>
      {workflows.map((workflow) => (
        <Link key={workflow.id} to={`/workflows/${workflow.id}`} className={classes.row ?? ''}>
          <span className={classes.name}>{workflow.name}</span>
          <KindStrip kinds={workflow.nodeKinds} looks={looks} max={4} />
          <WorkflowState workflow={workflow} />
        </Link>
      ))}
    </Panel>
  );
}

function RecentRuns() {
  const runs = useQuery(query.runs.list.queryOptions({ input: { limit: 5 } }));
  return (
    <Panel title={t('Latest runs')} aside={<More to="/runs" />} flush>
      {runs.isPending ? <Skeleton height={200} m="md" width="auto" /> : null}
      {runs.data?.items.length === 0 ? (
        <div className={classes.quiet}>{t('Nothing has run yet. Open a workflow and press Run.')}</div>
      ) : null}
      {runs.data?.items.map((run) => (
        <RunRow key={run.id} run={run} short />
      ))}
    </Panel>
  );
}

function Problems() {
  const failed = useQuery(query.runs.list.queryOptions({ input: { limit: 3, status: 'failed', untried: true } }));
  const uncertain = useQuery(query.runs.list.queryOptions({ input: { limit: 5, uncertain: true } }));
  const paused = useQuery(query.runs.list.queryOptions({ input: { limit: 5, paused: true } }));
  const connections = useQuery(query.connections.problems.queryOptions()).data?.items ?? [];
  const since = useNow() - problemDays * 86_400_000;
  const recent = (failed.data?.items ?? []).filter((run) => new Date(run.createdAt).getTime() > since);
  // However old: nobody but a person ends these.
  const unknown = uncertain.data?.items ?? [];
  const halted = (paused.data?.items ?? []).filter((run) => unknown.every(({ id }) => id !== run.id));
  const undecided = [...unknown, ...halted];
  if (recent.length + undecided.length + connections.length === 0) return null;
  return (
    <div className={classes.full}>
      <Panel
        title={t('Needs a look')}
        text={problemWords(connections.length, undecided.length, recent.length)}
        aside={undecided.length + recent.length > 0 ? <More to={allOf(unknown.length, halted.length)} /> : null}
        flush
      >
        {connections.map((problem) => (
          <BrokenConnection key={problem.id} problem={problem} />
        ))}
        {[...undecided, ...recent].map((run) => (
          <RunRow key={run.id} run={run} short />
        ))}
      </Panel>
    </div>
  );
}

function problemWords(connections: number, undecided: number, failed: number): string {
  if (connections > 0)
    return undecided + failed > 0
      ? t('What workflows rely on and does not work, and runs that wait or failed')
      : t('What workflows rely on and does not work');
  return undecided > 0
    ? t('Runs that wait for your word, and runs that failed')
    : t('Runs that failed in the last {problemDays} days', { problemDays });
}

/** Where the rest of them is listed. */
function allOf(unknown: number, halted: number): string {
  if (unknown > 0) return '/runs?status=uncertain';
  return halted > 0 ? '/runs?status=paused' : '/runs?status=failed&range=week';
}

/** What has been going on, for somebody who has workflows. */
export function Overview({ workflows }: { workflows: readonly WorkflowSummary[] }) {
  const me = useMe();
  return (
    <div className={classes.grid}>
      <FirstRun workflow={workflows[0]} />
      <WaitingApprovals />
      <Problems />
      <RecentWorkflows workflows={workflows} />
      <RecentRuns />
      <Link to="/credits" className={classes.tile ?? ''}>
        <span className={classes.tileIcon}>
          <Coins size={19} />
        </span>
        <span className={classes.tileText}>
          <b>{t('{credits} credits left', { credits: formatCredits(me.creditsMicro) })}</b>
          {t('Where they went')}
        </span>
      </Link>
      <Link to="/templates" className={classes.tile ?? ''}>
        <span className={classes.tileIcon}>
          <LayoutTemplate size={19} />
        </span>
        <span className={classes.tileText}>
          <b>{t('Templates')}</b>
          {t('Ready-made workflows to start from')}
        </span>
      </Link>
    </div>
  );
}
