import { CircleCheck, Coins, Mail, Timer, Wallet, Workflow } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { Dashboard, Figures } from '../../../shared/api/dashboard.ts';
import { language } from '../../i18n/language.ts';
import { t } from '../../i18n/t.ts';
import { formatCredits, formatDuration } from '../../ui/format.ts';
import classes from './DashboardPage.module.css';
import { changeOf, successOf } from './range.ts';

const number = new Intl.NumberFormat(language);
const percent = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });

interface Tile {
  label: string;
  value: string;
  icon: LucideIcon;
  tone: string;
  change: number | null;
  /** Whether more of it is good news; null where it is neither. */
  better: 'more' | 'less' | null;
}

function tilesOf({ total, before, availableMicro }: Dashboard): Tile[] {
  const success = successOf(total);
  const change = (of: (figures: Figures) => number | null) => changeOf(of(total), of(before));
  return [
    {
      label: t('Runs'),
      value: number.format(total.runs),
      icon: Workflow,
      tone: 'data',
      change: change(({ runs }) => runs),
      better: null,
    },
    {
      label: t('Success rate'),
      value: success === null ? '–' : `${percent.format(success)} %`,
      icon: CircleCheck,
      tone: 'trigger',
      change: change(successOf),
      better: 'more',
    },
    {
      label: t('95 % took at most'),
      value: total.p95Ms === null ? '–' : formatDuration(total.p95Ms),
      icon: Timer,
      tone: 'logic',
      change: change(({ p95Ms }) => p95Ms),
      better: 'less',
    },
    {
      label: t('Mails sent'),
      value: number.format(total.mails),
      icon: Mail,
      tone: 'email',
      change: change(({ mails }) => mails),
      better: null,
    },
    {
      label: t('Credits for AI'),
      value: formatCredits(total.costMicro),
      icon: Coins,
      tone: 'ai',
      change: change(({ costMicro }) => costMicro),
      better: null,
    },
    {
      label: t('Credits left'),
      value: formatCredits(availableMicro),
      icon: Wallet,
      tone: 'other',
      change: null,
      better: null,
    },
  ];
}

/** The sums, each with how it compares with as many days before. */
export function Tiles({ board }: { board: Dashboard }) {
  return (
    <dl className={classes.tiles}>
      {tilesOf(board).map(({ label, value, icon: Icon, tone, change, better }) => (
        <div
          key={label}
          className={classes.tile}
          style={{ '--tone': `var(--mw-group-${tone})` } as React.CSSProperties}
        >
          <span className={classes.icon} aria-hidden="true">
            <Icon size={17} />
          </span>
          {change === null || change === 0 ? null : (
            <span
              className={classes.change}
              data-news={newsOf(change, better)}
              title={t('Compared with as many days before')}
            >
              {change > 0 ? '+' : '−'}
              {number.format(Math.abs(change))} %
            </span>
          )}
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function newsOf(change: number, better: Tile['better']): 'good' | 'bad' | 'neither' {
  if (better === null) return 'neither';
  return change > 0 === (better === 'more') ? 'good' : 'bad';
}
