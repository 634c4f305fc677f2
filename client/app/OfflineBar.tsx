import { useEffect, useState } from 'react';
import { useConnection } from '../api/connection.ts';
import { t } from '../i18n/t.ts';
import { announce } from '../ui/announce.ts';
import classes from './Shell.module.css';

/** Short losses are not worth a word. */
const graceMs = 1_500;

/** The thin bar while live updates are cut off. It goes by itself. */
export function OfflineBar() {
  return useConnection().socket === 'lost' ? <LostBar /> : null;
}

function LostBar() {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => {
      setShown(true);
      announce(t('Connection lost. Reconnecting.'));
    }, graceMs);
    return () => clearTimeout(timer);
  }, []);
  return shown ? <div className={classes.offline}>{t('Reconnecting… what you see may be a moment old.')}</div> : null;
}
