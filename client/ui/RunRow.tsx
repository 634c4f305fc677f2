import { Link } from 'react-router';
import type { RunSummary } from '../../shared/workflow/run.ts';
import { t, translate } from '../i18n/t.ts';
import { Ago } from './Ago.tsx';
import { formatCredits, formatDuration } from './format.ts';
import classes from './RunRow.module.css';
import { RunStatusBadge } from './RunStatusBadge.tsx';
import { pauseInWords } from './runPause.ts';
import { reasonInWords } from './runReason.ts';

/** How long a finished run took, in milliseconds. */
export function runMs(run: RunSummary): number | null {
  return run.finishedAt ? new Date(run.finishedAt).getTime() - new Date(run.createdAt).getTime() : null;
}

function detailOf(run: RunSummary): string {
  if (run.error) return translate(run.error.message);
  if (run.paused) return pauseInWords(run.paused);
  if (run.uncertainSteps > 0) return t('Nobody knows whether a step happened. Say what became of it.');
  const version = run.mode === 'test' ? t('Test run') : t('Version {number}', { number: run.versionNumber });
  const reason = reasonInWords(run.reason);
  return reason === null ? version : `${reason} · ${version}`;
}

/** One run in a list; the whole row opens it. `short` leaves out duration and cost. */
export function RunRow({ run, short = false }: { run: RunSummary; short?: boolean }) {
  const ms = runMs(run);
  return (
    <Link to={`/runs/${run.id}`} className={classes.row ?? ''} data-short={short}>
      <span className={classes.status}>
        <RunStatusBadge status={run.status} paused={run.paused !== null} compact={short} />
      </span>
      <span className={classes.what}>
        <span className={classes.name}>{run.workflowName}</span>
        <span className={classes.detail}>{detailOf(run)}</span>
      </span>
      {short ? null : (
        <>
          <span className={classes.number}>{ms === null ? '' : formatDuration(ms)}</span>
          <span className={classes.number}>
            {run.costMicro > 0
              ? t('{credits} cr', { credits: formatCredits(run.costMicro) })
              : run.finishedAt
                ? t('free')
                : ''}
          </span>
        </>
      )}
      <span className={classes.when}>
        <Ago at={run.createdAt} />
      </span>
    </Link>
  );
}
