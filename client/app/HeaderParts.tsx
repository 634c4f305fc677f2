import {
  ActionIcon,
  Kbd,
  UnstyledButton,
  VisuallyHidden,
  useComputedColorScheme,
  useMantineColorScheme,
} from '@mantine/core';
import { Menu, Moon, Search, Sun } from 'lucide-react';
import { Link } from 'react-router';
import { t } from '../i18n/t.ts';
import { keyNames } from '../ui/hotkeys.ts';
import { Logo } from '../ui/Logo.tsx';
import { togglePalette } from './paletteState.ts';
import classes from './Shell.module.css';
import { Tooltip } from '../ui/Tooltip.tsx';

/** Logo and name; on a phone in the editor with the button that opens the navigation. */
export function Brand({ compact, onMenu }: { compact: boolean; onMenu?: () => void }) {
  return (
    <div className={classes.brand} data-compact={compact}>
      {compact && onMenu ? (
        <ActionIcon className={classes.burger ?? ''} size="lg" onClick={onMenu} aria-label={t('Open the navigation')}>
          <Menu size={20} />
        </ActionIcon>
      ) : null}
      <Link to="/" className={classes.brandLink ?? ''} aria-label={t('Mailweave, home')}>
        <Logo />
        {compact ? null : <span>Mailweave</span>}
      </Link>
    </div>
  );
}

export function SearchButton({ compact }: { compact: boolean }) {
  return (
    <UnstyledButton className={classes.search ?? ''} data-compact={compact} onClick={togglePalette}>
      <Search size={16} aria-hidden="true" />
      {compact ? (
        <VisuallyHidden>{t('Search')}</VisuallyHidden>
      ) : (
        <span className={classes.searchLabel}>{t('Search')}</span>
      )}
      <Kbd size="xs" className={classes.searchKeys ?? ''} aria-hidden="true">
        {keyNames('mod+k').join(' ')}
      </Kbd>
    </UnstyledButton>
  );
}

/** One click between light and dark; "as the system" is in the settings. */
export function SchemeButton() {
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('light');
  const next = scheme === 'dark' ? 'light' : 'dark';
  const label = next === 'dark' ? t('Switch to dark colours') : t('Switch to light colours');
  return (
    <Tooltip label={label}>
      <ActionIcon variant="default" size={34} onClick={() => setColorScheme(next)} aria-label={label}>
        {scheme === 'dark' ? <Sun size={17} /> : <Moon size={17} />}
      </ActionIcon>
    </Tooltip>
  );
}
