import { useEffect, useState, useSyncExternalStore } from 'react';
import { useConnection } from '../api/connection.ts';
import { t } from '../i18n/t.ts';
import { announce } from '../ui/announce.ts';
import classes from './Shell.module.css';

/** Short losses are not worth a word. */
const graceMs = 1_500;

function watchNetwork(changed: () => void): () => void {
  window.addEventListener('online', changed);
  window.addEventListener('offline', changed);
  return () => {
    window.removeEventListener('online', changed);
    window.removeEventListener('offline', changed);
  };
}

/** The thin bar while there is no network, or live updates are cut off. It goes by itself. */
export function OfflineBar() {
  const online = useSyncExternalStore(watchNetwork, () => navigator.onLine);
  const lost = useConnection().socket === 'lost';
  if (!online)
    return (
      <Bar
        key="offline"
        words={t('You are offline. What is open can still be edited and is saved when you are back.')}
      />
    );
  return lost ? <Bar key="lost" words={t('Reconnecting… what you see may be a moment old.')} /> : null;
}

function Bar({ words }: { words: string }) {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => {
      setShown(true);
      announce(words);
    }, graceMs);
    return () => clearTimeout(timer);
  }, [words]);
  return shown ? <div className={classes.offline}>{words}</div> : null;
}
