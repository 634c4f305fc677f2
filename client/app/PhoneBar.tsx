import { UnstyledButton } from '@mantine/core';
import { Menu } from 'lucide-react';
import { NavLink } from 'react-router';
import { t } from '../i18n/t.ts';
import { navigation } from './navigation.ts';
import classes from './Shell.module.css';

/** The bottom bar of a phone: the four pages used most, and the rest behind "More". */
export function PhoneBar({ onMore }: { onMore: () => void }) {
  return (
    <nav className={classes.phoneBar} aria-label={t('Main pages')}>
      {navigation
        .filter((entry) => entry.onPhoneBar)
        .map(({ to, label, icon: Icon }) => (
          <NavLink key={to} to={to} end={to === '/'} className={classes.phoneLink ?? ''}>
            <Icon size={20} strokeWidth={1.9} aria-hidden="true" />
            <span>{label}</span>
          </NavLink>
        ))}
      <UnstyledButton className={classes.phoneLink ?? ''} onClick={onMore}>
        <Menu size={20} strokeWidth={1.9} aria-hidden="true" />
        <span>{t('More')}</span>
      </UnstyledButton>
    </nav>
  );
}
