import { Clock, GitBranch, Mail, Sparkles } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import classes from './WovenPicture.module.css';
import { t } from '../../i18n/t.ts';

interface Step {
  icon: LucideIcon;
  group: string;
  title: string;
  text: string;
  x: number;
  y: number;
}

const steps: Step[] = [
  { icon: Clock, group: 'trigger', title: t('Every Monday at 8:00'), text: 'Europe/Berlin', x: 117, y: 0 },
  { icon: Sparkles, group: 'ai', title: t('Write the newsletter'), text: t('From last week’s notes'), x: 117, y: 100 },
  {
    icon: GitBranch,
    group: 'logic',
    title: t('Is it long enough?'),
    text: t('words is greater than 200'),
    x: 117,
    y: 200,
  },
  { icon: Mail, group: 'email', title: t('Send to the list'), text: t('To team@example.com'), x: 0, y: 316 },
  { icon: Mail, group: 'email', title: t('Ask me for more'), text: t('To ada@example.com'), x: 234, y: 316 },
];

/** A drawn workflow: what the product makes of a sentence. */
export function WovenPicture() {
  return (
    <div className={classes.picture}>
      <svg className={classes.edges} viewBox="0 0 458 376" fill="none">
        <path d="M229 60V100M229 160V200" />
        <path d="M189 260C189 292 112 284 112 316M269 260C269 292 346 284 346 316" />
      </svg>
      {steps.map(({ icon: Icon, group, title, text, x, y }) => (
        <div
          key={title}
          className={classes.node}
          style={{ left: x, top: y, '--tint': `var(--mw-group-${group})` } as React.CSSProperties}
        >
          <span className={classes.tile}>
            <Icon size={18} />
          </span>
          <span className={classes.words}>
            <b>{title}</b>
            <span>{text}</span>
          </span>
        </div>
      ))}
    </div>
  );
}
