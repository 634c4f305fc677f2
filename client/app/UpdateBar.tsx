import { UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { useStore } from 'zustand';
import { t } from '../i18n/t.ts';
import { toastProblem } from '../ui/toast.ts';
import classes from './Shell.module.css';
import { takeUpdate, update } from './worker.ts';

/** The thin bar when a new version waits. Nothing is loaded anew before somebody says so. */
export function UpdateBar() {
  const waiting = useStore(update, (state) => state.waiting);
  const [busy, setBusy] = useState(false);
  if (waiting === null) return null;
  const take = async () => {
    setBusy(true);
    if (await takeUpdate()) return;
    setBusy(false);
    toastProblem(t('Not everything is saved'), t('The new version waits until it is.'));
  };
  return (
    <div className={classes.update} role="status">
      {t('A new version is ready.')}
      <UnstyledButton className={classes.updateButton ?? ''} disabled={busy} onClick={() => void take()}>
        {t('Reload')}
      </UnstyledButton>
    </div>
  );
}
