import { NavLink } from 'react-router';
import { t } from '../i18n/t.ts';
import { navigation } from './navigation.ts';
import type { NavEntry } from './navigation.ts';
import classes from './Shell.module.css';
import { Tooltip } from '../ui/Tooltip.tsx';

function Entry({ entry, rail, onNavigate }: { entry: NavEntry; rail: boolean; onNavigate?: (() => void) | undefined }) {
  const Icon = entry.icon;
  return (
    <Tooltip label={entry.label} position="right" disabled={!rail}>
      <NavLink
        to={entry.to}
        end={entry.to === '/'}
        className={classes.navLink ?? ''}
        onClick={onNavigate}
        aria-label={rail ? entry.label : undefined}
      >
        <Icon size={18} strokeWidth={1.9} aria-hidden="true" />
        {rail ? null : <span>{entry.label}</span>}
      </NavLink>
    </Tooltip>
  );
}

/** The list of pages: with words, or as a rail of icons. */
export function Navigation({ rail, onNavigate }: { rail: boolean; onNavigate?: () => void }) {
  const draw = (place: NavEntry['place']) =>
    navigation
      .filter((entry) => entry.place === place)
      .map((entry) => <Entry key={entry.to} entry={entry} rail={rail} onNavigate={onNavigate} />);
  return (
    <nav className={classes.nav} data-rail={rail} aria-label={t('Pages')}>
      {draw('main')}
      <div className={classes.navGap} />
      {draw('foot')}
    </nav>
  );
}
