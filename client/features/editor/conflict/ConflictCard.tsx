import { Button } from '@mantine/core';
import { lazy, Suspense, useEffect, useState } from 'react';
import { plural, t } from '../../../i18n/t.ts';
import { failureOf } from '../../../api/errors.ts';
import { useMe } from '../../../api/session.ts';
import type { CatchUp, OpenMerge } from '../../../stores/catch-up.ts';
import { toastDone, toastProblem } from '../../../ui/toast.ts';
import { useSession } from '../context.tsx';
import { tellBarHeight } from './bar-height.ts';

const ConflictDialog = lazy(async () => ({ default: (await import('./ConflictDialog.tsx')).ConflictDialog }));

/** Two people changed the same: nothing is overwritten until a person decides. */
export function ConflictCard({ by }: { by: string | null }) {
  const session = useSession();
  const me = useMe();
  const merge = useOpenMerge();
  const [deciding, setDeciding] = useState(false);
  const [busy, setBusy] = useState(false);
  const takeTheirs = async () => {
    setBusy(true);
    try {
      await session.takeTheirs();
      toastDone(t('What you had is in the history, and can be restored from there.'));
    } catch (error) {
      toastProblem(t('That did not work'), failureOf(error).message);
      setBusy(false);
    }
  };
  if (merge === null) return null;
  const count = merge.open.conflicts.length;
  const who =
    by === me.user.name
      ? t('You changed the same in another tab.')
      : t('{name} changed the same as you.', { name: by ?? t('Somebody') });
  return (
    <div ref={tellBarHeight} className="mw-bar" role="alert">
      <span>
        {who}{' '}
        {plural(
          count,
          '{n} difference is to be decided; nothing is saved until then.',
          '{n} differences are to be decided; nothing is saved until then.',
        )}
      </span>
      <Button variant="default" loading={busy} onClick={() => void takeTheirs()}>
        {t('Take theirs, keep mine in the history')}
      </Button>
      <Button onClick={() => setDeciding(true)}>{t('Decide')}</Button>
      {deciding ? (
        <Suspense fallback={null}>
          <ConflictDialog {...merge} onClose={() => setDeciding(false)} />
        </Suspense>
      ) : null}
    </div>
  );
}

/** The merge that waits; null until the part that knows of it is there. */
function useOpenMerge(): { catchUp: CatchUp; open: OpenMerge } | null {
  const session = useSession();
  const [merge, setMerge] = useState<{ catchUp: CatchUp; open: OpenMerge } | null>(null);
  useEffect(() => {
    let stop: (() => void) | undefined;
    let gone = false;
    void session.catchUp().then((catchUp) => {
      if (gone) return;
      const show = () => {
        const { open } = catchUp.getState();
        setMerge(open === null ? null : { catchUp, open });
      };
      show();
      stop = catchUp.subscribe(show);
    });
    return () => {
      gone = true;
      stop?.();
    };
  }, [session]);
  return merge;
}
