import { Button } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { t, translate } from '../../../i18n/t.ts';
import { useDraft, useSession } from '../context.tsx';
import { tellBarHeight } from './bar-height.ts';

const ConflictCard = lazy(async () => ({ default: (await import('./ConflictCard.tsx')).ConflictCard }));

/** What keeps the draft from being saved: no way to the server, or a choice between mine and theirs. */
export function ConflictBar() {
  const session = useSession();
  const status = useDraft((state) => state.status);
  const [busy, setBusy] = useState(false);
  if (status.kind === 'conflict') {
    return (
      <Suspense fallback={null}>
        <ConflictCard by={status.by} />
      </Suspense>
    );
  }
  if (status.kind !== 'failed') return null;
  return (
    <div ref={tellBarHeight} className="mw-bar" role="alert">
      <span>
        {t('{message} Your changes are kept here and saved as soon as possible.', {
          message: translate(status.message),
        })}
      </span>
      <Button
        variant="default"
        loading={busy}
        onClick={() => {
          setBusy(true);
          void session.draft.flush().finally(() => setBusy(false));
        }}
      >
        {t('Try now')}
      </Button>
    </div>
  );
}
