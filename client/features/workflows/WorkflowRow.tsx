import { Switch } from '@mantine/core';
import { Link } from 'react-router';
import type { WorkflowSummary } from '../../../shared/api/workflows.ts';
import { rich } from '../../i18n/rich.tsx';
import { t } from '../../i18n/t.ts';
import { knownRunStatus } from './runStatus.ts';
import { canEdit, useMe } from '../../api/session.ts';
import type { KindLook } from '../../api/kinds.ts';
import { Ago } from '../../ui/Ago.tsx';
import { KindStrip } from '../../ui/KindStrip.tsx';
import { RunStatusBadge } from '../../ui/RunStatusBadge.tsx';
import { WorkflowState } from '../../ui/WorkflowState.tsx';
import { useSwitchWorkflow } from './useWorkflowActions.ts';
import { WorkflowMenu } from './WorkflowMenu.tsx';
import classes from './WorkflowRow.module.css';
import { Tooltip } from '../../ui/Tooltip.tsx';

function LastRun({ run }: { run: WorkflowSummary['lastRun'] }) {
  if (!run) return <span className={classes.dim}>{t('Never run')}</span>;
  const status = knownRunStatus(run.status);
  return (
    <Link to={`/runs/${run.id}`} className={classes.lastRun ?? ''}>
      {status ? <RunStatusBadge status={status} compact /> : null}
      <Ago at={run.at} />
    </Link>
  );
}

function ActiveSwitch({ workflow }: { workflow: WorkflowSummary }) {
  const change = useSwitchWorkflow(workflow);
  const published = workflow.publishedVersion !== null;
  const label = published ? (workflow.active ? t('Switch off') : t('Switch on')) : t('Publish it first, in the editor');
  return (
    <Tooltip label={label}>
      <span>
        <Switch
          aria-label={t('{name} is live', { name: workflow.name })}
          checked={workflow.active}
          disabled={!published || change.isPending}
          onChange={(event) => change.mutate({ id: workflow.id, active: event.currentTarget.checked })}
        />
      </span>
    </Tooltip>
  );
}

/** One workflow in the list. The name opens it. */
export function WorkflowRow({ workflow, looks }: { workflow: WorkflowSummary; looks: ReadonlyMap<string, KindLook> }) {
  const editable = canEdit(useMe().workspace.role);
  return (
    <article className={classes.row}>
      <div className={classes.main}>
        <Link to={`/workflows/${workflow.id}`} className={classes.name ?? ''} title={workflow.name}>
          {workflow.name}
        </Link>
        <span className={classes.dim}>
          {rich('Saved {when}', { when: <Ago at={workflow.updatedAt} /> })}
          {workflow.changed && workflow.publishedVersion !== null ? ` · ${t('draft has changes')}` : ''}
        </span>
      </div>
      <div className={classes.kinds}>
        <KindStrip kinds={workflow.nodeKinds} looks={looks} />
      </div>
      <div className={classes.last}>
        <LastRun run={workflow.lastRun} />
      </div>
      <div className={classes.state}>
        <WorkflowState workflow={workflow} />
      </div>
      {editable ? (
        <div className={classes.tools}>
          <ActiveSwitch workflow={workflow} />
          <WorkflowMenu workflow={workflow} />
        </div>
      ) : null}
    </article>
  );
}
