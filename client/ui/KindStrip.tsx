import type { NodeGroup } from '../../shared/nodes/contract.ts';
import { t } from '../i18n/t.ts';
import { groupColor, groupIcon } from './groups.ts';
import classes from './KindStrip.module.css';

export interface KindStripProps {
  kinds: readonly string[];
  looks: ReadonlyMap<string, { group: NodeGroup; title: string }>;
  max?: number;
}

/** The kinds of steps in a workflow as a row of small coloured tiles on a thread. */
export function KindStrip({ kinds, looks, max = 6 }: KindStripProps) {
  const shown = kinds.slice(0, max);
  const words = kinds.map((kind) => looks.get(kind)?.title ?? kind).join(', ');
  if (kinds.length === 0) return <span className={classes.empty}>{t('No steps yet')}</span>;
  return (
    <span className={classes.strip} role="img" aria-label={t('Steps: {words}', { words })} title={words}>
      {shown.map((kind, index) => {
        const group = looks.get(kind)?.group;
        const Icon = groupIcon(group);
        return (
          <span
            key={`${kind}${index}`}
            className={classes.tile}
            style={{ '--tint': groupColor(group) } as React.CSSProperties}
          >
            <Icon size={13} />
          </span>
        );
      })}
      {kinds.length > max ? <span className={classes.more}>+{kinds.length - max}</span> : null}
    </span>
  );
}
