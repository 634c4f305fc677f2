import { Avatar, UnstyledButton } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import type { Me } from '../../shared/api/workspace.ts';
import classes from './Shell.module.css';
import { t } from '../i18n/t.ts';

const load = () => import('./AccountChoices.tsx');
const Choices = lazy(async () => ({ default: (await load()).AccountChoices }));
const prefetch = () => void load().catch(() => undefined);

/** Who is signed in, the workspaces, and the way out. The menu is loaded when somebody is about to open it. */
export function AccountMenu({ me }: { me: Me }) {
  const [wanted, setWanted] = useState(false);
  const button = (
    <UnstyledButton
      className={classes.avatar ?? ''}
      aria-haspopup="menu"
      onClick={() => setWanted(true)}
      onPointerEnter={prefetch}
      onFocus={prefetch}
    >
      <Avatar name={me.user.name} color="iris" size={34} />
      <span className="mw-hidden">{t('Account of {name}', { name: me.user.name })}</span>
    </UnstyledButton>
  );
  if (!wanted) return button;
  return (
    <Suspense fallback={button}>
      <Choices me={me} target={button} />
    </Suspense>
  );
}
