import { Button } from '@mantine/core';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { failureOf } from '../../api/errors.ts';
import { t } from '../../i18n/t.ts';
import { toastDone, toastProblem } from '../../ui/toast.ts';
import { useDraft, useSession } from './context.tsx';

/** Somebody else saved: nothing is overwritten until a person decides. */
export function ConflictBar() {
  const session = useSession();
  const navigate = useNavigate();
  const status = useDraft((state) => state.status);
  const [busy, setBusy] = useState(false);
  if (status.kind !== 'conflict' && status.kind !== 'failed') return null;
  const decide = async (work: () => Promise<void>) => {
    setBusy(true);
    try {
      await work();
    } catch (error) {
      toastProblem(t('That did not work'), failureOf(error).message);
    }
    setBusy(false);
  };
  if (status.kind === 'failed') {
    return (
      <div className="mw-bar" role="alert">
        <span>
          {t('{message} Your changes are kept here and saved as soon as possible.', { message: status.message })}
        </span>
        <Button
          variant="default"
          loading={busy}
          onClick={() => void decide(async () => void (await session.draft.flush()))}
        >
          {t('Try now')}
        </Button>
      </div>
    );
  }
  return (
    <div className="mw-bar" role="alert">
      <span>
        {status.by
          ? t('{by} changed this workflow somewhere else. What you see here is not saved.', { by: status.by })
          : t('This workflow was changed somewhere else. What you see here is not saved.')}
      </span>
      <Button variant="default" loading={busy} onClick={() => void decide(() => session.takeTheirs())}>
        {t('Take theirs')}
      </Button>
      <Button
        loading={busy}
        onClick={() =>
          void decide(async () => {
            const id = await session.keepMineAsCopy();
            await session.takeTheirs();
            toastDone(t('Your version is kept as a copy'));
            void navigate(`/workflows/${id}`);
          })
        }
      >
        {t('Keep mine as a copy')}
      </Button>
    </div>
  );
}
