import { Ban, CircleCheck, CircleX, Hourglass, ListStart, LoaderCircle, Pause } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { RunStatus } from '../../shared/workflow/run.ts';
import classes from './RunStatusBadge.module.css';
import { t } from '../i18n/t.ts';

const looks: Record<RunStatus, { icon: LucideIcon; label: string; color: string }> = {
  queued: { icon: ListStart, label: t('Queued'), color: 'skipped' },
  running: { icon: LoaderCircle, label: t('Running'), color: 'running' },
  waiting: { icon: Hourglass, label: t('Waiting'), color: 'waiting' },
  done: { icon: CircleCheck, label: t('Done'), color: 'done' },
  failed: { icon: CircleX, label: t('Failed'), color: 'failed' },
  cancelled: { icon: Ban, label: t('Cancelled'), color: 'skipped' },
};

export function runStatusLabel(status: RunStatus): string {
  return looks[status].label;
}

const pausedLook = { icon: Pause, label: t('Paused'), color: 'waiting' };

/** How a run goes: colour, sign and word. `compact` leaves the word to screen readers. */
export function RunStatusBadge({
  status,
  paused = false,
  compact = false,
}: {
  status: RunStatus;
  paused?: boolean;
  compact?: boolean;
}) {
  const { icon: Icon, label, color } = paused ? pausedLook : looks[status];
  return (
    <span
      className={classes.badge}
      data-compact={compact}
      style={{ '--tone': `var(--mw-status-${color})` } as React.CSSProperties}
      title={label}
    >
      <Icon
        size={compact ? 17 : 14}
        strokeWidth={2.2}
        className={status === 'running' && !paused ? (classes.spin ?? '') : ''}
        aria-hidden="true"
      />
      <span className={compact ? 'mw-hidden' : ''}>{label}</span>
    </span>
  );
}
